using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Runtime.Library.Operations;

/// <summary>
/// Enumerates the occurrences of a part in a text. Each search is charged for the code units that it scans, not for the whole remaining
/// text, so that finding all occurrences costs the text's length once.
/// </summary>
internal static class TextOccurrences
{
    /// <summary>The longest part that the BCL searches for. The worst case of its search is the product of the lengths.</summary>
    private const int MaxShortPart = 64;

    /// <summary>The index of the first occurrence at or after <paramref name="start"/>; -1 when there is none.</summary>
    public static int Next(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part, int start)
    {
        if (part.Length <= MaxShortPart)
        {
            int found = IndexOfShort(context, text[start..], part);
            context.Charge(1 + ((found < 0 ? text.Length - start : found) >> 4));
            return found < 0 ? -1 : found + start;
        }

        long width = 4L * part.Length;
        while (text.Length - start >= part.Length)
        {
            int end = (int)Math.Min(text.Length, start + width);
            int found = TextSearch.IndexOf(context, text[..end], part, start);
            if (found >= 0)
            {
                return found;
            }

            start = end - part.Length + 1;
            width *= 2;
        }

        return -1;
    }

    /// <summary>Searches in pieces, which overlap by the length of the part.</summary>
    private static int IndexOfShort(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part)
    {
        int piece = Pieces.Length<char>();
        int start = 0;
        for (; text.Length - start > piece + part.Length; start += piece)
        {
            int found = IndexOf(text.Slice(start, piece + part.Length - 1), part);
            if (found >= 0)
            {
                return found + start;
            }

            context.CheckClock();
        }

        int last = IndexOf(text[start..], part);
        return last < 0 ? -1 : last + start;
    }

    /// <summary>A search for one code unit begins in half the time.</summary>
    private static int IndexOf(ReadOnlySpan<char> text, ReadOnlySpan<char> part) =>
        part.Length == 1 ? text.IndexOf(part[0]) : text.IndexOf(part);

    /// <summary>The number of occurrences that do not overlap. The empty str occurs between all code units and at both ends.</summary>
    public static long Count(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part)
    {
        if (part.Length == 0)
        {
            return text.Length + 1L;
        }

        long count = 0;
        for (int i = Next(context, text, part, 0); i >= 0; i = Next(context, text, part, i + part.Length))
        {
            count++;
        }

        return count;
    }

    /// <summary>The text with every occurrence replaced. The caller has charged the result's length.</summary>
    public static ScriptString Replace(
        ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> old, ReadOnlySpan<char> fresh, int length) =>
        ScriptString.Create(context, length, new Replacing(context, text, old, fresh), FillReplaced);

    private static void FillReplaced(Span<char> target, Replacing parts)
    {
        ReadOnlySpan<char> text = parts.Text;
        int position = 0;
        for (int i = Next(parts.Context, text, parts.Old, 0); i >= 0; i = Next(parts.Context, text, parts.Old, position))
        {
            target = Append(parts.Context, target, text[position..i]);
            target = Append(parts.Context, target, parts.Fresh);
            position = i + parts.Old.Length;
        }

        Pieces.Copy(parts.Context, text[position..], target);
    }

    private static Span<char> Append(ScriptContext context, Span<char> target, ReadOnlySpan<char> part)
    {
        Pieces.Copy(context, part, target);
        return target[part.Length..];
    }

    private readonly ref struct Replacing(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> old, ReadOnlySpan<char> fresh)
    {
        public readonly ScriptContext Context = context;

        public readonly ReadOnlySpan<char> Text = text;

        public readonly ReadOnlySpan<char> Old = old;

        public readonly ReadOnlySpan<char> Fresh = fresh;
    }
}
