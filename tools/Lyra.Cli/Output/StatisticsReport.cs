using System.Collections.Generic;

namespace Lyra.Cli.Output;

/// <summary>Writes the table of <c>--stats</c> to standard error.</summary>
internal static class StatisticsReport
{
    public static void Write(LyraStatistics statistics, StandardStreams streams)
    {
        List<string[]> rows = [];
        foreach (string line in statistics.ToString().Split('\n', System.StringSplitOptions.RemoveEmptyEntries))
        {
            int gap = line.IndexOf("  ", System.StringComparison.Ordinal);
            rows.Add(gap < 0 ? [line, string.Empty] : [line[..gap], line[gap..].Trim()]);
        }

        TextTable.Write(streams.Error, StandardStreams.IsErrorTerminal, "Statistics", rows);
    }
}
