using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library.RegularExpressions;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

/// <summary>
/// A search takes steps in proportion to the text when no part of the pattern depends on what was captured; what it remembers for that does
/// not change its matches.
/// </summary>
public sealed class PatternTimeTests
{
    private static readonly string[] Parts =
    [
        "a*", "a+", "a*?", "b*", "[ab]*", "[ab]+?", "a{2,}", "a{1,4}", "a{2,5}?", "b?", "b??", ".*", ".+?", "(a*)", "(b*?)", "(?:a|aa)+",
        "(?:a+b?)+", "(?:ab|a|b)*?", "(a+?|b)+", "(?:a*b)+", "(?:[ab]*c)*", "c", "a", @"\b", "(?:a|ab)(?:c|bcd)?", "d$", "(?:c|b+)?",
    ];

    [Theory]
    [InlineData("a*a*a*b", "a")]
    [InlineData("a*?a*?a*?b", "a")]
    [InlineData("a*a*?a*b", "a")]
    [InlineData("(a*)(a*)(a*)b", "a")]
    [InlineData("a+a+a+b", "a")]
    [InlineData("[ab]a*c", "a")]
    [InlineData("x*a*y*a*b", "a")]
    [InlineData("(?:a|aa)+b", "a")]
    [InlineData("(?:a+b?)+c", "aaaab")]
    [InlineData("(?:a*;)+x", "aaaaaaaaa;")]
    [InlineData("a{2,30}a{1,9}b", "a")]
    [InlineData(@"\w+\s*\w+\d", "a")]
    [InlineData(".*a.*b.*c", "ab")]
    [InlineData("x.*?y.*?z", "xy")]
    [InlineData("[a-z]+@[a-z]+[.]com", "ab")]
    public void A_search_takes_linear_time(string pattern, string part)
    {
        long steps = Steps(pattern, part, 2_000);

        Steps(pattern, part, 16_000).ShouldBeLessThan(12 * steps);
    }

    /// <summary>
    /// A lookahead that matches nothing makes a pattern depend on state, so that its search remembers nothing. <c>RegexBatchTests</c>
    /// compares such searches with .NET's.
    /// </summary>
    [Fact]
    public void Searches_that_remember_match_what_others_match()
    {
        Random random = new(53);
        int compared = 0;
        int matches = 0;
        for (int n = 0; n < 2_000; n++)
        {
            string pattern = string.Concat(Enumerable.Range(0, random.Next(2, 6)).Select(_ => Parts[random.Next(Parts.Length)]));
            string text = TextOf(random);
            if (Found($"(?:{pattern})(?=)", text, 2_000_000) is not { } expected)
            {
                continue;
            }

            List<string>? found = Found(pattern, text, 2_000_000);
            found.ShouldNotBeNull($"{pattern} in {text}");
            string.Join(", ", found).ShouldBe(string.Join(", ", expected), $"{pattern} in {text}");
            compared++;
            matches += found.Count;
        }

        compared.ShouldBeGreaterThan(1_250);
        matches.ShouldBeGreaterThan(5_000);
    }

    /// <summary>Long stretches of few different code units, so that searches fail more often than before anything is remembered.</summary>
    private static string TextOf(Random random)
    {
        StringBuilder text = new();
        for (int stretch = random.Next(1, 12); stretch > 0; stretch--)
        {
            string part = random.Next(5) switch { 0 => "b", 1 => "ab", 2 => "c", 3 => "\n", _ => "a" };
            text.Insert(text.Length, part, part is "c" or "\n" ? 1 : random.Next(1, 70));
        }

        return text.ToString();
    }

    /// <summary>The groups of all matches; null when the search takes more steps.</summary>
    private static List<string>? Found(string pattern, string text, long maxSteps)
    {
        BareContext context = new() { Budget = { Left = maxSteps } };
        CompiledPattern compiled = CompiledPattern.Create(context, pattern);
        Matcher matcher = new(context);
        List<string> found = [];
        try
        {
            matcher.Begin(compiled, text);
            for (bool isFound = matcher.Find(0); isFound; isFound = matcher.FindNext())
            {
                found.Add(string.Join(' ', Enumerable.Range(0, compiled.Groups.Count).Select(
                    group => matcher.TryGetGroup(group, out int start, out int length) ? $"{start}+{length}" : "-")));
            }

            return found;
        }
        catch (ScriptErrorException e) when (e.Error.ErrorKind == ErrorKinds.LimitExceeded)
        {
            return null;
        }
    }

    private static long Steps(string pattern, string part, int length)
    {
        BareContext context = new() { Budget = { Left = long.MaxValue / 2 } };
        string text = string.Concat(Enumerable.Repeat(part, length / part.Length));
        LibraryCalls.Show(context, "regex.test", pattern, text).ShouldBe("false");
        return (long.MaxValue / 2) - context.Budget.Left;
    }
}
