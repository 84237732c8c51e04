using System;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>The bytes charged for an object before its allocation equal those that a heap walk counts for it.</summary>
public sealed class AllocationCostTests
{
    [Fact]
    public void The_heap_walk_counts_what_was_charged()
    {
        new Upvalue().OwnBytes.ShouldBe(Upvalue.Bytes);
        TupleObject.Of(new Value[3]).OwnBytes.ShouldBe(TupleObject.BytesFor(3));
        new BytesObject(new byte[5]).OwnBytes.ShouldBe(BytesObject.BytesFor(5));
        new RangeObject(0, 10, 1, false).OwnBytes.ShouldBe(RangeObject.Bytes);
        new TaskObject("t").OwnBytes.ShouldBe(TaskObject.Bytes);
        SpawnedCall call = new(default, new Value[2]);
        new TaskObject("t") { Call = call }.OwnBytes.ShouldBe(TaskObject.Bytes + TaskObject.ArgumentBytes(2));
        new MapObject().OwnBytes.ShouldBe(HashTable.EmptyBytes);
        new SetObject().OwnBytes.ShouldBe(HashTable.EmptyBytes);
        new ListObject().OwnBytes.ShouldBe(ListObject.EmptyBytes);
        ListObject.OfInts(new long[4], 4).OwnBytes.ShouldBe(ListObject.BytesFor(ListStrategy.Ints, 4));
        ScriptString.From("text").OwnBytes.ShouldBe(ScriptString.BytesFor(4));
    }

    [Fact]
    public void Growing_a_map_charges_what_the_heap_walk_counts()
    {
        BareContext context = new();
        MapObject map = new();
        map.Set(context, Value.FromInt(1), Value.FromInt(2));
        context.MemoryUsed.ShouldBe(map.OwnBytes - HashTable.EmptyBytes);
    }

    [Fact]
    public void Containers_take_no_more_than_they_charge()
    {
        AllocatedBy(static () => new ListObject()).ShouldBeLessThanOrEqualTo(ListObject.EmptyBytes);
        AllocatedBy(static () => new MapObject()).ShouldBeLessThanOrEqualTo(HashTable.EmptyBytes);
        AllocatedBy(static () => new SetObject()).ShouldBeLessThanOrEqualTo(HashTable.EmptyBytes);
        Value[] items = new Value[3];
        AllocatedBy(() => TupleObject.Of(items)).ShouldBeLessThanOrEqualTo(TupleObject.BytesFor(3));
        byte[] bytes = new byte[3];
        AllocatedBy(() => new BytesObject(bytes)).ShouldBeLessThanOrEqualTo(BytesObject.BytesFor(0));
    }

    private static long AllocatedBy(Func<object> make)
    {
        const int Count = 100;
        object[] made = new object[Count];
        make();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++)
        {
            made[i] = make();
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(made);
        return bytes / Count;
    }

    [Theory]
    [InlineData("text")]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void Values_of_the_host_charge_the_bytes_that_a_heap_walk_counts(object value)
    {
        BareContext context = new();
        Value written = HostWriter.Write(value, context);
        context.MemoryUsed.ShouldBe(((ScriptObject)written.Ref!).OwnBytes);
    }
}
