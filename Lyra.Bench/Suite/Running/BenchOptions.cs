using System;
using System.Collections.Generic;
using Lyra.Bench.Suite.Micro;

namespace Lyra.Bench.Suite.Running;

/// <summary>What to measure.</summary>
/// <param name="Programs">The programs.</param>
/// <param name="Size">Their size.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rounds">The most runs of each program in each column.</param>
/// <param name="Command">How to start <c>lyra</c>.</param>
internal sealed record BenchOptions(
    IReadOnlyList<BenchProgram> Programs, BenchSize Size, IReadOnlyList<BenchColumn> Columns, int Rounds, CommandStart Command)
{
    /// <summary>What to measure.</summary>
    public BenchParts Parts { get; init; } = BenchSelection.Default;

    /// <summary>
    /// Columns that also run at <see cref="TierSize"/>, to be compared with each other; none if <see cref="Columns"/> has all.
    /// </summary>
    public IReadOnlyList<BenchColumn> TierColumns { get; init; } = [];

    /// <summary>The size at which slow columns run: at the full one, the stack baseline takes minutes for a program.</summary>
    public BenchSize TierSize => Size == BenchSize.Full ? BenchSize.Mid : Size;

    /// <summary>Measures the programs of other folders; null if they are not measured.</summary>
    public PeerSets? Sets { get; init; }

    /// <summary>The groups of microbenchmarks, if they are measured.</summary>
    public IReadOnlyList<MicroGroup> Groups { get; init; } = MicroGroups.All;

    /// <summary>A column whose first run of a program takes longer does not run it again.</summary>
    public TimeSpan OnceOver { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time of a run, start included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Receives the progress; null if nobody follows it.</summary>
    public IProgress<BenchProgress>? Progress { get; init; }
}
