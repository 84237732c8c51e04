using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime;

namespace Lyra.Cli.Output;

/// <summary>Writes the table of <c>--stats</c>: the statistics and the health of an engine.</summary>
internal static class StatisticsReport
{
    public static void Write(LyraEngine engine, TextWriter output, bool isTerminal)
    {
        // Read first, because the CLR compiles methods of the report itself, too.
        long methods = JitInfo.GetCompiledMethodCount();
        TimeSpan time = JitInfo.GetCompilationTime();
        long allocated = GC.GetTotalAllocatedBytes();
        int[] collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        TimeSpan paused = GC.GetTotalPauseDuration();
        List<string[]> rows = [];
        AddRows(rows, engine.Statistics.ToString());
        AddRows(rows, engine.Health.Checkpoint().ToString());
        foreach (LyraHealthWarning warning in engine.Health.Warnings)
        {
            rows.Add([$"health: warning, {warning.Kind}", warning.Message]);
        }

        rows.Add(["clr: methods compiled", methods.ToString("N0", CultureInfo.InvariantCulture)]);
        rows.Add(["clr: compile time", string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms")]);
        rows.Add(["clr: bytes allocated", allocated.ToString("N0", CultureInfo.InvariantCulture)]);
        rows.Add(["clr: collections", string.Join('/', collections) + " of generation 0/1/2"]);
        rows.Add(["clr: pauses", string.Create(CultureInfo.InvariantCulture, $"{paused.TotalMilliseconds:0.0} ms")]);
        TextTable.Write(output, isTerminal, "Statistics", rows);
    }

    private static void AddRows(List<string[]> rows, string table)
    {
        foreach (string line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int gap = line.IndexOf("  ", StringComparison.Ordinal);
            rows.Add(gap < 0 ? [line, string.Empty] : [line[..gap], line[gap..].Trim()]);
        }
    }
}
