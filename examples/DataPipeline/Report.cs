using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra;

namespace DataPipeline;

/// <summary>A report in Markdown, which the script writes.</summary>
[LyraType]
public sealed partial class Report
{
    private readonly StringBuilder _text = new();

    [LyraMember]
    public void Heading(string text) => _text.Append(_text.Length > 0 ? "\n" : "").Append($"## {text}\n\n");

    [LyraMember]
    public void Line(string text) => _text.Append(text).Append('\n');

    /// <summary>A table. Columns are as wide as their longest cell.</summary>
    [LyraMember]
    public void Table(string[] columns, string[][] rows)
    {
        if (rows.FirstOrDefault(row => row.Length != columns.Length) is { } wrong)
        {
            throw new ArgumentException($"a row has {wrong.Length} cells, but there are {columns.Length} columns");
        }

        int[] widths = [.. columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Length).Max())];
        Append(columns, widths);
        Append([.. widths.Select(width => new string('-', width))], widths);
        foreach (string[] row in rows)
        {
            Append(row, widths);
        }
    }

    public override string ToString() => _text.ToString();

    private void Append(IEnumerable<string> cells, int[] widths) =>
        _text.Append($"| {string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i])))} |\n");
}
