using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>Arrays that wait for the next container.</summary>
public sealed class ArrayShelfTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    [InlineData(1_024, true)]
    [InlineData(2_048, false)]
    public void Keeps_powers_of_two_up_to_1024(int length, bool isKept)
    {
        ArrayFreeList<long> freeList = new(4);
        long[] array = new long[length];

        freeList.Keep(array);

        long[] taken = freeList.Take(length, out bool isReused);
        isReused.ShouldBe(isKept);
        ReferenceEquals(taken, array).ShouldBe(isKept);
        taken.Length.ShouldBe(length);
    }

    [Fact]
    public void Gives_an_array_to_one_container()
    {
        ArrayFreeList<long> freeList = new(4);
        freeList.Keep(new long[8]);

        freeList.Take(8, out _).ShouldNotBeSameAs(freeList.Take(8, out bool isReused));
        isReused.ShouldBeFalse();
    }

    [Fact]
    public void Keeps_the_first_array_of_a_length()
    {
        ArrayFreeList<long> freeList = new(4);
        long[] first = new long[8];
        freeList.Keep(first);
        freeList.Keep(new long[8]);

        freeList.Take(8, out _).ShouldBeSameAs(first);
    }

    [Fact]
    public void Clears_arrays_that_refer_to_objects()
    {
        ArrayFreeList<Value> freeList = new(4);
        Value[] array = new Value[4];
        Array.Fill(array, Value.FromObject(ScriptString.From("x")));

        freeList.Keep(array);

        freeList.Take(4, out _).ShouldAllBe(value => value.IsNil);
    }
}
