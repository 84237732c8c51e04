using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Pages;

/// <summary>
/// Writes a result as one HTML page with charts, which needs no script, no other file and no network. The page is also well-formed XML.
/// </summary>
internal sealed class BenchPage
{
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    private const string Style = """
        :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
        body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
        h1 { font-size: 1.4rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; margin: .4rem 0; }
        th, td { padding: .1rem .9rem .1rem 0; text-align: right; font-variant-numeric: tabular-nums; }
        th:first-child, td:first-child { text-align: left; }
        .words td, .words th { text-align: left; }
        tr:hover td { background: #8882; }
        .Confirmed td:last-child { color: #2ca02c; }
        .Partial td:last-child { color: #b8860b; }
        .Unconfirmed td:last-child { color: #d62728; }
        .mean td { border-top: 1px solid #8888; font-weight: 600; }
        svg { display: block; height: auto; margin: .6rem 0; max-width: 100%; }
        svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
        svg .grid { stroke: #8886; stroke-width: 1; }
        svg .unit { stroke: currentColor; stroke-width: 1; }
        """;

    private readonly XmlWriter _page;
    private readonly BenchResult _result;

    private BenchPage(XmlWriter page, BenchResult result)
    {
        _page = page;
        _result = result;
    }

    /// <summary>Writes a page.</summary>
    /// <param name="result">The result.</param>
    /// <param name="comparison">The comparison with a stored result; null without one.</param>
    /// <param name="history">Earlier results, the oldest first, and this one.</param>
    /// <param name="file">The file.</param>
    public static void Write(BenchResult result, BenchComparison? comparison, IReadOnlyList<BenchResult> history, Stream file)
    {
        XmlWriterSettings settings = new()
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            IndentChars = string.Empty,
            NewLineChars = "\n",
            OmitXmlDeclaration = true,
        };
        using XmlWriter page = XmlWriter.Create(file, settings);
        new BenchPage(page, result).WritePage(comparison, history);
    }

    private void WritePage(BenchComparison? comparison, IReadOnlyList<BenchResult> history)
    {
        _page.WriteDocType("html", null, null, null);
        Open("html");
        _page.WriteAttributeString("lang", "en");
        Open("head");
        _page.WriteStartElement("meta", Xhtml);
        _page.WriteAttributeString("charset", "utf-8");
        _page.WriteEndElement();
        WriteElement("title", "Lyra: benchmarks");
        WriteElement("style", Style);
        Close();
        Open("body");
        WriteElement("h1", "Lyra: benchmarks");
        WriteElement("p", Origin());
        if (_result.Claims.Count > 0)
        {
            WriteClaims();
        }

        if (_result.Rows.Count > 0)
        {
            WriteCharts();
            WriteTables();
        }

        WriteMicro();
        if (_result.Counters.Count > 0)
        {
            WriteTable("What the programs execute", BenchTables.Counts(_result), hasMean: false);
        }

        if (comparison is not null)
        {
            WriteComparison(comparison);
        }

        if (history.Count > 1)
        {
            WriteTrends(history);
        }

        Close();
        Close();
    }

    private int ProgramCount => System.Math.Max(_result.Rows.Count, _result.Counters.Count);

    private string Origin() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_result.Date:yyyy-MM-dd HH:mm}, {_result.Machine.Name}: {_result.Machine.Processor}, {_result.Machine.Cores} cores, "
            + $"{_result.Machine.System}, {_result.Machine.Runtime}. {ProgramCount} programs at the size {_result.Size}, "
            + $"{_result.Rounds} rounds; each run of a program is a new process. The smallest time counts. "
            + $"The calibration loop takes {_result.CalibrationSeconds * 1000:0.0} ms.");

    private void WriteClaims()
    {
        string[][] rows = BenchTables.Claims(_result);
        WriteElement("h2", $"Claims: {BenchTables.Verdicts(_result)}");
        Open("table", "words");
        WriteRow("th", rows[0], null);
        for (int i = 1; i < rows.Length; i++)
        {
            WriteRow("td", rows[i], rows[i][^1]);
        }

        Close();
        WriteTable("What was measured for the claims", [["claim", "measurement", "remark"], .. BenchTables.ClaimNotes(_result)],
            hasMean: false, "words");
    }

    private void WriteMicro()
    {
        foreach (IGrouping<string, MicroFigure> group in _result.Micro.GroupBy(figure => figure.Group))
        {
            MicroFigure[] figures = [.. group];
            WriteElement("h2", $"Microbenchmarks: {group.Key}");
            WriteElement("p", $"Nanoseconds and allocated bytes for {MicroGroups.Find(group.Key)?.Operation ?? group.Key}.");
            WriteTable(null, BenchTables.Micro(figures), hasMean: false);
        }

        if (_result.Micro.Count > 0)
        {
            WriteElement("h2", "Microbenchmarks: nanoseconds");
            WriteElement("p", "The axis is logarithmic.");
            BenchCharts.WriteDots(_page, MicroWays.All, [.. MicroDots()]);
        }

        if (_result.Stress.Count > 0)
        {
            WriteTable("Large numbers of operations", BenchTables.Stress(_result), hasMean: false);
        }
    }

    private IEnumerable<(string, double?[])> MicroDots() =>
        from figures in _result.Micro.GroupBy(figure => (figure.Group, figure.Operation))
        select ($"{figures.Key.Group}: {figures.Key.Operation}",
            MicroWays.All.Select(way => figures.FirstOrDefault(figure => figure.Way == way)?.Nanoseconds).ToArray());

    private void WriteCharts()
    {
        string[] columns = [.. _result.Columns.Where(column => column != BenchColumns.CSharp)];
        WriteElement("h2", "Geometric means: time as a ratio to C#");
        WriteElement("p", "The axis is logarithmic. Shorter is better; the line at 1 is C#.");
        (string, double)[] means =
        [
            .. columns.Select(column => (Column: column, Mean: _result.MeanRatio(column, BenchColumns.CSharp)))
                .Where(entry => entry.Mean is not null).Select(entry => (entry.Column, entry.Mean!.Value)),
        ];
        BenchCharts.WriteBars(_page, means);
        WriteElement("h2", "Programs: time as a ratio to C#");
        BenchCharts.WriteDots(_page, columns, [.. _result.Rows.Select(row => (row.Name, Ratios(row, columns)))]);
    }

    private static double?[] Ratios(BenchRow row, string[] columns) =>
        [.. columns.Select(column => row.RatioOf(column, BenchColumns.CSharp))];

    private void WriteTables()
    {
        WriteTable("Time as a ratio to C# (smaller is better)", BenchTables.ToCSharp(_result), hasMean: true);
        WriteTable("Times as fast as the stack baseline (greater is better)", BenchTables.ToBaseline(_result), hasMean: true);
        WriteTable("Seconds: smallest (median)", BenchTables.Times(_result), hasMean: false);
        string[][] unmeasured = BenchTables.Unmeasured(_result);
        if (unmeasured.Length > 0)
        {
            WriteTable("Not measured", [["program", "column", "reason"], .. unmeasured], hasMean: false, "words");
        }
    }

    private void WriteComparison(BenchComparison comparison)
    {
        string[][] changes = BenchTables.Changes(comparison);
        WriteElement("h2", $"Compared with {comparison.Origin}");
        WriteElement("p", string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Changes.Count} times, divided by that of the calibration loop; {changes.Length} differ by 5 % or more."));
        if (changes.Length > 0)
        {
            WriteTable(null, [["program", "column", "change", "verdict"], .. changes], hasMean: false, "words");
        }

        string[][] counters = BenchTables.CounterChanges(comparison);
        WriteElement("p", string.Create(
            CultureInfo.InvariantCulture, $"Counters of {comparison.CountedPrograms} programs; {counters.Length} differ."));
        if (counters.Length > 0)
        {
            WriteTable(null, [["program", "counter", "before", "now"], .. counters], hasMean: false, "words");
        }
    }

    private void WriteTrends(IReadOnlyList<BenchResult> history)
    {
        WriteElement("h2", "Trends");
        WriteElement(
            "p", "The geometric mean of each column, divided by the time of the calibration loop, as a ratio to the first result.");
        List<(string, IReadOnlyList<double>)> lines = [];
        foreach (string column in _result.Columns)
        {
            if (BenchHistory.Trend(history, column) is { } means)
            {
                lines.Add((column, [.. means.Select(mean => mean / means[0])]));
            }
        }

        BenchCharts.WriteLines(
            _page, [.. history.Select(result => result.Date.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture))], lines);
    }

    private void WriteTable(string? title, string[][] rows, bool hasMean, string? style = null)
    {
        if (title is not null)
        {
            WriteElement("h2", title);
        }

        Open("table", style);
        for (int i = 0; i < rows.Length; i++)
        {
            WriteRow(i == 0 ? "th" : "td", rows[i], hasMean && i == rows.Length - 1 ? "mean" : null);
        }

        Close();
    }

    private void WriteRow(string element, string[] cells, string? style)
    {
        Open("tr", style);
        foreach (string cell in cells)
        {
            WriteElement(element, cell);
        }

        Close();
    }

    private void WriteElement(string name, string text)
    {
        Open(name);
        _page.WriteString(text);
        Close();
    }

    private void Open(string name, string? style = null)
    {
        _page.WriteStartElement(name, Xhtml);
        if (style is not null)
        {
            _page.WriteAttributeString("class", style);
        }
    }

    private void Close() => _page.WriteFullEndElement();
}
