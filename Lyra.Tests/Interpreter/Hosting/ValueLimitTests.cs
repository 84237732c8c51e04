using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary><see cref="LyraLimits.MaxElements"/> and <see cref="LyraLimits.MaxValueBytes"/> bound each value that a script makes.</summary>
public sealed class ValueLimitTests
{
    private const int MaxElements = 1_000;
    private const long MaxValueBytes = 100_000;

    /// <summary>Expressions of one container with n elements.</summary>
    private static readonly string[] Containers =
    [
        "list(range(n))",
        "[0] * n",
        "range(n).map(x => x)",
        "sorted(range(n))",
        "list(range(n / 2)) + list(range(n - n / 2))",
        "tuple(range(n))",
        "bytes(n)",
        "bytes(\"x\" * n)",
        "set(range(n))",
        "set(range(n)).copy()",
        "(\"x\" * n).chars()",
        "(\"x\" * n).codes()",
        "(\"x,\" * (n - 1)).split(\",\")",
        "(\"x\\n\" * n).lines()",
        "json.parse(\"[\" + \"1,\" * (n - 1) + \"1]\")",
        "enumerate(range(n))",
        "zip(range(n), range(n))",
        "(proc(...xs) { return xs })(...range(n))",
        "regex.findAll(\"x\", \"x\" * n)",
        "grow([], n, (xs, i) => xs.push(i))",
        "grow([], n, (xs, i) => xs.insert(0, i))",
        "grow([], n, (xs, i) => xs.extend([i]))",
        "grow([1.5], n - 1, (xs, i) => xs.push(\"a\"))",
        "grow({}, n, (m, i) => { m[i] = i })",
        "grow({}, n, (m, i) => { m[\"k${i}\"] = i })",
        "grow({}, n, (m, i) => { m[i] = i }).copy()",
        "grow(set([]), n, (s, i) => s.add(i))",
        "grow({}, n, (m, i) => { m[-1] = i; m.remove(-1); m[i] = i })",
    ];

    /// <summary>Expressions of one value that has more than n bytes, of which it needs at most four times n to be made.</summary>
    private static readonly string[] Values =
    [
        "\"x\" * n",
        "\"${\"x\" * (n / 2)}${\"y\" * (n / 2)}\"",
        "1 << (n * 8)",
        "[1] * n",
        "(() => { var s = \"\"; for i in 0..n { s += \"x\" } return s })()",
        "(() => { var s = \"abc\"; while length(s) < n { s = s + s } return s })()",
        "\"-\".join([\"x\"] * (n / 2))",
        "json.stringify([\"x\" * n])",
        "tostring([\"x\" * n])",
        "(\"x\" * (n / 2)).replace(\"x\", \"yy\")",
        "(\"x\" * (n / 2)).padEnd(n)",
        "\"{}\".format(\"x\" * n)",
    ];

    public static TheoryData<string, JitMode> ContainerRows() => Rows(Containers);

    public static TheoryData<string, JitMode> ValueRows() => Rows(Values);

    [Theory]
    [MemberData(nameof(ContainerRows))]
    public void A_container_has_at_most_as_many_elements(string expression, JitMode jit)
    {
        using LyraEngine engine = Engine(jit, new LyraLimits { MaxElements = MaxElements });
        for (int warmUp = 0; warmUp < 30; warmUp++)
        {
            Length(engine, expression, 100).ShouldBe(100);
        }

        Length(engine, expression, MaxElements).ShouldBe(MaxElements);
        LyraLimitException e = Should.Throw<LyraLimitException>(() => Length(engine, expression, MaxElements + 1));
        e.Limit.ShouldBe(LimitKind.Memory);
        e.Message.ShouldBe("the limit of 1000 elements for one value is reached");
        Length(engine, expression, 100).ShouldBe(100);
    }

    [Theory]
    [MemberData(nameof(ValueRows))]
    public void A_value_has_at_most_as_many_bytes(string expression, JitMode jit)
    {
        using LyraEngine engine = Engine(jit, new LyraLimits { MaxValueBytes = MaxValueBytes });
        Make(engine, expression, MaxValueBytes / 10);
        LyraLimitException e = Should.Throw<LyraLimitException>(() => Make(engine, expression, MaxValueBytes));
        e.Limit.ShouldBe(LimitKind.Memory);
        e.Message.ShouldBe("the limit of 100000 bytes for one value is reached");
        Make(engine, expression, MaxValueBytes / 10);
    }

    /// <summary>A literal may have more pairs than the map has elements, because equal keys count once.</summary>
    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Equal_keys_of_a_literal_count_once(JitMode jit)
    {
        string expression = $"{{{string.Join(", ", Enumerable.Range(0, 20).Select(i => $"n - {i % 15}: {i}"))}}}";
        using LyraEngine engine = Engine(jit, new LyraLimits { MaxElements = 16 });
        for (int warmUp = 0; warmUp < 30; warmUp++)
        {
            Length(engine, expression, 100).ShouldBe(15);
        }
    }

    /// <summary>The compiler computes constants at the higher levels.</summary>
    [Theory]
    [InlineData("\"t\" * 2000")]
    [InlineData("\"t\" * 600 + \"t\" * 600")]
    [InlineData("3 ** 6000")]
    [InlineData("(1 << 8000) * (1 << 8000)")]
    public void A_constant_is_bounded_at_every_level(string expression)
    {
        for (int level = 0; level <= 3; level++)
        {
            using LyraEngine engine = new(new LyraOptions
            {
                OptimizationLevel = level,
                Limits = new LyraLimits { MaxValueBytes = 1_024 },
            });
            Should.Throw<LyraLimitException>(() => engine.Run($"let c = {expression}\nc")).Limit.ShouldBe(LimitKind.Memory, $"-O{level}");
        }
    }

    [Fact]
    public void A_literal_container_is_bounded()
    {
        using LyraEngine engine = Engine(JitMode.Off, new LyraLimits { MaxElements = 16 });
        string elements = string.Join(", ", Enumerable.Range(0, 17));
        string entries = string.Join(", ", Enumerable.Range(0, 17).Select(i => $"{i}: {i}"));
        foreach (string literal in new[] { $"[{elements}]", $"({elements})", $"{{{entries}}}" })
        {
            Should.Throw<LyraLimitException>(() => engine.Run($"let c = {literal}\nc")).Limit.ShouldBe(LimitKind.Memory, literal);
        }
    }

    [Fact]
    public void A_container_of_the_host_may_be_larger()
    {
        using LyraEngine engine = Engine(JitMode.Off, new LyraLimits { MaxElements = MaxElements });
        engine.Globals["xs"] = LyraValue.From(Enumerable.Range(0, 5_000).ToArray());
        engine.Run("sum(xs)").As<int>().ShouldBe(12_497_500);
    }

    [Fact]
    public void Limits_that_no_script_could_respect_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new LyraLimits { MaxElements = 15 }).Message.ShouldContain("at least 16");
        Should.Throw<ArgumentOutOfRangeException>(() => new LyraLimits { MaxValueBytes = 1_023 }).Message.ShouldContain("at least 1,024");
    }

    private static int Length(LyraEngine engine, string expression, int n) => engine.Run($$"""
        import json
        import regex
        proc grow(xs, n, add) { for i in 0..n { add(xs, i) } return xs }
        proc make(n) { return {{expression}} }
        length(make({{n}}))
        """).As<int>();

    private static void Make(LyraEngine engine, string expression, long n) => engine.Run($$"""
        import json
        proc make(n) { return {{expression}} }
        make({{n}})
        """);

    private static TheoryData<string, JitMode> Rows(IEnumerable<string> expressions)
    {
        TheoryData<string, JitMode> rows = [];
        foreach (string expression in expressions)
        {
            rows.Add(expression, JitMode.Off);
            rows.Add(expression, JitMode.Stress);
        }

        return rows;
    }

    private static LyraEngine Engine(JitMode jit, LyraLimits limits) => new(new LyraOptions { Jit = jit, Limits = limits });
}
