using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of str that split it into a list.</summary>
internal static class StrSplitting
{
    /// <summary>The code units of which strs are made between two charges: so many take less than a millisecond.</summary>
    private const int Piece = 65_536;

    /// <summary>Splits at each separator. Without a separator, splits at runs of white space and returns no empty parts.</summary>
    public static Value Split(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "split", "s");
        ListObject parts = new(4);
        context.ChargeMemory(parts.OwnBytes);
        context.Protect(parts);
        if (Argument.TryGetNonNil(arguments, 1, out Value given))
        {
            ReadOnlySpan<char> separator = Argument.Units(given, "split", "sep");
            if (separator.Length == 0)
            {
                throw Throw.ValueError("split: the separator must not be empty; use 'chars' to split a str into code units");
            }

            SplitAt(context, parts, text, separator);
        }
        else
        {
            SplitAtBlanks(context, parts, text);
        }

        context.Unprotect();
        return Value.FromObject(parts);
    }

    /// <summary>A tuple of what is before the first separator, the separator, and what is after it; the whole str and two empty ones if
    /// there is none.</summary>
    public static Value Partition(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "partition", "s");
        ReadOnlySpan<char> separator = Argument.Units(arguments[1], "partition", "sep");
        if (separator.Length == 0)
        {
            throw Throw.ValueError("partition: the separator must not be empty");
        }

        int at = TextSearch.IndexOf(context, text, separator);
        int length = at < 0 ? text.Length : at;
        ReadOnlySpan<char> rest = at < 0 ? [] : text[(at + separator.Length)..];
        context.Charge(text.Length >> 7);
        context.ChargeMemory(TupleObject.BytesFor(3));
        Value empty = Make.Text(context, "");
        return Value.FromObject(TupleObject.Of(
            [Make.Text(context, text[..length]), at < 0 ? empty : arguments[1], at < 0 ? empty : Make.Text(context, rest)]));
    }

    /// <summary>
    /// The lines without their terminators (<c>\n</c>, <c>\r\n</c> or <c>\r</c>). A terminator at the end of the str begins no further
    /// line.
    /// </summary>
    public static Value Lines(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(LinesOf(context, Argument.Units(arguments[0], "lines", "s")));

    public static ListObject LinesOf(ScriptContext context, ReadOnlySpan<char> text)
    {
        ListObject lines = new(4);
        context.ChargeMemory(lines.OwnBytes);
        context.Protect(lines);
        int start = 0;
        while (start < text.Length)
        {
            int end = text[start..].IndexOfAny('\n', '\r');
            end = end < 0 ? text.Length : end + start;
            Add(context, lines, text, start, end);
            start = end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
        }

        context.Unprotect();
        return lines;
    }

    /// <summary>The code units, each as a str.</summary>
    public static Value Chars(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "chars", "s");
        context.CheckElements(text.Length);
        context.ChargeMemory(ListObject.BytesFor(ListStrategy.Values, text.Length));
        ScriptString source = (ScriptString)arguments[0].Ref!;
        Value[] units = new Value[text.Length];
        ListObject list = ListObject.OfValues(units, units.Length);
        context.Protect(list);
        for (int start = 0; start < units.Length; start += Piece)
        {
            int end = Math.Min(start + Piece, units.Length);
            context.Charge((end - start) >> 3);
            for (int i = start; i < end; i++)
            {
                units[i] = Sequences.UnitAt(context, source, i);
                Pieces.Look(context, i);
            }
        }

        context.Unprotect();
        return Value.FromObject(list);
    }

    /// <summary>The code units, each as an int.</summary>
    public static Value Codes(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "codes", "s");
        context.CheckElements(text.Length);
        context.ChargeMemory(ListObject.BytesFor(ListStrategy.Ints, text.Length));
        context.Charge(text.Length >> 3);
        long[] codes = Pieces.NewArray<long>(text.Length);
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = text[i];
            Pieces.Look(context, i);
        }

        return Value.FromObject(ListObject.OfInts(codes, codes.Length));
    }

    private static void SplitAt(ScriptContext context, ListObject parts, ReadOnlySpan<char> text, ReadOnlySpan<char> separator)
    {
        // Counting takes less time than a list that grows does, above all for the garbage collector.
        if (separator.Length == 1 && text.Length <= Pieces.Length<char>())
        {
            parts.EnsureCapacity(context, text.Count(separator[0]) + 1);
        }

        int start = 0;
        while (true)
        {
            int end = TextOccurrences.Next(context, text, separator, start);
            Add(context, parts, text, start, end < 0 ? text.Length : end);
            if (end < 0)
            {
                return;
            }

            start = end + separator.Length;
        }
    }

    private static void SplitAtBlanks(ScriptContext context, ListObject parts, ReadOnlySpan<char> text)
    {
        int end = 0;
        while (true)
        {
            int start = end;
            while (start < text.Length && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            context.Charge((start - end) >> 3);
            if (start == text.Length)
            {
                return;
            }

            end = start + 1;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            Add(context, parts, text, start, end);
        }
    }

    private static void Add(ScriptContext context, ListObject parts, ReadOnlySpan<char> text, int start, int end)
    {
        context.Charge(1 + ((end - start) >> 5));
        parts.Add(context, Make.Part(context, text, start, end - start));
    }
}
