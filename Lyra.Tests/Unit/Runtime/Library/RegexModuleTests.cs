using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime.Library;

public sealed class RegexModuleTests
{
    /// <summary>A pattern that takes 2^n time on a text of length n, longer than any test waits.</summary>
    private const string Endless = "(a+)+$";

    private static readonly string Trap = new string('a', 64) + "b";

    [Fact]
    public void An_endless_match_is_stopped_by_the_limits()
    {
        LibraryContext context = new() { FailAtCheck = 2 };
        LibraryCalls.Show(context, "regex.test", Endless, Trap).ShouldBe("!" + ErrorKinds.LimitExceeded);
        context.ChecksOfLimits.ShouldBe(2);
    }

    [Fact]
    public void An_endless_match_is_stopped_by_the_step_limit_alone()
    {
        LibraryContext context = new() { Budget = { Left = 1_000_000 } };
        LibraryCalls.Show(context, "regex.findAll", Endless, Trap).ShouldBe("!" + ErrorKinds.LimitExceeded);
    }

    [Fact]
    public void The_last_slice_is_the_remaining_time()
    {
        LibraryContext context = new() { FailAtCheck = 3, TimeLeft = TimeSpan.FromMilliseconds(1) };
        LibraryCalls.Show(context, "regex.replace", Endless, Trap, "").ShouldBe("!" + ErrorKinds.LimitExceeded);
        context.ChecksOfLimits.ShouldBe(3);
    }

    [Fact]
    public void Patterns_are_cached_and_the_least_recently_used_is_evicted_first()
    {
        RegexCache cache = new();
        object first = cache.Get("p0", "test");
        for (int i = 1; i < RegexCache.Capacity; i++)
        {
            cache.Get($"p{i}", "test");
        }

        object second = cache.Get("p1", "test");
        cache.Get("p0", "test").ShouldBeSameAs(first);
        cache.Get("one more", "test");
        cache.Count.ShouldBe(RegexCache.Capacity);
        cache.Get("p0", "test").ShouldBeSameAs(first);
        cache.Get("p1", "test").ShouldBeSameAs(second);
    }

    [Fact]
    public void A_long_pattern_is_not_kept()
    {
        RegexCache cache = new();
        cache.Get(new string('a', 10_000), "test").IsMatch("b").ShouldBeFalse();
        cache.Count.ShouldBe(0);
    }

    [Fact]
    public void A_bad_pattern_is_reported_with_its_position() =>
        LibraryCalls.ErrorOf(new LibraryContext(), "regex.test", "a(", "x")
            .ShouldBe("ValueError: regex.test: the pattern is not a regular expression: insufficient closing parentheses at position 2");

    [Fact]
    public void A_replacing_proc_gets_the_match()
    {
        LibraryContext context = new();
        Func<Lyra.Runtime.Values.Value, Lyra.Runtime.Values.Value> show = m =>
        {
            ((MapObject)m.Ref!).TryGetText("groups", out Lyra.Runtime.Values.Value groups).ShouldBeTrue();
            return ((ListObject)groups.Ref!).Get(0);
        };
        LibraryCalls.Show(context, "regex.replace", "<(.)>", "a<b>c<d>", show).ShouldBe("\"abcd\"");
    }
}
