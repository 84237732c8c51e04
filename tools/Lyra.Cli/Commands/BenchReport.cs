using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Pages;
using Lyra.Bench.Suite.Results;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary>Writes the result of <c>lyra bench</c> as tables.</summary>
internal static class BenchReport
{
    public static void Write(BenchResult result, BenchComparison? comparison, StandardStreams streams)
    {
        BenchMachine machine = result.Machine;
        streams.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{machine.Name}: {machine.Processor}, {machine.Cores} cores, {machine.Runtime}; size {result.Size}, rounds {result.Rounds}"));
        WriteNumbers(streams.Output, "Time as a ratio to C# (smaller is better)", BenchTables.ToCSharp(result));
        WriteNumbers(streams.Output, "Times as fast as the stack baseline (greater is better)", BenchTables.ToBaseline(result));
        WriteWords(streams.Output, "Not measured", BenchTables.Unmeasured(result));
        if (comparison is not null)
        {
            Write(comparison, streams.Output);
        }
    }

    private static void Write(BenchComparison comparison, StreamWriter output)
    {
        string[][] changes = BenchTables.Changes(comparison);
        string title = string.Create(
            CultureInfo.InvariantCulture,
            $"Compared with {comparison.Stored.Date:yyyy-MM-dd HH:mm} on {comparison.Stored.Machine.Name}: "
                + $"{comparison.Changes.Count} times, {changes.Length} of them differ by 5 % or more");
        if (changes.Length == 0)
        {
            output.WriteLine();
            output.WriteLine(title);
        }

        WriteWords(output, title, changes);
    }

    /// <summary>All columns but the first are aligned to the right.</summary>
    private static void WriteNumbers(TextWriter output, string title, string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        WriteWords(output, title, [.. rows.Select(row => row.Select((cell, i) => i == 0 ? cell : cell.PadLeft(widths[i])).ToArray())]);
    }

    private static void WriteWords(TextWriter output, string title, string[][] rows)
    {
        if (rows.Length > 0)
        {
            output.WriteLine();
            TextTable.Write(output, StandardStreams.IsOutputTerminal, title, rows);
        }
    }
}
