using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

/// <summary>Several mistakes in one source are reported together, each once, in source order.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void One_mistake_does_not_hide_the_next()
    {
        string source = """
            var x = = 2
            proc f(a b) {
                return 1 +
            }
            for i on xs { break 5 }
            print("ok")
            if x = 3 { y = }
            struct S { a: int b: int }
            match x { 1 => , 2 -> 3
                _ => 4 5 }
            print([1, , 2], {1: 2, 3, 4: 5}, f(6 7))
            """;
        SyntaxTestHelpers.Errors(source).ShouldBe([
            "1:9 LY0202", "2:10 LY0201", "4:1 LY0202", "5:7 LY0201", "5:21 LY0203", "7:6 LY0211", "7:16 LY0202", "8:19 LY0201",
            "9:16 LY0202", "9:20 LY0201", "10:12 LY0201", "11:11 LY0202", "11:25 LY0201", "11:38 LY0201"]);
    }

    [Fact]
    public void An_open_bracket_is_reported_where_it_was_opened_and_costs_one_line()
    {
        SyntaxTestHelpers.Errors("print((1 + 2\nprint(3)\nx = = 1\nprint(4)").ShouldBe(["1:7 LY0204", "3:5 LY0202"]);
        SyntaxTestHelpers.Errors("print([1, 2)\nprint(3)\nx = = 1").ShouldBe(["1:7 LY0204", "3:5 LY0202"]);
    }

    [Fact]
    public void An_open_string_costs_one_line()
    {
        SyntaxTestHelpers.Errors("proc f() {\n  print(\"abc)\n  print(\"a ${b} c)\n  print(2)\n}\nx = )")
            .ShouldBe(["2:9 LY0102", "3:15 LY0102", "6:5 LY0202"]);
    }

    [Theory]
    [InlineData("var s = \"abc\n  def\"\nprint(s)", 1)]
    [InlineData("print(\"abc\n  def\")\nprint(1)", 1)]
    [InlineData("print(\"abc)\nprint(\"def)", 2)]
    [InlineData("print(\"abc\ndef\")\nprint(\"ghi)", 2)]
    public void A_text_over_several_lines_is_reported_at_its_first_line(string source, int count) =>
        SyntaxTestHelpers.Errors(source).Count(error => error.EndsWith("LY0102", System.StringComparison.Ordinal)).ShouldBe(count);

    [Theory]
    [InlineData("for (var i = 0; i < 3; i += 1) { print(i) }")]
    [InlineData("for x of y { print({1: 2}) }")]
    [InlineData("proc f(x): int { return x }")]
    [InlineData("func f(x) { return x }")]
    [InlineData("x = 'a' + 'b")]
    [InlineData("if (a) b = 1")]
    [InlineData("class A { x: int }")]
    public void Syntax_of_other_languages_causes_few_diagnostics(string source) =>
        SyntaxTestHelpers.Errors(source + "\ny = )").Length.ShouldBeInRange(2, 3);

    [Fact]
    public void Mistakes_inside_of_interpolations_are_found()
    {
        SyntaxTestHelpers.Errors("x = \"a ${1 +} b ${c d} ${} ${\"${)}\"}\"\ny = )")
            .ShouldBe(["1:13 LY0202", "1:21 LY0201", "1:26 LY0233", "1:33 LY0202", "2:5 LY0202"]);
    }

    [Fact]
    public void Structural_errors_are_reported_beside_syntax_errors()
    {
        SyntaxTestHelpers.Errors("return 1\nvar = 2\nproc f() { await g(); break; continue l }\nlet z")
            .ShouldBe(["1:1 LY0303", "2:5 LY0219", "3:12 LY0306", "3:23 LY0301", "3:39 LY0302", "4:5 LY0217"]);
    }
}
