using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A tuple: immutable, compared and hashed by content.</summary>
internal sealed class TupleObject(Value[] items) : OwnedObject
{
    /// <summary>The tuple without elements.</summary>
    public static readonly TupleObject Empty = new([]);

    private readonly Value[] _items = items;

    public ReadOnlySpan<Value> Items => _items;

    public int Count => _items.Length;

    /// <summary>The location of an element, for compiled code, which only reads it.</summary>
    public ref Value Slot(int index) => ref _items[index];

    public override ValueKind Kind => ValueKind.Tuple;

    public override string TypeName => "tuple";

    public override long OwnBytes => BytesFor(_items.Length);

    /// <summary>Bytes that a tuple of this many elements takes.</summary>
    public static long BytesFor(long count) => 48 + (16L * count);

    public override void VisitReferences(HeapVisitor visitor) => visitor.Visit(_items);
}
