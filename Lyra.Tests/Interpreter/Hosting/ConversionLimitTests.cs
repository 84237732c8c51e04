using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>A copy of script values to .NET obeys the limits of their engine: outside a run alone, in a run with the script.</summary>
public sealed class ConversionLimitTests
{
    private const long MaxBytes = 32_000_000;

    private static readonly LyraLimits Limits =
        new() { MaxMemoryBytes = MaxBytes, MaxSteps = 10_000_000, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Small for the script, huge as a copy.</summary>
    private static readonly (string Name, string Source)[] Sources =
    [
        ("range", "0..50000000"),
        ("huge range", "0..2000000000"),
        ("big range", "2 ** 64..2 ** 64 + 100000000"),
        ("texts", "[\"s\" * 1000000] * 300"),
        ("doubled", "var a = []; for i in 0..22 { a = [a, a] }; a"),
        ("doubled more", "var a = []; for i in 0..60 { a = [a, a] }; a"),
        ("doubled numbers", "var a = [1, 2]; for i in 0..40 { a = [a, a] }; a"),
        ("doubled maps", "var m = {}; for i in 0..40 { m = {\"a\": m, \"b\": m} }; m"),
        ("doubled tuples", "var t = (1, 2); for i in 0..40 { t = (t, t) }; t"),
        ("doubled ranges", "var a = 0..1000000; for i in 0..4 { a = [a, a, a, a] }; a"),
        ("cycle", "var a = []; a.push(a); a"),
    ];

    private sealed record Tree(Tree? A, Tree? B);

    public static TheoryData<string, Type> Conversions()
    {
        TheoryData<string, Type> data = [];
        foreach ((string name, string _) in Sources)
        {
            foreach (Type type in new[]
                {
                    typeof(int[]), typeof(long[]), typeof(List<int>), typeof(IEnumerable<long>), typeof(int[][][]), typeof(JsonElement),
                    typeof(JsonNode), typeof(Tree), typeof(HashSet<LyraValue>), typeof(Dictionary<string, JsonNode>), typeof(object[][][]),
                    typeof(((int, int), (int, int))), typeof(string[]), typeof(int[][][][][][][]),
                })
            {
                data.Add(name, type);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Conversions))]
    public void Result_is_copied_within_the_limits(string name, Type type)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = Limits });
        LyraValue value = engine.Run(Array.Find(Sources, source => source.Name == name).Source);
        IsBounded(() => Convert(value, type));
        engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Conversions))]
    public void Argument_of_a_delegate_is_copied_within_the_limits(string name, Type type)
    {
        foreach (JitMode jit in new[] { JitMode.Off, JitMode.On })
        {
            using LyraEngine engine = new(new LyraOptions { Limits = Limits, Jit = jit });
            engine.Define("take", DelegateTaking(type));
            string source = Array.Find(Sources, source => source.Name == name).Source;
            int last = source.LastIndexOf(';') + 1;
            IsBounded(() => engine.Run($"{source[..last]} take({source[last..].Trim()})"));
            engine.Run("1 + 1").As<int>().ShouldBe(2);
        }
    }

    [Fact]
    public void A_range_is_enumerated_by_the_host()
    {
        using LyraEngine engine = new(new LyraOptions { Limits = Limits });
        IEnumerable<int> lazy = engine.Run("0..2000000000").As<IEnumerable<int>>();
        lazy.Skip(100).First().ShouldBe(100);
        engine.Run("range(10, 0, -3)").As<IEnumerable<long>>().ShouldBe([10, 7, 4, 1]);
        engine.Run("0..0").As<IEnumerable<string>>().ShouldBeEmpty();
        engine.Run("0..300").TryAs(out IEnumerable<byte>? _).ShouldBeFalse();

        engine.Define("first", (IEnumerable<int> xs) => xs.First());
        engine.Run("first(5..2000000000)").As<int>().ShouldBe(5);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Copies_for_the_arguments_of_one_call_count_together(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = Limits, Jit = jit });
        engine.Define("two", (long[] a, long[] b) => a.Length + b.Length);
        engine.Define("five", (long[] a, int n, long[] b, List<long> c, long[] d) => a.Length + b.Length + c.Count + d.Length);
        const string List = "var xs = list(0..400_000)\n";

        engine.Run($"{List}var n = 0\nfor i in 0..10 {{ n += two(xs, xs) }}\nn").As<int>().ShouldBe(8_000_000);
        Should.Throw<LyraLimitException>(() => engine.Run($"{List}five(xs, 1, xs, xs, xs)")).Limit.ShouldBe(LimitKind.Memory);
        engine.Run($"{List}two(xs, xs)").As<int>().ShouldBe(800_000);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Copy_that_a_delegate_makes_counts_with_what_the_script_holds(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = Limits, Jit = jit });
        engine.Define("sum", (LyraValue xs) => xs.As<long[]>().Sum());

        engine.Run("var n = 0\nvar xs = list(0..1000)\nfor i in 0..3000 { n += sum(xs) }\nn").As<long>().ShouldBe(1_498_500_000);
        engine.Run("var xs = list(0..400_000)\nsum(xs)").As<long>().ShouldBe(79_999_800_000);
        Should.Throw<LyraLimitException>(() => engine.Run("var kept = list(0..3_000_000)\nsum(list(0..400_000)) + length(kept)"))
            .Limit.ShouldBe(LimitKind.Memory);
        engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("0..50000000")]
    [InlineData("{\"a\": 0..50000000, \"b\": 1}")]
    public void Choice_of_an_overload_obeys_the_limits(string argument)
    {
        foreach (JitMode jit in new[] { JitMode.Off, JitMode.On })
        {
            using LyraEngine engine = new(new LyraOptions { Limits = Limits, Jit = jit });
            engine.DefineType<Taker>(new LyraTypeOptions { Members = LyraMembers.All });
            engine.Define("o", new Taker());
            engine.Run("var last = 0; for i in 0..2000 { last = o.take([i]) }; last").As<int>().ShouldBe(1);
            IsBounded(() => Should.Throw<LyraLimitException>(() => engine.Run($"o.take({argument})")).Message.ShouldNotContain("internal"));
            IsBounded(() => Should.Throw<LyraException>(() => engine.Run($"o.record({argument})")).Message.ShouldNotContain("internal"));
            engine.Run("o.take([1])").As<int>().ShouldBe(1);
        }
    }

    public sealed record Pair(int[] A, string B);

    public sealed class Taker
    {
        public int Take(int[] numbers) => numbers.Length;

        public int Take(Pair pair) => pair.A.Length;

        public int Take(string text) => text.Length;

        public int Record(Pair pair) => pair.A.Length;
    }

    [Theory]
    [InlineData("0..1000000", 1_000_000)]
    [InlineData("[1] * 1000000", 1_000_000)]
    [InlineData("bytes(1000000)", 1_000_000)]
    [InlineData("set(0..100000)", 100_000)]
    public void Copy_below_the_limits_is_made(string source, int count)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = Limits with { Timeout = null } });
        LyraValue value = engine.Run(source);
        value.As<int[]>().Length.ShouldBe(count);
        value.As<IReadOnlyCollection<long>>().Count.ShouldBe(count);
    }

    [Fact]
    public void Error_names_the_limit()
    {
        using LyraEngine engine = new(new LyraOptions { Limits = Limits });
        LyraValue range = engine.Run("0..50000000");
        LyraLimitException e = Should.Throw<LyraLimitException>(() => range.As<int[]>());
        e.Limit.ShouldBe(LimitKind.Memory);
        e.Message.ShouldContain("32,000,000 bytes");
    }

    [Fact]
    public void Engine_without_limits_copies_all()
    {
        using LyraEngine engine = new();
        engine.Run("0..5000000").As<int[]>().Length.ShouldBe(5_000_000);
    }

    [Fact]
    public void Range_passes_to_another_engine()
    {
        using LyraEngine first = new();
        using LyraEngine second = new();
        LyraValue range = first.Run("var kept = 3..6; kept");
        second.Define("range", range);
        second.Run("list(range)[0]").As<int>().ShouldBe(3);
        first.Run("kept == 3..6").As<bool>().ShouldBeTrue();
    }

    private static object? Convert(LyraValue value, Type type) =>
        typeof(LyraValue).GetMethod(nameof(LyraValue.As))!.MakeGenericMethod(type)
            .Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null);

    private static Delegate DelegateTaking(Type type) =>
        typeof(ConversionLimitTests).GetMethod(nameof(Take), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate(typeof(Func<,>).MakeGenericType(type, typeof(int)));

    private static int Take<T>(T value) => value is null ? 0 : 1;

    /// <summary>The action allocates at most what the limits allow, whether it succeeds, is refused, or the type does not fit.</summary>
    private static void IsBounded(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            action();
        }
        catch (Exception e) when (e is LyraException or InvalidCastException)
        {
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * MaxBytes);
    }
}
