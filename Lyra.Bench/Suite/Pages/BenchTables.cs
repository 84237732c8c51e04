using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Bench.Suite.Claims;
using Lyra.Bench.Suite.Counting;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Pages;

/// <summary>The tables of a result. The first row has the heads, the last one the geometric means.</summary>
internal static class BenchTables
{
    private const string Mean = "geometric mean";

    /// <summary>The times as ratios to those of C#: smaller is better.</summary>
    public static string[][] ToCSharp(BenchResult result)
    {
        string[] columns = [.. result.Columns.Where(column => column != BenchColumns.CSharp)];
        return
        [
            ["program", "N", "C# s", .. columns],
            .. result.Rows.Select(row => (string[])
            [
                row.Name,
                row.N.ToString(CultureInfo.InvariantCulture),
                BenchFigures.Seconds(row.SecondsOf(BenchColumns.CSharp)),
                .. columns.Select(column => Shown(row, column, BenchColumns.CSharp)),
            ]),
            [
                Mean,
                string.Empty,
                string.Empty,
                .. columns.Select(column => BenchFigures.Ratio(result.MeanRatio(column, BenchColumns.CSharp))),
            ],
        ];
    }

    /// <summary>How many times as fast as the stack baseline each column is: greater is better.</summary>
    public static string[][] ToBaseline(BenchResult result)
    {
        string[] columns = [.. result.Columns.Where(column => column != BenchColumns.Baseline)];
        return
        [
            ["program", "baseline s", .. columns],
            .. result.Rows.Select(row => (string[])
            [
                row.Name,
                BenchFigures.Seconds(row.SecondsOf(BenchColumns.Baseline)),
                .. columns.Select(column => BenchFigures.Ratio(row.RatioOf(BenchColumns.Baseline, column))),
            ]),
            [Mean, string.Empty, .. columns.Select(column => BenchFigures.Ratio(result.MeanRatio(BenchColumns.Baseline, column)))],
        ];
    }

    /// <summary>The smallest and the median time of each column, in seconds.</summary>
    public static string[][] Times(BenchResult result) =>
    [
        ["program", .. result.Columns.Select(column => column + " s")],
        .. result.Rows.Select(row => (string[])[row.Name, .. result.Columns.Select(column => Times(row.Cells[column]))]),
    ];

    /// <summary>The cells that are not measured, with the reasons.</summary>
    public static string[][] Unmeasured(BenchResult result) =>
        [.. result.Unmeasured().Select(entry => new[] { entry.Row.Name, entry.Column, entry.Cell.Reason })];

    /// <summary>The changes that deserve attention, the worst first.</summary>
    public static string[][] Changes(BenchComparison comparison)
    {
        BenchChange[] shown =
        [
            .. comparison.Changes.Where(change => change.IsFailure || change.IsNotice || change.IsImprovement)
                .OrderByDescending(change => change.Share),
        ];
        return
        [
            .. shown.Select(change => new[]
            {
                change.Program,
                change.Column,
                BenchFigures.Percent(change.Share),
                change.IsFailure ? "slower: failure" : change.IsNotice ? "slower: notice" : "faster",
            }),
        ];
    }

    /// <summary>The counters that differ from the stored ones.</summary>
    public static string[][] CounterChanges(BenchComparison comparison) =>
        [.. comparison.CounterChanges.Select(change => new[]
        {
            change.Program, change.Counter, BenchFigures.Count(change.Before), BenchFigures.Count(change.Now),
        })];

    /// <summary>The microbenchmarks of a group: nanoseconds, and in parentheses the allocated bytes.</summary>
    public static string[][] Micro(IReadOnlyList<MicroFigure> group)
    {
        string[] ways = [.. MicroWays.All.Where(way => group.Any(figure => figure.Way == way))];
        return
        [
            [group[0].Group, .. ways.Select(way => way + " ns")],
            .. group.Select(figure => figure.Operation).Distinct().Select(operation => (string[])
            [
                operation,
                .. ways.Select(way => Shown(group.FirstOrDefault(figure => figure.Operation == operation && figure.Way == way))),
            ]),
        ];
    }

    /// <summary>The large numbers of operations.</summary>
    public static string[][] Stress(BenchResult result) =>
    [
        ["operations", "number", "ms", "peak MB"],
        .. result.Stress.Select(figure => new[]
        {
            figure.Name,
            BenchFigures.Count(figure.Operations),
            BenchFigures.Ratio(figure.Seconds * 1_000),
            BenchFigures.Ratio(figure.PeakBytes / 1e6),
        }),
    ];

    /// <summary>The counters of each program: those that people compare.</summary>
    public static string[][] Counts(BenchResult result)
    {
        string[] shown =
        [
            Counters.Instructions(0), Counters.Instructions(2), Counters.Instructions(3),
            Counters.Steps, Counters.Traces, Counters.CodeBytes,
        ];
        return
        [
            ["program", .. shown],
            .. result.Counters.Select(row => (string[])[row.Program, .. shown.Select(counter => BenchFigures.Count(row.Counts[counter]))]),
        ];
    }

    /// <summary>The claims with their verdicts.</summary>
    public static string[][] Claims(BenchResult result) =>
    [
        ["claim", "where", "wanted", "measured", "ratio", "verdict"],
        .. result.Claims.Select(claim => new[]
        {
            claim.Text, claim.Place, Wanted(claim), Measured(claim), BenchFigures.Ratio(claim.Ratio), claim.Verdict.ToString(),
        }),
    ];

    /// <summary>What was measured for each claim, and what is to say.</summary>
    public static string[][] ClaimNotes(BenchResult result) =>
        [.. result.Claims.Select(claim => new[] { claim.Text, claim.Measurement, claim.Remark })];

    /// <summary>The number of claims with each verdict.</summary>
    public static string Verdicts(BenchResult result) => string.Join(
        ", ",
        System.Enum.GetValues<ClaimVerdict>().Select(verdict => $"{result.Claims.Count(claim => claim.Verdict == verdict)} {verdict}"));

    public static string Wanted(ClaimResult claim) => claim.Bound switch
    {
        ClaimBound.AtMost => "≤ ",
        ClaimBound.AtLeast => "≥ ",
        _ => string.Empty,
    } + WithUnit(claim.Wanted, claim.Unit);

    public static string Measured(ClaimResult claim) => WithUnit(claim.Measured, claim.Unit);

    private static string WithUnit(double? value, string unit) =>
        value is null ? BenchFigures.Ratio(null) : $"{BenchFigures.Plain(value.Value)} {unit}".TrimEnd();

    private static string Shown(MicroFigure? figure)
    {
        const double least = 0.5;
        string time = BenchFigures.Ratio(figure?.Nanoseconds);
        return figure?.Bytes >= least ? string.Create(CultureInfo.InvariantCulture, $"{time} ({figure.Bytes:0} B)") : time;
    }

    private static string Shown(BenchRow row, string column, string to) =>
        row.Cells[column].IsMeasured ? BenchFigures.Ratio(row.RatioOf(column, to)) : row.Cells[column].State.ToString().ToLowerInvariant();

    private static string Times(BenchCell cell) =>
        cell.IsMeasured ? $"{BenchFigures.Seconds(cell.Minimum)} ({BenchFigures.Seconds(cell.Median)})" : "-";
}
