using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Xml;

namespace Lyra.Cli.Reports;

/// <summary>
/// Writes a report as one HTML page that needs no other file and no network, and a script only to sort tables. The page is also well-formed
/// XML, so any XML parser can read it.
/// </summary>
internal sealed class HtmlReportWriter
{
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    private const string Style = """
        :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
        body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
        h1 { font-size: 1.4rem; }
        details { border-left: 2px solid #8884; margin: .6rem 0; padding-left: .9rem; }
        summary { cursor: pointer; font-weight: 600; }
        code, pre, .source { font-family: ui-monospace, monospace; font-size: .87rem; }
        pre { background: #8881; overflow-x: auto; padding: .6rem; }
        table { border-collapse: collapse; margin: .4rem 0; }
        th { font-weight: 600; text-align: left; }
        th, td { padding: .1rem .9rem .1rem 0; vertical-align: top; white-space: pre-wrap; }
        .n { font-variant-numeric: tabular-nums; text-align: right; }
        .source { color: #a60; font-weight: 400; margin-left: .8rem; }
        ul { list-style: none; margin: 0; padding-left: 1.2rem; }
        .sort th { cursor: pointer; }
        .sort th:hover { text-decoration: underline; }
        .chart { white-space: normal; }
        .bar { background: #4a8; display: inline-block; height: .8rem; vertical-align: middle; }
        .listing { border-spacing: 0; width: 100%; }
        .listing td { font-family: ui-monospace, monospace; font-size: .87rem; padding: 0 .7rem; white-space: pre; }
        .listing .n { color: #888; }
        svg { font: 11px system-ui, sans-serif; width: 100%; }
        svg rect { stroke: Canvas; }
        svg text { fill: #000; pointer-events: none; }
        """;

    /// <summary>Sorts a table by the column whose head is clicked. It contains no character that XML escapes.</summary>
    private const string Script = """
        document.querySelectorAll('table.sort').forEach(function (table) {
          table.querySelectorAll('th').forEach(function (head, column) {
            var sign = -1;
            head.addEventListener('click', function () {
              var rows = Array.from(table.rows).slice(1);
              var text = function (row) { return row.cells[column].textContent; };
              var number = function (row) { return parseFloat(text(row).replace(/,/g, '')); };
              rows.sort(function (x, y) {
                var difference = number(x) - number(y);
                return sign * (isNaN(difference) ? text(x).localeCompare(text(y)) : difference);
              });
              sign = -sign;
              rows.forEach(function (row) { table.appendChild(row); });
            });
          });
        });
        """;

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        IndentChars = string.Empty,
        NewLineChars = "\n",
        OmitXmlDeclaration = true,
    };

    private readonly XmlWriter _page;
    private readonly Report _report;

    private HtmlReportWriter(Report report, XmlWriter page)
    {
        _report = report;
        _page = page;
    }

    /// <summary>Writes a report into a file.</summary>
    public static void Write(Report report, Stream file)
    {
        using XmlWriter page = XmlWriter.Create(file, Settings);
        new HtmlReportWriter(report, page).WritePage();
    }

    private void WritePage()
    {
        _page.WriteDocType("html", null, null, null);
        Open("html");
        _page.WriteAttributeString("lang", "en");
        Open("head");
        _page.WriteStartElement("meta", Xhtml);
        _page.WriteAttributeString("charset", "utf-8");
        _page.WriteEndElement();
        WriteElement("title", _report.Title);
        WriteElement("style", Style);
        Close();
        Open("body");
        WriteElement("h1", _report.Title);
        WriteItems(_report.Items);
        if (_report.SortsTables)
        {
            WriteElement("script", Script);
        }

        Close();
        Close();
    }

    private void WriteItems(IReadOnlyList<ReportItem> items)
    {
        foreach (ReportItem item in items)
        {
            Write(item);
        }
    }

    private void Write(ReportItem item)
    {
        switch (item)
        {
            case ReportSection section:
                OpenDetails(section.Title, section.Source);
                WriteItems(section.Items);
                Close();
                return;
            case ReportFacts facts:
                WriteFacts(facts);
                return;
            case ReportTable table:
                WriteTable(table);
                return;
            case ReportBars bars:
                WriteBars(bars);
                return;
            case ReportSource source:
                WriteSource(source);
                return;
            case ReportFlames flames:
                OpenDetails(flames.Title);
                FlameGraph.Write(flames.Root, _page);
                Close();
                return;
            case ReportTree tree:
                OpenDetails(tree.Title);
                Open("ul");
                WriteTree(tree.Root);
                Close();
                Close();
                return;
            case ReportCode code:
                Open("details");
                WriteElement("summary", code.Title);
                WriteElement("pre", code.Text);
                Close();
                return;
            default:
                WriteElement("p", ((ReportNote)item).Text);
                return;
        }
    }

    private void WriteFacts(ReportFacts facts)
    {
        Open("table");
        foreach ((string name, string value) in facts.Rows)
        {
            Open("tr");
            WriteElement("th", name);
            WriteElement("td", value);
            Close();
        }

        Close();
    }

    private void WriteTable(ReportTable table)
    {
        OpenDetails(table.Title);
        Open("table");
        if (_report.SortsTables)
        {
            _page.WriteAttributeString("class", "sort");
        }

        WriteRow("th", table.Columns, table.Numbers);
        foreach (string[] row in table.Rows)
        {
            WriteRow("td", row, table.Numbers);
        }

        Close();
        Close();
    }

    private void WriteRow(string cell, string[] row, int numbers)
    {
        Open("tr");
        for (int i = 0; i < row.Length; i++)
        {
            WriteElement(cell, row[i], i < numbers ? "n" : i == row.Length - 1 ? "code" : null);
        }

        Close();
    }

    private void WriteBars(ReportBars chart)
    {
        OpenDetails(chart.Title);
        Open("table");
        foreach ((string label, double length, string value) in chart.Bars)
        {
            Open("tr");
            WriteElement("td", label);
            WriteElement("td", value, "n");
            Open("td");
            _page.WriteAttributeString("class", "chart");
            Open("span");
            _page.WriteAttributeString("class", "bar");
            _page.WriteAttributeString("style", string.Create(CultureInfo.InvariantCulture, $"width: {30 * length:0.##}rem"));
            Close();
            Close();
            Close();
        }

        Close();
        Close();
    }

    private void WriteSource(ReportSource source)
    {
        OpenDetails(source.Title);
        Open("table");
        _page.WriteAttributeString("class", "listing");
        foreach (ReportSourceLine line in source.Lines)
        {
            Open("tr");
            if (line.Heat > 0)
            {
                // The colour of a line with a tenth of the work is clearly visible.
                double alpha = Math.Min(0.85, 0.85 * Math.Sqrt(line.Heat));
                string colour = string.Create(CultureInfo.InvariantCulture, $"background: rgba(255, 90, 30, {alpha:0.###})");
                _page.WriteAttributeString("style", colour);
            }

            WriteElement("td", line.Number.ToString(CultureInfo.InvariantCulture), "n");
            WriteElement("td", line.Hits, "n");
            WriteElement("td", line.Heat > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * line.Heat:0.0} %") : string.Empty, "n");
            WriteElement("td", line.Text);
            Close();
        }

        Close();
        Close();
    }

    private void WriteTree(ReportTreeNode node)
    {
        Open("li");
        WriteText(node.Text);
        if (node.Children.Count > 0)
        {
            Open("ul");
            foreach (ReportTreeNode child in node.Children)
            {
                WriteTree(child);
            }

            Close();
        }

        Close();
    }

    /// <summary>Opens a section that is shown unfolded.</summary>
    private void OpenDetails(string title, string? source = null)
    {
        Open("details");
        _page.WriteAttributeString("open", "open");
        Open("summary");
        WriteText(title);
        if (source is not null)
        {
            WriteElement("span", source, "source");
        }

        Close();
    }

    private void WriteElement(string name, string text, string? style = null)
    {
        Open(name);
        if (style is not null)
        {
            _page.WriteAttributeString("class", style);
        }

        WriteText(text);
        Close();
    }

    private void Open(string name) => _page.WriteStartElement(name, Xhtml);

    /// <summary>Closes the innermost element with an end tag: HTML ignores the slash of an empty element.</summary>
    private void Close() => _page.WriteFullEndElement();

    private void WriteText(string text) => _page.WriteString(Printable(text));

    /// <summary>Text with the characters that XML does not allow replaced by their numbers.</summary>
    internal static string Printable(string text)
    {
        StringBuilder printable = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                printable.Append(c).Append(text[++i]);
            }
            else if (c is '\uFFFE' or '\uFFFF' || char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\t' or '\n')))
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
            }
            else
            {
                printable.Append(c);
            }
        }

        return printable.ToString();
    }
}
