using System;
using System.Linq;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Library.RegularExpressions;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class RegexModuleTests
{
    /// <summary>A pattern that takes 2^n time on a text of length n, longer than any test waits.</summary>
    private const string Endless = "(?=(a+)+$)a";

    private static readonly string Trap = new string('a', 64) + "b";

    [Theory]
    [InlineData("regex.test")]
    [InlineData("regex.findAll")]
    [InlineData("regex.split")]
    public void An_endless_search_is_stopped_by_the_step_limit(string proc)
    {
        BareContext context = new() { Budget = { Left = 1_000_000 } };
        LibraryCalls.Show(context, proc, Endless, Trap).ShouldBe("!" + ErrorKinds.LimitExceeded);
        context.ChecksOfLimits.ShouldBe(1);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(?:a|aa|a*b)+$")]
    [InlineData(@"^(\w+\s?)*$")]
    [InlineData("(a|a)*b")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a+a+)+y")]
    [InlineData("(?:a+?)+?b")]
    [InlineData("((a*?)+x)+")]
    [InlineData("(.*a){20}#")]
    public void A_search_without_references_takes_polynomial_time(string pattern)
    {
        BareContext context = new() { Budget = { Left = 5_000_000 } };
        LibraryCalls.Show(context, "regex.test", pattern, new string('a', 200) + "!").ShouldBe("false");
    }

    [Theory]
    [InlineData("(?=((a*?)+x)+)")]
    [InlineData("(.*a){1100}!")]
    [InlineData(@"(\w+)\1+x")]
    [InlineData("^(?>(a+)+$)")]
    public void Other_searches_end_at_a_limit(string pattern)
    {
        BareContext context = new() { Budget = { Left = 1_000_000 } };
        LibraryCalls.Show(context, "regex.test", pattern, new string('a', 2_000) + "?").ShouldBe("!" + ErrorKinds.LimitExceeded);
    }

    [Fact]
    public void A_choice_that_the_next_unit_decides_needs_no_stack()
    {
        BareContext context = new() { Memory = { Left = 20_000 } };
        LibraryCalls.Show(context, "regex.test", "^(?:a|bc|[^ab])*$", string.Concat(Enumerable.Repeat("abc", 100_000))).ShouldBe("true");
    }

    [Fact]
    public void A_run_that_no_match_begins_in_is_not_searched_again()
    {
        BareContext context = new() { Budget = { Left = 1_000_000 } };
        LibraryCalls.Show(context, "regex.test", @"[ \t]+$", new string(' ', 1_000_000) + "x").ShouldBe("false");
    }

    [Theory]
    [InlineData(@"(?:(a)|b)*\1x", 200_000)]
    [InlineData("(?:a|aa)*x", 200_000)]
    [InlineData("(?:(?:(?:a?){1000}){1000}){1000}x", 1)]
    [InlineData("(?<n>a)*(?<-n>b)*x", 200_000)]
    public void The_stacks_of_a_search_are_charged(string pattern, int length)
    {
        BareContext context = new() { Memory = { Left = 1_000_000 } };
        long before = GC.GetAllocatedBytesForCurrentThread();
        LibraryCalls.Show(context, "regex.test", pattern, new string('a', length)).ShouldBe("!" + ErrorKinds.LimitExceeded);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000);
    }

    [Fact]
    public void The_expansion_of_a_replacement_is_charged()
    {
        BareContext context = new() { Memory = { Left = 1_000_000 } };
        string template = string.Concat(Enumerable.Repeat("$_", 1_000));
        LibraryCalls.Show(context, "regex.replace", "a", new string('a', 10_000), template).ShouldBe("!" + ErrorKinds.LimitExceeded);
    }

    [Fact]
    public void A_pattern_that_is_too_long_is_reported_with_the_bound() =>
        LibraryCalls.ErrorOf(new BareContext(), "regex.test", new string('a', 65_537), "x")
            .ShouldBe("ValueError: regex.test: the pattern has 65537 code units, more than 65536: split it");

    [Fact]
    public void A_pattern_that_is_nested_too_deep_is_reported_with_the_bound()
    {
        string Nested(string open, int depth, string close) =>
            string.Concat(Enumerable.Repeat(open, depth)) + "a" + string.Concat(Enumerable.Repeat(close, depth));
        BareContext context = new();
        LibraryCalls.Show(context, "regex.test", Nested("(", 100, ")"), "a").ShouldBe("true");
        LibraryCalls.ErrorOf(context, "regex.test", Nested("(", 101, ")"), "a")
            .ShouldBe("ValueError: regex.test: the pattern nests more than 100 groups at position 101: write them without nesting");
        LibraryCalls.ErrorOf(context, "regex.test", Nested("[b-", 18, "]"), "a")
            .ShouldBe("ValueError: regex.test: the pattern nests more than 16 subtracted classes at position 52: write one class");
    }

    [Fact]
    public void The_least_recently_used_patterns_are_evicted_first()
    {
        BareContext context = new();
        PatternCache cache = new();
        CompiledPattern Use(string text)
        {
            CompiledPattern pattern = cache.Get(context, text);
            cache.Add(pattern);
            return pattern;
        }

        CompiledPattern first = Use("first");
        int count = 0;
        for (int i = 0; cache.Count > count; i++)
        {
            count = cache.Count;
            Use("first").ShouldBeSameAs(first);
            Use($"p{i}" + new string('a', 1_000));
        }

        cache.Bytes.ShouldBeInRange(PatternCache.MaxBytes - 10_000, PatternCache.MaxBytes);
        Use("first").ShouldBeSameAs(first);
    }

    [Fact]
    public void A_pattern_larger_than_the_cache_is_not_kept()
    {
        BareContext context = new();
        PatternCache cache = new();
        cache.Add(cache.Get(context, string.Concat(Enumerable.Repeat("(a)", 10_000))));
        cache.Count.ShouldBe(0);
        cache.Bytes.ShouldBe(0);
    }

    [Fact]
    public void A_pattern_of_a_call_that_a_limit_stopped_is_not_kept()
    {
        BareContext context = new() { Budget = { Left = 100_000 } };
        LibraryCalls.Show(context, "regex.test", Endless, Trap).ShouldBe("!" + ErrorKinds.LimitExceeded);
        LibraryState.Of(context).Patterns.Count.ShouldBe(0);
        context.Budget.Left = 100_000;
        LibraryCalls.Show(context, "regex.test", Endless, "a").ShouldBe("true");
        LibraryState.Of(context).Patterns.Count.ShouldBe(1);
    }

    [Fact]
    public void A_call_takes_the_same_steps_after_one_that_was_stopped()
    {
        long Steps(BareContext context)
        {
            context.Budget.Left = long.MaxValue / 2;
            LibraryCalls.Show(context, "regex.findAll", "(?:a|aa)+b|(a*)*", new string('a', 15) + "c");
            return (long.MaxValue / 2) - context.Budget.Left;
        }

        BareContext stopped = new() { Budget = { Left = 2_000 } };
        LibraryCalls.Show(stopped, "regex.findAll", "(?:a|aa)+b|(a*)*", new string('a', 15) + "c")
            .ShouldBe("!" + ErrorKinds.LimitExceeded);
        Steps(stopped).ShouldBe(Steps(new BareContext()));
    }

    [Fact]
    public void A_bad_pattern_is_reported_with_its_position() =>
        LibraryCalls.ErrorOf(new BareContext(), "regex.test", "a(", "x")
            .ShouldBe("ValueError: regex.test: the pattern is not a regular expression: insufficient closing parentheses at position 2");

    [Fact]
    public void A_bad_replacement_is_reported_with_its_position() =>
        LibraryCalls.ErrorOf(new BareContext(), "regex.replace", "a", "x", "$99999999999").ShouldBe("ValueError: regex.replace: the "
            + "replacement can't be read: quantifier or capture group out of range at position 11");

    [Fact]
    public void A_replacing_proc_gets_the_match()
    {
        BareContext context = new();
        Func<Lyra.Runtime.Values.Value, Lyra.Runtime.Values.Value> show = m =>
        {
            ((MapObject)m.Ref!).TryGetText("groups", out Lyra.Runtime.Values.Value groups).ShouldBeTrue();
            return ((ListObject)groups.Ref!).Get(0);
        };
        LibraryCalls.Show(context, "regex.replace", "<(.)>", "a<b>c<d>", show).ShouldBe("\"abcd\"");
    }

    [Fact]
    public void A_replacing_proc_may_search_itself()
    {
        BareContext context = new();
        Func<Lyra.Runtime.Values.Value, Lyra.Runtime.Values.Value> nested =
            _ => LibraryCalls.Call(context, "regex.replace", "b+", "abbc", "-");
        LibraryCalls.Show(context, "regex.replace", "a+", "aaxa", nested).ShouldBe("\"a-cxa-c\"");
    }

    /// <summary>A matcher tests code units one by one at first, and several at a time when much text was searched.</summary>
    [Theory]
    [InlineData("[0-9x]+")]
    [InlineData("[^a-y ]")]
    [InlineData("(?:GET|POST|PUT) (\\d+)")]
    [InlineData("(?i)(?:get|post) \\w")]
    [InlineData("[\u00E0-\u00FC]+y?")]
    [InlineData("\\w{40,}")]
    [InlineData("[^\\n]*9$")]
    public void Long_texts_are_searched_as_short_ones(string pattern)
    {
        string words = string.Concat(Enumerable.Range(0, 4_000)
            .Select(static i => i % 7 == 0 ? $"POST {i} " : i % 5 == 0 ? $"\u00E9y put {i}x " : "plain text "));
        string text = words + new string('w', 9_000) + " get a 9";
        BareContext context = new() { Budget = { Left = 100_000_000 } };
        ListObject found = (ListObject)LibraryCalls.Call(context, "regex.findAll", pattern, text).Ref!;
        int[] starts = [.. Enumerable.Range(0, found.Count).Select(i => StartOf((MapObject)found.Get(i).Ref!))];
        starts.ShouldBe(System.Text.RegularExpressions.Regex.Matches(text, pattern).Select(match => match.Index));
    }

    private static int StartOf(MapObject match)
    {
        match.TryGetText("start", out Lyra.Runtime.Values.Value start).ShouldBeTrue();
        return (int)start.AsInt;
    }
}
