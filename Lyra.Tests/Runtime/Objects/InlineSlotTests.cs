using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>
/// The slots that structs and tuples reach by an address computed from that of the first one lie inside the object: its other fields stay
/// as they are, its size leaves no other place, and the garbage collector finds what the slots contain.
/// </summary>
public sealed class InlineSlotTests
{
    private const int MostFields = 20;

    public static TheoryData<int> Counts => [.. Enumerable.Range(0, MostFields)];

    [Theory]
    [MemberData(nameof(Counts))]
    public void The_fields_of_a_struct_lie_in_it(int count)
    {
        Shape shape = TestShapes.Create("S", [.. Enumerable.Range(0, count).Select(n => $"f{n}")]);
        StructObject instance = StructObject.Create(shape);
        Value[] values = NewValues(count);
        for (int i = 0; i < count; i++)
        {
            instance.Slot(i) = values[i];
        }

        GC.Collect();

        Enumerable.Range(0, count).Select(i => instance.Slot(i)).ShouldBe(values);
        instance.Shape.ShouldBeSameAs(shape);
        instance.TypeTag.ShouldBe(shape.Id);
        instance.Owner.ShouldBe(OwnedObject.NoOwner);
        instance.GetType().ShouldBe(StructObject.ClassFor(count));
        AllocatedBy(() => StructObject.Create(shape)).ShouldBe(StructObject.BytesFor(count));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void The_elements_of_a_tuple_lie_in_it(int count)
    {
        Value[] values = NewValues(count);
        TupleObject tuple = TupleObject.Of(values.AsSpan());
        int tag = tuple.TypeTag;

        GC.Collect();

        tuple.Items.ToArray().ShouldBe(values);
        tuple.Count.ShouldBe(count);
        Enumerable.Range(0, count).Select(i => tuple.Slot(i)).ShouldBe(values);
        tuple.TypeTag.ShouldBe(tag);
        tuple.Owner.ShouldBe(OwnedObject.NoOwner);
        tuple.GetType().ShouldBe(TupleObject.ClassFor(count));
        TupleObject.From(tuple).ShouldBeSameAs(tuple);
        AllocatedBy(() => TupleObject.Of(values.AsSpan())).ShouldBe(TupleObject.BytesFor(count));
    }

    /// <summary>Emitted code writes the fields; helpers read them as a span.</summary>
    [Fact]
    public void The_arguments_of_a_helper_lie_one_behind_the_other()
    {
        ShouldLieInOrder<NativeArguments2>(2);
        ShouldLieInOrder<NativeArguments4>(4);
        ShouldLieInOrder<NativeArguments8>(8);
        ShouldLieInOrder<NativeArguments16>(16);
        NativeArguments.ClassFor(0).ShouldBe(typeof(NativeArguments2));
        NativeArguments.ClassFor(NativeArguments.Capacity).ShouldBe(typeof(NativeArguments16));

        static void ShouldLieInOrder<T>(int count)
            where T : struct
        {
            Value[] values = NewValues(count);
            object arguments = default(T);
            for (int i = 0; i < count; i++)
            {
                typeof(T).GetField($"Slot{i}")!.SetValue(arguments, values[i]);
            }

            T unboxed = (T)arguments;

            NativeArguments.Span(ref Unsafe.As<T, Value>(ref unboxed), count).ToArray().ShouldBe(values);
            Unsafe.SizeOf<T>().ShouldBe(count * Unsafe.SizeOf<Value>());
            NativeArguments.ClassFor(count).ShouldBe(typeof(T));
            NativeArguments.ClassFor(count - 1).ShouldBe(count == 2 ? typeof(T) : NativeArguments.ClassFor(count));
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_tuple_has_no_slots_beyond_its_elements(int count)
    {
        TupleObject tuple = TupleObject.Of(NewValues(count));

        Should.Throw<IndexOutOfRangeException>(() => tuple.Slot(count));
        Should.Throw<IndexOutOfRangeException>(() => tuple.Slot(-1));
    }

    [Fact]
    public void Nothing_else_is_a_tuple()
    {
        TupleObject.From(null).ShouldBeNull();
        TupleObject.From(Tag.Int).ShouldBeNull();
        TupleObject.From(Tag.Unset).ShouldBeNull();
        TupleObject.From(new ListObject()).ShouldBeNull();
        TupleObject.From(ScriptString.From("text")).ShouldBeNull();
        TupleObject.From(StructObject.Create(TestShapes.Create("S", ["f"]))).ShouldBeNull();
    }

    private static Value[] NewValues(int count) =>
        [.. Enumerable.Range(0, count).Select(n => n % 2 == 0 ? Value.FromObject(new ListObject()) : Value.FromInt(n))];

    private static long AllocatedBy(Func<object> make)
    {
        make();
        long before = GC.GetAllocatedBytesForCurrentThread();
        object made = make();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(made);
        return bytes;
    }
}
