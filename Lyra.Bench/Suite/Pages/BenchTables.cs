using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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

    private static string Shown(BenchRow row, string column, string to) =>
        row.Cells[column].IsMeasured ? BenchFigures.Ratio(row.RatioOf(column, to)) : row.Cells[column].State.ToString().ToLowerInvariant();

    private static string Times(BenchCell cell) =>
        cell.IsMeasured ? $"{BenchFigures.Seconds(cell.Minimum)} ({BenchFigures.Seconds(cell.Median)})" : "-";
}
