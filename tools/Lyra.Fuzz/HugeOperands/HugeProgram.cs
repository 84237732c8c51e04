using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HugeOperands;

/// <summary>Writes programs that apply one operation to huge operands again and again, until a limit ends them.</summary>
internal static class HugeProgram
{
    private const string Head = """
        import math
        import json
        import random
        import time
        import regex
        import simd
        import bits
        struct Box { x }
        struct Same { x
            proc __eq(self, other) { return true }
            proc __hash(self) { return 1 } }
        proc f(...values) { return false }
        proc nest(value, count) { var x = value
            for i in 0..count { x = [x] }
            return x }
        proc double(value, count) { var x = value
            for i in 0..count { x = [x, x] }
            return x }
        proc chain(count) { var e = error("K", "m")
            for i in 0..count { e = error("K", "m", e) }
            return e }
        proc holes(table, first, count) { for i in first..first + count { table.remove(i) }
            return table }
        proc filled(count) { let m = {}
            for i in 0..count { m[i] = i }
            return m }
        proc count() { var i = 0
            while true { yield i
                i += 1 } }

        """;

    /// <summary>Huge values, each with the expression that makes it in a few steps.</summary>
    private static readonly string[] Huge =
    [
        "1 << 1000000", "-(1 << 1000000) + 1", "(1 << 60000000) + 1", "3 ** 600000", "1 << 65", "(1 << 3000000) / 7",
        "\"a\" * 40000000", "\" \" * 40000000", "\"ab\\n\" * 7000000", "\"a,\" * 10000000", "\"ß\" * 20000000", "\"{}\" * 1000000",
        "\"7\" * 2000000", "\"_\" * 20000000", "\"\\\"\" * 10000000", "\"[\" * 10000000", "\"a\" * 20000000 + \"b\"",
        "\"\\u{1F600}\" * 5000000",
        "[1] * 20000000", "[0.5] * 20000000", "[true] * 50000000", "[nil] * 10000000", "[\"x\"] * 10000000", "[[]] * 5000000",
        "[1 << 100000] * 1000000", "[\"a\" * 1000000] * 100000", "[(1, 2)] * 5000000", "[1 << 64] * 10000000", "list(0..3000000)",
        "tuple([1] * 3000000)", "tuple([\"a\" * 1000000] * 100000)", "nest(1, 9000)", "double(1, 24)", "tuple(double(1, 24))",
        "0..(1 << 1000000)", "range(0, 1 << 1000000, (1 << 500000) + 1)", "(1 << 1000000)..((1 << 1000000) + 1000000)",
        "0..1000000000000", "range(1 << 1000000, 0, -3)", "range(0, 3 ** 600000, 7 ** 100000)",
        "filled(200000)", "holes(filled(200000), 1, 99000)", "holes(filled(200000), 100000, 99999)", "set(holes(filled(200000), 1, 99000))",
        "holes(set(0..400000), 1, 190000)", "holes(set(0..400000), 0, 190000)", "set([1 << 100000])", "set([Same(1)])",
        "bytes(100000000)", "chain(300000)", "count()", "Box(\"a\" * 40000000)", "Box(double(1, 24))", "Same(1)", "x => x",
        "{\"k\": \"a\" * 40000000}", "(\"a\" * 20000000, 1 << 1000000)", "[0..(1 << 1000000)] * 1000000",
    ];

    private static readonly string[] Small =
        ["0", "1", "-1", "7", "100", "100000", "10000000", "0.5", "\"a\"", "nil", "1 << 64", "\"\"", "[]", "{}"];


    /// <summary>The program of a seed.</summary>
    public static string Generate(long seed)
    {
        FuzzRandom random = new(seed);
        string form = random.PickFrom(HugeForms.All);
        string a = random.PickFrom(Huge);
        string b = random.Below(3) switch
        {
            0 => a,
            1 => random.PickFrom(Huge),
            _ => random.PickFrom(Small),
        };
        string body = random.Chance(15) ? $"try {{ {form} }} catch e {{ tostring(e) }}" : form;
        string inner = form.StartsWith("let ", System.StringComparison.Ordinal) ? $"if true {{ {form} }}" : body;
        return $"{Head}let a = {a}\nlet b = {b}\nlet n = {random.PickFrom(Small)}\nwhile true {{\n{inner}\n}}\n";
    }
}
