using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lyra.Bench.Suite.Results;

/// <summary>The results that were saved to a file or compared with it, one in each line of a file beside it.</summary>
internal static class BenchHistory
{
    /// <summary>The file with the history of a stored result.</summary>
    public static string FileOf(string stored) => Path.ChangeExtension(stored, ".history.jsonl");

    public static void Append(string stored, BenchResult result) => File.AppendAllText(FileOf(stored), BenchJson.ToLine(result) + "\n");

    /// <summary>All results of a history that have a size, the oldest first; none if there is no history.</summary>
    /// <exception cref="FormatException">A line is not a result.</exception>
    public static IReadOnlyList<BenchResult> Read(string stored, string size)
    {
        string file = FileOf(stored);
        return File.Exists(file) ? [.. ReadLines(file).Where(result => result.Size == size)] : [];
    }

    /// <summary>The geometric mean of a column's calibrated times over the programs that all results have; null without any.</summary>
    public static IReadOnlyList<double>? Trend(IReadOnlyList<BenchResult> results, string column)
    {
        string[] common =
        [
            .. results.Select(result => result.Rows.Where(row => row.SecondsOf(column) is not null).Select(row => row.Name))
                .Aggregate((names, others) => names.Intersect(others)),
        ];
        return common.Length == 0 ? null : [.. results.Select(result => Mean(result, column, common))];
    }

    private static double Mean(BenchResult result, string column, string[] programs)
    {
        IEnumerable<BenchRow> rows = result.Rows.Where(row => programs.Contains(row.Name));
        return GeometricMean.Of(rows.Select(row => row.SecondsOf(column)!.Value / result.CalibrationSeconds));
    }

    private static IEnumerable<BenchResult> ReadLines(string file)
    {
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            yield return TryRead(line, file, number);
        }
    }

    private static BenchResult TryRead(string line, string file, int number)
    {
        try
        {
            return BenchJson.Read(line);
        }
        catch (FormatException e)
        {
            throw new FormatException($"line {number} of {file}: {e.Message}", e);
        }
    }
}
