using System;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Claims;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// A reader can tell where each figure of README.md and <c>docs</c> comes from: its section has the date of the measurement, or a claim
/// quotes it, which <c>lyra bench --claims</c> checks. <c>Figures.txt</c> lists the figures that nobody measured: limits, defaults,
/// sizes of examples.
/// </summary>
public sealed class FigureTests
{
    private static readonly string List = Repository.PathOf("Lyra.Tests", "Census", "Figures.txt");

    private static readonly FigureRow[] Rows = [.. File.ReadLines(List).Where(FigureRow.IsRow).Select(FigureRow.Parse)];

    [Fact]
    public void Every_figure_has_a_date_or_a_claim_or_is_listed()
    {
        string[] unmarked =
        [
            .. Pages().Select(Repository.NameOf)
                .SelectMany(static page => Read(page).Unmarked(ClaimTable.All, Rows)),
        ];

        unmarked.ShouldBeEmpty($"give the section the date of the measurement (YYYY-MM-DD), or list a limit in {Repository.NameOf(List)}");
    }

    [Fact]
    public void Every_row_of_the_list_has_a_figure_that_needs_it() =>
        Rows.Where(static row => !Read(row.Page).Needs(row, ClaimTable.All)).Select(static row => row.Line).ShouldBeEmpty();

    [Fact]
    public void Rows_are_in_the_order_of_their_pages()
    {
        string[] pages = [.. Rows.Select(static row => row.Page)];
        pages.ShouldBe(pages.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("It takes 5 ms.")]
    [InlineData("It takes\n5\nms.")]
    [InlineData("| a | 1,000 KB |")]
    [InlineData("| a | 99% |")]
    [InlineData("It takes 1.7 times as long.")]
    [InlineData("- It takes\n  5 ms.\n    In all, 6 runs.")]
    [InlineData("Measured on 2026-01-02.\n\n## Other\n\nIt takes 5 ms.")]
    [InlineData("It takes 5 ms.\n\n    measured on 2026-01-02\n")]
    [InlineData("It takes 5 ms.\n\n```\nmeasured on 2026-01-02\n```\n")]
    [InlineData("It needs 5 ms, not 6.")]
    public void An_unmarked_figure_is_found(string text) => Unmarked("docs/a.md", text).Length.ShouldBe(1);

    [Theory]
    [InlineData("It takes 5 ms. Measured on 2026-01-02.")]
    [InlineData("On 2026-01-02:\n\n| a | 5 ms |\n| b | 6 ms |")]
    [InlineData("It runs for 7 ms.")]
    [InlineData("It runs\nfor\n7 ms.")]
    [InlineData("At most\n  8 MB are used.")]
    [InlineData("```\n# 5 ms\n```\n")]
    [InlineData("\n    takes 5 ms\n\n    or 6 ms\n")]
    [InlineData("It prints `takes 5 ms` and `` `6 ms` ``.")]
    [InlineData("Lyra has 39 programs in 1990s style, 64-bit ints and 5 sizes.")]
    public void A_marked_figure_and_code_are_not_found(string text) => Unmarked("docs/a.md", text).ShouldBeEmpty();

    [Fact]
    public void Claims_and_rows_hold_for_their_page() =>
        Unmarked("docs/b.md", "It runs for 7 ms. At most 8 MB are used.").Length.ShouldBe(2);

    [Fact]
    public void One_date_marks_a_decision()
    {
        const string Text = "# 1 Title\n\nRecorded on 2026-01-02.\n\n## Cost\n\nIt takes 5 ms.";

        Unmarked("docs/decisions/a.md", Text).ShouldBeEmpty();
        Unmarked("docs/a.md", Text).ShouldBe(["docs/a.md:7: … orded on 2026-01-02. ## Cost It takes 5 ms. …"]);
    }

    /// <summary>The pages that people write. docs/claims.md is a result of the claims.</summary>
    private static string[] Pages() =>
    [
        Repository.PathOf("README.md"),
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(file) != "claims.md"),
    ];

    private static FigurePage Read(string page) => new(page, File.ReadAllText(Repository.PathOf(page)));

    private static string[] Unmarked(string page, string text)
    {
        Claim claim = new("a", "A claim", ClaimSource.Of("docs/a.md", "runs for (\\d+) ms"), ClaimBound.AtMost, "ms", "it", static _ => 1);
        return new FigurePage(page, text).Unmarked([claim], [FigureRow.Parse("docs/a.md | At most 8 MB")]);
    }
}
