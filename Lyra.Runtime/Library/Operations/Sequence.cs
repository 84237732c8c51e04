using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>Reads whole iterables, with fast paths for built-in types that need no iteration protocol.</summary>
internal static class Sequence
{
    /// <summary>The most entries for which a set gets space at once: elements may be equal.</summary>
    private const int MaxReserved = 16;

    /// <summary>Returns the iterable as a list: itself if it is a list. The caller must not change the list.</summary>
    public static ListObject AsList(ScriptContext context, in Value iterable) => iterable.Ref as ListObject ?? ToList(context, iterable);

    /// <summary>Returns a new list of the iterable's elements.</summary>
    public static ListObject ToList(ScriptContext context, in Value iterable) => iterable.Ref switch
    {
        ListObject list => Make.Slice(context, list, 0, list.Count),
        HostList list => list.CopyList(context),
        TupleObject tuple => OfTuple(context, tuple),
        RangeObject range when range.BigBounds is null || range.Count > Array.MaxLength => OfRange(context, range),
        BytesObject bytes => OfBytes(context, bytes.Items),
        _ => ReadAll(context, iterable),
    };

    /// <summary>Adds the elements of the iterable to a set under construction, which has no element type.</summary>
    public static void AddAll(ScriptContext context, SetObject set, in Value iterable)
    {
        if (set.Count == 0 && iterable.Ref is SetObject other)
        {
            set.CopyFrom(context, other);
            return;
        }

        context.Protect(set);
        using SequenceReader reader = Iteration.Read(context, iterable);
        if (set.Count == 0 && reader.KnownCount is > 0 and var count)
        {
            set.Reserve(context, (int)Math.Min(count, MaxReserved));
        }

        for (int i = 0; reader.MoveNext(out Value item); i++)
        {
            Pieces.Look(context, i);
            set.Add(context, item);
        }

        context.Unprotect();
    }

    private static ListObject OfTuple(ScriptContext context, TupleObject tuple)
    {
        context.Charge(tuple.Count >> 4);
        return ListObject.Of(context, tuple.Items);
    }

    private static ListObject OfRange(ScriptContext context, RangeObject range)
    {
        long[] items = Pieces.NewArray<long>(Make.ListLength(context, ListStrategy.Ints, range.Count, "list"));
        context.Charge(items.Length >> 3);
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = range.At(i);
            Pieces.Look(context, i);
        }

        return ListObject.OfInts(items, items.Length);
    }

    private static ListObject OfBytes(ScriptContext context, byte[] bytes)
    {
        long[] items = Pieces.NewArray<long>(Make.ListLength(context, ListStrategy.Ints, bytes.Length, "list"));
        context.Charge(items.Length >> 3);
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = bytes[i];
            Pieces.Look(context, i);
        }

        return ListObject.OfInts(items, items.Length);
    }

    private static ListObject ReadAll(ScriptContext context, in Value iterable)
    {
        ListObject list = new();
        context.Protect(list);
        using SequenceReader reader = Iteration.Read(context, iterable);
        while (reader.MoveNext(out Value item))
        {
            list.Add(context, item);
        }

        context.Unprotect();
        return list;
    }
}
