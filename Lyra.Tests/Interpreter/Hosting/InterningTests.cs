using System;
using System.IO;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Interned strs save allocations. Scripts, steps and memory limits do not notice.</summary>
public sealed class InterningTests
{
    private const string Source = """
        import json
        import regex
        proc work(n) {
            var count = 0
            let seen = {}
            for i in 0..n {
                for word in "one two three four, five-and-twenty or more".split(" ") { seen[word] = (seen[word] ?? 0) + 1 }
                for row in json.parse("[{\"name\": 1, \"long key of the record\": 2}, {\"name\": 3, \"\": 4, \"é\": 5, \"日本\": 6}]") {
                    for key in row { count += row[key] }
                }
                for part in regex.split("b+", "aaabaaabbaaa") { count += part.length() }
                for unit in "日本語".chars() { if unit == "語" { count += 1 } }
            }
            return "${count} ${seen}"
        }
        """;

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Results_and_steps_do_not_depend_on_it_and_fewer_bytes_are_allocated(JitMode mode)
    {
        (string result, long steps, long bytes, LyraStatistics with) = Run(Waiting with { Jit = mode });
        (string plain, long plainSteps, long plainBytes, LyraStatistics without) = Run(Waiting with { Jit = mode, TextSlots = 0 });

        result.ShouldBe(plain);
        steps.ShouldBe(plainSteps);
        bytes.ShouldBeLessThan(plainBytes * 3 / 4);
        with.Strings.Interned.ShouldBeInRange(10, 30);
        with.Strings.Hits.ShouldBeGreaterThan(4_000);
        without.Strings.ShouldBe(new StringStatistics(0, 0));
        if (mode == JitMode.On)
        {
            with.Jit.CompiledSteps.ShouldBeGreaterThan(1_000);
        }
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Each_part_is_charged_as_a_new_str(JitMode mode)
    {
        const string Splitting = """
            let parts = []
            proc fill() { while true { parts.push("one two three".split(" ")) } }
            fill()
            """;
        long[] counts = new long[2];
        for (int i = 0; i < counts.Length; i++)
        {
            using LyraEngine engine = new(Waiting with
            {
                Jit = mode,
                TextSlots = i * 2_048,
                Limits = new LyraLimits { MaxMemoryBytes = 4 << 20 },
            });
            Should.Throw<LyraLimitException>(() => engine.Run(Splitting));
            counts[i] = engine.Run("parts.length()").As<long>();
        }

        // What a script can reach is counted by objects, so more lists fit when they share their strs.
        counts[1].ShouldBeGreaterThan(counts[0]);
    }

    [Fact]
    public void Both_tiers_reach_a_memory_limit_at_the_same_place()
    {
        const string Splitting = """
            let parts = []
            proc fill() { var i = 0; while true { parts.push("one two three w${i % 5000}".split(" ")); i += 1 } }
            """;
        long[] counts = new long[2];
        for (int i = 0; i < counts.Length; i++)
        {
            using LyraEngine engine = new(Waiting with
            {
                Jit = i == 0 ? JitMode.Off : JitMode.On,
                Limits = new LyraLimits { MaxMemoryBytes = 4 << 20 },
            });
            engine.Run(Splitting);
            Should.Throw<LyraLimitException>(() => engine.Call("fill"));
            counts[i] = engine.Run("parts.length()").As<long>();
            (engine.Statistics.Jit.CompiledSteps > 0).ShouldBe(i == 1);
        }

        counts[1].ShouldBe(counts[0]);
    }

    private static LyraOptions Waiting => new()
    {
        HotLoopThreshold = 50,
        HotProcThreshold = 50,
        CompilesInBackground = false,
        Output = TextWriter.Null,
    };

    private static (string Result, long Steps, long Bytes, LyraStatistics Statistics) Run(LyraOptions options)
    {
        using LyraEngine engine = new(options);
        engine.Run(Source, "interning.lyra");
        engine.Call("work", 200);
        long steps = engine.Statistics.Jit.Steps;
        long before = GC.GetAllocatedBytesForCurrentThread();
        string result = engine.Call("work", 200).As<string>();
        return (result, engine.Statistics.Jit.Steps - steps, GC.GetAllocatedBytesForCurrentThread() - before, engine.Statistics);
    }
}
