using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
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

    private static readonly string[] Bodies =
    [
        "a*", "a*?", "a?", "a??", "b*", "[ab]*", "[ab]*?", "a+", "a{2,}", "a{0,3}", "(a*)", "(b*?)", "ab", "a", "b", "", @"\b", "|a", "a|",
        "a|b*", "a?|bc?", "(a)|(b*)", "(?:|b)", "(?:a|aa)", "(?:a*b?)*", "(?:a*?b?)*?", "(a?){2,}", "(?:b??){1,3}", "(?:ab){2}", ".*",
    ];

    private static readonly string[] Repetitions = ["*", "*?", "+", "+?", "{2,}", "{2,}?", "{3,}", "{2,4}", "{1,2}?", "{0,3}", "{3}"];

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
    [InlineData("(a*)*b", "a")]
    [InlineData("(?:a*)*?b", "a")]
    [InlineData("(?:a*?)*b", "a")]
    [InlineData("(?:a??)*?b", "a")]
    [InlineData("(a|b*)*c", "a")]
    [InlineData("(?:|a)+b", "a")]
    [InlineData("(?:a|)*b", "a")]
    [InlineData("(?:a?b?)*c", "ab")]
    [InlineData(@"(\s*\w*)*!", "ab ")]
    [InlineData("((a*)*)*b", "a")]
    [InlineData("(?:(?:(?:a*b?)*a?)*?b*)*c", "aab")]
    [InlineData("(a*){2,}b", "a")]
    [InlineData("(?:a*?){2,}?b", "a")]
    [InlineData("(?:ab){2,}c", "ab")]
    [InlineData("(?:a|aa){2,}b", "a")]
    [InlineData("(?:a*){2,5}b", "a")]
    [InlineData("(.*a){20}$", "ab")]
    [InlineData("(?:(?:a|b?){2,3}){2,}c", "ab")]
    [InlineData("(a*)*(b*)*(a*)*c", "ab")]
    public void A_search_takes_linear_time(string pattern, string part)
    {
        long steps = Steps(pattern, part, 2_000);

        long longer = Steps(pattern, part, 16_000);

        longer.ShouldBeLessThan(12 * steps);
        Steps(pattern, part, 32_000).ShouldBeLessThan(22 * longer / 10);
    }

    /// <summary>
    /// The states of more loops than these are not remembered. Such a search is slow, but it matches, and it ends at a limit of steps.
    /// </summary>
    [Theory]
    [InlineData("(?:a*){2000}b", false)]
    [InlineData("(?:a?){600,}b", false)]
    [InlineData("(?:a?){500,}b", true)]
    [InlineData("(?:(?:a?){20}b?){30}c", false)]
    public void Too_many_states_are_not_remembered(string pattern, bool remembers)
    {
        CompiledPattern compiled = CompiledPattern.Create(new BareContext(), pattern);

        compiled.IsPure.ShouldBe(remembers);
        (compiled.MemoPoints > 0).ShouldBe(remembers);
        Found(pattern, "ab", 200_000)?.ShouldBe(pattern.EndsWith('b') ? ["0+2"] : []);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Loops_beyond_a_depth_are_not_remembered(int depth, bool remembers)
    {
        string pattern = string.Concat(Enumerable.Repeat("(?:", depth)) + "a?" + string.Concat(Enumerable.Repeat("b?)*", depth));

        CompiledPattern.Create(new BareContext(), pattern).IsPure.ShouldBe(remembers);
    }

    /// <summary>
    /// A lookahead that matches nothing makes a pattern depend on state, so that its search remembers nothing. <c>RegexBatchTests</c>
    /// compares such searches with .NET's.
    /// </summary>
    [Fact]
    public void Searches_that_remember_match_what_others_match() =>
        CompareWithOthers(53, 2_000_000, 1_250, 5_000, random => Several(random, random.Next(2, 6), Parts));

    /// <summary>
    /// What is remembered within loops depends on whether their iterations are empty so far, and on the number of iterations.
    /// </summary>
    [Fact]
    public void Loops_over_what_may_be_empty_match_what_others_match() =>
        CompareWithOthers(54, 100_000, 700, 4_000, random => Several(random, random.Next(2), Parts) + Loop(random, random.Next(3))
            + Several(random, random.Next(2), Parts) + OneOf(random, ["", "b", "c", "c", "$", "(c|b$)"]));

    /// <summary>The first alternative fails in so many ways that choices are remembered when the second one matches.</summary>
    [Theory]
    [InlineData("(a*)*c|((a|b*)*)b")]
    [InlineData("(?:a|(a?))*c|(a*?)*$")]
    [InlineData("(?:(a?)(b?))*c|((a)?(b)?)+$")]
    [InlineData("(?:(a*)|b)*c|(?:(a*){2,}b)*")]
    [InlineData("(a|){14,}c|(a|){3,5}")]
    [InlineData("(?:|a)+c|(?:(a)|(b)|)+")]
    [InlineData("(a+|b*){2,}c|(a{2,3}|(b)?){3,}")]
    [InlineData("(?:(a?){2,3})*c|((a?){2,3}(b|))*$")]
    [InlineData("(.*a){3}c|(.*?(a??)){2,}b")]
    public void Loops_over_what_may_be_empty_match_as_in_dotnet(string pattern)
    {
        foreach (string text in new[] { new string('a', 13), new string('a', 12) + "b", "aabaaaabaaab", "abababababab", "bbaaabbaaabbba" })
        {
            Found(pattern, text, 2_000_000).ShouldBe(FoundInDotnet(pattern, text), text);
        }
    }

    private static IEnumerable<string> FoundInDotnet(string pattern, string text)
    {
        Regex regex = new(pattern, RegexOptions.CultureInvariant);
        for (Match match = regex.Match(text); match.Success;)
        {
            yield return string.Join(' ', match.Groups.Values.Select(
                group => group.Success ? $"{group.Index}+{group.Length}" : "-"));
            int next = match.Index + Math.Max(match.Length, 1);
            match = next <= text.Length ? regex.Match(text, next) : Match.Empty;
        }
    }

    private static void CompareWithOthers(int seed, long maxSteps, int minCompared, int minMatches, Func<Random, string> generate)
    {
        Random random = new(seed);
        int compared = 0;
        int matches = 0;
        for (int n = 0; n < 2_000; n++)
        {
            string pattern = generate(random);
            string text = TextOf(random);
            if (Found($"(?:{pattern})(?=)", text, maxSteps) is not { } expected)
            {
                continue;
            }

            List<string>? found = Found(pattern, text, 2_000_000);
            found.ShouldNotBeNull($"{pattern} in {text}");
            string.Join(", ", found).ShouldBe(string.Join(", ", expected), $"{pattern} in {text}");
            compared++;
            matches += found.Count;
        }

        compared.ShouldBeGreaterThan(minCompared);
        matches.ShouldBeGreaterThan(minMatches);
    }

    private static string Several(Random random, int count, string[] parts) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => OneOf(random, parts)));

    private static string OneOf(Random random, string[] parts) => parts[random.Next(parts.Length)];

    /// <summary>A loop around some bodies, which is the body of as many other loops as the depth says.</summary>
    private static string Loop(Random random, int depth)
    {
        string body = Several(random, random.Next(1, 4), Bodies);
        for (; depth >= 0; depth--)
        {
            body = $"{OneOf(random, ["(", "(?:"])}{body}){OneOf(random, Repetitions)}{OneOf(random, ["", "", "a", "b*", "|b"])}";
        }

        return body;
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
