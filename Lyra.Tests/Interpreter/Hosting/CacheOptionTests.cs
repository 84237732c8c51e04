using System;
using System.IO;
using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>The options of the inline cache reach it, and scripts can't observe them except by speed.</summary>
public sealed class CacheOptionTests
{
    /// <summary>Sites that see 12 types in turn: fields, a method, a store, builtin methods, missing members.</summary>
    private static readonly string Megamorphic =
        string.Join('\n', Enumerable.Range(0, 12).Select(i =>
            $"struct T{i} {{ {string.Concat(Enumerable.Range(0, i % 4).Select(k => $"x{k} = {k}; "))}v = {i}; n = 1; "
            + "proc twice(self) { return 2 * self.v } }")) + $$"""

        let things = [{{string.Join(", ", Enumerable.Range(0, 12).Select(i => $"T{i}()"))}}]
        let held = [[1], "ab", {1: 2}, set([1, 2, 3])]
        var sum = 0
        var failed = 0
        proc look(thing) { return thing.missing }
        for i in 0..2_400 {
            let thing = things[i % 12]
            thing.n = thing.n + i
            sum += thing.v + thing.twice() + held[i % 4].length()
            if i % 100 == 0 { try { look(thing) } catch e { failed += 1 } }
        }
        print(sum, failed, things[11].n)
        """;

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Without_the_cache_outputs_and_steps_are_the_same(JitMode mode)
    {
        (string Output, LyraStatistics Statistics) with = Run(Waiting with { Jit = mode });
        (string Output, LyraStatistics Statistics) without = Run(Waiting with { Jit = mode, CacheSlots = 0 });

        without.Output.ShouldBe(with.Output);
        without.Statistics.Jit.Steps.ShouldBe(with.Statistics.Jit.Steps);
        with.Statistics.InlineCache.Hits.ShouldBeGreaterThan(2_000);
        without.Statistics.InlineCache.ShouldBe(new InlineCacheStatistics(0, 0, 0, 0, 0));
        without.Statistics.Integrity.Checks.ShouldBe(0);
        if (mode == JitMode.On)
        {
            with.Statistics.Jit.Entries.ShouldBeGreaterThan(0);
            without.Statistics.Jit.Entries.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void A_small_cache_evicts_and_a_small_interval_checks()
    {
        (_, LyraStatistics usual) = Run(Waiting with { Jit = JitMode.Off });
        (_, LyraStatistics small) = Run(Waiting with { Jit = JitMode.Off, CacheSlots = 8, CacheKept = 4, CacheEvictFrom = 6 });
        (_, LyraStatistics often) = Run(Waiting with { Jit = JitMode.Off, IntegrityInterval = 1 });

        usual.InlineCache.Evictions.ShouldBe(0);
        small.InlineCache.Evictions.ShouldBeGreaterThan(0);
        small.InlineCache.Entries.ShouldBeInRange(1, 6);
        small.InlineCache.MeanChain.ShouldBeInRange(1, 6);
        small.InlineCache.LongestChain.ShouldBeInRange(1, 6);
        usual.Integrity.Checks.ShouldBeInRange(1, usual.InlineCache.Hits / 50);
        often.Integrity.Checks.ShouldBeGreaterThan(often.InlineCache.Hits, "each hit is verified, and the procs are too");
    }

    [Fact]
    public void A_reset_empties_the_cache_and_keeps_the_statistics()
    {
        using LyraEngine engine = new(Waiting with { Jit = JitMode.Off, Output = TextWriter.Null });
        engine.Run(Megamorphic);
        LyraStatistics before = engine.Statistics;

        engine.ResetCaches();

        before.InlineCache.Entries.ShouldBeGreaterThan(20);
        engine.Statistics.InlineCache.ShouldBe(before.InlineCache with { Entries = 0, MeanChain = 0, LongestChain = 0 });
        engine.Run("sum").As<long>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_bounds_must_agree() =>
        Should.Throw<ArgumentException>(() => new LyraEngine(LyraOptions.Default with { CacheKept = 100, CacheEvictFrom = 100 }))
            .Message.ShouldBe("CacheEvictFrom is 100 and must be greater than CacheKept, which is 100.");

    private static LyraOptions Waiting => new() { HotLoopThreshold = 50, HotProcThreshold = 50, CompilesInBackground = false };

    private static (string Output, LyraStatistics Statistics) Run(LyraOptions options)
    {
        StringWriter output = new();
        using LyraEngine engine = new(options with { Output = output });
        engine.Run(Megamorphic, "megamorphic.lyra");
        return (output.ToString(), engine.Statistics);
    }
}
