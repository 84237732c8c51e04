using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite.Counting;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;

namespace Lyra.Tests.Command.Bench;

/// <summary>Results in which one measurement is far better or worse than in a given one: what a slow or wrong build would give.</summary>
internal static class PlantedResults
{
    /// <summary>Exact values first, for claims that a count must equal.</summary>
    private static readonly double[] Planted = [1e-6, 1e6, 0, 1, 10_000];

    public static IEnumerable<BenchResult> Of(BenchResult result) =>
        Planted.SelectMany(value => Rows(result, value).Concat(Figures(result, value)).Concat(Counts(result, value)));

    private static IEnumerable<BenchResult> Rows(BenchResult result, double value)
    {
        foreach (string column in result.Rows[0].Cells.Keys)
        {
            yield return result with
            {
                Rows = Changed(result.Rows, column, value),
                TierRows = Changed(result.TierRows, column, value),
            };
        }

        foreach (string column in result.Sets.Values.First()[0].Cells.Keys)
        {
            yield return result with { Sets = result.Sets.ToDictionary(set => set.Key, set => Changed(set.Value, column, value)) };
        }
    }

    private static IEnumerable<BenchResult> Figures(BenchResult result, double value)
    {
        for (int i = 0; i < result.Facts.Count; i++)
        {
            BenchFact fact = result.Facts[i] with { Value = value };
            yield return result with { Facts = [.. result.Facts.Take(i), fact, .. result.Facts.Skip(i + 1)] };
        }

        for (int i = 0; i < result.Micro.Count; i++)
        {
            MicroFigure slow = result.Micro[i];
            yield return result with { Micro = Changed(result.Micro, value, figure => figure == slow) };

            // In all tiers, for claims that one of them is enough for.
            yield return result with
            {
                Micro = Changed(result.Micro, value, figure => figure.Group == slow.Group && figure.Operation == slow.Operation),
            };
        }

        yield return result with { Stress = [.. result.Stress.Select(figure => figure with { PeakBytes = (long)(value * 1_000) })] };
    }

    private static IEnumerable<BenchResult> Counts(BenchResult result, double value) =>
        result.Counters[0].Counts.Keys.Select(counter => result with
        {
            Counters = [.. result.Counters.Select(row => row with { Counts = Changed(row.Counts, counter, (long)(value * 1_000)) })],
        });

    private static MicroFigure[] Changed(IReadOnlyList<MicroFigure> figures, double value, Func<MicroFigure, bool> isChanged) =>
        [.. figures.Select(figure => isChanged(figure) ? figure with { Nanoseconds = value, Bytes = value } : figure)];

    private static IReadOnlyList<BenchRow> Changed(IReadOnlyList<BenchRow> rows, string column, double value) =>
    [
        .. rows.Select(row => row with
        {
            Cells = row.Cells.ToDictionary(
                cell => cell.Key, cell => cell.Key == column ? cell.Value with { Seconds = [value] } : cell.Value),
        }),
    ];

    private static Dictionary<string, long> Changed(IReadOnlyDictionary<string, long> counts, string counter, long value) =>
        counts.ToDictionary(count => count.Key, count => count.Key == counter ? value : count.Value);
}
