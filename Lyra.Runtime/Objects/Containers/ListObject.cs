using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A list. Its elements lie unboxed in one array, whose class belongs to the current <see cref="Strategy"/>. The first element decides
/// the strategy; one that does not fit widens the list to <see cref="ListStrategy.Values"/>, from which it never narrows while it
/// has elements, unless it gets an element type (ints and floats never share an unboxed array, since <c>1</c> and <c>1.0</c> are different
/// values).
/// </summary>
/// <remarks>
/// Indices are checked by the caller; growth is charged to the context before it is allocated. Capacity beyond <see cref="Count"/> is
/// cleared in <see cref="Values"/>, so that nothing unreachable stays alive. Not thread-safe.
/// </remarks>
internal sealed partial class ListObject : OwnedObject
{
    /// <summary>Bytes that an empty list without a strategy takes.</summary>
    public const long EmptyBytes = 48;

    private const int FirstCapacity = 4;

    /// <summary>Significant bits of <see cref="RequestedCapacity"/>.</summary>
    private const int RequestedBits = 11;

    /// <summary>Arrays up to this many elements are kept by <see cref="Clear"/>.</summary>
    private const int MaxKeptCapacity = 1024;

    public int Count;
    public ListStrategy Strategy;

    /// <summary>
    /// The elements and the free places after them. One reference for the arrays of all strategies: each is a word to store and to trace,
    /// in the most common object.
    /// </summary>
    public Array Items;

    /// <summary>The kind of <see cref="ElementType"/>; Any when the list accepts every value.</summary>
    public SlotKind ElementKind;

    /// <summary>The significant bits and, in the high five bits, the exponent of <see cref="RequestedCapacity"/>.</summary>
    private ushort _requested;

    private BoundType? _elementType;

    /// <summary>An empty list. The caller charges <see cref="OwnBytes"/>.</summary>
    public ListObject()
        : this(Array.Empty<Value>())
    {
    }

    /// <summary>An empty list of <see cref="ListStrategy.Values"/> with this capacity. The caller charges <see cref="OwnBytes"/>.</summary>
    public ListObject(int capacityOfValues)
        : this(new Value[capacityOfValues]) => Strategy = ListStrategy.Values;

    private ListObject(Array items)
        : base(ValueKind.List) => Items = items;

    /// <summary>The elements and the free places after them while the list stores ints; otherwise an array without elements.</summary>
    public long[] Ints
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ItemsOf<long>();
    }

    /// <summary>As <see cref="Ints"/>, for floats.</summary>
    public double[] Floats
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ItemsOf<double>();
    }

    /// <summary>As <see cref="Ints"/>, for bools.</summary>
    public bool[] Bools
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ItemsOf<bool>();
    }

    /// <summary>As <see cref="Ints"/>, for values of any kind.</summary>
    public Value[] Values
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ItemsOf<Value>();
    }

    public override ValueKind Kind => ValueKind.List;

    public override long OwnBytes =>
        EmptyBytes + (Strategy == ListStrategy.Empty ? 0 : 24 + (Items.Length * ElementSize(Strategy)));

    /// <summary>The number of elements that fit without growing.</summary>
    public int Capacity => Items.Length;

    /// <summary>The annotation that stores are checked against; null when the list accepts every value.</summary>
    public BoundType? ElementType
    {
        get => _elementType;
        set
        {
            _elementType = value;
            ElementKind = value?.Kind ?? SlotKind.Any;
        }
    }

    /// <summary>
    /// The capacity that <see cref="EnsureCapacity"/> was asked for before the strategy was known. It is kept to 11 significant bits,
    /// rounded up, so that it shares eight bytes with the count, the strategy and the element kind.
    /// </summary>
    private int RequestedCapacity
    {
        get => (int)Math.Min((long)(_requested & ((1 << RequestedBits) - 1)) << (_requested >> RequestedBits), Array.MaxLength);
        set
        {
            int exponent = 0;
            long significant = value;
            for (; significant >= 1 << RequestedBits; exponent++)
            {
                significant = (significant + 1) >> 1;
            }

            _requested = (ushort)((exponent << RequestedBits) | (int)significant);
        }
    }

    /// <summary>Whether nothing can change the list any more: its element type takes no value.</summary>
    public bool IsFrozen => ElementKind == SlotKind.Frozen;

    public Value this[int index] => Get(index);

    /// <summary>Bytes that a list of this many elements takes in the given strategy.</summary>
    public static long BytesFor(ListStrategy strategy, long count) => EmptyBytes + 24 + (count * ElementSize(strategy));

    /// <summary>The strategy of a list that holds only this value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ListStrategy StrategyOf(in Value value) =>
        value.IsInt ? ListStrategy.Ints
        : value.IsFloat ? ListStrategy.Floats
        : value.IsBool ? ListStrategy.Bools
        : ListStrategy.Values;

    /// <summary>A list of the given elements in the narrowest strategy that holds them. Charges it.</summary>
    public static ListObject Of(ScriptContext context, ReadOnlySpan<Value> items)
    {
        ListObject list = new();
        ListStrategy strategy = CommonStrategy(items);
        context.CheckElements(items.Length);
        context.ChargeMemory(BytesFor(strategy, items.Length));
        if (items.Length == 0)
        {
            return list;
        }

        list.Strategy = strategy;
        list.Count = items.Length;
        list.Allocate(context, items.Length);
        list.Fill(context, items);
        return list;
    }

    /// <summary>A list that takes ownership of the array. The caller has charged it.</summary>
    public static ListObject OfInts(long[] items, int count) => new(items) { Count = count, Strategy = ListStrategy.Ints };

    /// <inheritdoc cref="OfInts"/>
    public static ListObject OfFloats(double[] items, int count) => new(items) { Count = count, Strategy = ListStrategy.Floats };

    /// <inheritdoc cref="OfInts"/>
    public static ListObject OfBools(bool[] items, int count) => new(items) { Count = count, Strategy = ListStrategy.Bools };

    /// <summary>A list that takes ownership of the array, which is nil beyond the count. The caller has charged it.</summary>
    public static ListObject OfValues(Value[] items, int count) => new(items) { Count = count, Strategy = ListStrategy.Values };

    /// <summary>The element at an index from 0 to <see cref="Count"/> - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Get(int index) => Strategy switch
    {
        ListStrategy.Ints => Value.FromInt(ItemsAs<long>()[index]),
        ListStrategy.Floats => Value.FromFloat(ItemsAs<double>()[index]),
        ListStrategy.Bools => Value.FromBool(ItemsAs<bool>()[index]),
        ListStrategy.Empty or ListStrategy.Values => ItemsAs<Value>()[index],
    };

    /// <summary>Stores at an index from 0 to <see cref="Count"/> - 1, converted by <see cref="ElementType"/>.</summary>
    /// <exception cref="ScriptErrorException">TypeError when the element type refuses the value; a limit is exceeded.</exception>
    public void Set(ScriptContext context, int index, in Value value)
    {
        Value item = value;
        Convert(context, ref item);
        Accept(context, item);
        Store(index, item);
    }

    /// <summary>Appends, converted by <see cref="ElementType"/>.</summary>
    /// <exception cref="ScriptErrorException">TypeError when the element type refuses the value; a limit is exceeded.</exception>
    public void Add(ScriptContext context, in Value value)
    {
        if (Strategy == ListStrategy.Empty && TryBegin(context, value))
        {
            return;
        }

        Value item = value;
        Convert(context, ref item);
        Accept(context, item);
        if (Count == Capacity)
        {
            Grow(context, (long)Count + 1);
        }

        Store(Count, item);
        Count++;
    }

    /// <summary>Removes the last element of a list that has one.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a frozen list.</exception>
    public Value RemoveLast()
    {
        RequireMutable();
        Value removed = Get(Count - 1);
        Shorten();
        return removed;
    }

    private void Shorten()
    {
        Count--;
        if (Strategy == ListStrategy.Values)
        {
            Values[Count] = default;
        }
    }

    /// <summary>Removes the elements behind the first ones. The list must not be frozen.</summary>
    public void Truncate(int count)
    {
        if (Strategy == ListStrategy.Values)
        {
            Array.Clear(Values, count, Values.Length - count);
        }

        Count = count;
    }

    /// <summary>Removes all elements; a large array is released, in the low-pause mode to the engine.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a frozen list.</exception>
    public void Clear(ScriptContext context)
    {
        RequireMutable();
        if (Capacity > MaxKeptCapacity)
        {
            Release(FreeArrays.ForEmptied(context));
        }
        else if (Strategy == ListStrategy.Values)
        {
            Array.Clear(Values, 0, Count);
        }

        Count = 0;
    }

    /// <summary>Grows the list's capacity to at least <paramref name="capacity"/> elements.</summary>
    /// <exception cref="ScriptErrorException">ValueError when no list can be that long; a limit is exceeded.</exception>
    public void EnsureCapacity(ScriptContext context, int capacity)
    {
        if (Strategy == ListStrategy.Empty)
        {
            RequestedCapacity = Math.Max(RequestedCapacity, capacity);
            return;
        }

        if (capacity > Capacity)
        {
            Grow(context, capacity);
        }
    }

    /// <summary>Appends all elements of another list (or of this one), converted by <see cref="ElementType"/>.</summary>
    /// <exception cref="ScriptErrorException">TypeError when the element type refuses one (those before it are stored); a limit is
    /// exceeded.</exception>
    public void AddRange(ScriptContext context, ListObject other)
    {
        int count = other.Count;
        context.Charge(count >> 4);
        if (count == 0)
        {
            return;
        }

        if (ElementType is null)
        {
            AddUnchecked(context, other, count);
            return;
        }

        for (int i = 0; i < count && i < other.Count; i++)
        {
            Add(context, other.Get(i));
        }
    }

    /// <summary>Replaces the elements by those of a list that nothing uses any more. The element type stays.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a frozen list.</exception>
    public void TakeElements(ListObject other)
    {
        RequireMutable();
        Items = other.Items;
        Count = other.Count;
        Strategy = other.Strategy;
    }

    /// <summary>
    /// Replaces all elements by the same ones in another order. The list takes ownership of the array, which is as long as it. When a look
    /// at the clock ends this, the list has the former order.
    /// </summary>
    /// <exception cref="ScriptErrorException">TypeError for a frozen list; a limit is exceeded.</exception>
    public void ReplaceItems(ScriptContext context, Value[] items)
    {
        RequireMutable();
        if (Strategy != ListStrategy.Values && Count > 0)
        {
            context.ChargeMemory(24 + (Count * ElementSize(Strategy)));
            ListObject stored = new() { Strategy = Strategy, Count = Count };
            stored.Allocate(context, Count);
            stored.Fill(context, items);
            TakeElements(stored);
        }
        else if (Count > 0)
        {
            Items = items;
        }
    }

    /// <exception cref="ScriptErrorException">TypeError for a frozen list.</exception>
    public void RequireMutable()
    {
        if (IsFrozen)
        {
            throw Throw.Frozen(TypeName);
        }
    }

    public override void VisitReferences(HeapVisitor visitor)
    {
        if (Strategy == ListStrategy.Values)
        {
            visitor.Visit(Values.AsSpan(0, Count));
        }
    }

    /// <summary>
    /// The array, if its elements are of this type. The comparison of classes keeps code without a guard from other memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T[] ItemsOf<T>() => Items.GetType() == typeof(T[]) ? Unsafe.As<T[]>(Items) : [];

    /// <summary>
    /// As <see cref="ItemsOf{T}"/>, where the caller has looked at the strategy. Its array has this class, or no elements and so no place
    /// that passes the check of an index.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T[] ItemsAs<T>() => Unsafe.As<T[]>(Items);
}
