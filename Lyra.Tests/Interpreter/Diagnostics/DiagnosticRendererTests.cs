using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Testing;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Diagnostics;

public sealed class DiagnosticRendererTests
{
    [Fact]
    public void A_diagnostic_is_shown_with_its_line_and_a_caret() => RenderFirst("a\n\tvar x = (1 +\u0001 foo bar)").ShouldBe(
        "test.lyra:2:14: error: `\u0001` is not valid here; remove it. [LY0101]\n    \tvar x = (1 +\uFFFD foo bar)\n    \t            ^\n"
            .Replace("`\u0001`", "`\\u{1}`", System.StringComparison.Ordinal));

    [Fact]
    public void Longer_places_are_underlined() => RenderFirst("x = 12abc").ShouldEndWith("    x = 12abc\n        ^~~~~\n");

    [Fact]
    public void Long_lines_are_cut_around_the_caret()
    {
        string[] lines = RenderFirst(new string(' ', 5_000) + "a b" + new string(' ', 5_000) + "// end").Split('\n');
        lines[1].Length.ShouldBeLessThan(130);
        lines[1][lines[2].IndexOf('^', System.StringComparison.Ordinal)].ShouldBe('b');
        lines[1].ShouldEndWith("…");
        lines[1].Trim().ShouldStartWith("…");
    }

    [Fact]
    public void Surrogates_are_never_cut_or_printed_alone()
    {
        for (int shift = 0; shift < 4; shift++)
        {
            string text = RenderFirst(new string('x', shift) + "😀" + string.Concat(System.Linq.Enumerable.Repeat("😀\ud800", 200)));
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBe(text);
        }
    }

    [Fact]
    public void Details_of_any_length_and_content_make_one_short_line()
    {
        SourceText source = new("continue " + new string('q', 1_000), "test.lyra");
        DiagnosticBag diagnostics = new(source);
        Parser.Parse(source, diagnostics);
        Diagnostic only = diagnostics.ToImmutable().ShouldHaveSingleItem();
        only.Message.Length.ShouldBeLessThan(120);
        only.ToString().ShouldStartWith("test.lyra:1:10: error: No enclosing loop");
    }

    [Fact]
    public void Diagnostics_are_in_source_order_up_to_a_maximum()
    {
        SourceText source = new(new string(' ', 500), "test.lyra");
        DiagnosticBag diagnostics = new(source);
        for (int i = 300; i > 0; i--)
        {
            diagnostics.Report(SyntaxDiagnostics.LooseNot, new SourceSpan(i, 1));
        }

        ImmutableArray<Diagnostic> all = diagnostics.ToImmutable();
        all.Length.ShouldBe(DiagnosticBag.MaxDiagnostics + 1);
        all[0].Column.ShouldBe(202);
        all[^1].Code.ShouldBe(SyntaxDiagnostics.TooManyErrors.Code);
    }

    private static string RenderFirst(string text)
    {
        SourceText source = new(text, "test.lyra");
        DiagnosticBag diagnostics = new(source);
        Parser.Parse(source, diagnostics);
        return DiagnosticRenderer.Render(diagnostics.ToImmutable()[0], source);
    }
}
