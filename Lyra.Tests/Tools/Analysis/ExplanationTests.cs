using System.Collections.Generic;
using System.Linq;
using Lyra.Analysis.Explanations;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Analysis;

/// <summary>Each report has a page, whose first example causes it and whose second one does not.</summary>
public sealed class ExplanationTests
{
    /// <summary>The reports that only a very long source or several modules cause.</summary>
    private static readonly string[] OfLongSources =
        ["LY0001", "LY0002", "LY0109", "LY0112", "LY1601", "LY1602", "LY1603", "LY1805", "LY1806"];

    public static TheoryData<string> WithExamples() =>
        [.. ExplanationTable.All.Where(static page => page.Example is not null).Select(static page => page.Code)];

    [Fact]
    public void Every_report_has_one_page() =>
        ExplanationTable.All.Select(static page => page.Code)
            .ShouldBe(ExplanationTable.Reports().Select(static report => report.Code).Order(), ignoreOrder: true);

    [Fact]
    public void Every_page_has_examples_unless_they_would_be_long() =>
        ExplanationTable.All.Where(static page => page.Example is null).Select(static page => page.Code).ShouldBe(OfLongSources);

    [Theory]
    [MemberData(nameof(WithExamples))]
    public void The_example_causes_the_report_and_the_mended_one_has_no_fault(string code)
    {
        Explanation page = ExplanationTable.Find(code)!;
        Codes(page.Example!).ShouldContain(code);
        Codes(page.Mended!).ShouldNotContain(code);
        AnalysisTester.Check(page.Mended!).Where(static report => report.Severity == DiagnosticSeverity.Error)
            .Select(static report => report.Diagnostic.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Pages_are_sentences() =>
        ExplanationTable.All.ShouldAllBe(static page => page.What.EndsWith('.') && page.Title.Length > 0 && !page.Title.Contains("{0}"));

    private static HashSet<string> Codes(string source)
    {
        using LyraEngine engine = new();
        return
        [
            .. AnalysisTester.Check(source).Select(static report => report.Code),
            .. engine.Check(source).Select(static report => report.Code),
        ];
    }
}
