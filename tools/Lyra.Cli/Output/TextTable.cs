using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Spectre.Console;

namespace Lyra.Cli.Output;

/// <summary>Writes columns of text: drawn by Spectre.Console on a terminal, aligned with blanks elsewhere.</summary>
internal static class TextTable
{
    private const int Gap = 2;

    public static void Write(TextWriter output, bool isTerminal, string title, IReadOnlyList<string[]> rows)
    {
        if (isTerminal)
        {
            WriteDrawn(output, title, rows);
            return;
        }

        WritePlain(output, title, rows);
    }

    /// <summary>A separate method, so that Spectre.Console is loaded for terminals only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteDrawn(TextWriter output, string title, IReadOnlyList<string[]> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        Table table = new() { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn(string.Empty) { NoWrap = true, Padding = new Padding(Gap, 0, Gap, 0) });
        for (int i = 1; i < rows[0].Length; i++)
        {
            table.AddColumn(string.Empty);
        }

        foreach (string[] row in rows)
        {
            string[] cells = Array.ConvertAll(row, Markup.Escape);
            cells[0] = $"[green]{cells[0]}[/]";
            table.AddRow(cells);
        }

        console.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
        console.Write(table);
    }

    private static void WritePlain(TextWriter output, string title, IReadOnlyList<string[]> rows)
    {
        int[] widths = new int[rows[0].Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        output.WriteLine(title);
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, i) => new string(' ', Gap) + cell.PadRight(widths[i]));
            output.WriteLine(string.Concat(cells).TrimEnd());
        }
    }
}
