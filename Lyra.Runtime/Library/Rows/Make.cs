using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Rows;

/// <summary>Creates the results of builtins. Memory is charged first; then results that are too large to exist are refused.</summary>
internal static class Make
{
    private const int MaxExpected = 4096;

    public static Value Text(ScriptContext context, string text)
    {
        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        return Value.FromText(text);
    }

    /// <summary>A new map of figures, in their order.</summary>
    public static Value Map(ScriptContext context, IReadOnlyList<Figure> figures)
    {
        MapObject map = new();
        foreach (Figure figure in figures)
        {
            map.Set(context, Text(context, figure.Name), figure.Value);
        }

        return Value.FromObject(map);
    }

    /// <summary>A copy of a text as a str.</summary>
    public static Value Text(ScriptContext context, ReadOnlySpan<char> text)
    {
        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        return Value.FromObject(ScriptString.Copy(context, text));
    }

    /// <summary>Copies a part of a text to a str.</summary>
    public static Value Part(ScriptContext context, ReadOnlySpan<char> text, int start, int length)
    {
        if (length == 1)
        {
            return Value.FromObject(ScriptString.FromChar(text[start]));
        }

        context.ChargeMemory(ScriptString.BytesFor(length));
        return Value.FromObject(Interned(context, text.Slice(start, length)));
    }

    /// <summary>A str that may exist already, because such strs repeat. The caller has charged it.</summary>
    public static ScriptString Interned(ScriptContext context, ReadOnlySpan<char> text) =>
        text.Length is > 1 and <= TextTable.MaxLength && context.Texts is { } texts ? texts.Intern(text) : ScriptString.Copy(context, text);

    /// <summary>
    /// Charges a text of this many code units before it is built. A text that can't exist is a ValueError unless a limit is exceeded first.
    /// </summary>
    public static int TextLength(ScriptContext context, long length, string proc)
    {
        context.ChargeMemory(ScriptString.BytesFor(Math.Min(length, long.MaxValue / 4)));
        return length <= ScriptString.MaxLength
            ? (int)length
            : throw Throw.CannotExist($"{proc}: a str", ScriptString.MaxLength, "code units");
    }

    /// <summary>
    /// Charges a list's backing array of this many elements before it is allocated. A list that can't exist is a ValueError unless a limit
    /// is exceeded first.
    /// </summary>
    public static int ListLength(ScriptContext context, ListStrategy strategy, long count, string proc)
    {
        context.CheckElements(count);
        context.ChargeMemory(ListObject.BytesFor(strategy, Math.Min(count, long.MaxValue / 64)));
        return count <= Array.MaxLength ? (int)count : throw Throw.CannotExist($"{proc}: a list", Array.MaxLength);
    }

    /// <summary>
    /// A new list to which this many elements will be added, if the number is known. Its first array has space for them, but not for more
    /// than <see cref="MaxExpected"/>, because a limit may end the work before.
    /// </summary>
    public static ListObject ListFor(ScriptContext context, long? count)
    {
        ListObject list = new();
        list.EnsureCapacity(context, (int)Math.Min(count ?? 0, MaxExpected));
        return list;
    }

    public static Value Pair(ScriptContext context, in Value first, in Value second)
    {
        context.ChargeMemory(TupleObject.BytesFor(2));
        return Value.FromObject(TupleObject.Pair(first, second));
    }

    /// <summary>
    /// A new list of <paramref name="count"/> elements of <paramref name="source"/>, with the same storage strategy and without an element
    /// type.
    /// </summary>
    public static ListObject Slice(ScriptContext context, ListObject source, int start, int count)
    {
        ListStrategy strategy = count == 0 ? ListStrategy.Empty : source.Strategy;
        context.ChargeMemory(ListObject.BytesFor(strategy, count));
        context.Charge((count >> 3) + 1);
        return strategy switch
        {
            ListStrategy.Empty => new ListObject(),
            ListStrategy.Ints => ListObject.OfInts(Pieces.ToArray<long>(context, source.Ints.AsSpan(start, count)), count),
            ListStrategy.Floats => ListObject.OfFloats(Pieces.ToArray<double>(context, source.Floats.AsSpan(start, count)), count),
            ListStrategy.Bools => ListObject.OfBools(Pieces.ToArray<bool>(context, source.Bools.AsSpan(start, count)), count),
            ListStrategy.Values => ListObject.OfValues(Pieces.ToArray<Value>(context, source.Values.AsSpan(start, count)), count),
            _ => throw new UnreachableException("A list has one of the known strategies."),
        };
    }
}
