using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Small programs with all kinds of control flow, which print during their run.</summary>
internal static class StepPrograms
{
    private const string Text = """
        === straight line
        var a = 1
        var b = a + 2 * 3
        print(a, b)
        === while
        var n = 0
        while n < 20 { n += 1; if n % 5 == 0 { print(n) } }
        === endless while with break
        var n = 0
        while true { n += 1; print(n); if n == 9 break }
        === range
        for i in 0..10 { if i == 3 { continue }; print(i) }
        for i in 0..=3 { print(i) }
        === range with constants in it
        var s = 0.0
        for i in 0..10 { s = s * 0.5 + 1000000 + 2.5; print(s) }
        === unused work
        for i in 0..10 { var a = i * 2; var b = a; var c = 5; if c > 4 { print(b) } }
        === nested loops
        for i in 0..4 { for j in 0..i { for k in 0..2 { print(i, j, k) } } }
        === for each of every kind
        for x in [1, 2, 3] { print(x) }
        for k, v in {"a": 1, "b": 2} { print(k, v) }
        for c in "abc" { print(c) }
        for x in set([1, 2]) { print(x) }
        for i, x in (7, 8) { print(i, x) }
        for x in range(0, 10, 3) { print(x) }
        === calls
        proc f(n) { print(n); return n + 1 }
        print(f(f(f(1))))
        === recursion
        proc fib(n) { if n < 2 { return n }; print(n); return fib(n - 1) + fib(n - 2) }
        print(fib(6))
        === small procs that could be inlined
        proc add(a, b) { return a + b }
        proc twice(x) { return add(x, x) }
        for i in 0..8 { print(twice(i)) }
        === closures
        proc counter() { var n = 0; return () => { n += 1; return n } }
        var c = counter()
        for i in 0..5 { print(c()) }
        === methods and constructors
        struct P {
            x
            y = 2
            proc sum(self) { return self.x + self.y }
        }
        for i in 0..5 { print(P(i).sum(), P(i, i).sum()) }
        === hooks
        struct V {
            x
            proc __add(self, o) { return V(self.x + o.x) }
            proc __eq(self, o) { return self.x == o.x }
            proc __lt(self, o) { return self.x < o.x }
            proc __str(self) { return "V${self.x}" }
            proc __index(self, i) { return self.x * i }
            proc __len(self) { return self.x }
        }
        var v = V(1)
        for i in 0..4 { v = v + V(i); print(v, v == V(2), v < V(3), v[2], length(v)) }
        === generators
        proc g(n) { for i in 0..n { yield i } }
        for x in g(5) { print(x) }
        var it = g(3)
        print(next(it), next(it), done(it))
        === generators of generators
        proc a(n) { for i in 0..n { yield i } }
        proc b(n) { for x in a(n) { if x % 2 == 0 { yield x * x } } }
        for i, x in b(8) { print(i, x); if i == 2 { break } }
        === generators with finally
        proc g() { try { print("open"); yield 1; yield 2 } finally { print("closed") } }
        for i in 0..3 { for x in g() { print(x); break } }
        === tasks
        async proc f(n) { for i in 0..n { print(n, i); await sleep(0) }; return n }
        print(await f(2))
        print(await (spawn f(1)))
        === gather
        async proc f(n) { print(n); return n }
        print(await gather([f(1), f(2), spawn f(3)]))
        === channels
        var c = chan(2)
        async proc send() { for i in 0..5 { await c.send(i) }; c.close() }
        send()
        for v in c { print(v) }
        === match
        proc name(v) {
            return match v { 0 => "zero", 1 => "one", 2 | 3 => "few", 4..9 => "some", "x" => "x", [a, ...r] => r, {"k": k} => k, n if n == nil => "nil", _ => "else" }
        }
        for v in [0, 1, 3, 7, "x", [1, 2], {"k": 1}, nil, 1.5] { print(name(v)) }
        === try and finally
        proc f(n) { try { if n == 1 { throw "one" }; if n == 2 { return "two" }; print("body") } catch e { print(e.message) } finally { print("finally") } }
        for i in 0..4 { f(i) }
        === errors of builtins
        for x in ["1", "a", "2"] { try { print(toint(x)) } catch e: "ValueError" { print(e.kind) } }
        === builtins that charge
        print(sum(range(200)), sorted([3, 1, 2]), "ab" * 300 == "x", list(0..300).map(x => x + 1).length())
        print(reversed(list(range(300)))[0], "a,b,c".split(","), [1, 2].extend(range(100)))
        === builtins that call back
        print([3, 1, 2].map(x => { print(x); return x * 2 }), sorted([3, 1, 2], x => { print(x); return -x }), [1, 2, 3].reduce((a, b) => a + b))
        === big ints and strings
        var n = 1
        for i in 1..30 { n *= i * 1000; print(length("${n}")) }
        === slots
        var x: i8 = 100
        var f: float = 1
        for i in 0..10 { x += 17; f += i; print(x, f) }
        === short circuits
        proc t(x) { print(x); return x }
        for i in 0..4 { if t(i) > 1 and t(i) < 3 or not t(nil) { print("yes") }; print(t(nil) ?? i) }
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = ("\n" + Text).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(p => p[..p.IndexOf('\n', StringComparison.Ordinal)], p => p[(p.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
}
