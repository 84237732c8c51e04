using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Memory;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Memory;

public sealed class GrowableArrayTests
{
    [Fact]
    public void It_does_what_a_list_does() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Arb.From(Gen.Choose(0, 99).ArrayOf()), steps =>
        {
            (GrowableArray<int> array, List<int> list) = (new(), []);
            foreach (int step in steps)
            {
                Change(array, list, step);
            }

            return array.Count == list.Count && array.ToArray().SequenceEqual(list) && array.AsSpan().ToArray().SequenceEqual(list);
        }));

    [Fact]
    public void Elements_can_be_found_enumerated_and_changed_in_place()
    {
        GrowableArray<int> array = new();
        array.AddRange([5, 7, 7, 9]);
        array.FindIndex(item => item == 7).ShouldBe(1);
        array.FindIndex(item => item == 7, 2).ShouldBe(2);
        array.FindIndex(item => item == 8).ShouldBe(-1);
        array.Exists(item => item > 8).ShouldBeTrue();
        array.Exists(item => item > 9).ShouldBeFalse();
        array[1] = 1;
        List<int> seen = [];
        foreach (int item in array)
        {
            seen.Add(item);
        }

        seen.ShouldBe([5, 1, 7, 9]);
    }

    [Fact]
    public void An_index_outside_is_refused()
    {
        GrowableArray<int> array = new();
        Should.Throw<ArgumentOutOfRangeException>(() => array[0]);
        Should.Throw<ArgumentOutOfRangeException>(array.RemoveLast);
        array.Add(1);
        Should.Throw<ArgumentOutOfRangeException>(() => array[1]);
        Should.Throw<ArgumentOutOfRangeException>(() => array[-1]);
        Should.Throw<ArgumentOutOfRangeException>(() => array.Truncate(2));
        array.ToArray().ShouldBe([1]);
    }

    private static void Change(GrowableArray<int> array, List<int> list, int step)
    {
        int at = list.Count == 0 ? 0 : step % list.Count;
        switch (step % 6)
        {
            case 0 or 1:
                array.Add(step);
                list.Add(step);
                break;
            case 2 or 3:
                array.AddRange([step, 1, 2]);
                list.AddRange([step, 1, 2]);
                break;
            case 4 when list.Count > 0:
                array.RemoveLast();
                list.RemoveAt(list.Count - 1);
                break;
            case 5:
                array.Truncate(at);
                list.RemoveRange(at, list.Count - at);
                break;
        }
    }
}
