using System;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Evaluation;

/// <summary>
/// Faults of dead-objects that no output shows: an object that is given back twice, and one that is not given back. The engine counts the
/// first, and the share of reused objects shows the second.
/// </summary>
public sealed class PlantedReturnTests
{
    private const string Program = """
        proc run(n) {
            var s = 0
            for i in 0..n {
                let row = [i, i + 1, i + 2]
                let grown = []
                grown.push(row[1])
                s += grown[0] * row.length()
            }
            return s
        }
        run(2_000)
        """;

    [Fact]
    public void Without_a_fault_each_object_is_given_back_once()
    {
        using LyraEngine engine = Run(null);

        ReportedReturns(engine).ShouldBe(0);
        engine.Statistics.Objects.GivenBack.ShouldBeInRange(1_900, 4_000);
        engine.Statistics.Pools.HitRate.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void An_object_that_is_given_back_twice_is_reported()
    {
        using LyraEngine engine = Run(PlantedFaults.DoubleReturns);

        ReportedReturns(engine).ShouldBe(1);
        engine.Statistics.Objects.GivenBack.ShouldBeInRange(1_900, 4_000);
    }

    [Fact]
    public void An_object_that_is_not_given_back_shows_in_the_hit_rate()
    {
        using LyraEngine engine = Run(PlantedFaults.MissingReturns);

        ReportedReturns(engine).ShouldBe(0);
        engine.Statistics.Pools.HitRate.ShouldBeLessThan(0.05);
    }

    private static int ReportedReturns(LyraEngine engine) =>
        engine.Health.Warnings.Count(warning => warning.Kind == LyraHealthWarningKind.RefusedReturns);

    private static LyraEngine Run(Func<IrGraph, bool>? plant)
    {
        LyraEngine engine = new(new LyraOptions
        {
            Memory = LyraMemoryMode.LowPause,
            Jit = JitMode.On,
            CompilesInBackground = false,
            HotLoopThreshold = 10,
        });
        PlantedFault? fault = plant is null ? null : new PlantedFault("dead-objects", Program, plant);
        if (fault is not null)
        {
            engine.Compiler.Listen(fault);
        }

        engine.Run(Program).As<long>().ShouldBe(Enumerable.Range(0, 2_000).Sum(i => 3L * (i + 1)));
        fault?.Count.ShouldBeGreaterThan(0);
        return engine;
    }
}
