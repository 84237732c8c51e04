using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>
/// Sorts lists stably: equal elements keep their order. Lists of ints, floats or strs, and keys of one of these types, are compared without
/// checking the kind of each value; all others by <see cref="Comparison.Less"/>, including hooks. Hooks and key procs see the unsorted
/// list, because a copy is sorted. If they change the list's size, the sort throws ConcurrentModification.
/// </summary>
internal static class Sorting
{
    /// <summary>The number of ints sorted at once: about a millisecond.</summary>
    private const int IntPiece = 1 << 15;

    /// <summary>Whether all elements are instances of structs with a hook for their order.</summary>
    public static bool HasHooks(ListObject list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list.Strategy != ListStrategy.Values || list.Get(i).Ref is not StructObject { Shape.Hooks.Less: not null })
            {
                return false;
            }
        }

        return list.Count > 0;
    }

    /// <summary>Sorts in place by the elements.</summary>
    public static void Sort(ScriptContext context, ListObject list)
    {
        switch (list.Strategy)
        {
            case ListStrategy.Ints:
                SortInts(context, list.Ints.AsSpan(0, list.Count));
                return;
            case ListStrategy.Floats:
                MergeSort.Sort(context, list.Floats.AsSpan(0, list.Count), default(FloatOrder));
                return;
            case ListStrategy.Empty or ListStrategy.Bools or ListStrategy.Values:
                SortValues(context, list);
                return;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Equal ints are indistinguishable, so the BCL's unstable sort suffices. It can't be interrupted, so it sorts one piece at a time.
    /// </summary>
    private static void SortInts(ScriptContext context, Span<long> items)
    {
        for (int start = 0; start < items.Length; start += IntPiece)
        {
            Span<long> piece = items.Slice(start, Math.Min(IntPiece, items.Length - start));
            context.Charge(4L * piece.Length);
            piece.Sort();
        }

        MergeSort.MergeRuns(context, items, IntPiece, default(IntOrder));
    }

    private static void SortValues(ScriptContext context, ListObject list)
    {
        int count = list.Count;
        context.ChargeMemory(count * 16L);
        Value[] items = new Value[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = list.Get(i);
            Pieces.Look(context, i);
        }

        if (IsAllText(items))
        {
            AddPrefixes(context, items);
            MergeSort.Sort(context, items.AsSpan(), new TextOrder(context));
            RemovePrefixes(context, items);
        }
        else
        {
            MergeSort.Sort(context, items.AsSpan(), new ValueOrder(context));
        }

        StoreBack(context, list, items);
    }

    /// <summary>Sorts in place by keys, one for each element: sorts the positions, then moves the elements.</summary>
    public static void Sort(ScriptContext context, ListObject list, ListObject keys)
    {
        int count = list.Count;
        context.ChargeMemory((count * 16L) + (count * 24L));
        Value[] items = new Value[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = list.Get(i);
            Pieces.Look(context, i);
        }

        StoreBack(context, list, Permuted(context, items, keys));
    }

    private static Value[] Permuted(ScriptContext context, Value[] items, ListObject keys)
    {
        switch (keys.Strategy)
        {
            case ListStrategy.Ints:
                return Permuted(context, items, keys.Ints, default(IntOrder));
            case ListStrategy.Floats:
                return Permuted(context, items, keys.Floats, default(FloatOrder));
            case ListStrategy.Empty or ListStrategy.Bools or ListStrategy.Values:
                Value[] values = new Value[items.Length];
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = keys.Get(i);
                    Pieces.Look(context, i);
                }

                if (!IsAllText(values))
                {
                    return Permuted(context, items, values, new ValueOrder(context));
                }

                AddPrefixes(context, values);
                return Permuted(context, items, values, new TextOrder(context));
            default:
                throw new UnreachableException();
        }
    }

    private static Value[] Permuted<TKey, TOrder>(ScriptContext context, Value[] items, TKey[] keys, TOrder order)
        where TOrder : struct, IOrder<TKey>
    {
        Keyed<TKey>[] entries = new Keyed<TKey>[items.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new Keyed<TKey>(keys[i], i);
            Pieces.Look(context, i);
        }

        MergeSort.Sort(context, entries.AsSpan(), new KeyedOrder<TKey, TOrder>(order));
        Value[] permuted = new Value[items.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            permuted[i] = items[entries[i].Index];
            Pieces.Look(context, i);
        }

        return permuted;
    }

    private static void StoreBack(ScriptContext context, ListObject list, Value[] items)
    {
        if (list.Count != items.Length)
        {
            throw Throw.ConcurrentModification("list");
        }

        context.Charge(items.Length >> 4);
        list.ReplaceItems(context, items);
    }

    private static bool IsAllText(ReadOnlySpan<Value> items)
    {
        foreach (ref readonly Value item in items)
        {
            if (item.Ref is not ScriptString)
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct IntOrder : IOrder<long>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Less(in long a, in long b) => a < b;
    }

    private readonly struct FloatOrder : IOrder<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Less(in double a, in double b) => a < b;
    }

    /// <summary>
    /// Puts the first code units of each str beside it, into the place of the number of a value, which strs don't need: they decide most
    /// comparisons without a look at the str.
    /// </summary>
    private static void AddPrefixes(ScriptContext context, Value[] texts)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            ScriptString text = Unsafe.As<ScriptString>(texts[i].Ref!);
            texts[i] = new Value(text, (long)text.Prefix);
            Pieces.Look(context, i);
        }
    }

    /// <summary>Makes strs of what <see cref="AddPrefixes"/> made.</summary>
    private static void RemovePrefixes(ScriptContext context, Value[] texts)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Value.FromObject(Unsafe.As<ScriptString>(texts[i].Ref!));
            Pieces.Look(context, i);
        }
    }

    /// <summary>The order of strs with prefixes.</summary>
    private readonly struct TextOrder(ScriptContext context) : IOrder<Value>
    {
        /// <summary>The sort charges a step per comparison; code units beyond this many are charged here.</summary>
        private const int PaidLength = 256;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Less(in Value a, in Value b) => a.Bits != b.Bits
            ? (ulong)a.Bits < (ulong)b.Bits
            : LessText(Unsafe.As<ScriptString>(a.Ref!), Unsafe.As<ScriptString>(b.Ref!));

        private bool LessText(ScriptString a, ScriptString b)
        {
            if (a.TryCompareShort(b, out int order))
            {
                return order < 0;
            }

            if (a.Length >= PaidLength && b.Length >= PaidLength)
            {
                context.Charge(Math.Min(a.Length, b.Length) >> 8);
            }

            return a.Span.SequenceCompareTo(b.Span) < 0;
        }
    }

    private readonly struct ValueOrder(ScriptContext context) : IOrder<Value>
    {
        public bool Less(in Value a, in Value b) => Comparison.Less(context, a, b);
    }

    /// <summary>A key and the original position of its element.</summary>
    private readonly record struct Keyed<TKey>(TKey Key, int Index);

    private readonly struct KeyedOrder<TKey, TOrder>(TOrder order) : IOrder<Keyed<TKey>>
        where TOrder : struct, IOrder<TKey>
    {
        public bool Less(in Keyed<TKey> a, in Keyed<TKey> b)
        {
            TKey first = a.Key;
            TKey second = b.Key;
            return order.Less(first, second);
        }
    }
}
