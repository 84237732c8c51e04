using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Containers that change during their iteration: each container, each way to change it and each form of loop, so often that the loop runs
/// compiled. Also procs that change the container that a builtin traverses, and iterators that are resumed, closed or cancelled from
/// inside.
/// </summary>
internal static class MutationBombs
{
    private const string Changed = "ConcurrentModification";

    // How a container is created, how it is changed, and the error of a loop over it.
    private static readonly (string Name, string Make, string Change, string Verdict)[] Changes =
    [
        ("a list that grows", "[1, 2, 3, 4]", "c.push(x)", Changed),
        ("a list that shrinks", "[1, 2, 3, 4]", "c.pop()", Changed),
        ("a list that is cleared", "[1, 2, 3, 4]", "c.clear()", Changed),
        ("a list that loses its first", "[1, 2, 3, 4]", "c.removeAt(0)", Changed),
        ("a list that gains a first", "[1, 2, 3, 4]", "c.insert(0, 9)", Changed),
        ("a list extended by itself", "[1, 2, 3, 4]", "c.extend(c)", Changed),
        ("a list of floats that grows", "[1.5, 2.5, 3.5]", "c.push(x)", Changed),
        ("a list of bools that shrinks", "[true, false, true]", "c.pop()", Changed),
        ("a list of strs that is cleared", "[\"a\", \"b\", \"c\"]", "c.clear()", Changed),
        ("a list whose elements change", "[1, 2, 3, 4]", "c[3] = 9", "4"),
        ("a list that widens", "[1, 2, 3, 4]", "c[3] = \"s\"", "4"),
        ("a list that is sorted", "[4, 3, 2, 1]", "c.sort()", "4"),
        ("a list that is reversed", "[4, 3, 2, 1]", "c.reverse()", "4"),
        ("a map that grows", "{1: 1, 2: 2, 3: 3}", "c[length(c) + 10] = 1", Changed),
        ("a map that shrinks", "{1: 1, 2: 2, 3: 3}", "c.remove(3)", Changed),
        ("a map that is cleared", "{1: 1, 2: 2, 3: 3}", "c.clear()", Changed),
        ("a map whose values change", "{1: 1, 2: 2, 3: 3}", "c[2] = 9", "3"),
        ("a map that is updated", "{1: 1, 2: 2, 3: 3}", "c.update({8: 8, 9: 9})", Changed),
        ("a set that grows", "set([1, 2, 3])", "c.add(length(c) + 10)", Changed),
        ("a set that shrinks", "set([1, 2, 3])", "c.remove(3)", Changed),
        ("a set that is cleared", "set([1, 2, 3])", "c.clear()", Changed),
        ("bytes that change", "bytes([1, 2, 3])", "c[2] = 9", "3"),
        ("bytes that are filled", "bytes([1, 2, 3])", "c.fill(0)", "3"),
    ];

    private static readonly (string Name, string Open)[] Loops = [("for", "for x in c"), ("for with index", "for k, x in c")];

    public static IEnumerable<HostileProgram> All() => [.. InLoops(), .. InCallbacks(), .. Iterators()];

    // One program contains all changes for one form of loop, because one process for each would take too long.
    private static IEnumerable<HostileProgram> InLoops()
    {
        foreach ((string form, string open) in Loops)
        {
            string source =
                string.Concat(Changes.Select(row => Program(row.Name, row.Make, $"{open} {{ n += 1; if n == 2 {{ {row.Change} }} }}")));
            yield return new HostileProgram($"changes inside {form}",
                source)
            { Output = Verdicts(Changes.Select(row => (row.Name, row.Verdict))), IsHot = true };
        }
        string nested = string.Concat(Changes.Select(row =>
            Program(row.Name, row.Make, $"for x in c {{ n += 1; if n == 2 {{ for y in 0..3 {{ if y == 1 {{ {row.Change} }} }} }} }}")));
        yield return new HostileProgram("changes inside a loop inside for",
            nested)
        { Output = Verdicts(Changes.Select(row => (row.Name, row.Verdict))), IsHot = true };
        string called = string.Concat(Changes.Select(row =>
            Program(row.Name, row.Make, $"for x in c {{ n += 1; change(n, c, (c, x) => {AsExpression(row.Change)}) }}")));
        yield return new HostileProgram("changes inside a proc called by for", "proc change(n, c, f) { if n == 2 { f(c, n) } }\n"
            + called)
        { Output = Verdicts(Changes.Select(row => (row.Name, row.Verdict))), IsHot = true };
    }

    /// <summary>The change as an expression, since the body of a short proc cannot be an assignment.</summary>
    private static string AsExpression(string change)
    {
        const string element = "c[3] = ";
        return change.StartsWith(element, StringComparison.Ordinal) ? $"c.fill({change[element.Length..]})" : change switch
        {
            "c[2] = 9" => "nil",
            "c[length(c) + 10] = 1" => "c.update({77: 1})",
            _ => change,
        };
    }

    private static string Verdicts(IEnumerable<(string Name, string Verdict)> rows) =>
        string.Concat(rows.Select(row => $"{row.Name}: {row.Verdict}\n"));

    // The program prints the result of the last of many iterations, and whether all results were the same.
    private static string Program(string name, string make, string loop) =>
        $$"""
        if true {
            var verdict = nil
            for round in 0..60 {
                let c = {{make}}
                var n = 0
                var seen = nil
                try { {{loop}}
                seen = n } catch e { seen = e.kind }
                if round > 0 and seen != verdict { print("once", verdict, "then", seen) }
                verdict = seen
            }
            print("{{name}}: ${verdict}")
        }

        """;

    private static IEnumerable<HostileProgram> InCallbacks()
    {
        (string Name, string Call)[] calls =
        [
            ("map", "c.map(x => { c.push(1)\nreturn x })"), ("filter", "c.filter(x => { c.pop()\nreturn true })"),
            ("each", "c.each(x => c.clear())"),
            ("reduce", "c.reduce((a, b) => { c.clear()\nreturn a })"), ("find", "c.find(x => { c.push(1)\nreturn false })"),
            ("any", "any(c, x => { c.push(1)\nreturn false })"),
            ("all", "all(c, x => { c.pop()\nreturn true })"), ("a sort key", "c.sort(x => { c.push(1)\nreturn x })"),
        ];
        string source = string.Concat(calls.Select(row => Program(row.Name, "[4, 3, 2, 1]", $"{row.Call}\nn = 99")));
        yield return new HostileProgram("changes inside callbacks", source)
        {
            Output = Verdicts(calls.Select(row => (row.Name, Changed))),
            IsHot = true
        };
        yield return new HostileProgram("hooks that change the map that is looked up", """
            struct Key { n
                proc __hash(self) { return 1 }
                proc __eq(self, o) { if target != nil { target.remove(o)
                    target[Key(self.n + 1000)] = 1 }
                    return self.n == o.n }
            }
            var target = nil
            var kinds = set([])
            for round in 0..200 {
                let m = {}
                for i in 0..4 { m[Key(i)] = i }
                target = m
                try { m[Key(3)] = 1 } catch e { kinds.add(e.kind) }
                target = nil
                let keys = length(m.keys())
                if keys != length(m) { print("torn", keys, length(m)) }
            }
            print("done")
            """) { Output = "done\n", IsHot = true, Options = ["--timeout", "60000"] };
        yield return new HostileProgram("hashes that differ each time", """
            var n = 0
            struct Key { proc __hash(self) { n += 1
                return n }
                proc __eq(self, o) { return true } }
            let m = {}
            let key = Key()
            for i in 0..2000 { m[key] = i
                m.get(key) }
            print(length(m) == length(m.keys()))
            """) { Output = "true\n", IsHot = true };
    }

    private static IEnumerable<HostileProgram> Iterators()
    {
        yield return Hot("a generator resumed by what it yields to", """
            proc g() { for i in 0..6 { yield i } }
            var s = 0
            for round in 0..200 { let it = g()
                for x in it { s += x
                    next(it) } }
            print(s)
            """, "1200\n");
        yield return Hot("a generator closed by what it yields to", """
            var closed = 0
            proc g() { try { for i in 0..6 { yield i } } finally { closed += 1 } }
            var n = 0
            for round in 0..200 { let it = g()
                for x in it { n += 1
                    it.close() } }
            print(n, closed)
            """, "200 200\n");
        yield return Hot("a generator that resumes itself, again and again", """
            var g = nil
            proc f() { yield next(g) }
            var kinds = set([])
            for round in 0..200 { g = f()
                try { next(g) } catch e { kinds.add(e.kind) } }
            print(length(kinds))
            """, "1\n");
        yield return Hot("a generator that closes itself", """
            var g = nil
            proc f() { g.close()
                yield 1 }
            var kinds = set([])
            for round in 0..200 { g = f()
                try { next(g) } catch e { kinds.add(e.kind) } }
            print(length(kinds) <= 1)
            """, "true\n");
        yield return Hot("a struct that iterates itself", """
            struct S { n
                proc __iter(self) { if self.n > 50 { return [] }
                    return S(self.n + 1) } }
            var s = 0
            for round in 0..200 { for x in S(0) { s += 1 } }
            print(s)
            """, "0\n");
        yield return Hot("a loop over what is being filled by a task", """
            let xs = [1]
            async proc fill() { for i in 0..100 { xs.push(i)
                await sleep(0) } }
            let t = fill()
            var kind = nil
            try { for x in xs { await sleep(0) } } catch e { kind = e.kind }
            await t
            var s = 0
            for i in 0..1000 { s += i }
            print(kind, length(xs))
            """, "ConcurrentModification 101\n");
    }

    private static HostileProgram Hot(string name, string source, string output) =>
        new(name, source) { Output = output, IsHot = true, Options = ["--timeout", "60000"] };
}
