using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Bench.Suite.Counting;

namespace Lyra.Bench.Suite.Results;

/// <summary>
/// Compares the present result with a stored one. The times of both are divided by those of the calibration loop. Counters must be equal.
/// </summary>
internal sealed record BenchComparison
{
    private BenchComparison(BenchResult stored, IReadOnlyList<BenchChange> changes)
    {
        Changes = changes;
        Origin = string.Create(CultureInfo.InvariantCulture, $"{stored.Date:yyyy-MM-dd HH:mm} on {stored.Machine.Name}");
    }

    /// <summary>Every program and column that both results have.</summary>
    public IReadOnlyList<BenchChange> Changes { get; }

    /// <summary>The number of programs whose counters both results have.</summary>
    public int CountedPrograms { get; private init; }

    /// <summary>The counters that differ.</summary>
    public IReadOnlyList<CounterChange> CounterChanges { get; private init; } = [];

    /// <summary>The share by which the programs may become slower in the mean of a column; null if each is judged alone.</summary>
    public double? MeanLimit { get; init; }

    /// <summary>What the present result is compared with, for people.</summary>
    public string Origin { get; init; }

    /// <summary>The columns of both results, each with the share by which its programs became slower in the mean.</summary>
    public IReadOnlyList<(string Column, double Share)> Means =>
    [
        .. Changes.GroupBy(change => change.Column)
            .Select(column => (column.Key, GeometricMean.Of(column.Select(change => change.Now / change.Before)) - 1)),
    ];

    /// <summary>Whether programs became so much slower, or one executes something else, that the comparison fails.</summary>
    public bool HasFailed => CounterChanges.Count > 0
        || Changes.Any(change => change.IsFailure)
        || Means.Any(mean => mean.Share >= MeanLimit);

    /// <summary>Compares two results.</summary>
    /// <param name="stored">The stored one.</param>
    /// <param name="now">The present one.</param>
    /// <param name="columns">The columns to compare.</param>
    /// <param name="limit">The share by which a program may become slower.</param>
    /// <exception cref="FormatException">They are of different sizes, or have no program in common.</exception>
    public static BenchComparison Of(
        BenchResult stored, BenchResult now, IReadOnlyList<string> columns, double limit = BenchChange.Failure)
    {
        if (stored.Size != now.Size)
        {
            throw new FormatException($"it has the programs at the size {stored.Size}, not {now.Size}");
        }

        BenchChange[] changes = [.. ChangesOf(stored, now, columns, limit)];
        (CounterRow Before, CounterRow Now)[] counted =
        [
            .. from row in now.Counters
               from before in stored.Counters
               where before.Program == row.Program && before.N == row.N
               select (before, row),
        ];
        return changes.Length + counted.Length == 0
            ? throw new FormatException("it has none of these programs")
            : new BenchComparison(stored, changes)
            {
                CountedPrograms = counted.Length,
                CounterChanges = [.. counted.SelectMany(pair => ChangesOf(pair.Before, pair.Now))],
            };
    }

    private static IEnumerable<BenchChange> ChangesOf(BenchResult stored, BenchResult now, IReadOnlyList<string> columns, double limit)
    {
        foreach (BenchRow row in now.Rows)
        {
            BenchRow? before = stored.Rows.FirstOrDefault(other => other.Name == row.Name && other.N == row.N);
            foreach (string column in columns)
            {
                if (before?.SecondsOf(column) is { } then && row.SecondsOf(column) is { } seconds)
                {
                    yield return new BenchChange(
                        row.Name, column, then / stored.CalibrationSeconds, seconds / now.CalibrationSeconds, limit);
                }
            }
        }
    }

    private static IEnumerable<CounterChange> ChangesOf(CounterRow before, CounterRow now) =>
        from counter in before.Counts.Keys.Union(now.Counts.Keys).Order(StringComparer.Ordinal)
        let then = CountOf(before, counter)
        let count = CountOf(now, counter)
        where then != count
        select new CounterChange(now.Program, counter, then, count);

    private static long? CountOf(CounterRow row, string counter) => row.Counts.TryGetValue(counter, out long count) ? count : null;
}
