using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>README.md and docs/benchmarks.md give the same figures; <c>tools/bench.sh</c> writes both.</summary>
public sealed partial class BenchmarkFiguresTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "benchmarks.md"));

    [Fact]
    public void Both_documents_have_the_same_summary() => MarkedPart.Read(Readme, "summary").ShouldBe(MarkedPart.Read(Page, "summary"));

    [Fact]
    public void Summary_has_the_figures_of_the_table()
    {
        string[][] rows = [.. MarkedPart.Read(Page, "table").Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(Cells)];
        int lyra = Array.IndexOf(rows[0], "lyra");
        (string Name, string Ratio)[] programs = [.. rows[1..]
            .Where(row => double.TryParse(row[lyra], CultureInfo.InvariantCulture, out _) && !row[0].StartsWith('*'))
            .Select(row => (row[0], row[lyra]))
            .OrderBy(row => double.Parse(row.Item2, CultureInfo.InvariantCulture))];
        string mean = rows.Single(row => row[0] == "**geometric mean**")[lyra];
        string summary = Blanks().Replace(MarkedPart.Read(Page, "summary"), " ");

        summary.ShouldContain($"Over {programs.Length} programs");
        summary.ShouldContain($"takes {mean} times as long as C# ");
        summary.ShouldContain($"from {programs[0].Ratio} for `{programs[0].Name}` to {programs[^1].Ratio} for `{programs[^1].Name}`");
    }

    [Fact]
    public void Every_other_figure_of_README_is_in_the_page()
    {
        int start = Readme.IndexOf("## How fast\n", StringComparison.Ordinal);
        string section = Readme[start..Readme.IndexOf("\n## ", start, StringComparison.Ordinal)];

        Figure().Matches(section).Select(match => match.Value)
            .Where(figure => !Page.Contains(figure, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];

    /// <summary>A number with its unit, if it has one: 1.48, 6 µs, 18 KB.</summary>
    [GeneratedRegex(@"\d[\d.,]*\d(?: (?:µs|ms|KB|MB))?|\d(?: (?:µs|ms|KB|MB))?")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
