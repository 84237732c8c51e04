using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Generate.Metrics;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// Types stay small enough to be readable; see <c>dotnet run --project tools/Lyra.Generate -- metrics</c>. The interpreter's loop and
/// generated tables are exempt.
/// </summary>
public sealed partial class SourceSizeTests
{
    private const int MostLinesOfAType = 1_000;

    private const string Advice = "dotnet run --project tools/Lyra.Generate -- metrics --write";

    /// <summary>Types that still exceed the bound. The list may only shrink.</summary>
    private static readonly string[] TooLarge = [];

    [Fact]
    public void No_type_has_more_than_1000_lines()
    {
        string[] large =
        [
            .. Sources.Projects
                .SelectMany(SourceSizes.Types)
                .Where(type => type.Lines > MostLinesOfAType)
                .Select(type => type.Name),
        ];

        large.Except(TooLarge).ShouldBeEmpty("split these types by responsibility");
        TooLarge.Except(large).ShouldBeEmpty("these types are small enough now: remove them from TooLarge");
    }

    /// <summary>Sizes change a little with every commit, so the page may be behind by a tenth, or by 20.</summary>
    [Fact]
    public void The_page_on_architecture_tells_the_sizes()
    {
        string[] page = MetricLines(MarkedPart.Read(File.ReadAllText(Repository.PathOf("docs", "architecture.md")), "metrics"));
        string[] actual = MetricLines(MetricsReport.SizesOf(Sources.Projects));
        page[..actual.Length].Select(WithoutFigures).Order(StringComparer.Ordinal)
            .ShouldBe(actual.Select(WithoutFigures).Order(StringComparer.Ordinal), Advice);
        Dictionary<string, int[]> told = page[..actual.Length].ToDictionary(WithoutFigures, Figures);
        foreach (string line in actual)
        {
            int[] figures = Figures(line);
            told[WithoutFigures(line)].Zip(figures)
                .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 20 + (pair.Second / 10), Advice);
        }
    }

    private static string[] MetricLines(string text) => [.. text.Split('\n').Where(line => line.StartsWith('|'))];

    private static string WithoutFigures(string line) => FigureOrMethod().Replace(line, "#");

    private static int[] Figures(string line) =>
        [.. FigureOrMethod().Matches(line).Select(match => Figure(match.Groups[1].Value))];

    private static int Figure(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<= )([\d,]+)(?: \([\w.<>]+\))?(?= \|)")]
    private static partial Regex FigureOrMethod();
}
