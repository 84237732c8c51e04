using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Suite.Facts;

/// <summary>The measurements behind claims that neither the programs nor the microbenchmarks show.</summary>
internal static class FactTable
{
    public static readonly FactRow[] All =
    [
        new([(FactNames.Throughput, "MB/s"), (FactNames.OptimizerTime, "ms")], CompilerFacts.Measure),
        new([(FactNames.LongestStop, "ms")], static (programs, size) => [TierFacts.LongestStop(programs, size)]),
        new([(FactNames.ProfileCost, "times")], static (programs, size) => [TierFacts.ProfileCost(programs, size)]),
        new([(FactNames.HandedOver, "%")], static (_, _) => [TierFacts.HandedOver()]),
        new([(FactNames.BigFibBaseline, "s"), (FactNames.BigFibInterpreted, "s"), (FactNames.BigFibCompiled, "s")],
            static (_, _) => TierFacts.BigFibs()),
        new([(FactNames.FreeSlots, "%"), (FactNames.Fragmentation, "%")], static (_, _) => MemoryFacts.Fragmentation()),
        new([(FactNames.SlabLeaks, "slots"), (FactNames.EngineLeak, "bytes")], static (_, _) => MemoryFacts.Leaks()),
        new([(FactNames.TextHits, "%")], static (_, _) => [MemoryFacts.TextHits()]),
        new([(FactNames.EngineBytes, "bytes")], static (_, _) => [MemoryFacts.EngineBytes()]),
        new([(FactNames.FullChecks, "checks"), (FactNames.SampledChecks, "checks")],
            static (_, _) => [MemoryFacts.Checks(1), MemoryFacts.Checks(100)]),
        new([(FactNames.Allocated, "times"), (FactNames.Collections, "times"), (FactNames.Pauses, "times"), (FactNames.Heap, "times")],
            CollectorFacts.Measure),
    ];

    /// <summary>Takes all measurements.</summary>
    /// <param name="programs">The programs to run.</param>
    /// <param name="size">Their size.</param>
    /// <param name="report">Called after each row; null if nobody follows the progress.</param>
    public static BenchFact[] Measure(IReadOnlyList<BenchProgram> programs, BenchSize size, Action? report) => [.. All.SelectMany(row =>
    {
        double[] values = row.Measure(programs, size);
        report?.Invoke();
        return row.Names.Zip(values, static (name, value) => new BenchFact(name.Name, value, name.Unit));
    })];
}
