using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Runtime.Library.RegularExpressions;

namespace Lyra.Fuzz.Regexes;

/// <summary>What .NET's regular expressions give for a case, in the form of <see cref="RegexRun"/>.</summary>
internal static partial class RegexOracle
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>The compiler is asked only if the results differ, and the CLR compiles its code within the time of the match.</summary>
    private static readonly TimeSpan PatienceWithCompiler = TimeSpan.FromSeconds(3);

    /// <summary>The expected result; null if .NET takes too long or fails itself.</summary>
    public static string? Expected(RegexCase given) => Expected(given, RegexOptions.None);

    /// <summary>
    /// Whether a different result is .NET's fault: its compiler and its interpreter disagree (the interpreter fails after
    /// <c>b(|)+?</c>), or its optimizer changes patterns like this one wrongly (.NET 10.0.12).
    /// </summary>
    public static bool IsDotnetsFault(RegexCase given, string actual) =>
        Expected(given, RegexOptions.Compiled) == actual || EmptyAlternative().IsMatch(given.Pattern)
        || RunBeforeBoundary().IsMatch(given.Pattern) || BalancingGroup().IsMatch(given.Pattern)
        || RepeatedAtomicRun().IsMatch(given.Pattern);

    /// <summary>
    /// <c>(?:a+|)+</c> becomes <c>a+</c>, which does not match the empty text, and <c>(?:a{1,2}|(?&gt;)){2,}</c> matches it neither.
    /// </summary>
    [GeneratedRegex(@"\|([^|()]?|\(\?>\))\)[+{]")]
    private static partial Regex EmptyAlternative();

    /// <summary>
    /// A run before <c>\B</c> does not backtrack, nor a lazy one before <c>\b</c>, nor one of a negated set before <c>\b</c>: both
    /// <c>[^A]+\b</c> and <c>[^A-Z]+\b</c> should match the first unit of <c>]_A</c>, but only the former does.
    /// </summary>
    [GeneratedRegex(@"[+*}?]\)*\\B|\?\)*\\b|\[\^[^\]]*\]\)*[+*}?{0-9,]+\)*\\b")]
    private static partial Regex RunBeforeBoundary();

    /// <summary>
    /// A balancing group in which something can backtrack. .NET does not backtrack into what precedes the end of the group, although
    /// the group may fail there.
    /// </summary>
    [GeneratedRegex(@"\(\?[<']\w*-\w+[>'].*[*+?}|].*\)", RegexOptions.Singleline)]
    private static partial Regex BalancingGroup();

    /// <summary>
    /// An atomic run that is repeated. <c>^(?>b+){2}</c> becomes <c>^(?>b{2,})</c>, which matches <c>bb</c>, although nothing is left for
    /// the second round.
    /// </summary>
    [GeneratedRegex(@"\(\?>(\(\?:)*[^()|]*[+*?}]\)+[+*?{]")]
    private static partial Regex RepeatedAtomicRun();

    private static string? Expected(RegexCase given, RegexOptions options)
    {
        try
        {
            TimeSpan patience = (options & RegexOptions.Compiled) != 0 ? PatienceWithCompiler : Patience;
            Regex regex = new(given.Pattern, options | RegexOptions.CultureInvariant, patience);
            return Results(regex, given);
        }
        catch (RegexParseException e)
        {
            return "the pattern is not a regular expression: " + PatternException.Describe(e.Error, e.Offset);
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or ArgumentOutOfRangeException or IndexOutOfRangeException
            or NullReferenceException or InvalidCastException or OutOfMemoryException)
        {
            // Some patterns with balancing groups make .NET throw, and some empty loops make its stack grow without end.
            return null;
        }
    }

    private static string Results(Regex regex, RegexCase given)
    {
        List<string> lines = [];
        List<string> parts = [];
        string replaced = string.Empty;
        int position = 0;
        foreach (Match match in Matches(regex, given.Text))
        {
            lines.Add($"{match.Index} {match.Index + match.Length}");

            // Enumerating the groups does not find those whose numbers have gaps before them.
            Group[] groups = [.. regex.GetGroupNumbers().Skip(1).Select(number => match.Groups[number])];
            lines.AddRange(groups.Select(static group => group.Success ? group.Value : "nil").Order(StringComparer.Ordinal));
            parts.Add(given.Text[position..match.Index]);
            parts.AddRange(groups.Where(static group => group.Success).Select(static group => group.Value));
            replaced += given.Text[position..match.Index] + Expanded(match, given.Replacement);
            position = match.Index + match.Length;
        }

        lines.Add("split");
        lines.AddRange(parts);
        lines.Add(given.Text[position..]);
        lines.Add(regex.Match(given.Text) is { Success: true, Index: 0 } ? "matches" : "does not match");
        lines.Add(ReplacementFault(given.Replacement) ?? (replaced + given.Text[position..]));
        return string.Join('\x1F', lines);
    }

    private static IEnumerable<Match> Matches(Regex regex, string text)
    {
        Match match = regex.Match(text);
        while (match.Success)
        {
            yield return match;
            int next = match.Index + match.Length + (match.Length == 0 ? 1 : 0);
            match = next <= text.Length ? regex.Match(text, next) : Match.Empty;
        }
    }

    private static string Expanded(Match match, string replacement) =>
        ReplacementFault(replacement) is null ? match.Result(replacement) : string.Empty;

    private static string? ReplacementFault(string replacement)
    {
        try
        {
            Regex.Replace(string.Empty, "x", replacement);
            return null;
        }
        catch (RegexParseException e)
        {
            return $"the replacement can't be read: {PatternException.Describe(e.Error, e.Offset)}";
        }
    }
}
