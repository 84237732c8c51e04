using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime;

namespace Lyra.Cli.Output;

/// <summary>Writes the table of <c>--stats</c>.</summary>
internal static class StatisticsReport
{
    public static void Write(LyraStatistics statistics, TextWriter output, bool isTerminal)
    {
        // Read first, because the CLR compiles methods of the report itself, too.
        long methods = JitInfo.GetCompiledMethodCount();
        TimeSpan time = JitInfo.GetCompilationTime();
        List<string[]> rows = [];
        foreach (string line in statistics.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int gap = line.IndexOf("  ", StringComparison.Ordinal);
            rows.Add(gap < 0 ? [line, string.Empty] : [line[..gap], line[gap..].Trim()]);
        }

        rows.Add(["clr: methods compiled", methods.ToString("N0", CultureInfo.InvariantCulture)]);
        rows.Add(["clr: compile time", string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms")]);
        TextTable.Write(output, isTerminal, "Statistics", rows);
    }
}
