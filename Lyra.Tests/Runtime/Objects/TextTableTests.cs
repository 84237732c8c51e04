using System;
using System.Linq;
using Lyra.Runtime.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

public sealed class TextTableTests
{
    [Theory]
    [InlineData("ab")]
    [InlineData("\0\0")]
    [InlineData("12345678")]
    [InlineData("123456789")]
    [InlineData("a text of exactly sixty-four code units, as the table takes them")]
    public void An_equal_text_is_the_same_str(string text)
    {
        TextTable table = new();
        ScriptString first = table.Intern(text);

        table.Intern(new string(text.AsSpan())).ShouldBeSameAs(first);
        first.Text.ShouldBe(text);
        first.HashCode.ShouldBe(ScriptString.From(text).HashCode);
        (table.Interned, table.Hits).ShouldBe((1, 1));
    }

    [Fact]
    public void Texts_that_differ_in_length_only_are_different_strs()
    {
        TextTable table = new(slots: 2);
        ScriptString[] strs = [table.Intern("a\0"), table.Intern("a\0\0"), table.Intern("a\0")];

        strs[0].Length.ShouldBe(2);
        strs[1].Length.ShouldBe(3);
        strs[2].ShouldBeSameAs(strs[0]);
    }

    [Fact]
    public void The_least_recently_used_str_of_a_set_is_evicted()
    {
        TextTable table = new(slots: 2);
        ScriptString one = table.Intern("one");
        ScriptString two = table.Intern("two");
        table.Intern("one").ShouldBeSameAs(one);
        table.Intern("three");

        table.Intern("one").ShouldBeSameAs(one);
        table.Intern("two").ShouldNotBeSameAs(two);
        (table.Interned, table.Hits).ShouldBe((4, 2));
    }

    [Fact]
    public void A_table_without_hits_pauses_and_tries_again()
    {
        TextTable table = new();
        for (int i = 0; i < 40_000; i++)
        {
            table.Intern($"text {i}").Text.ShouldBe($"text {i}");
        }

        // Windows of 1,024 texts with 16 times as many between them.
        table.Interned.ShouldBe(3 * 1_024);
        table.Hits.ShouldBe(0);
    }

    [Fact]
    public void A_table_with_enough_hits_does_not_pause()
    {
        TextTable table = new();
        for (int i = 0; i < 40_000; i++)
        {
            table.Intern(i % 2 == 0 ? "again" : $"text {i}");
        }

        table.Hits.ShouldBeGreaterThan(19_900);
        (table.Hits + table.Interned).ShouldBe(40_000);
    }

    [Fact]
    public void Clearing_forgets_the_strs_and_keeps_the_counters()
    {
        TextTable table = new();
        ScriptString first = table.Intern("text");
        table.Clear();

        table.Intern("text").ShouldNotBeSameAs(first);
        table.Interned.ShouldBe(2);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        TextTable table = new();

        // Two texts always fit; more of them may share a set, which depends on the hash seed of the process.
        string[] texts = [.. Enumerable.Range(0, 100).Select(i => $"text number {i % 2}")];
        int found = CountLengths(table, texts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        found += CountLengths(table, texts);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        found.ShouldBe(2 * texts.Sum(text => text.Length));
        table.Hits.ShouldBe(198);
    }

    [Fact]
    public void Senseless_sizes_are_refused()
    {
        Should.Throw<ArgumentException>(() => new TextTable(1));
        Should.Throw<ArgumentException>(() => new TextTable(1_000));
    }

    [Fact]
    public void The_str_of_a_code_unit_exists_once() => Enumerable.Range(0, char.MaxValue + 1).ShouldAllBe(unit =>
        ReferenceEquals(ScriptString.FromChar((char)unit), ScriptString.FromChar((char)unit))
        && ScriptString.FromChar((char)unit).Length == 1 && ScriptString.FromChar((char)unit)[0] == (char)unit);

    private static int CountLengths(TextTable table, string[] texts)
    {
        int lengths = 0;
        foreach (string text in texts)
        {
            lengths += table.Intern(text).Length;
        }

        return lengths;
    }
}
