using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Runtime.Library.RegularExpressions;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

/// <summary>
/// Patterns match what .NET's regular expressions match. Here sets are compared for every code unit; <c>RegexBatchTests</c> compares
/// generated patterns.
/// </summary>
public sealed class PatternTests
{
    private static readonly string AllUnits = string.Concat(Enumerable.Range(0, 0x10000).Select(unit => (char)unit));

    [Theory]
    [InlineData(@"\w")]
    [InlineData(@"\W")]
    [InlineData(@"\d")]
    [InlineData(@"\D")]
    [InlineData(@"\s")]
    [InlineData(@"\S")]
    [InlineData(".")]
    [InlineData(@"[^a-z\d]")]
    [InlineData(@"[\w-[\d_]]")]
    [InlineData(@"[^\s-[^\u2000-\u200f-[\u2005]]]")]
    [InlineData("(?i)[a-z]")]
    [InlineData("(?i)[^k-sß-ö]")]
    [InlineData(@"(?i)[\u0100-\u2fff]")]
    [InlineData(@"(?i)[\u0100-\u2fff-[\u0100-\u0200]]")]
    [InlineData("(?i)k")]
    [InlineData("(?i)İ")]
    [InlineData(@"\p{Lu}")]
    [InlineData(@"(?i)\p{Lu}")]
    [InlineData(@"(?i)[\P{Ll}]")]
    [InlineData(@"\p{L}")]
    [InlineData(@"\P{M}")]
    [InlineData(@"\p{C}")]
    [InlineData(@"\p{Nd}")]
    [InlineData(@"\p{Pc}")]
    [InlineData(@"\p{IsGreek}")]
    [InlineData(@"\P{IsGreek}")]
    [InlineData(@"(?i)\p{IsGreek}")]
    [InlineData(@"\p{IsBasicLatin}")]
    [InlineData(@"\p{IsSpecials}")]
    [InlineData(@"(?<=^|\W)\b")]
    public void A_set_has_the_same_code_units_as_in_dotnet(string pattern) => Starts(pattern, AllUnits).ShouldBe(
        new Regex(pattern, RegexOptions.CultureInvariant).Matches(AllUnits).Select(match => match.Index));

    [Theory]
    [InlineData(@"\B.*")]
    [InlineData(@"\b.*b")]
    [InlineData(@"(\B.*)")]
    [InlineData(@"(?s)\B.*b")]
    [InlineData(@"(?=b).*")]
    [InlineData(@"(?<!a).*b")]
    public void An_assertion_before_a_leading_loop_is_tried_at_every_position(string pattern) =>
        Starts(pattern, "aab ab\nab").ShouldBe(StartsInDotnet(pattern, "aab ab\nab"));

    /// <summary>Conditions, balancing groups, and alternatives that the first code unit decides.</summary>
    [Theory]
    [InlineData(@"(a)?(?(1)b|c)")]
    [InlineData(@"(?<q>"")?\w+(?(q)""|;)")]
    [InlineData(@"(?(?=\d)\d{2}|[a-z]{3})")]
    [InlineData(@"(?(a)ab)")]
    [InlineData(@"(?(missing)ab|b)")]
    [InlineData(@"(?:(?<open>\()|(?<close-open>\))|[^()])*(?(open)(?!))")]
    [InlineData(@"(?<a>x)+(?<-a>y)+")]
    [InlineData(@"(?<a>x)+(?<b-a>y)\k<b>?")]
    [InlineData("ant|bee|cat|dog|emu|fox|gnu|hen|ibis|jay")]
    [InlineData("(?:ant|art|bee|bat|cat|dog|emu|fox|gnu|hen)s?")]
    public void Constructs_match_as_in_dotnet(string pattern)
    {
        const string Text = "ab c \"q\"; 12 abc (x(y)) xxyy xyx ants bee cats dog art bats hens jay ibis \"w a; ) b";

        Starts(pattern, Text).ShouldBe(StartsInDotnet(pattern, Text));
    }

    [Theory]
    [InlineData("(?x) a b # up to the end of the line\n c", "abc ab c")]
    [InlineData("(?x: a\t[ b] ) c # not a comment", "a c # not a comment, ab c # not a comment")]
    [InlineData("a(?#a comment)b+(?#)c", "abbc ac a(?#a comment)bc")]
    [InlineData("(?x)a #", "a a #")]
    [InlineData(@"\cA\cz", "\u0001\u001a \u0001z")]
    [InlineData(@"[\c[\c_]+", "\u001b\u001f\u001f[_")]
    [InlineData(@"\0+", "0\0\0 \0")]
    [InlineData(@"[\101-\103]\041", "A! C! D!")]
    [InlineData(@"\0778", "?8 78")]
    [InlineData(@"[\777]", "\u00ff\u01ff7")]
    [InlineData(@"(?i)(straße|k)\1", "STRAßEstraße Kk k\u212a kx")]
    [InlineData(@"(?<=\d{2,})x", "1x 12x 123x x")]
    [InlineData(@"(?<=a\w*)-", "a- abc- b- -")]
    public void Comments_escapes_and_lookbehinds_match_as_in_dotnet(string pattern, string text)
    {
        List<int> starts = Starts(pattern, text);

        starts.ShouldNotBeEmpty();
        starts.ShouldBe(StartsInDotnet(pattern, text));
    }

    [Theory]
    [InlineData("a(?#never ended")]
    [InlineData(@"\c")]
    [InlineData(@"\c!")]
    [InlineData(@"[\c]")]
    public void A_wrong_comment_or_escape_is_refused_where_dotnet_refuses_it(string pattern)
    {
        RegexParseException expected = Should.Throw<RegexParseException>(() => new Regex(pattern));

        Should.Throw<PatternException>(() => Starts(pattern, string.Empty)).Message
            .ShouldBe(PatternException.At(expected.Error, expected.Offset).Message);
    }

    [Fact]
    public void Masks_of_the_same_code_units_are_equal_and_hash_alike()
    {
        UnitMask[] masks = [UnitMask.Of('a'), UnitMask.Of('!'), UnitMask.Of('\u0100'), UnitMask.End, UnitMask.EndOrNewline];

        masks.Select(mask => mask.GetHashCode()).Take(3).ShouldBeUnique();
        (UnitMask.Of('\n') | UnitMask.End).GetHashCode().ShouldBe(UnitMask.EndOrNewline.GetHashCode());
        masks.ShouldBeUnique();
    }

    /// <summary>.NET takes what matches a negated set for no part of a word, and finds nothing.</summary>
    [Theory]
    [InlineData(@"[^A-Z]+\b")]
    [InlineData(@"[^A-Z0-9]{1,9}\b")]
    [InlineData(@"(?:[^A-Z])+\b")]
    public void A_run_of_a_negated_set_backtracks_to_a_boundary(string pattern) => Starts(pattern, "]_A").ShouldBe([0]);

    [Fact]
    public void Every_code_unit_has_the_same_equivalents_as_in_dotnet()
    {
        Regex pair = new(@"\A(.)\1\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline);
        foreach (char unit in AllUnits)
        {
            string others = CaseEquivalence.OthersOf(unit);
            if (others.Length > 0 || char.ToUpperInvariant(unit) != unit || char.ToLowerInvariant(unit) != unit)
            {
                string expected = string.Concat(new Regex(Regex.Escape(unit.ToString()), RegexOptions.CultureInvariant
                    | RegexOptions.IgnoreCase).Matches(AllUnits).Select(match => match.Value));
                string.Concat((others + unit).Order()).ShouldBe(expected);
                others.ShouldAllBe(other => pair.IsMatch($"{unit}{other}"));
            }
        }
    }

    /// <summary>The first match, then for each match the first one that begins behind its start.</summary>
    private static List<int> Starts(string pattern, string text)
    {
        BareContext context = new();
        Matcher matcher = new(context);
        matcher.Begin(CompiledPattern.Create(context, pattern), text);
        List<int> starts = [];
        for (bool isFound = matcher.Find(0); isFound; isFound = matcher.Start < text.Length && matcher.Find(matcher.Start + 1))
        {
            starts.Add(matcher.Start);
        }

        return starts;
    }

    private static List<int> StartsInDotnet(string pattern, string text)
    {
        Regex regex = new(pattern, RegexOptions.CultureInvariant);
        List<int> starts = [];
        for (Match match = regex.Match(text); match.Success;
             match = match.Index < text.Length ? regex.Match(text, match.Index + 1) : Match.Empty)
        {
            starts.Add(match.Index);
        }

        return starts;
    }
}
