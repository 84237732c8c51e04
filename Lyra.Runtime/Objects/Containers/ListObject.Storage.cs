using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>The array behind a list: choosing, growing and widening them.</summary>
internal sealed partial class ListObject
{
    /// <summary>The requested capacity of a list that was given back: an exponent that no capacity has.</summary>
    private const ushort GivenUp = 31 << RequestedBits;

    /// <summary>Whether the list was given back, and nobody has begun with it again.</summary>
    public bool IsGivenUp => _requested == GivenUp;

    /// <summary>The narrowest strategy that holds all the values.</summary>
    public static ListStrategy CommonStrategy(ReadOnlySpan<Value> items)
    {
        if (items.Length == 0)
        {
            return ListStrategy.Empty;
        }

        object? first = items[0].Ref;
        ListStrategy strategy = StrategyOf(items[0]);
        if (strategy == ListStrategy.Values)
        {
            return strategy;
        }

        foreach (ref readonly Value item in items)
        {
            if (!ReferenceEquals(item.Ref, first))
            {
                return ListStrategy.Values;
            }
        }

        return strategy;
    }

    /// <summary>
    /// Appends the first element of a list without an element type, as most lists begin: nothing is converted or copied. False, and
    /// nothing is charged or changed, for other lists and where a limit is near.
    /// </summary>
    public bool TryBegin(ScriptContext context, in Value item)
    {
        if (Strategy != ListStrategy.Empty || _elementType is not null || _requested != 0 || context.MaxElements < FirstCapacity)
        {
            return false;
        }

        ListStrategy strategy = StrategyOf(item);
        if (!context.TryChargeMemory(24 + (FirstCapacity * ElementSize(strategy))))
        {
            return false;
        }

        context.GrownArrays++;
        Items = NewArray(strategy, FirstCapacity, context.Storage?.Arrays, out bool isReused);
        context.ReusedArrays += isReused ? 1 : 0;
        Strategy = strategy;
        Store(0, item);
        Count = 1;
        return true;
    }

    private static Array NewArray(ListStrategy strategy, int length, FreeArrays? freeArrays, out bool isReused)
    {
        isReused = false;
        return strategy switch
        {
            ListStrategy.Ints => freeArrays?.Ints.Take(length, out isReused) ?? new long[length],
            ListStrategy.Floats => freeArrays?.Floats.Take(length, out isReused) ?? new double[length],
            ListStrategy.Bools => freeArrays?.Bools.Take(length, out isReused) ?? new bool[length],
            ListStrategy.Values => freeArrays?.Values.Take(length, out isReused) ?? new Value[length],
            ListStrategy.Empty => Array.Empty<Value>(),
        };
    }

    /// <summary>Whether the list stores a value in the array that it has, after the conversion to its element type.</summary>
    public bool Keeps(in Value value)
    {
        long bits = value.Bits;
        double number = value.IsFloat ? value.AsFloat : 0;
        return Strategy switch
        {
            ListStrategy.Ints => value.IsInt && SlotCheck.TryConvert(ElementKind, ref bits),
            ListStrategy.Floats => value.IsFloat && SlotCheck.TryConvert(ElementKind, ref number),
            ListStrategy.Bools => value.IsBool && SlotCheck.TakesBool(ElementKind),
            ListStrategy.Empty => false,
            ListStrategy.Values => true,
        };
    }

    /// <summary>Widens to <see cref="ListStrategy.Values"/>. Charges the new array.</summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public void Widen(ScriptContext context)
    {
        if (Strategy == ListStrategy.Values)
        {
            return;
        }

        int capacity = Math.Max(Capacity, (int)Math.Min(context.MaxElements, Math.Max(RequestedCapacity, FirstCapacity)));
        context.ChargeMemory(24 + (16L * capacity));
        context.Charge(Count >> 4);
        Value[] values = new Value[capacity];
        for (int i = 0; i < Count; i++)
        {
            values[i] = Get(i);
            Pieces.Look(context, i);
        }

        Items = values;
        Strategy = ListStrategy.Values;
    }

    /// <summary>
    /// Stores the elements unboxed if they are all ints, all floats or all bools. Charges the new array.
    /// </summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public void Narrow(ScriptContext context)
    {
        Value[] items = Values;
        ListStrategy common = Strategy == ListStrategy.Values ? CommonStrategy(items.AsSpan(0, Count)) : Strategy;
        if (Count == 0 || common == Strategy)
        {
            return;
        }

        context.ChargeMemory(24 + (Count * ElementSize(common)));
        ListObject narrow = new() { Strategy = common, Count = Count };
        narrow.Allocate(context, Count);
        narrow.Fill(context, items.AsSpan(0, Count));
        Strategy = common;
        Items = narrow.Items;
    }

    private static long ElementSize(ListStrategy strategy) => strategy switch
    {
        ListStrategy.Ints or ListStrategy.Floats => 8,
        ListStrategy.Bools => 1,
        ListStrategy.Values => 16,
        ListStrategy.Empty => 0,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Convert(ScriptContext context, ref Value item)
    {
        if (ElementType is { } type)
        {
            SlotCheck.Convert(context, type, ref item);
        }
    }

    /// <summary>Switches to a strategy that can hold the item. A list without elements takes the item's own strategy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Accept(ScriptContext context, in Value item)
    {
        ListStrategy needed = StrategyOf(item);
        if (needed != Strategy && Strategy != ListStrategy.Values)
        {
            Change(context, needed);
        }
    }

    private void Change(ScriptContext context, ListStrategy needed)
    {
        if (Count > 0)
        {
            Widen(context);
            return;
        }

        int capacity = (int)Math.Min(context.MaxElements, Math.Max(FirstCapacity, Math.Max(RequestedCapacity, Capacity)));
        context.ChargeMemory(24 + (capacity * ElementSize(needed)));
        // The array of another class goes first: the allocation may fail.
        if (Items.Length > 0)
        {
            Items = Array.Empty<Value>();
        }

        Strategy = needed;
        Reallocate(context, capacity);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(int index, in Value item)
    {
        switch (Strategy)
        {
            case ListStrategy.Ints:
                ItemsAs<long>()[index] = item.Bits;
                return;
            case ListStrategy.Floats:
                ItemsAs<double>()[index] = item.AsFloat;
                return;
            case ListStrategy.Bools:
                ItemsAs<bool>()[index] = item.AsBool;
                return;
            case ListStrategy.Values:
                ItemsAs<Value>()[index].Assign(item);
                return;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Grows to the given capacity or to twice the current one, whichever is larger.</summary>
    private void Grow(ScriptContext context, long needed)
    {
        context.CheckElements(needed);
        long capacity = Math.Max(
            needed, Math.Min(context.MaxElements, Math.Max(FirstCapacity, Math.Min(2L * Capacity, Array.MaxLength))));
        context.ChargeMemory(24 + (capacity * ElementSize(Strategy)));
        if (capacity > Array.MaxLength)
        {
            throw Throw.CannotExist("a list", Array.MaxLength);
        }

        Reallocate(context, (int)capacity);
    }

    /// <summary>As <see cref="Allocate"/>, with the array of another list if that is possible.</summary>
    private void Reallocate(ScriptContext context, int capacity)
    {
        context.GrownArrays++;
        if (FreeArrays.For(context, Capacity, capacity, FreeArrays.ShortestOfLists) is { } freeArrays)
        {
            context.ReusedArrays += Replace(capacity, freeArrays) ? 1 : 0;
        }
        else
        {
            Allocate(context, capacity);
        }
    }

    /// <summary>As <see cref="Allocate"/>, with an array that is kept if there is one; tells whether there is.</summary>
    private bool Replace(int capacity, FreeArrays freeArrays) => Strategy switch
    {
        ListStrategy.Ints => Replace(Ints, capacity, freeArrays.Ints),
        ListStrategy.Floats => Replace(Floats, capacity, freeArrays.Floats),
        ListStrategy.Bools => Replace(Bools, capacity, freeArrays.Bools),
        ListStrategy.Values => Replace(Values, capacity, freeArrays.Values),
        ListStrategy.Empty => false,
    };

    private bool Replace<T>(T[] former, int capacity, ArrayFreeList<T> freeList)
    {
        T[] larger = freeList.Take(capacity, out bool isReused);
        former.AsSpan(0, Count).CopyTo(larger);
        Items = larger;
        freeList.Keep(former, Count);
        return isReused;
    }

    /// <summary>
    /// Forgets elements and annotations of a list that nothing refers to any more, except for its next user. The array stays with it.
    /// </summary>
    public void GiveUp()
    {
        if (Strategy == ListStrategy.Values)
        {
            ItemsAs<Value>().AsSpan(0, Count).Clear();
        }

        ForgetState();
    }

    /// <summary>As <see cref="GiveUp()"/>, but keeps the array for another list.</summary>
    public void GiveUp(FreeArrays freeArrays)
    {
        if (Strategy != ListStrategy.Empty)
        {
            Release(freeArrays);
        }

        ForgetState();
    }

    /// <summary>
    /// Begins again, after <see cref="GiveUp()"/>, as a list of this many elements, which have any content until the caller stores them.
    /// False if the array does not fit, because something has used the list in the meantime.
    /// </summary>
    /// <param name="strategy">The strategy of the elements; Empty for a list without an array.</param>
    /// <param name="count">The number of elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBeginAgain(ListStrategy strategy, int count)
    {
        _requested = 0;
        bool fits = Strategy == strategy && Items.Length == count;
        Count = fits ? count : Count;
        return fits;
    }

    /// <summary>Gives a new list an array for elements of a strategy, which the caller stores. The caller has charged it.</summary>
    public void BeginWith(ListStrategy strategy, int count, FreeArrays? freeArrays)
    {
        Items = NewArray(strategy, count, freeArrays, out _);
        Strategy = strategy;
        Count = count;
    }

    /// <summary>Takes the array away from the list, and keeps it if it can be used again.</summary>
    private void Release(FreeArrays? freeArrays)
    {
        switch (Strategy)
        {
            case ListStrategy.Ints:
                freeArrays?.Ints.Keep(ItemsAs<long>(), Count);
                break;
            case ListStrategy.Floats:
                freeArrays?.Floats.Keep(ItemsAs<double>(), Count);
                break;
            case ListStrategy.Bools:
                freeArrays?.Bools.Keep(ItemsAs<bool>(), Count);
                break;
            case ListStrategy.Values:
                freeArrays?.Values.Keep(ItemsAs<Value>(), Count);
                break;
            case ListStrategy.Empty:
                break;
        }

        Items = Array.Empty<Value>();
        Strategy = ListStrategy.Empty;
    }

    private void ForgetState()
    {
        Count = 0;
        _requested = GivenUp;
        if (_elementType is not null)
        {
            ElementType = null;
        }
    }

    /// <summary>Replaces the array of the current strategy by one of the given size; keeps the elements.</summary>
    private void Allocate(ScriptContext context, int capacity)
    {
        switch (Strategy)
        {
            case ListStrategy.Ints:
                Resize(context, Ints, capacity);
                return;
            case ListStrategy.Floats:
                Resize(context, Floats, capacity);
                return;
            case ListStrategy.Bools:
                Resize(context, Bools, capacity);
                return;
            case ListStrategy.Values:
                Resize(context, Values, capacity);
                return;
            case ListStrategy.Empty:
                return;
            default:
                throw new UnreachableException();
        }
    }

    private void Resize<T>(ScriptContext context, T[] items, int capacity)
    {
        if (items.Length == 0)
        {
            Items = Pieces.NewArray<T>(capacity);
        }
        else if (items.Length != capacity)
        {
            Items = Pieces.ToArray<T>(context, items.AsSpan(0, Math.Min(items.Length, Count)), capacity);
        }
    }

    /// <summary>Stores the items from the start of a list that nothing else refers to yet.</summary>
    private void Fill(ScriptContext context, ReadOnlySpan<Value> items)
    {
        if (Strategy == ListStrategy.Values)
        {
            Pieces.Copy(context, items, Values);
            return;
        }

        for (int i = 0; i < items.Length; i++)
        {
            Store(i, items[i]);
            Pieces.Look(context, i);
        }
    }

    private void AddUnchecked(ScriptContext context, ListObject other, int count)
    {
        if (Count == 0 && Strategy != other.Strategy)
        {
            Change(context, other.Strategy);
        }
        else if (Strategy != other.Strategy)
        {
            Widen(context);
        }

        if ((long)Count + count > Capacity)
        {
            Grow(context, (long)Count + count);
        }

        CopyFrom(context, other, count);
        Count += count;
    }

    /// <summary>Copies the first elements of another list behind those of this one.</summary>
    private void CopyFrom(ScriptContext context, ListObject other, int count)
    {
        if (Strategy != other.Strategy)
        {
            for (int i = 0; i < count; i++)
            {
                Values[Count + i] = other.Get(i);
                Pieces.Look(context, i);
            }

            return;
        }

        switch (Strategy)
        {
            case ListStrategy.Empty:
                return;
            case ListStrategy.Ints:
                Copy(context, other.Ints, Ints, count);
                return;
            case ListStrategy.Floats:
                Copy(context, other.Floats, Floats, count);
                return;
            case ListStrategy.Bools:
                Copy(context, other.Bools, Bools, count);
                return;
            case ListStrategy.Values:
                Copy(context, other.Values, Values, count);
                return;
            default:
                throw new UnreachableException();
        }
    }

    private void Copy<T>(ScriptContext context, T[] source, T[] target, int count) =>
        Pieces.Copy<T>(context, source.AsSpan(0, count), target.AsSpan(Count));
}
