using System.Collections.Generic;

namespace Lyra.Cli.Reports;

/// <summary>A part of a report. The writers decide its form.</summary>
internal abstract record ReportItem;

/// <summary>Parts under a heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Source">The line of the script that it describes; null for none.</param>
/// <param name="Items">The parts.</param>
internal sealed record ReportSection(string Title, string? Source, IReadOnlyList<ReportItem> Items) : ReportItem;

/// <summary>Names with their values.</summary>
internal sealed record ReportFacts(IReadOnlyList<(string Name, string Value)> Rows) : ReportItem;

/// <summary>A table.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Columns">The heads of the columns. The first <paramref name="Numbers"/> columns contain numbers.</param>
/// <param name="Numbers">The number of columns that are aligned to the right.</param>
/// <param name="Rows">The cells.</param>
internal sealed record ReportTable(string Title, string[] Columns, int Numbers, IReadOnlyList<string[]> Rows) : ReportItem;

/// <summary>A part that only a page shows.</summary>
internal abstract record ReportPicture : ReportItem;

/// <summary>A source file with the work that each line does.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Lines">The lines, by number.</param>
internal sealed record ReportSource(string Title, IReadOnlyList<ReportSourceLine> Lines) : ReportPicture;

/// <summary>A line of a source file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text.</param>
/// <param name="Heat">The part of the program's work that it does, 0 to 1.</param>
/// <param name="Hits">How often it was executed; empty if it contains no code that was.</param>
internal sealed record ReportSourceLine(int Number, string Text, double Heat, string Hits);

/// <summary>A flame graph: a box for each call, as wide as the time it took, below its caller.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Root">The outermost box.</param>
internal sealed record ReportFlames(string Title, ReportFlame Root) : ReportPicture;

/// <summary>A box of a flame graph.</summary>
/// <param name="Label">The name of what was called.</param>
/// <param name="Detail">What the box shows when it is pointed at.</param>
/// <param name="Weight">The time that the call took, with its callees.</param>
/// <param name="Callees">The calls that it made.</param>
internal sealed record ReportFlame(string Label, string Detail, double Weight, IReadOnlyList<ReportFlame> Callees);

/// <summary>A bar chart.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Bars">The bars: a label, a length of 0 to 1, and a value as text.</param>
internal sealed record ReportBars(string Title, IReadOnlyList<(string Label, double Length, string Value)> Bars) : ReportItem;

/// <summary>A tree.</summary>
internal sealed record ReportTree(string Title, ReportTreeNode Root) : ReportItem;

/// <summary>A node of a tree and its children.</summary>
internal sealed record ReportTreeNode(string Text, IReadOnlyList<ReportTreeNode> Children);

/// <summary>Text that is shown unchanged, line by line.</summary>
internal sealed record ReportCode(string Title, string Text) : ReportItem;

/// <summary>A sentence.</summary>
internal sealed record ReportNote(string Text) : ReportItem;

/// <summary>A report about a run of a program.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Items">Its parts.</param>
internal sealed record Report(string Title, IReadOnlyList<ReportItem> Items)
{
    /// <summary>Whether readers of a page can sort its tables, for which it contains a script.</summary>
    public bool SortsTables { get; init; }
}
