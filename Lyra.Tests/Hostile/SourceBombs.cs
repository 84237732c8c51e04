using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Lyra.Tests.Hostile;

/// <summary>Sources that are not programs, and programs that only a machine would write.</summary>
internal static class SourceBombs
{
    private const int TooDeep = 100_000;
    private const int Promised = 1_000; // levels of nesting that language.md §1 promises

    public static IEnumerable<HostileProgram> All() => [.. Bytes(), .. Long(), .. Deep(), .. WithinTheBound(), .. Flat()];

    private static IEnumerable<HostileProgram> Bytes()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            int fixedSeed = seed;
            yield return new HostileProgram($"random bytes {seed}", () => RandomBytes(fixedSeed)) { Codes = [2] };
            yield return new HostileProgram($"random tokens {seed}", () => RandomTokens(fixedSeed))
            {
                Codes = [0, 1, 2],
                Options = ["--timeout", "5000"]
            };
        }
        yield return new HostileProgram("invalid UTF-8", () => [.. "print(\"a"u8, 0xC3, 0x28, .. "\")\n"u8]) { Codes = [2] };
        yield return new HostileProgram("UTF-8 cut in a character", () => [.. "print(1) // "u8, 0xF0, 0x9F]) { Codes = [2] };
        yield return new HostileProgram("overlong UTF-8", () => [.. "print("u8, 0xC0, 0xB1, .. ")"u8]) { Codes = [2] };
        yield return new HostileProgram("byte order mark", () => [0xEF, 0xBB, 0xBF, .. "print(1)\n"u8]) { Output = "1\n" };
        yield return new HostileProgram("UTF-16", () => Encoding.Unicode.GetBytes("print(1)\n")) { Codes = [2] };
        yield return HostileProgram.Rejected("a NUL", "print(1)\0");
        yield return new HostileProgram("carriage returns", "print(1)\r\nprint(2)\r\n") { Output = "1\n2\n" };
        yield return new HostileProgram("nothing", "") { Output = "" };
        yield return HostileProgram.Rejected("an open string", "print(\"abc");
        yield return HostileProgram.Rejected("an open comment", "/* /* */ print(1)");
        yield return HostileProgram.Rejected("an open interpolation", "print(\"${1 + ");
        yield return HostileProgram.Rejected("escape outside Unicode", "print(\"\\u{110000}\")");
        yield return HostileProgram.Rejected("endless escape", "print(\"\\u{" + new string('1', 100_000) + "}\")");
    }

    private static IEnumerable<HostileProgram> Long()
    {
        string name = new('a', 1 << 20);
        string longest = name[..1_000];
        yield return new HostileProgram("an identifier of 1,000 characters", $"var {longest} = 1\nprint({longest})\n") { Output = "1\n" };
        yield return HostileProgram.Rejected("an identifier of a megabyte", $"var {name} = 1\nprint({name})\n");
        yield return HostileProgram.Rejected("an unknown identifier of a megabyte", $"print({name})\n");
        yield return HostileProgram.Rejected("an unknown field of a megabyte", $"var x = 1\nprint(x.{name})\n");
        yield return HostileProgram.Failing("an error message of a megabyte", $"throw \"{name}\"", "Error");
        yield return HostileProgram.Rejected("an int of ten million digits", "print(" + new string('9', 10_000_000) + ")");
        yield return HostileProgram.Rejected("a float of ten million digits", "print(0." + new string('9', 10_000_000) + ")");
        yield return new HostileProgram("a float beyond all floats", "print(1e999999999)") { Codes = [0, 2] };
        yield return new HostileProgram("a string of ten megabytes",
            $"print(length(\"{new string('x', 10_000_000)}\"))")
        { Output = "10000000\n" };
        yield return new HostileProgram("one line of a hundred thousand statements",
            Repeat("x += 1;", 100_000, "var x = 0;", "print(x)"))
        { Output = "100000\n" };
        yield return new HostileProgram("ten thousand errors", Repeat("= ;\n", 10_000)) { Codes = [2] };
        yield return new HostileProgram("ten thousand unknown names", Numbered("print(x{0})\n", 10_000)) { Codes = [2] };
    }

    private static IEnumerable<HostileProgram> Deep()
    {
        foreach ((string name, string open, string middle, string close) in Nestings())
        {
            yield return HostileProgram.Rejected($"{TooDeep} × {name}", Nested(open, middle, close, TooDeep));
            yield return new HostileProgram($"{TooDeep} × {name}, never closed", Nested(open, "", "", TooDeep)) { Codes = [2] };
        }
    }

    private static IEnumerable<HostileProgram> WithinTheBound()
    {
        // One level less than the specification guarantees: the statement or call around the nesting may count as one.
        foreach ((string name, string open, string middle, string close) in Nestings())
        {
            yield return new HostileProgram($"{Promised - 10} × {name}", Nested(open, middle, close, Promised - 10)) { Codes = [0, 1] };
        }
    }

    // Long sources, nested only in the view of some parsers: these may be rejected or run, and must not crash.
    private static IEnumerable<HostileProgram> Flat()
    {
        yield return Any("else if", Repeat(" else if x == 1 { }", TooDeep, "var x = 0\nif x == 2 { }"));
        yield return Any("+", Repeat(" + 1", TooDeep, "print(1", ")"));
        yield return Any("and", Repeat(" and true", TooDeep, "print(true", ")"));
        yield return Any("**", Repeat(" ** 1", TooDeep, "print(1", ")"));
        yield return Any("??", Repeat(" ?? nil", TooDeep, "print(nil", ")"));
        yield return Any("..", Repeat("..1", TooDeep, "print(1", ")"));
        yield return Any("string +", Repeat(" + \"x\"", TooDeep, "print(length(\"x\"", "))"));
        yield return Any("method calls", Repeat(".trim()", TooDeep, "print(\"x\"", ")"));
        yield return Any("calls of a result", Repeat("()", TooDeep, "proc f() { return f }\nf"));
        yield return Any("indexing", Repeat("[0]", TooDeep, "var a = [0]\na[0] = a\nvar b = a"));
        yield return Any("optional members", Repeat("?.x", TooDeep, "print(nil", ")"));
        yield return Any("pattern alternatives", Repeat(" | 1", TooDeep, "print(match 2 { 1", " => 0, _ => 1 })"));
        yield return Any("match arms", Numbered("{0} => {0}\n", TooDeep, "print(match 99999 {\n", "})"));
        yield return Any("list items", Repeat("1,", TooDeep, "print(length([", "]))"));
        yield return Any("map entries", Numbered("{0}: {0},", TooDeep, "print(length({", "}))"));
        yield return Any("arguments", Repeat("1,", TooDeep, "proc f(...xs) { return length(xs) }\nprint(f(", "))"));
        yield return Any("parameters", Numbered("p{0},", TooDeep, "proc f(", ") { }\nprint(1)"));
        yield return Any("struct fields", Numbered("f{0} = 0\n", TooDeep, "struct S {\n", "}\nprint(S().f7)"));
        yield return Any("procs", Numbered("proc f{0}() {{ return {0} }}\n", 20_000, "", "print(f7())"));
        yield return Any("variables", Numbered("var v{0} = {0}\n", TooDeep, "", "print(v7)"));
        yield return Any("locals", Numbered("var v{0} = {0}\n", TooDeep, "proc f() {\n", "return v7 }\nprint(f())"));
        yield return Any("captures", Captures(3_000));
        yield return Any("targets of an assignment", Targets(20_000));
        yield return Any("interpolations", Repeat("${1}", TooDeep, "print(length(\"", "\"))"));
        yield return Any("imports", Repeat("import math\n", 10_000, "", "print(1)"));
    }

    private static IEnumerable<(string Name, string Open, string Middle, string Close)> Nestings() =>
    [
        ("(", "(", "1", ")"),
        ("[", "[", "1", "]"),
        ("tuple", "(", "1", ",)"),
        ("map", "({1: ", "1", "})"),
        ("unary -", "- ", "1", ""),
        ("not", "not ", "true", ""),
        ("~", "~", "1", ""),
        ("!", "!", "true", ""),
        ("await", "await ", "1", ""),
        ("lambda", "x => ", "1", ""),
        ("lambda with a body", "x => { return ", "1", " }"),
        ("proc expression", "proc() { return ", "1", " }"),
        ("call", "tostring(", "1", ")"),
        ("index", "[0][", "0", "]"),
        ("interpolation", "\"${", "1", "}\""),
        ("if expression", "if true { ", "1", " } else { 0 }"),
        ("match expression", "match 1 { _ => ", "1", " }"),
        ("block", "if true {\n", "print(1)\n", "}\n"),
        ("while", "while false {\n", "print(1)\n", "}\n"),
        ("for", "for x in [] {\n", "print(1)\n", "}\n"),
        ("try", "try {\n", "print(1)\n", "} finally { }\n"),
        ("nested proc", "proc f() {\n", "print(1)\n", "}\n"),
        ("match statement", "match 1 { _ => {\n", "print(1)\n", "} }\n"),
        ("list pattern", "match 1 { _ => 0, ", "", ""),
        ("list type", "var x: ", "int", ""),
    ];

    private static string Nested(string open, string middle, string close, int depth)
    {
        if (open.StartsWith("match 1 { _ => 0", StringComparison.Ordinal))
        {
            return "print(match 1 { " + Repeat("[", depth) + "a" + Repeat("]", middle.Length == 0 && close.Length == 0 ? depth : 0)
                + " => 0, _ => 1 })\n";
        }
        if (open.StartsWith("var x: ", StringComparison.Ordinal))
        {
            return "var x: " + Repeat("[", depth) + "int" + Repeat("]", depth) + "\nprint(x)\n";
        }
        string body = Repeat(open, depth) + middle + Repeat(close, depth);
        return open.EndsWith('\n') || middle.EndsWith('\n') ? body : $"var x = {body}\n";
    }

    private static HostileProgram Any(string name, string source) =>
        new($"many × {name}", source) { Codes = [0, 1, 2], Options = ["--timeout", "30000"] };

    private static string Captures(int count) =>
        "proc f() {\n" + Numbered("var v{0} = {0}\n", count) + "return () => "
            + string.Join(" + ", Enumerable.Range(0, count).Select(i => $"v{i}")) + "\n}\nprint(f()())\n";

    private static string Targets(int count)
    {
        string names = string.Join(", ", Enumerable.Range(0, count).Select(i => $"v{i}"));
        return $"var ({names}) = range({count})\n{names} = range({count})\nprint(v7)\n";
    }

    private static string Repeat(string text, int count, string before = "", string after = "") =>
        new StringBuilder(before).Insert(before.Length, text, count).Append(after).ToString();

    private static string Numbered(string format, int count, string before = "", string after = "")
    {
        CompositeFormat row = CompositeFormat.Parse(format);
        StringBuilder text = new(before);
        for (int i = 0; i < count; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, row, i);
        }
        return text.Append(after).ToString();
    }

    private static byte[] RandomBytes(int seed)
    {
        byte[] bytes = new byte[4_096];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] RandomTokens(int seed)
    {
        string[] tokens =
        [
            "and", "async", "await", "break", "catch", "const", "continue", "else", "finally", "for", "if", "import", "in", "is", "let",
            "match", "nil", "not", "or", "proc", "pub", "return", "spawn", "struct", "throw", "true", "try", "var", "while", "yield",
            "x", "y", "f", "print", "1", "2.5", "\"s\"", "\"${", "}\"", "(", ")", "[", "]", "{", "}", ",", ":", ";", "\n", ".", "..",
            "..=", "...", "?", "?.", "?[", "??", "=>", "->", "=", "==", "+", "-", "*", "/", "%", "**", "<<", ">>", "<", "|", "&", "^", "~",
            "!", "+=",
        ];
        Random random = new(seed);
        return Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 400).Select(_ => tokens[random.Next(tokens.Length)])));
    }
}
