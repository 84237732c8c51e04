using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Bench.Suite.Claims;

namespace Lyra.Tests.Census;

/// <summary>A page and its figures: numbers with a unit of time or memory, percentages and ratios, outside of code.</summary>
internal sealed partial class FigurePage
{
    private const string Readme = "README.md";

    /// <summary>Repeats the figures of README.md, which <see cref="BenchmarkFiguresTests"/> checks.</summary>
    private const string Benchmarks = "docs/benchmarks.md";

    private readonly string _name;
    private readonly string _text;

    /// <summary>The text with blanks in the place of code.</summary>
    private readonly string _prose;

    public FigurePage(string name, string text)
    {
        _name = name;
        _text = text;
        _prose = CodeSpan().Replace(WithoutBlocks(text), Blanks);
    }

    /// <summary>A decision is one record, so that one date counts for all of it.</summary>
    private bool IsDecision => _name.StartsWith("docs/decisions/", StringComparison.Ordinal);

    /// <summary>The figures that no date, no claim and no row marks.</summary>
    public string[] Unmarked(IReadOnlyCollection<Claim> claims, IReadOnlyCollection<FigureRow> rows)
    {
        Place[] listed = [.. rows.SelectMany(PlacesOf)];
        return [.. Unmeasured(claims).Where(figure => !listed.Any(figure.IsIn)).Select(Describe)];
    }

    /// <summary>Whether the row marks a figure that has neither date nor claim.</summary>
    public bool Needs(FigureRow row, IReadOnlyCollection<Claim> claims) =>
        PlacesOf(row).Any(place => Unmeasured(claims).Any(figure => figure.IsIn(place)));

    /// <summary>The figures that no claim quotes, of sections without a date.</summary>
    private IEnumerable<Place> Unmeasured(IReadOnlyCollection<Claim> claims)
    {
        HashSet<int> quoted = [.. claims.SelectMany(QuotesOf)];
        return from section in Sections()
               let prose = _prose[section.Start..section.End]
               where !Date().IsMatch(prose)
               from Match match in Figure().Matches(prose)
               let figure = new Place(section.Start + match.Index, section.Start + match.Index + match.Length)
               where !quoted.Contains(figure.Start)
               select figure;
    }

    private IEnumerable<Place> Sections()
    {
        int[] bounds = [0, .. IsDecision ? [] : Heading().Matches(_prose).Select(match => match.Index), _prose.Length];
        return bounds.Zip(bounds.Skip(1), (start, end) => new Place(start, end));
    }

    private IEnumerable<int> QuotesOf(Claim claim)
    {
        bool isOfPage = claim.Source.Place == _name || (claim.Source.Place == Readme && _name == Benchmarks);
        return isOfPage && claim.Source.Pattern is { } pattern
            ? Regex.Matches(_text, pattern).Select(match => match.Groups[1].Index)
            : [];
    }

    private IEnumerable<Place> PlacesOf(FigureRow row) => row.Page == _name
        ? row.Pattern.Matches(_text).Select(match => new Place(match.Index, match.Index + match.Length))
        : [];

    private string Describe(Place figure)
    {
        int line = _text.AsSpan(0, figure.Start).Count('\n') + 1;
        string around = _text[Math.Max(0, figure.Start - 40)..Math.Min(_text.Length, figure.End + 20)];
        return $"{_name}:{line}: … {WhiteSpace().Replace(around, " ")} …";
    }

    /// <summary>Blanks out fenced code, and indented code behind an empty line.</summary>
    private static string WithoutBlocks(string text)
    {
        string[] lines = text.Split('\n');
        bool isFenced = false;
        bool mayIndent = true;
        for (int i = 0; i < lines.Length; i++)
        {
            bool isFence = lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal);
            bool isIndented = mayIndent && lines[i].StartsWith("    ", StringComparison.Ordinal);
            mayIndent = isIndented || string.IsNullOrWhiteSpace(lines[i]);
            lines[i] = isFenced || isFence || isIndented ? new string(' ', lines[i].Length) : lines[i];
            isFenced ^= isFence;
        }

        return string.Join('\n', lines);
    }

    private static string Blanks(Match match) => new(' ', match.Length);

    [GeneratedRegex(@"(?<!\w)(?<!\d\.)\d(?:[\d.,]*\d)?(?:\s*%|(?:\s*(?:ns|µs|ms|B|KB|MB|GB|bytes?)|"
        + @"\s+(?:s|milliseconds?|seconds?|minutes?|hours?|times))\b)")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d\b")]
    private static partial Regex Date();

    [GeneratedRegex("^#{1,6} ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", RegexOptions.Singleline)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    private readonly record struct Place(int Start, int End)
    {
        public bool IsIn(Place other) => other.Start <= Start && End <= other.End;
    }
}
