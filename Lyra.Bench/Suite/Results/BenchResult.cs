using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite.Claims;
using Lyra.Bench.Suite.Counting;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Results;

/// <summary>The times of programs in several columns, and other measurements. What was not selected is empty.</summary>
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
    /// <summary>
    /// The programs in the columns that are compared with the stack baseline, if they run at a size of their own; otherwise
    /// <see cref="Rows"/> has them.
    /// </summary>
    public IReadOnlyList<BenchRow> TierRows { get; init; } = [];

    /// <summary>The size of the programs in <see cref="TierRows"/>; empty without such rows.</summary>
    public string TierSize { get; init; } = string.Empty;

    /// <summary>The programs of other folders, in Lyra and its peers, by the name of the folder.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BenchRow>> Sets { get; init; } = new Dictionary<string, IReadOnlyList<BenchRow>>();

    /// <summary>The microbenchmarks.</summary>
    public IReadOnlyList<MicroFigure> Micro { get; init; } = [];

    /// <summary>Large numbers of operations.</summary>
    public IReadOnlyList<StressFigure> Stress { get; init; } = [];

    /// <summary>What the programs execute.</summary>
    public IReadOnlyList<CounterRow> Counters { get; init; } = [];

    /// <summary>Other values, which claims need.</summary>
    public IReadOnlyList<BenchFact> Facts { get; init; } = [];

    /// <summary>The claims with their measured values.</summary>
    public IReadOnlyList<ClaimResult> Claims { get; init; } = [];

    /// <summary>The geometric mean of a column's ratios to another one; null if no program has both.</summary>
    public double? MeanRatio(string column, string to) => MeanRatio(column, to, static _ => true);

    /// <summary>As <see cref="MeanRatio(string, string)"/>, over some of the programs.</summary>
    public double? MeanRatio(string column, string to, Func<BenchRow, bool> isCounted) => Mean(Rows.Where(isCounted), column, to);

    /// <summary>As <see cref="MeanRatio(string, string)"/>, of the columns that are compared with the stack baseline.</summary>
    public double? TierRatio(string column, string to) => Mean(TierRows.Count > 0 ? TierRows : Rows, column, to);

    /// <summary>As <see cref="MeanRatio(string, string)"/>, of the programs of another folder; null if it was not measured.</summary>
    public double? SetRatio(string set, string column, string to) => Mean(Sets.GetValueOrDefault(set, []), column, to);

    /// <summary>The cells that are not measured.</summary>
    public IEnumerable<(BenchRow Row, string Column, BenchCell Cell)> Unmeasured() =>
        from row in Rows
        from column in Columns
        let cell = row.Cells[column]
        where !cell.IsMeasured
        select (row, column, cell);

    /// <summary>A figure of the microbenchmarks; null if it was not measured.</summary>
    public MicroFigure? MicroFigure(string group, string operation, string way) =>
        Micro.FirstOrDefault(figure => figure.Group == group && figure.Operation == operation && figure.Way == way);

    /// <summary>A fact; null if it was not measured.</summary>
    public double? Fact(string name) => Facts.FirstOrDefault(fact => fact.Name == name)?.Value;

    /// <summary>The sum of a counter over all programs; null if it was not counted.</summary>
    public long? Sum(string counter) => Counters.Count == 0 ? null : Counters.Sum(row => row.Counts[counter]);

    /// <summary>This result with the times of a further measurement of some of its programs.</summary>
    public BenchResult With(BenchResult further) => this with
    {
        CalibrationSeconds = Math.Min(CalibrationSeconds, further.CalibrationSeconds),
        Rows = [.. Rows.Select(row => further.Rows.FirstOrDefault(other => other.Name == row.Name) is { } other ? row.With(other) : row)],
    };

    /// <summary>
    /// The other half of a paired measurement: this result with the times of the columns of another build, under the names of the present
    /// ones.
    /// </summary>
    public BenchResult OfOtherBuild() => this with
    {
        Rows =
        [
            .. Rows.Select(row => row with
            {
                Cells = row.Cells.Where(cell => BenchColumns.IsOfOtherBuild(cell.Key))
                    .ToDictionary(cell => BenchColumns.NameOfThisBuild(cell.Key), cell => cell.Value),
            }),
        ],
        Counters = [],
    };

    private static double? Mean(IEnumerable<BenchRow> rows, string column, string to)
    {
        double[] ratios = [.. rows.Select(row => row.RatioOf(column, to)).OfType<double>()];
        return ratios.Length == 0 ? null : GeometricMean.Of(ratios);
    }
}
