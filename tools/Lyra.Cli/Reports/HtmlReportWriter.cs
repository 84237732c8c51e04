using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Lyra.Cli.Reports;

/// <summary>
/// Writes a report as one page that needs nothing else: no script, no file, no network. It is well-formed XML as well, so that a test, or whoever wants to
/// take numbers out of it, can read it with any parser.
/// </summary>
internal sealed class HtmlReportWriter(TextWriter output)
{
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

    public void Write(Report report)
    {
        output.WriteLine("<!DOCTYPE html>");
        output.WriteLine("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">");
        output.WriteLine($"<head><meta charset=\"utf-8\"/><title>{Escape(report.Title)}</title>");
        output.WriteLine($"<style>{Style}</style></head>");
        output.WriteLine($"<body><h1>{Escape(report.Title)}</h1>");
        WriteItems(report.Items);
        output.WriteLine("</body></html>");
    }

    /// <summary>Text as it stands in a page: what means something to HTML is written as a reference, and characters that no page may have as their numbers.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(c).Append(text[++i]);
                continue;
            }

            Append(escaped, c);
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder escaped, char c)
    {
        switch (c)
        {
            case '&':
                escaped.Append("&amp;");
                break;
            case '<':
                escaped.Append("&lt;");
                break;
            case '>':
                escaped.Append("&gt;");
                break;
            case '"':
                escaped.Append("&quot;");
                break;
            case '\'':
                escaped.Append("&#39;");
                break;
            case '\uFFFE' or '\uFFFF':
            case not ('\t' or '\n') when char.IsControl(c) || char.IsSurrogate(c):
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
                break;
            default:
                escaped.Append(c);
                break;
        }
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
                string source = section.Source is { } line ? $"<span class=\"source\">{Escape(line)}</span>" : string.Empty;
                output.WriteLine($"<details open=\"open\"><summary>{Escape(section.Title)}{source}</summary>");
                WriteItems(section.Items);
                output.WriteLine("</details>");
                return;
            case ReportFacts facts:
                WriteFacts(facts);
                return;
            case ReportTable table:
                WriteTable(table);
                return;
            case ReportTree tree:
                output.WriteLine($"<details open=\"open\"><summary>{Escape(tree.Title)}</summary><ul>");
                WriteTree(tree.Root);
                output.WriteLine("</ul></details>");
                return;
            case ReportCode code:
                output.WriteLine($"<details><summary>{Escape(code.Title)}</summary><pre>{Escape(code.Text)}</pre></details>");
                return;
            default:
                output.WriteLine($"<p>{Escape(((ReportNote)item).Text)}</p>");
                return;
        }
    }

    private void WriteFacts(ReportFacts facts)
    {
        output.WriteLine("<table>");
        foreach ((string name, string value) in facts.Rows)
        {
            output.WriteLine($"<tr><th>{Escape(name)}</th><td>{Escape(value)}</td></tr>");
        }

        output.WriteLine("</table>");
    }

    private void WriteTable(ReportTable table)
    {
        output.WriteLine($"<details open=\"open\"><summary>{Escape(table.Title)}</summary><table>");
        WriteRow("th", table.Columns, table.Numbers);
        foreach (string[] row in table.Rows)
        {
            WriteRow("td", row, table.Numbers);
        }

        output.WriteLine("</table></details>");
    }

    private void WriteRow(string cell, string[] row, int numbers)
    {
        output.Write("<tr>");
        for (int i = 0; i < row.Length; i++)
        {
            string look = i < numbers ? " class=\"n\"" : i == row.Length - 1 ? " class=\"code\"" : string.Empty;
            output.Write($"<{cell}{look}>{Escape(row[i])}</{cell}>");
        }

        output.WriteLine("</tr>");
    }

    private void WriteTree(ReportTreeNode node)
    {
        output.Write($"<li>{Escape(node.Text)}");
        if (node.Children.Count > 0)
        {
            output.WriteLine("<ul>");
            foreach (ReportTreeNode child in node.Children)
            {
                WriteTree(child);
            }

            output.Write("</ul>");
        }

        output.WriteLine("</li>");
    }
}
