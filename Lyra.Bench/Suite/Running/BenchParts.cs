using System;

namespace Lyra.Bench.Suite.Running;

/// <summary>What to measure, and what of it to show.</summary>
[Flags]
internal enum BenchParts
{
    None = 0,

    /// <summary>The times of the programs.</summary>
    Times = 1,

    /// <summary>The times of the programs as ratios to C#.</summary>
    Ratios = 2,

    /// <summary>The times of the programs as multiples of the speed of the stack baseline.</summary>
    Speedups = 4,

    /// <summary>The microbenchmarks and the large numbers of operations.</summary>
    Micro = 8,

    /// <summary>What the programs execute.</summary>
    Counters = 16,

    /// <summary>The values that only claims need.</summary>
    Facts = 32,

    /// <summary>The comparison with the stored result of the repository.</summary>
    Regression = 64,

    /// <summary>All that runs the programs in the columns.</summary>
    Programs = Times | Ratios | Speedups,
}
