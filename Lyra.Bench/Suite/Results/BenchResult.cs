using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Suite.Results;

/// <summary>The times of programs in several columns.</summary>
/// <param name="Date">When the measurement began.</param>
/// <param name="Machine">Where.</param>
/// <param name="Size">The size of the programs.</param>
/// <param name="Rounds">The rounds; an engine that takes long runs in fewer.</param>
/// <param name="CalibrationSeconds">The time of the calibration loop.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The programs.</param>
internal sealed record BenchResult(
    DateTimeOffset Date,
    BenchMachine Machine,
    string Size,
    int Rounds,
    double CalibrationSeconds,
    IReadOnlyList<string> Columns,
    IReadOnlyList<BenchRow> Rows)
{
    /// <summary>The geometric mean of a column's ratios to another one; null if no program has both.</summary>
    public double? MeanRatio(string column, string to)
    {
        double[] ratios = [.. Rows.Select(row => row.RatioOf(column, to)).OfType<double>()];
        return ratios.Length == 0 ? null : Math.Exp(ratios.Average(Math.Log));
    }

    /// <summary>The cells that are not measured.</summary>
    public IEnumerable<(BenchRow Row, string Column, BenchCell Cell)> Unmeasured() =>
        from row in Rows
        from column in Columns
        let cell = row.Cells[column]
        where !cell.IsMeasured
        select (row, column, cell);
}
