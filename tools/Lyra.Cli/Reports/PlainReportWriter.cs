using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lyra.Cli.Reports;

/// <summary>Writes a report as text without colours, for files, pipes and comparisons.</summary>
internal sealed class PlainReportWriter(TextWriter output)
{
    private const int Indent = 2;
    private const int BarWidth = 40;

    public void Write(Report report)
    {
        Line(0, report.Title);
        WriteItems(0, report.Items);
    }

    private void WriteItems(int depth, IReadOnlyList<ReportItem> items)
    {
        foreach (ReportItem item in items.Where(static item => item is not ReportPicture))
        {
            output.WriteLine();
            Write(depth, item);
        }
    }

    private void Write(int depth, ReportItem item)
    {
        switch (item)
        {
            case ReportSection section:
                Line(depth, section.Title);
                if (section.Source is { } source)
                {
                    Line(depth + 2, source);
                }

                WriteItems(depth + 1, section.Items);
                return;
            case ReportFacts facts:
                WriteFacts(depth, facts);
                return;
            case ReportTable table:
                Line(depth, table.Title);
                WriteTable(depth + 1, table);
                return;
            case ReportBars bars:
                Line(depth, bars.Title);
                WriteBars(depth + 1, bars);
                return;
            case ReportTree tree:
                Line(depth, tree.Title);
                Line(depth + 1, tree.Root.Text);
                WriteTree(depth + 1, tree.Root, string.Empty);
                return;
            case ReportCode code:
                Line(depth, code.Title);
                WriteCode(depth + 1, code.Text);
                return;
            default:
                Line(depth, ((ReportNote)item).Text);
                return;
        }
    }

    private void WriteFacts(int depth, ReportFacts facts)
    {
        int width = 0;
        foreach ((string name, _) in facts.Rows)
        {
            width = Math.Max(width, name.Length);
        }

        foreach ((string name, string value) in facts.Rows)
        {
            Line(depth, $"{name.PadRight(width)}  {value}");
        }
    }

    private void WriteTable(int depth, ReportTable table)
    {
        int[] widths = Array.ConvertAll(table.Columns, static column => column.Length);
        foreach (string[] row in table.Rows)
        {
            for (int i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        WriteRow(depth, table, table.Columns, widths);
        foreach (string[] row in table.Rows)
        {
            WriteRow(depth, table, row, widths);
        }
    }

    private void WriteRow(int depth, ReportTable table, string[] row, int[] widths)
    {
        string[] cells = new string[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            cells[i] = i < table.Numbers ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]);
        }

        Line(depth, string.Join("  ", cells));
    }

    private void WriteBars(int depth, ReportBars chart)
    {
        int label = chart.Bars.Max(static bar => bar.Label.Length);
        int value = chart.Bars.Max(static bar => bar.Value.Length);
        foreach ((string name, double length, string text) in chart.Bars)
        {
            Line(depth, $"{name.PadRight(label)}  {text.PadLeft(value)}  {new string('█', (int)Math.Round(length * BarWidth))}");
        }
    }

    private void WriteTree(int depth, ReportTreeNode node, string margin)
    {
        for (int i = 0; i < node.Children.Count; i++)
        {
            bool isLast = i == node.Children.Count - 1;
            Line(depth, $"{margin}{(isLast ? "└─ " : "├─ ")}{node.Children[i].Text}");
            WriteTree(depth, node.Children[i], margin + (isLast ? "   " : "│  "));
        }
    }

    private void WriteCode(int depth, string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().TrimEnd('\n').EnumerateLines())
        {
            Line(depth, line.ToString());
        }
    }

    private void Line(int depth, string text) => output.WriteLine((new string(' ', depth * Indent) + text).TrimEnd());
}
