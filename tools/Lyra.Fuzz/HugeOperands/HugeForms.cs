using System.Collections.Generic;
using System.Linq;
using Lyra.Fuzz.Programs;

namespace Lyra.Fuzz.HugeOperands;

/// <summary>The operations that a huge operand <c>a</c>, another value <c>b</c>, or a small one <c>n</c> may be part of.</summary>
internal static class HugeForms
{
    private static readonly string[] Binary =
        ["+", "-", "*", "/", "%", "**", "<<", ">>", "&", "|", "^", "==", "!=", "<", "<=", ">", ">=", "in", "is", "??", "and", "or"];

    private static readonly string[] Statements =
    [
        "-a", "~a", "not a", "a[n]", "a[0..n]", "a[n..]", "a[..]", "a[b]", "a[0..]", "a[n] = b", "a[b] = n", "a.x", "a?.x", "a?[n]",
        "for x in a { break }", "for x in a { }", "for k, x in a { }", "for x in n..a { }", "for x in a..=b { }", "for x in a..b { break }",
        "let y = a..b", "length(0..a)", "n in 0..a", "a in 0..b", "a in b..a", "(0..a)[n]", "hash(0..a)", "range(0, a, b)", "a..b == b..a",
        "length(range(0, a, b))", "list(range(0, a, b))[n]", "reversed(range(a, b, n))", "reversed(n..a)", "sum(n..a)", "min(n..a)",
        "any(a..b, x => false)", "all(n..a, x => true)", "enumerate(a..b)", "for x in range(a, b, n) { }", "tostring(a..b)", "print(a, b)",
        "\"${a}\"", "\"${a}${b}\"", "\"x\" + tostring(a)", "match a { 0 => 1, [x, ...r] => 2, {\"k\": v} => 3, (p, q) => 4, _ => 5 }",
        "match a { [...r] => r, _ => nil }", "match a { b => 1 }", "match a { 0 => 1 }", "let [x, ...r] = a", "let (x, y) = a",
        "f(...a)", "f(a, b)", "[a, b] == [b, a]", "(a, b) == (a, b)", "(a, b) < (b, a)", "{a: 1}", "{a: b}[b]", "let m = {}\nm[a] = b",
        "[a, ...b]", "Box(a) == Box(b)", "tostring(Box(a))", "hash((a, b))", "Box(a).x", "throw a", "throw error(a, b)",
        "throw error(\"K\", \"m\", a)", "assert(false, a)", "error(\"K\", a)", "a()", "a(b)", "let t: i32 = a", "let t: f32 = a",
        "let t: list[i8] = a", "let t: map[str, i8] = a", "let t: str = a", "let t: (i8, i8) = a", "a is int",
        "a.message", "a.cause", "a.trace",
        "sorted([a, b, a])", "[a, b].sort()", "[a, b].contains(b)", "[a, b].index(n)", "set([a, b])", "max(a, b)", "\", \".join([a, b])",
        "\"{0:F2}\".format(a)", "\"{0,1000000}\".format(a)", "\"{} {}\".format(a, b)", "a.format(b, b)", "tofloat(a) + 0.5", "a + 0.5",
        "0.5 < a", "a == 0.5", "a.n", "next(a)", "a.pop()", "a.removeAt(0)", "a.remove(n)", "a.insert(0, b)", "a.clear()", "a.push(b)",
        "a.keys()[n]", "a.values()", "a.items()", "for x in a.keys() { break }", "import a", "f(x: a)", "chr(a)", "ord(a)",
        "a.replace(b, b)", "a.replace(\"a\", b)", "a.replace(b, \"\")", "a.split(b)", "a.split(\"a\")", "a.find(b)", "a.count(b)",
        "a.startsWith(b)", "a.endsWith(b)", "a.padStart(100000000, b)", "a.padEnd(n, b)", "a.repeat(n)",
        "json.parse(a)", "json.stringify(a)",
        "json.stringify(a, 100)", "regex.test(b, a)", "bytes(a)", "bytes(a).text()", "a == a", "a < a", "a is a", "a == b", "hash(a)",
        "async proc g() { return a }", "spawn f(a, b)", "try { a + nil } catch e { e.message }",
        "try { throw error(\"K\", \"m\") } catch e { b }",
    ];

    private static readonly string[] ArgumentLists =
        ["a", "a, b", "a, n", "a, n, n", "a, b, b", "a, n, b", "b, a", "n, a", "a, f", "a, a, a"];

    /// <summary>Every form, once.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Statements, .. Binary.SelectMany(o => new[] { $"a {o} b", $"a {o} n", $"n {o} a" }), .. Calls()];

    /// <summary>Calls of everything in the library but what ends the run or waits.</summary>
    private static IEnumerable<string> Calls()
    {
        IEnumerable<string> procs = LibraryCalls.Builtins.Concat(LibraryCalls.Members).Select(row => row.QualifiedName);
        IEnumerable<string> methods = LibraryCalls.Methods.Select(method => method.Row.Name).Distinct();
        foreach (string arguments in ArgumentLists)
        {
            foreach (string name in procs)
            {
                yield return $"{name}({arguments})";
            }

            foreach (string name in methods.Where(_ => arguments.StartsWith('a')))
            {
                yield return $"a.{name}({(arguments.Length > 1 ? arguments[3..] : "")})";
            }
        }
    }
}
