using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Suite.Results;

/// <summary>Compares the present times with stored ones. Both are divided by those of the calibration loop.</summary>
internal sealed class BenchComparison
{
    private BenchComparison(BenchResult stored, IReadOnlyList<BenchChange> changes)
    {
        Stored = stored;
        Changes = changes;
    }

    public BenchResult Stored { get; }

    /// <summary>Every program and column that both results have.</summary>
    public IReadOnlyList<BenchChange> Changes { get; }

    /// <summary>Whether a program became so much slower that the comparison fails.</summary>
    public bool HasFailed => Changes.Any(change => change.IsFailure);

    /// <summary>Compares two results.</summary>
    /// <param name="stored">The stored one.</param>
    /// <param name="now">The present one.</param>
    /// <param name="columns">The columns to compare.</param>
    /// <exception cref="FormatException">They are of different sizes, or have no program in common.</exception>
    public static BenchComparison Of(BenchResult stored, BenchResult now, IReadOnlyList<string> columns)
    {
        if (stored.Size != now.Size)
        {
            throw new FormatException($"it has the programs at the size {stored.Size}, not {now.Size}");
        }

        List<BenchChange> changes = [];
        foreach (BenchRow row in now.Rows)
        {
            BenchRow? before = stored.Rows.FirstOrDefault(other => other.Name == row.Name && other.N == row.N);
            foreach (string column in columns)
            {
                if (before?.SecondsOf(column) is { } then && row.SecondsOf(column) is { } seconds)
                {
                    changes.Add(new BenchChange(row.Name, column, then / stored.CalibrationSeconds, seconds / now.CalibrationSeconds));
                }
            }
        }

        return changes.Count > 0 ? new BenchComparison(stored, changes) : throw new FormatException("it has none of these programs");
    }
}
