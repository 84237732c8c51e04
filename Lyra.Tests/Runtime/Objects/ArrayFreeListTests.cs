using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>Arrays that wait for the next container.</summary>
public sealed class ArrayFreeListTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(0, false)]
    [InlineData(4, true)]
    [InlineData(6, true)]
    [InlineData(16, true)]
    [InlineData(17, false)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(1_024, true)]
    [InlineData(2_048, false)]
    public void Keeps_short_arrays_and_powers_of_two_between_its_bounds(int length, bool isKept)
    {
        ArrayFreeList<long> freeList = new(4, 1_024, 0);
        long[] array = new long[length];

        freeList.Keep(array, length);

        long[] taken = freeList.Take(length, out bool isReused);
        isReused.ShouldBe(isKept);
        ReferenceEquals(taken, array).ShouldBe(isKept);
        taken.Length.ShouldBe(length);
    }

    [Fact]
    public void Gives_an_array_to_one_container()
    {
        ArrayFreeList<long> freeList = new(4, 1_024, 0);
        freeList.Keep(new long[8], 8);

        freeList.Take(8, out _).ShouldNotBeSameAs(freeList.Take(8, out bool isReused));
        isReused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(64, 1)]
    [InlineData(200, 3)]
    [InlineData(1_024, 16)]
    public void Keeps_so_many_bytes_of_a_length_and_one_array_at_least(int bytes, int kept)
    {
        ArrayFreeList<long> freeList = new(4, 1_024, bytes);
        for (int i = 0; i < 20; i++)
        {
            freeList.Keep(new long[8], 0);
        }

        int reused = 0;
        for (bool isReused = true; isReused; reused += isReused ? 1 : 0)
        {
            freeList.Take(8, out isReused);
        }

        reused.ShouldBe(kept);
    }

    [Fact]
    public void Clears_what_was_used_of_arrays_that_refer_to_objects()
    {
        ArrayFreeList<Value> freeList = new(4, 1_024, 0);
        Value[] array = new Value[4];
        Array.Fill(array, Value.FromObject(ScriptString.From("x")), 0, 3);

        freeList.Keep(array, 3);

        freeList.Take(4, out _).ShouldAllBe(value => value.IsNil);
    }
}
