using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace Lyra.Cli.Reports;

/// <summary>Draws a report on a terminal. Spectre.Console omits colours if <c>NO_COLOR</c> is set.</summary>
internal sealed class TerminalReportWriter
{
    private const int Indent = 2;
    private const int BarWidth = 40;

    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;

    public TerminalReportWriter(TextWriter output)
    {
        _output = output;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
    }

    public void Write(Report report)
    {
        _console.Write(new Rule($"[bold]{Markup.Escape(report.Title)}[/]") { Justification = Justify.Left });
        WriteItems(0, report.Items);
    }

    private void WriteItems(int depth, IReadOnlyList<ReportItem> items)
    {
        foreach (ReportItem item in items.Where(static item => item is not ReportPicture))
        {
            Write(depth, item);
        }
    }

    private void Write(int depth, ReportItem item)
    {
        switch (item)
        {
            case ReportSection section:
                WriteSection(depth, section);
                return;
            case ReportFacts facts:
                _console.Write(Indented(depth, FactsOf(facts)));
                return;
            case ReportTable table:
                Heading(depth, table.Title);
                _console.Write(Indented(depth + 1, TableOf(table)));
                return;
            case ReportBars bars:
                Heading(depth, bars.Title);
                _console.Write(Indented(depth + 1, BarsOf(bars)));
                return;
            case ReportTree tree:
                Heading(depth, tree.Title);
                Tree drawn = new(Markup.Escape(tree.Root.Text)) { Style = new Style(Color.Grey) };
                AddTo(drawn, tree.Root);
                _console.Write(Indented(depth + 1, drawn));
                return;
            case ReportCode code:
                Heading(depth, code.Title);
                WriteCode(depth + 1, code.Text);
                return;
            default:
                _console.Write(Indented(depth, new Text(((ReportNote)item).Text, new Style(Color.Grey))));
                return;
        }
    }

    private void WriteSection(int depth, ReportSection section)
    {
        _console.WriteLine();
        if (depth == 0)
        {
            _console.Write(new Rule($"[bold green]{Markup.Escape(section.Title)}[/]") { Justification = Justify.Left });
        }
        else
        {
            Heading(depth, section.Title);
        }

        if (section.Source is { } source)
        {
            _console.Write(Indented(depth + 2, new Text(source, new Style(Color.Yellow))));
        }

        WriteItems(depth + 1, section.Items);
    }

    private void Heading(int depth, string text) => _console.Write(Indented(depth, new Markup($"[bold]{Markup.Escape(text)}[/]")));

    private static Padder Indented(int depth, Spectre.Console.Rendering.IRenderable content) =>
        new(content, new Padding(depth * Indent, 0, 0, 0));

    private static Grid FactsOf(ReportFacts facts)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn { NoWrap = true });
        grid.AddColumn();
        foreach ((string name, string value) in facts.Rows)
        {
            grid.AddRow(new Text(name, new Style(Color.Green)), new Text(value));
        }

        return grid;
    }

    private static Table TableOf(ReportTable table)
    {
        Table drawn = new() { Border = TableBorder.Simple };
        for (int i = 0; i < table.Columns.Length; i++)
        {
            Justify alignment = i < table.Numbers ? Justify.Right : Justify.Left;
            drawn.AddColumn(new TableColumn(new Text(table.Columns[i], new Style(Color.Grey))) { Alignment = alignment });
        }

        foreach (string[] row in table.Rows)
        {
            drawn.AddRow(Array.ConvertAll(row, static cell => new Text(cell)));
        }

        return drawn;
    }

    private static Grid BarsOf(ReportBars chart)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn { NoWrap = true });
        grid.AddColumn(new GridColumn { NoWrap = true, Alignment = Justify.Right });
        grid.AddColumn();
        foreach ((string name, double length, string value) in chart.Bars)
        {
            Text bar = new(new string('█', (int)Math.Round(length * BarWidth)), new Style(Color.Green));
            grid.AddRow(new Text(name), new Text(value), bar);
        }

        return grid;
    }

    private static void AddTo(IHasTreeNodes parent, ReportTreeNode node)
    {
        foreach (ReportTreeNode child in node.Children)
        {
            AddTo(parent.AddNode(Markup.Escape(child.Text)), child);
        }
    }

    /// <summary>Writes code without wrapping its lines.</summary>
    private void WriteCode(int depth, string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().TrimEnd('\n').EnumerateLines())
        {
            _output.Write(new string(' ', depth * Indent));
            _output.WriteLine(line);
        }
    }
}
