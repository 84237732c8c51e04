using System;
using Lyra.Fuzz.Oracles;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

public sealed class TimeBombTests
{
    /// <summary>Some twenty times what the time oracle of the fuzzer allows, because other tests run at the same time.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    public static TheoryData<string, JitMode> Runs()
    {
        TheoryData<string, JitMode> runs = [];
        foreach (string name in TimeBombs.All().Keys)
        {
            runs.Add(name, JitMode.Off);
            runs.Add(name, JitMode.On);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_clock_is_looked_at_in_time(string name, JitMode jit)
    {
        TimeOracle oracle = new();

        RunTimes times = oracle.Measure(TimeBombs.All()[name], jit, new LyraLimits { Timeout = TimeSpan.FromMilliseconds(600) });

        oracle.Refused.ShouldBeNull();
        oracle.Ended.ShouldBe(LimitKind.Time);
        times.LongestQuantum.ShouldBeLessThan(Most);
    }

    [Fact]
    public void The_oracle_sees_a_long_quantum()
    {
        TimeOracle oracle = new();

        // Enough for the bytes, 312,500 steps, and the first text, 1,250,000: the quantum is the time in which it is made.
        LyraLimits limits = new() { Timeout = TimeSpan.FromSeconds(20), MaxSteps = 2_000_000 };

        RunTimes times = oracle.Measure("let b = bytes(20000000)\nwhile true { b.text() }", JitMode.Off, limits);

        times.LongestQuantum.ShouldBeGreaterThan(TimeSpan.Zero);
        oracle.Ended.ShouldBe(LimitKind.Steps);
    }
}
