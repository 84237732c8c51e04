using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>
/// Parts of sequences that stop at the ends. A part has the kind of its sequence; only that of a set, whose elements have no positions, is
/// a list.
/// </summary>
internal static class SequenceParts
{
    /// <summary><c>xs.take(n)</c>: the first elements.</summary>
    public static Value Take(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value xs = Source(context, arguments[0], "take");
        return Part(context, xs, 0, Count(arguments[1], "take"));
    }

    /// <summary><c>xs.skip(n)</c>: all elements but the first ones.</summary>
    public static Value Skip(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value xs = Source(context, arguments[0], "skip");
        return Part(context, xs, Count(arguments[1], "skip"), long.MaxValue);
    }

    /// <summary><c>xs.takeLast(n)</c>: the last elements.</summary>
    public static Value TakeLast(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value xs = Source(context, arguments[0], "takeLast");
        return Part(context, xs, Math.Max(0, LengthOf(xs) - Count(arguments[1], "takeLast")), long.MaxValue);
    }

    /// <summary><c>xs.skipLast(n)</c>: all elements but the last ones.</summary>
    public static Value SkipLast(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value xs = Source(context, arguments[0], "skipLast");
        return Part(context, xs, 0, Math.Max(0, LengthOf(xs) - Count(arguments[1], "skipLast")));
    }

    /// <summary><c>xs.chunk(n)</c>: a list of parts of n elements each; the last one may be shorter.</summary>
    public static Value Chunk(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value xs = Source(context, arguments[0], "chunk");
        long size = Size(arguments[1], "chunk");
        long length = LengthOf(xs);
        return Parts(context, xs, size, size, (length / size) + (length % size == 0 ? 0 : 1));
    }

    /// <summary><c>xs.window(n)</c>: a list of all parts of n elements in a row.</summary>
    public static Value Window(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value xs = Source(context, arguments[0], "window");
        long size = Size(arguments[1], "window");
        return Parts(context, xs, size, 1, Math.Max(0, LengthOf(xs) - size + 1));
    }

    /// <summary>The sequence itself; the elements of a set, or of a list of the host, as a list.</summary>
    private static Value Source(ScriptContext context, in Value xs, string proc) => xs.Ref switch
    {
        ListObject or TupleObject or ScriptString or BytesObject or RangeObject { BigBounds: null } => xs,
        SetObject or HostList => Value.FromObject(Sequence.ToList(context, xs)),
        _ => throw Argument.Wrong(xs, proc, "xs", "a sequence whose length fits in 64 bits"),
    };

    private static long LengthOf(in Value xs) => xs.Ref switch
    {
        ListObject list => list.Count,
        TupleObject tuple => tuple.Count,
        ScriptString text => text.Length,
        BytesObject bytes => bytes.Items.Length,
        _ => ((RangeObject)xs.Ref!).Count,
    };

    /// <summary>Throws unless an argument is a number of elements; for methods that are written in Lyra.</summary>
    public static Value CheckCount(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromInt(Count(arguments[0], Argument.Text(arguments[1], "checkTaken", "proc")));

    /// <summary>Throws unless an argument is a number of elements that a part may have; for methods that are written in Lyra.</summary>
    public static Value CheckSize(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromInt(Size(arguments[0], Argument.Text(arguments[1], "checkPart", "proc")));

    private static long Count(in Value n, string proc)
    {
        long count = Argument.Integer(n, proc, "n");
        return count >= 0 ? count : throw Throw.ValueError($"{proc}: n must not be negative, but is {count}");
    }

    private static long Size(in Value n, string proc)
    {
        long size = Argument.Integer(n, proc, "n");
        return size > 0 ? size : throw Throw.ValueError($"{proc}: n must be at least 1, but is {size}");
    }

    /// <summary>A list of parts that begin at each multiple of a distance.</summary>
    private static Value Parts(ScriptContext context, in Value xs, long size, long distance, long count)
    {
        ListObject parts = Make.ListFor(context, count);
        context.Protect(parts);
        for (long i = 0; i < count; i++)
        {
            context.Charge(1);
            parts.Add(context, Part(context, xs, i * distance, size));
        }

        context.Unprotect();
        return Value.FromObject(parts);
    }

    /// <summary>As many elements from a position on as there are, at most <paramref name="count"/>.</summary>
    private static Value Part(ScriptContext context, in Value xs, long start, long count)
    {
        long length = LengthOf(xs);
        long from = Math.Min(start, length);
        long kept = Math.Min(count, length - from);
        if (xs.Ref is not RangeObject range)
        {
            context.Charge(kept >> 7);
            return Indexing.Slice(context, xs, Value.FromInt(from), Value.FromInt(from + kept));
        }

        context.ChargeMemory(RangeObject.Bytes);
        return Value.FromObject(Part(range, from, kept));
    }

    /// <summary>A part of a range. Its bound is an element of the range, or the range's own bound, and so never overflows.</summary>
    private static RangeObject Part(RangeObject range, long from, long kept)
    {
        if (kept == 0)
        {
            return new RangeObject(range.Start, range.Start, range.Step, 0, isInclusive: false);
        }

        bool isToEnd = from + kept == range.Count;
        long stop = isToEnd ? range.Stop : range.IsInclusive ? range.At(from + kept - 1) : range.At(from + kept);
        return new RangeObject(range.At(from), stop, range.Step, kept, range.IsInclusive);
    }
}
