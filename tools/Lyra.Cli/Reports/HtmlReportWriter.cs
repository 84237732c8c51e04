using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Xml;

namespace Lyra.Cli.Reports;

/// <summary>
/// Writes a report as one HTML page that needs no script, no other file and no network. The page is also well-formed XML, so any XML parser
/// can read it.
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

    private HtmlReportWriter(XmlWriter page) => _page = page;

    /// <summary>Writes a report into a file.</summary>
    public static void Write(Report report, Stream file)
    {
        using XmlWriter page = XmlWriter.Create(file, Settings);
        new HtmlReportWriter(page).WritePage(report);
    }

    private void WritePage(Report report)
    {
        _page.WriteDocType("html", null, null, null);
        Open("html");
        _page.WriteAttributeString("lang", "en");
        Open("head");
        _page.WriteStartElement("meta", Xhtml);
        _page.WriteAttributeString("charset", "utf-8");
        _page.WriteEndElement();
        WriteElement("title", report.Title);
        WriteElement("style", Style);
        Close();
        Open("body");
        WriteElement("h1", report.Title);
        WriteItems(report.Items);
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
    private static string Printable(string text)
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
