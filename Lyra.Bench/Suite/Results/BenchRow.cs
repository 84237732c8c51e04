using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Suite.Results;

/// <summary>A program with its times.</summary>
/// <param name="Name">The program.</param>
/// <param name="Kind">Kernel or workload.</param>
/// <param name="N">Its argument.</param>
/// <param name="Cells">The runs by the name of their column.</param>
internal sealed record BenchRow(string Name, string Kind, long N, IReadOnlyDictionary<string, BenchCell> Cells)
{
    /// <summary>The smallest time of a column; null if it is not measured.</summary>
    public double? SecondsOf(string column) => Cells.TryGetValue(column, out BenchCell? cell) && cell.IsMeasured ? cell.Minimum : null;

    /// <summary>The smallest time of a column divided by that of another one; null if one of them is not measured.</summary>
    public double? RatioOf(string column, string to) => SecondsOf(column) / SecondsOf(to);

    /// <summary>This row with the times of further runs.</summary>
    public BenchRow With(BenchRow further) => this with
    {
        Cells = Cells.ToDictionary(
            entry => entry.Key,
            entry => further.Cells.TryGetValue(entry.Key, out BenchCell? cell) && cell.IsMeasured
                ? entry.Value with { Seconds = [.. entry.Value.Seconds, .. cell.Seconds] }
                : entry.Value),
    };
}
