using System;
using System.Threading;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>
/// How much a single builtin with large operands does between two looks at the clock, at which a cancellation or a time limit ends it.
/// </summary>
public sealed class BuiltinLookTests
{
    /// <summary>The elements of the operands.</summary>
    private const int Elements = 2_000_000;

    /// <summary>The most bytes that are copied, filled or compared between two looks, on average.</summary>
    private const int MostBytes = 1 << 20;

    private const string Ints = "let xs = list(0..n)\nlet ys = list(0..n)\n";
    private const string Strs = "let s = \"abcd\" * n\nlet t = \"abcd\" * n\n";
    private const string Bytes = "let b = bytes(8 * n)\nlet c = bytes(8 * n)\n";
    private const string Pairs = "let ps = list(0..n / 4).map(x => (x, x))\nlet m = map(ps)\nlet k = m.copy()\n";
    private const string BigInts = "let a = 3 ** (n / 2)\nlet b = 7 ** (n / 8)\n";
    private const string Simd = "import simd\nlet xs = list(0..n)\nlet fs = [1.5] * n\nlet gs = [1.5] * n\n";

    /// <summary>The operands, the call, and the bytes that it has to read or write for each element.</summary>
    public static TheoryData<string, string, int> Calls() => new()
    {
        { "", "\"abcd\" * n", 8 },
        { "", "\"x\".padStart(4 * n, \"abc\")", 8 },
        { Strs, "s + \"x\"", 8 },
        { Strs, "s[1..length(s)]", 8 },
        { Strs, "s.replace(\"b\", \"xy\")", 8 },
        { Strs, "s.replace(\"bx\", \"y\")", 8 },
        { Strs, "s.upper()", 8 },
        { Strs, "s.lower()", 8 },
        { Strs, "s.reverse()", 8 },
        { Strs, "s == t", 8 },
        { Strs, "s < t", 8 },
        { Strs, "s.startsWith(t)", 8 },
        { Strs, "s.endsWith(t)", 8 },
        { Strs, "hash(s)", 8 },
        { Strs, "set([s])", 8 },
        { Strs, "s.codes()", 8 },
        { Strs, "s.chars()", 16 },
        { Strs, "bytes(s)", 8 },
        { "let s = \" \" * (4 * n)\n", "s.trim()", 8 },
        { "let s = \" \" * (4 * n)\n", "s.trimEnd()", 8 },
        { "import regex\nlet s = \"abcd \" * (n / 20)\n", "regex.findAll(\"[a-z]+\", s)", 16 },
        { "import json\nlet xs = list(0..n / 4)\n", "json.stringify(xs)", 4 },
        { "let ss = [\"abcd\"] * n\n", "ss.join(\",\")", 8 },
        { "let ss = [\"abcd\"] * n\n", "ss.copy()", 16 },
        { "", "[\"a\", \"b\"] * n", 16 },
        { "", "[1, 2] * n", 8 },
        { "", "list(0..n)", 8 },
        { Ints, "xs.copy()", 8 },
        { Ints, "xs + ys", 16 },
        { Ints, "xs[1..n]", 8 },
        { Ints, "tuple(xs)", 16 },
        { Ints, "xs == ys", 8 },
        { Ints, "-1 in xs", 8 },
        { Ints, "xs.index(-1)", 8 },
        { Ints, "xs.count(1)", 8 },
        { Ints, "xs.fill(7)", 8 },
        { Ints, "xs.reverse()", 8 },
        { Ints, "xs.extend(ys)", 8 },
        { Ints, "xs.push(1)", 8 },
        { Ints, "xs.push(\"a\")", 16 },
        { Ints, "xs.insert(0, 1)", 8 },
        { Ints, "xs.removeAt(0)", 8 },
        { Ints, "xs.sort()", 8 },
        { Ints, "sum(xs)", 8 },
        { Ints, "min(xs)", 8 },
        { Ints, "set(xs)", 80 },
        { Pairs, "map(ps)", 20 },
        { Pairs, "m == k", 20 },
        { Pairs, "m.copy()", 20 },
        { Pairs, "set(m).intersect(set(k))", 20 },
        { "let xs = list(0..n / 4)\n", "tostring(xs)", 4 },
        { BigInts, "a * a", 32 },
        { BigInts, "a / b", 32 },
        { BigInts, "7 ** (n / 4)", 8 },
        { BigInts, "tostring(a)", 64 },
        { "let s = \"7\" * (n / 4)\n", "toint(s)", 64 },
        { Simd, "sum(fs)", 8 },
        { Simd, "max(fs)", 8 },
        { Simd, "simd.add(xs, xs)", 8 },
        { Simd, "simd.mul(fs, gs)", 8 },
        { Simd, "simd.addTo(fs, fs, gs)", 8 },
        { Simd, "simd.lt(xs, xs)", 8 },
        { Simd, "simd.sum(fs)", 8 },
        { Simd, "simd.dot(fs, gs)", 8 },
        { Simd, "simd.dot(xs, xs)", 8 },
        { "", "bytes(8 * n)", 8 },
        { Bytes, "b.fill(1)", 8 },
        { Bytes, "b.copy()", 8 },
        { Bytes, "b == c", 8 },
        { Bytes, "b.index(1)", 8 },
        { Bytes, "1 in b", 8 },
        { Bytes, "b.text()", 8 },
        { "let xs = list(0..n)\nimport random\n", "random.shuffle(xs)", 8 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_builtin_looks_at_the_clock_for_each_megabyte(string operands, string call, int bytesPerElement)
    {
        using LyraEngine engine = Engine(operands);
        int looks = 0;
        engine.Limiter.Looked = _ => looks++;

        engine.Run(call);

        ((long)looks).ShouldBeGreaterThanOrEqualTo((long)Elements * bytesPerElement / MostBytes);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_cancellation_ends_a_builtin_at_the_next_look(string operands, string call, int bytesPerElement)
    {
        using LyraEngine engine = Engine(operands);
        using CancellationTokenSource source = new();
        long cancelled = (long)Elements * bytesPerElement / MostBytes / 2;
        long looks = 0;
        engine.Limiter.Looked = _ =>
        {
            if (++looks == cancelled)
            {
                source.Cancel();
            }
        };

        Should.Throw<LyraCanceledException>(() => engine.Run(call, "call.lyra", source.Token));

        // Another one is made where the error is raised, and where the run ends.
        looks.ShouldBeLessThanOrEqualTo(cancelled + 3);
    }

    /// <summary>
    /// A list that is changed in place keeps its elements, perhaps in another order. The insertion first copies all to a longer array, with
    /// 61 looks.
    /// </summary>
    [Theory]
    [InlineData("xs.reverse()", 5, 0)]
    [InlineData("xs.insert(0, 1)", 100, 1)]
    [InlineData("xs.removeAt(0)", 5, 0)]
    [InlineData("import random\nrandom.shuffle(xs)", 5, 0)]
    [InlineData("xs.sort(x => -x)", 5, 0)]
    public void A_list_has_all_elements_after_a_cancellation(string call, int cancelled, long added)
    {
        using LyraEngine engine = Engine(Ints);
        using CancellationTokenSource source = new();
        int looks = 0;
        engine.Limiter.Looked = _ =>
        {
            if (++looks == cancelled)
            {
                source.Cancel();
            }
        };

        Should.Throw<LyraCanceledException>(() => engine.Run(call, "call.lyra", source.Token));

        engine.Run("length(xs)").As<long>().ShouldBe(Elements + added);
        engine.Run("sum(xs)").As<long>().ShouldBe(((long)Elements * (Elements - 1) / 2) + added);
    }

    private static LyraEngine Engine(string operands)
    {
        LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run($"let n = {Elements}\n{operands}");
        return engine;
    }
}
