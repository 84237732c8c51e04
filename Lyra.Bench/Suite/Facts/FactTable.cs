using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Facts;

/// <summary>The measurements behind claims that neither the programs nor the microbenchmarks show.</summary>
internal static class FactTable
{
    private const string Share = "times";

    public static readonly FactRow[] All =
    [
        new([(FactNames.Throughput, "MB/s"), (FactNames.OptimizerTime, "ms")], static _ => CompilerFacts.Measure()),
        new([(FactNames.LongestStop, "ms"), (FactNames.CompileBytes, "bytes"), (FactNames.Deoptimized, "%")],
            static options => TierFacts.Compilations(options.Programs, options.Size)),
        new([(FactNames.NoProfileCost, Share), (FactNames.BasicCost, Share), (FactNames.FullCost, Share)],
            static options => TierFacts.ProfileCosts(options.Programs, options.TierSize)),
        new([(FactNames.LimitsCost, Share)], static options => [TierFacts.LimitsCost(options.Programs, options.TierSize)]),
        new([(FactNames.HandedOver, "%")], static _ => [TierFacts.HandedOver(TierFacts.Loop)]),
        new([(FactNames.BigFibBaseline, "s"), (FactNames.BigFibInterpreted, "s"), (FactNames.BigFibCompiled, "s")],
            static _ => TierFacts.BigFibs()),
        new([(FactNames.TasksBaseline, "s"), (FactNames.TasksInterpreted, "s"), (FactNames.TasksCompiled, "s")],
            static options => TierFacts.Tasks(options.Programs, options.Size)),
        new([(FactNames.Frames, "frames")], static _ => [TierFacts.FrameLimit()]),
        new([(FactNames.FreeSlots, "%"), (FactNames.Fragmentation, "%")], static _ => MemoryFacts.Fragmentation()),
        new([(FactNames.SlabLeaks, "slots"), (FactNames.EngineLeak, "bytes")], static _ => MemoryFacts.Leaks(static _ => { })),
        new([(FactNames.TextHits, "%")], static options => [MemoryFacts.TextHits(options.Programs)]),
        new([(FactNames.EngineBytes, "bytes")], static _ => [MemoryFacts.EngineBytes()]),
        new([(FactNames.IntBytes, "bytes"), (FactNames.MixedBytes, "bytes")], static _ => MemoryFacts.ElementBytes()),
        new(
            [
                (FactNames.Allocated, Share), (FactNames.Collections, Share), (FactNames.Pauses, Share), (FactNames.Live, Share),
                (FactNames.MeanPause, "µs"),
            ],
            static options => CollectorFacts.Measure(options.Programs, options.TierSize)),
        new(
            [
                (FactNames.PooledBytes, Share), (FactNames.PooledListBytes, Share), (FactNames.PooledCollections, Share),
                (FactNames.PooledPauses, Share), (FactNames.PooledTime, Share),
            ],
            static options => PauseFacts.Measure(options.Size == BenchSize.Small ? 50 : 1_000)),
    ];

    /// <summary>Takes all measurements.</summary>
    /// <param name="options">The programs to run, and their size.</param>
    /// <param name="report">Called after each row; null if nobody follows the progress.</param>
    public static BenchFact[] Measure(BenchOptions options, Action? report) => [.. All.SelectMany(row =>
    {
        double[] values = row.Measure(options);
        report?.Invoke();
        return row.Names.Zip(values, static (name, value) => new BenchFact(name.Name, value, name.Unit));
    })];
}
