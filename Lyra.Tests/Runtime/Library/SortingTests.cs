using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class SortingTests
{
    [Fact]
    public void Ints_are_sorted_as_the_bcl_sorts_them() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<int[]>(items =>
    {
        BareContext context = new();
        Value list = Value.FromObject(ListObject.OfInts([.. items.Select(i => (long)i)], items.Length));
        LibraryCalls.Call(context, "list.sort", list);
        return ((ListObject)list.Ref!).Ints.Take(items.Length).SequenceEqual(items.Order().Select(i => (long)i));
    }));

    [Fact]
    public void Sorting_by_a_key_is_stable() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<int[]>(items =>
    {
        BareContext context = new();
        ListObject list = ListObject.OfInts([.. items.Select(i => (long)i)], items.Length);
        Func<Value, Value> key = v => Value.FromInt(v.AsInt % 4);
        ListObject sorted = (ListObject)LibraryCalls.Call(context, "sorted", list, key).Ref!;
        return Enumerable.Range(0, sorted.Count).Select(i => sorted.Get(i).AsInt)
            .SequenceEqual(items.Select(i => (long)i).OrderBy(i => i % 4));
    }));

    [Fact]
    public void Texts_are_sorted_ordinally() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>[]>(items =>
        AreSortedOrdinally([.. items.Select(i => i.Get)])));

    /// <summary>Many begin alike, end with units 0, or are one another's beginning.</summary>
    [Fact]
    public void Texts_of_few_code_units_are_sorted_ordinally() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<int[][]>(items =>
        AreSortedOrdinally([.. items.Select(units => string.Concat(units.Select(u => "a\0b\uffff"[u & 3])))])));

    private static bool AreSortedOrdinally(string[] items)
    {
        BareContext context = new();
        string[] ordered = [.. items.Order(StringComparer.Ordinal)];
        ListObject sorted = (ListObject)LibraryCalls.Call(context, "sorted", new Items([.. items])).Ref!;
        Func<Value, Value> key = static v => v;
        ListObject byKey = (ListObject)LibraryCalls.Call(context, "sorted", new Items([.. items]), key).Ref!;
        return TextsOf(sorted).SequenceEqual(ordered) && TextsOf(byKey).SequenceEqual(ordered);
    }

    private static IEnumerable<string> TextsOf(ListObject list) =>
        Enumerable.Range(0, list.Count).Select(i => ((ScriptString)list.Get(i).Ref!).Text);

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(4097)]
    public void Reversed_lists_of_every_length_are_sorted(int count)
    {
        BareContext context = new();
        ListObject list = ListObject.OfFloats([.. Enumerable.Range(0, count).Select(i => (double)(count - i))], count);
        LibraryCalls.Call(context, "list.sort", list);
        list.Floats.ShouldBe(Enumerable.Range(1, count).Select(i => (double)i));
    }

    [Theory]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(200_000)]
    public void Ints_beyond_one_piece_are_sorted(int count)
    {
        BareContext context = new();
        ListObject list = ListObject.OfInts([.. Enumerable.Range(0, count).Select(i => (long)(i * 7919L % 100_003))], count);
        long[] expected = [.. list.Ints.Order()];
        Sorting.Sort(context, list);
        list.Ints.ShouldBe(expected);
    }

    [Fact]
    public void An_order_that_contradicts_itself_gives_a_permutation()
    {
        BareContext context = new();
        double[] items = [.. Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? double.NaN : 100 - i)];
        ListObject list = ListObject.OfFloats([.. items], items.Length);
        LibraryCalls.Call(context, "list.sort", list);
        list.Floats.Order().ShouldBe(items.Order());
    }

    [Fact]
    public void A_key_proc_that_grows_the_list_is_a_concurrent_modification()
    {
        BareContext context = new();
        ListObject list = ListObject.OfInts([3, 1, 2], 3);
        Func<Value, Value> key = v =>
        {
            list.Add(context, v);
            return v;
        };
        LibraryCalls.Show(context, "list.sort", list, key).ShouldBe("!" + ErrorKinds.ConcurrentModification);
    }

    [Theory]
    [InlineData("list.map")]
    [InlineData("list.filter")]
    [InlineData("list.each")]
    [InlineData("list.find")]
    public void A_callback_that_shrinks_the_list_is_a_concurrent_modification(string name)
    {
        BareContext context = new();
        ListObject list = ListObject.OfInts([3, 1, 2], 3);
        Func<Value, Value> shrink = _ =>
        {
            list.Clear(context);
            return Value.Nil;
        };
        LibraryCalls.Show(context, name, list, shrink).ShouldBe("!" + ErrorKinds.ConcurrentModification);
    }

    [Fact]
    public void A_long_sort_is_stopped_by_the_step_limit()
    {
        BareContext context = new() { Budget = { Left = 10_000 } };
        ListObject list = ListObject.OfInts([.. Enumerable.Range(0, 100_000).Select(i => (long)(i * 7919 % 100_003))], 100_000);
        Should.Throw<ScriptErrorException>(() => Sorting.Sort(context, list)).Error.ErrorKind.ShouldBe(ErrorKinds.LimitExceeded);
    }

    [Fact]
    public void The_buffer_counts_against_the_memory_limit()
    {
        BareContext context = new() { Memory = { Left = 1000 } };
        ListObject list = ListObject.OfFloats([.. Enumerable.Range(0, 1000).Select(i => 1000.0 - i)], 1000);
        Should.Throw<ScriptErrorException>(() => Sorting.Sort(context, list)).Error.ErrorKind.ShouldBe(ErrorKinds.LimitExceeded);
    }
}
