using System;
using System.Diagnostics;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Concatenation, repetition and slicing of strs, lists, tuples and bytes. Results have no element type. Everything is charged beforehand.
/// </summary>
internal static class Sequences
{
    /// <summary><c>a + b</c> of two lists.</summary>
    public static ListObject Join(ScriptContext context, ListObject a, ListObject b)
    {
        ListObject result = Copy(context, a, 0, a.Count, (long)a.Count + b.Count);
        result.AddRange(context, b);
        return result;
    }

    /// <summary><c>a + b</c> of two tuples.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the result is too large to exist; a limit is exceeded.</exception>
    public static TupleObject Join(ScriptContext context, TupleObject a, TupleObject b)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == 0 ? b : a;
        }

        long count = (long)a.Count + b.Count;
        ReserveElements(context, "tuple", count, 16);
        Value[] items = new Value[count];
        Pieces.Copy<Value>(context, a.Items, items);
        Pieces.Copy(context, b.Items, items.AsSpan(a.Count));
        return TupleObject.Of(items);
    }

    /// <summary>A str or list repeated; empty for a count below 0.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the result is too large to exist; a limit is exceeded.</exception>
    public static Value Repeat(ScriptContext context, in Value sequence, in Value count)
    {
        BigInteger requested = count.AsBig;
        long times = requested.Sign <= 0 ? 0 : requested > int.MaxValue ? 1L << 32 : (long)requested;
        return Value.FromObject(sequence.Ref is ScriptString text
            ? Repeat(context, text, times)
            : Repeat(context, (ListObject)sequence.Ref!, times));
    }

    /// <summary>The elements from one index up to another, both inside the list, as a new list.</summary>
    public static ListObject Slice(ScriptContext context, ListObject list, int from, int to) => Copy(context, list, from, to, to - from);

    /// <summary>Returns the str of the one code unit at an index inside the str.</summary>
    public static Value UnitAt(ScriptContext context, ScriptString text, int index)
    {
        char unit = text[index];
        if (unit > ScriptString.MaxShared)
        {
            context.ChargeMemory(ScriptString.BytesFor(1));
        }

        return Value.FromObject(ScriptString.FromChar(unit));
    }

    /// <summary>The code units from one index up to another, both inside the str.</summary>
    public static ScriptString Slice(ScriptContext context, ScriptString text, int from, int to)
    {
        int length = to - from;
        if (length <= 1)
        {
            return length == 0 ? ScriptString.Empty : (ScriptString)UnitAt(context, text, from).Ref!;
        }

        if (length == text.Length)
        {
            return text;
        }

        context.ChargeMemory(ScriptString.BytesFor(length));
        context.Charge(length >> 6);
        return ScriptString.Copy(context, text.Span.Slice(from, length));
    }

    /// <summary>The elements from one index up to another, both inside the tuple.</summary>
    public static TupleObject Slice(ScriptContext context, TupleObject tuple, int from, int to)
    {
        if (from == to)
        {
            return TupleObject.Empty;
        }

        ReserveElements(context, "tuple", to - from, 16);
        return TupleObject.Of(Pieces.ToArray(context, tuple.Items[from..to]));
    }

    /// <summary>A copy of the bytes from one index up to another, both inside the buffer.</summary>
    public static BytesObject Slice(ScriptContext context, BytesObject bytes, int from, int to)
    {
        ReserveElements(context, "bytes", to - from, 1);
        return new BytesObject(Pieces.ToArray<byte>(context, bytes.Items.AsSpan(from, to - from)));
    }

    private static ScriptString Repeat(ScriptContext context, ScriptString text, long times)
    {
        if (times == 0 || text.Length == 0)
        {
            return ScriptString.Empty;
        }

        if (times == 1)
        {
            return text;
        }

        long length = text.Length * times;
        Reserve(context, "str", length, 2, ScriptString.MaxLength, "code units");
        return ScriptString.Create(
            context,
            (int)length,
            (Context: context, Text: text),
            static (target, part) => Pieces.Tile(part.Context, target, part.Text.Span));
    }

    private static ListObject Repeat(ScriptContext context, ListObject list, long times)
    {
        long count = list.Count * times;
        ReserveElements(context, "list", count, ListObject.BytesFor(list.Strategy, 1) - ListObject.BytesFor(list.Strategy, 0));
        int part = list.Count;
        if (count == 0)
        {
            return new ListObject();
        }

        int total = (int)count;
        switch (list.Strategy)
        {
            case ListStrategy.Ints:
                return ListObject.OfInts(Tiled<long>(context, list.Ints.AsSpan(0, part), total), total);
            case ListStrategy.Floats:
                return ListObject.OfFloats(Tiled<double>(context, list.Floats.AsSpan(0, part), total), total);
            case ListStrategy.Bools:
                return ListObject.OfBools(Tiled<bool>(context, list.Bools.AsSpan(0, part), total), total);
            case ListStrategy.Empty or ListStrategy.Values:
                return ListObject.OfValues(Tiled<Value>(context, list.Values.AsSpan(0, part), total), total);
            default:
                throw new UnreachableException();
        }
    }

    private static T[] Tiled<T>(ScriptContext context, ReadOnlySpan<T> part, int total)
    {
        T[] items = Pieces.NewArray<T>(total);
        Pieces.Tile(context, items, part);
        return items;
    }

    /// <summary>A new list with a part of another list's elements and with capacity for more.</summary>
    private static ListObject Copy(ScriptContext context, ListObject list, int from, int to, long capacity)
    {
        ReserveElements(context, "list", capacity, ListObject.BytesFor(list.Strategy, 1) - ListObject.BytesFor(list.Strategy, 0));
        int count = to - from;
        if (count == 0)
        {
            return new ListObject();
        }

        int size = (int)capacity;
        switch (list.Strategy)
        {
            case ListStrategy.Ints:
                return ListObject.OfInts(Pieces.ToArray<long>(context, list.Ints.AsSpan(from, count), size), count);
            case ListStrategy.Floats:
                return ListObject.OfFloats(Pieces.ToArray<double>(context, list.Floats.AsSpan(from, count), size), count);
            case ListStrategy.Bools:
                return ListObject.OfBools(Pieces.ToArray<bool>(context, list.Bools.AsSpan(from, count), size), count);
            case ListStrategy.Empty or ListStrategy.Values:
                return ListObject.OfValues(Pieces.ToArray<Value>(context, list.Values.AsSpan(from, count), size), count);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>As <see cref="Reserve"/>, for a container.</summary>
    private static void ReserveElements(ScriptContext context, string what, long count, long elementBytes)
    {
        context.CheckElements(count);
        Reserve(context, what, count, elementBytes, Array.MaxLength, "elements");
    }

    /// <summary>
    /// Charges memory and time for <paramref name="count"/> elements, or much more if they can't exist; then refuses more than can exist.
    /// </summary>
    private static void Reserve(ScriptContext context, string what, long count, long elementBytes, long most, string elements)
    {
        context.ChargeMemory(96 + ((count > most ? 1L << 40 : count) * elementBytes));
        context.Charge(Math.Max(Math.Min(count, most) >> 5, Math.Min(count, most) * elementBytes >> 7));
        if (count > most)
        {
            throw Throw.CannotExist($"a {what}", most, elements);
        }
    }
}
