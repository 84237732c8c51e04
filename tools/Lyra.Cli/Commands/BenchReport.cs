using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Pages;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary>Writes the result of <c>lyra bench</c> as tables.</summary>
internal static class BenchReport
{
    public static void Write(BenchResult result, BenchComparison? comparison, BenchParts parts, StandardStreams streams)
    {
        BenchMachine machine = result.Machine;
        StreamWriter output = streams.Output;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{machine.Name}: {machine.Processor}, {machine.Cores} cores, {machine.Runtime}; size {result.Size}, rounds {result.Rounds}"));
        WritePrograms(result, parts, output);
        WriteMicro(result, output);
        if (result.Counters.Count > 0 && comparison is null)
        {
            WriteNumbers(output, "What the programs execute", BenchTables.Counts(result));
        }

        if (result.Claims.Count > 0)
        {
            WriteClaims(result, output);
        }

        if (comparison is not null)
        {
            Write(comparison, output);
        }
    }

    private static void WritePrograms(BenchResult result, BenchParts parts, StreamWriter output)
    {
        if (result.Rows.Count == 0)
        {
            return;
        }

        if (parts.HasFlag(BenchParts.Times))
        {
            WriteNumbers(output, "Seconds: smallest (median)", BenchTables.Times(result));
        }

        if (parts.HasFlag(BenchParts.Ratios))
        {
            WriteNumbers(output, "Time as a ratio to C# (smaller is better)", BenchTables.ToCSharp(result));
        }

        if (parts.HasFlag(BenchParts.Speedups))
        {
            WriteNumbers(output, "Times as fast as the stack baseline (greater is better)", BenchTables.ToBaseline(result));
        }

        WriteWords(output, "Not measured", BenchTables.Unmeasured(result));
    }

    private static void WriteMicro(BenchResult result, StreamWriter output)
    {
        foreach (IGrouping<string, MicroFigure> group in result.Micro.GroupBy(figure => figure.Group))
        {
            WriteNumbers(output, $"Nanoseconds (bytes) for {MicroGroups.Find(group.Key)!.Operation}", BenchTables.Micro([.. group]));
        }

        if (result.Stress.Count > 0)
        {
            WriteNumbers(output, "Large numbers of operations, in a process of their own", BenchTables.Stress(result));
        }
    }

    private static void WriteClaims(BenchResult result, StreamWriter output)
    {
        WriteWords(output, $"Claims: {BenchTables.Verdicts(result)}", BenchTables.Claims(result));
        WriteWords(output, "What was measured for the claims", BenchTables.ClaimNotes(result));
    }

    private static void Write(BenchComparison comparison, StreamWriter output)
    {
        string[][] changes = BenchTables.Changes(comparison);
        string title = string.Create(
            CultureInfo.InvariantCulture,
            $"Compared with {comparison.Origin}: "
                + $"{comparison.Changes.Count} times, {changes.Length} of them differ by 5 % or more");
        if (changes.Length == 0)
        {
            output.WriteLine();
            output.WriteLine(title);
        }

        WriteWords(output, title, changes);
        if (comparison.MeanLimit is not null)
        {
            string[][] means = [.. comparison.Means.Select(mean => new[] { mean.Column, BenchFigures.Percent(mean.Share) })];
            WriteWords(output, "In the mean", means);
        }

        if (comparison.CountedPrograms > 0)
        {
            output.WriteLine();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Counters of {comparison.CountedPrograms} programs, {comparison.CounterChanges.Count} of them differ"));
        }

        if (comparison.CounterChanges.Count > 0)
        {
            WriteNumbers(output, "Changed counters", [["program", "counter", "before", "now"], .. BenchTables.CounterChanges(comparison)]);
        }
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
