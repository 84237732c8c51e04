using System;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

public sealed class LexerTests
{
    [Theory]
    [InlineData("1..n", "Int DotDot Identifier")]
    [InlineData("1.5.x 5.x", "Float Dot Identifier Int Dot Identifier")]
    [InlineData("1..=2 ...x", "Int DotDotEqual Int Ellipsis Identifier")]
    [InlineData("1e9 2.5e-3 1E+2 0xFFe1 0b1_0 0o17", "Float Float Float Int Int Int")]
    [InlineData("a ?? b ??= c ?. d ?[ e ] f?", "Identifier QuestionQuestion Identifier QuestionQuestionEqual Identifier QuestionDot "
        + "Identifier QuestionBracket Identifier CloseBracket Identifier Question")]
    [InlineData("<< <<= <= < >> >>= >= > ** **= *= *", "LessLess LessLessEqual LessEqual Less GreaterGreater GreaterGreaterEqual "
        + "GreaterEqual Greater StarStar StarStarEqual StarEqual Star")]
    [InlineData("&& || & | &= |= ^ ^= ! != = == => -> - -=",
        "And Or Ampersand Pipe AmpersandEqual PipeEqual Caret CaretEqual Bang BangEqual Equal EqualEqual FatArrow Arrow Minus MinusEqual")]
    [InlineData("iffy _ größe имя 数1 rr r", "Identifier Identifier Identifier Identifier Identifier Identifier Identifier")]
    [InlineData("r\"a\\\" r\"\"\"x\"y\"\"\" \"\" \"\"\"\"\"\"", "String String String String")]
    [InlineData("\"a${b}c${\"d${e}\"}f\"", "TemplateHead Identifier TemplateMiddle TemplateHead Identifier TemplateTail TemplateTail")]
    [InlineData("\"${ {1: {}} }\"", "TemplateHead OpenBrace Int Colon OpenBrace CloseBrace CloseBrace TemplateTail")]
    [InlineData("/* a /* b */ c */ x // y", "Identifier")]
    [InlineData("\uFEFF#!/usr/bin/env lyra\nx", "Identifier")]
    [InlineData("e\u0301te\u0301 \U00010400x", "Identifier Identifier")]
    public void A_source_is_cut_into_tokens(string source, string kinds)
    {
        Token[] tokens = Tokenize(source, out DiagnosticBag diagnostics);
        string.Join(' ', tokens.Select(t => t.Kind)).ShouldBe(kinds + " EndOfFile");
        diagnostics.Count.ShouldBe(0);
    }

    [Fact]
    public void Every_keyword_is_known_by_its_name()
    {
        string[] keywords =
            [.. Enum.GetNames<TokenKind>().Select(name => name.ToLowerInvariant()).Where(name => TokenTable.IsKeyword(name))];
        keywords.Length.ShouldBe(31);
        foreach (string keyword in keywords)
        {
            $"{TokenTable.GetWordKind(keyword)}".ToLowerInvariant().ShouldBe(keyword);
        }
    }

    [Fact]
    public void A_token_records_whether_it_is_the_first_of_its_line()
    {
        Token[] tokens = Tokenize("a b\nc /* \n */ d // e\r\nf\rg", out _);
        tokens.Select(t => t.IsFirstOnLine).ShouldBe([false, false, true, true, true, true, false]);
    }

    [Fact]
    public void Brackets_know_their_partners_and_broken_ones_have_none()
    {
        Token[] tokens = Tokenize("( [ ) { ( } ]", out _);
        tokens.Select(t => t.Partner).ShouldBe([2, 0, 0, 5, 0, 0, 0, 0]);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1_000_000", "1000000")]
    [InlineData("0xFFFF_FFFF_FFFF_FFFF_FFFF", "1208925819614629174706175")]
    [InlineData("0b1010", "10")]
    [InlineData("0o777_777_777_777_777_777_777_777", "4722366482869645213695")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("007", "7")]
    public void Ints_of_any_form_and_size_are_read(string text, string value) => LiteralReader.ReadInt(text).ToString().ShouldBe(value);

    [Theory]
    [InlineData("3.14", 3.14)]
    [InlineData("1e9", 1e9)]
    [InlineData("1_0.2_5e-0_3", 10.25e-3)]
    [InlineData("1e999", double.PositiveInfinity)]
    public void Floats_are_read(string text, double value) => LiteralReader.ReadFloat(text).ShouldBe(value);

    [Theory]
    [InlineData("\"\\n\\t\\r\\0\\\"\\\\\\$\\u{41}\\u{1F600}\"", "\n\t\r\0\"\\$A\U0001F600")]
    [InlineData("r\"a\\n${b}\"", "a\\n${b}")]
    [InlineData("\"\"\"\n    a\n      b\n\n    c\"\"\"", "a\n  b\n\nc")]
    [InlineData("\"\"\"\n    a\\tb\n    \"\"\"", "a\tb")]
    [InlineData("\"\"\"\n\"\"\"", "")]
    [InlineData("\"\"\"\n    \"\"\"", "")]
    [InlineData("\"\"\"one\n  two\"\"\"", "one\n  two")]
    [InlineData("\"\"\"  one line \"\"\"", "one line ")]
    [InlineData("\"\"\"\r\n  a\r\n  b\r\n  \"\"\"", "a\nb")]
    [InlineData("\"\"\"\n  a\n\tb\"\"\"", "  a\n\tb")]
    [InlineData("r\"\"\"\n  a\\n\n  \"\"\"", "a\\n")]
    public void Strings_are_read(string token, string value) => LiteralReader.ReadString(token).ShouldBe(value);

    [Fact]
    public void Lone_surrogates_can_be_written() => LiteralReader.ReadString("\"\\u{d800}\"").ShouldBe("\ud800");

    [Fact]
    public void Only_line_starts_of_a_block_string_are_dedented()
    {
        BlockText.Dedent(["\n    a ", "    b\n    ", "\n      c\n    "]).ShouldBe(["a ", "    b\n", "\n  c"]);
    }

    [Fact]
    public void Literals_of_too_many_digits_are_refused_at_once()
    {
        Tokenize(new string('7', 20_000_000), out DiagnosticBag diagnostics);
        diagnostics.ToImmutable().ShouldHaveSingleItem().Code.ShouldBe(SyntaxDiagnostics.NumberTooLong.Code);

        SyntaxTestHelpers.Errors("x = " + new string('7', 1_000_000)).ShouldBeEmpty();
    }

    private static Token[] Tokenize(string text, out DiagnosticBag diagnostics)
    {
        SourceText source = new(text, "test.lyra");
        diagnostics = new DiagnosticBag(source);
        return Lexer.Tokenize(source, diagnostics);
    }
}
