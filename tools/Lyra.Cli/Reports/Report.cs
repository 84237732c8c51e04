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
internal sealed record Report(string Title, IReadOnlyList<ReportItem> Items);
