using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Every way in which a proc can call itself, directly or indirectly. On every route, the frame limit bounds the depth: the default limit
/// gives a <c>StackOverflow</c> that a script can catch, and even a limit of a million frames never crashes the process.
/// </summary>
internal static class RecursionRoutes
{
    // The body is that of go, which it calls again; the declarations may call go too.
    private static readonly (string Name, string Declarations, string Body)[] Routes =
    [
        ("a call", "", "return go() + 1"),
        ("two procs", "proc other() { return go() + 1 }", "return other() + 1"),
        ("a method", "struct S { proc m(self) { return go() } }", "return S().m() + 1"),
        ("a lambda", "let f = () => go()", "return f() + 1"),
        ("a bound proc", "struct S { proc m(self) { return go() } }", "let m = S().m\nreturn m() + 1"),
        ("a closure that calls itself", "var f = nil\nf = () => { depth += 1\nreturn f() + 1 }", "return f()"),
        ("spread arguments", "proc spread(...xs) { return go() }", "return spread(...[1, 2]) + 1"),
        ("named arguments", "proc named(a, b = 1) { return go() }", "return named(b: 2, a: 1) + 1"),
        ("a default of a parameter", "proc defaulted(a = go()) { return a }", "return defaulted() + 1"),
        ("a default of a field", "struct S { f = go() }", "return S().f + 1"),
        ("map", "", "return [1].map(x => go())"),
        ("filter", "", "return [1].filter(x => go())"),
        ("reduce", "", "return [1, 2].reduce((a, b) => go())"),
        ("each", "", "[1].each(x => go())\nreturn 1"),
        ("any", "", "return [1].any(x => go())"),
        ("all", "", "return all([1], x => go())"),
        ("find", "", "return [1].find(x => go())"),
        ("a sort key", "", "return sorted([2, 1], x => go())"),
        ("sort by __lt", "struct S { proc __lt(self, o) { return go() } }", "let xs = [S(), S()]\nxs.sort()\nreturn 1"),
        ("max by __lt", "struct S { proc __lt(self, o) { return go() } }", "return max(S(), S())"),
        ("__str by tostring", "struct S { proc __str(self) { go()\nreturn \"\" } }", "return tostring(S())"),
        ("__str in an interpolation", "struct S { proc __str(self) { go()\nreturn \"\" } }", "return \"${S()}\""),
        ("__str inside a list", "struct S { proc __str(self) { go()\nreturn \"\" } }", "return tostring([S()])"),
        ("__eq", "struct S { proc __eq(self, o) { return go() } }", "return S() == S()"),
        ("__eq inside lists", "struct S { proc __eq(self, o) { return go() } }", "return [S()] == [S()]"),
        ("__eq by in", "struct S { proc __eq(self, o) { return go() } }", "return S() in [S()]"),
        ("__eq by match", "struct S { proc __eq(self, o) { return go() } }", "return match S() { 1 => 1, _ => go() }"),
        ("__hash", "struct S { proc __hash(self) { return go() }\nproc __eq(self, o) { return true } }",
            "let m = {}\nm[S()] = 1\nreturn m"),
        ("__lt", "struct S { proc __lt(self, o) { return go() } }", "return S() < S()"),
        ("__le", "struct S { proc __le(self, o) { return go() } }", "return S() >= S()"),
        ("__add", "struct S { proc __add(self, o) { return go() } }", "return S() + 1"),
        ("__neg", "struct S { proc __neg(self) { return go() } }", "return -S()"),
        ("__index", "struct S { proc __index(self, i) { return go() } }", "return S()[0]"),
        ("__setindex", "struct S { proc __setindex(self, i, v) { return go() } }", "S()[0] = 1\nreturn 1"),
        ("__call", "struct S { proc __call(self) { return go() } }", "return S()() + 1"),
        ("__len", "struct S { proc __len(self) { return go() } }", "return length(S())"),
        ("__iter", "struct S { proc __iter(self) { return go() } }", "for x in S() { }\nreturn 1"),
        ("a generator by next", "proc g() { yield go() }", "return next(g())"),
        ("a generator by for", "proc g() { yield go() }", "for x in g() { return x }"),
        ("a generator by list", "proc g() { yield go() }", "return list(g())"),
        ("a generator's finally", "proc g() { try { yield 1 } finally { go() } }", "for x in g() { break }\nreturn 1"),
        ("regex.replace", "import regex", "return regex.replace(\"a\", \"a\", x => go())"),
        ("a guard", "", "return match 1 { x if go() => 1, _ => 2 }"),
        ("try and finally", "", "try { return go() } finally { depth += 0 }"),
        ("try and catch", "", "try { return go() } catch e: \"Other\" { return 1 }"),
    ];

    // Each takes seconds, so one route stands for each mechanism: frames alone, a builtin that calls back, C# that traverses a value and
    // calls a hook, a generator.
    private static readonly string[] TriedByMillions = ["a call", "map", "__hash", "a generator by next"];

    // Further routes that use different C# code, to a depth that one thread's native stack cannot hold.
    private static readonly string[] TriedDeep =
        ["a sort key", "max by __lt", "__str by tostring", "__eq", "__iter", "__len", "a generator's finally", "regex.replace"];

    // The body walks a value 5,000 levels deep, at whose end is an instance with a hook that does the same.
    private static readonly (string Name, string Walk)[] Walks =
    [
        ("tostring", "tostring(xs)"), ("format", "\"{}\".format(xs)"), ("==", "xs == ys"), ("<", "xs < ys"), ("in", "xs in [ys]"),
        ("hash", "hash(ts)"), ("a map's keys", "let m = {}\nm[ts] = 1"), ("a sort", "sorted([xs, ys])"),
    ];

    private const string Nested = """
        struct S {
            proc __str(self) { return tostring(xs) }
            proc __eq(self, o) { return xs == ys }
            proc __hash(self) { return hash(ts) }
        }
        var xs = [S()]
        var ys = [S()]
        var ts = (S(), 1)
        for i in 0..5000 { xs = [xs]
            ys = [ys]
            ts = (ts, 1) }

        """;

    // Each frame has a compiled loop, in which the interpreter executes the call of the next.
    private const string ThroughCallOuts = """
        var depth = 0
        proc named(a = 1, b = 2) { return go() }
        proc go() {
            depth += 1
            var s = 0
            for i in 0..12 { s += i
                if i == 10 { s += named(b: 3) } }
            return s
        }
        try { go() } catch e { print(e.kind, depth > 1000) }
        """;

    public static IEnumerable<HostileProgram> All()
    {
        yield return new HostileProgram("1,000,000 frames by calls in compiled loops", ThroughCallOuts)
        {
            Options = ["--max-frames", "1000000", "--timeout", "60000"],
            MemoryLimit = 200_000_000,
            Output = "StackOverflow true\n",
            IsHot = true,
        };
        foreach ((string name, string walk) in Walks)
        {
            yield return HostileProgram.Failing($"walks within walks by {name}", Nested + walk, "LimitExceeded") with
            {
                Options = ["--max-frames", "1000000", "--timeout", "60000"],
            };
        }
        yield return new HostileProgram("recursion by an async proc",
            "async proc go() { await go() }\ntry { await go() } catch e { print(e.kind) }")
        { Output = "StackOverflow\n" };
        foreach ((string name, string declarations, string body) in Routes)
        {
            string source = Source(declarations, body);
            yield return new HostileProgram($"recursion by {name}", source) { Output = "StackOverflow true\n" };
            int frames = TriedByMillions.Contains(name) ? 1_000_000 : TriedDeep.Contains(name) ? 100_000 : 0;
            if (frames == 0)
            {
                continue;
            }
            yield return new HostileProgram(string.Create(CultureInfo.InvariantCulture, $"{frames:N0} frames by {name}"), source)
            {
                Options = ["--max-frames", frames.ToString(CultureInfo.InvariantCulture), "--timeout", "60000"],
                Output = "StackOverflow true\n",
                Codes = [0, 1],
                Kinds = ["LimitExceeded"],
            };
        }
    }

    // One turn of a route may use several frames, so the depth that is certainly reached is a fraction of the limit.
    private static string Source(string declarations, string body) =>
        $$"""
        var depth = 0
        {{declarations}}
        proc go() {
        depth += 1
        {{body}}
        }
        try { go() } catch e { print(e.kind, depth > 1000) }
        """;
}
