using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A tuple: immutable, compared and hashed by content. Up to <see cref="MaxInline"/> elements lie inline, in a subclass of the size;
/// a <see cref="LongTuple"/> has an array.
/// </summary>
/// <remarks>
/// The type tag tells the number of inline elements, so that it takes no field and a type test no walk over base classes
/// (<see cref="From"/>). Elements follow each other in memory as the fields of a <see cref="StructObject"/> do;
/// <c>InlineSlotTests</c> verifies this.
/// </remarks>
internal abstract class TupleObject : OwnedObject
{
    /// <summary>Most elements that lie inline.</summary>
    public const int MaxInline = 4;

    // The tags from here on say 0 to 4 inline elements; the one after them says that an array has the elements.
    private const int FirstTag = 512;

    /// <summary>The tuple without elements.</summary>
    public static readonly TupleObject Empty = new Tuple2(0);

    // No code names the elements of the longer classes, so a trimmed program would not have them.
    /// <param name="inline">The number of inline elements; one more than <see cref="MaxInline"/> for an array.</param>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicFields, typeof(Tuple3))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicFields, typeof(Tuple4))]
    protected TupleObject(int inline)
        : base(FirstTag + inline)
    {
    }

    public ReadOnlySpan<Value> Items
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsLong ? LongItems : MemoryMarshal.CreateReadOnlySpan(ref First, TypeTag - FirstTag);
    }

    public int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsLong ? LongItems.Length : TypeTag - FirstTag;
    }

    public override ValueKind Kind => ValueKind.Tuple;

    public override long OwnBytes => BytesFor(Count);

    private bool IsLong
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TypeTag > FirstTag + MaxInline;
    }

    private Value[] LongItems => Unsafe.As<LongTuple>(this).Elements;

    // The elements of all sizes begin at the same offset.
    private ref Value First => ref Unsafe.As<Tuple2>(this).Elements[0];

    /// <summary>The value if it is a tuple, otherwise null. Much cheaper than a type test, because the class has subclasses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TupleObject? From(object? reference) =>
        reference is not null && (uint)(Unsafe.As<ScriptObject>(reference).TypeTag - FirstTag) <= MaxInline + 1
            ? Unsafe.As<TupleObject>(reference)
            : null;

    /// <summary>A tuple of two elements. The caller has charged <see cref="BytesFor"/>.</summary>
    public static TupleObject Pair(in Value first, in Value second)
    {
        Tuple2 pair = new(2);
        pair.Elements[0] = first;
        pair.Elements[1] = second;
        return pair;
    }

    /// <summary>A tuple of copies of these elements. The caller has charged <see cref="BytesFor"/>.</summary>
    public static TupleObject Of(ReadOnlySpan<Value> items)
    {
        if (items.Length > MaxInline)
        {
            return new LongTuple(items.ToArray());
        }

        TupleObject tuple = Create(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            tuple.InlineSlot(i) = items[i];
        }

        return tuple;
    }

    /// <summary>A tuple of these elements, whose array it may keep. The caller has charged <see cref="BytesFor"/>.</summary>
    public static TupleObject Of(Value[] items) => items.Length > MaxInline ? new LongTuple(items) : Of(items.AsSpan());

    /// <summary>
    /// The sealed class of the tuples with this many elements. Its constructor takes the number, or the array of a long one.
    /// </summary>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    public static Type ClassFor(int count) => count switch
    {
        <= 2 => typeof(Tuple2),
        3 => typeof(Tuple3),
        MaxInline => typeof(Tuple4),
        _ => typeof(LongTuple),
    };

    /// <summary>Bytes that a tuple of this many elements takes.</summary>
    public static long BytesFor(long count) => count <= MaxInline ? 24 + (16 * Math.Max(2, count)) : 56 + (16 * count);

    /// <summary>The location of an element, for compiled code, which only reads it.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Value Slot(int index) =>
        ref !IsLong && (uint)index < (uint)(TypeTag - FirstTag) ? ref InlineSlot(index) : ref LongSlot(index);

    /// <summary>The location of an inline element, for the code that makes the tuple.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Value InlineSlot(int index) => ref Unsafe.Add(ref First, index);

    /// <summary>Whether it has elements, all of them inline.</summary>
    public bool IsReusable => !IsLong && TypeTag > FirstTag;

    /// <summary>As <see cref="StructObject.TryGiveUp"/>, for a tuple that <see cref="IsReusable"/>.</summary>
    public bool TryGiveUp()
    {
        if (First.IsUnset)
        {
            return false;
        }

        MemoryMarshal.CreateSpan(ref First, TypeTag - FirstTag).Clear();
        First = Value.Unset;
        return true;
    }

    public override void VisitReferences(HeapVisitor visitor) => visitor.Visit(Items);

    /// <summary>A tuple of at most <see cref="MaxInline"/> elements, all nil.</summary>
    public static TupleObject Create(int count) => count switch
    {
        <= 2 => new Tuple2(count),
        3 => new Tuple3(count),
        _ => new Tuple4(count),
    };

    private ref Value LongSlot(int index) => ref (IsLong ? LongItems : [])[index];
}

/// <summary>A tuple of at most two elements.</summary>
internal sealed class Tuple2(int count) : TupleObject(count)
{
    public Values2 Elements;
}

internal sealed class Tuple3(int count) : TupleObject(count)
{
    public Values3 Elements;
}

internal sealed class Tuple4(int count) : TupleObject(count)
{
    public Values4 Elements;
}

/// <summary>A tuple of more elements than lie inline.</summary>
internal sealed class LongTuple(Value[] elements) : TupleObject(MaxInline + 1)
{
    public readonly Value[] Elements = elements;
}
