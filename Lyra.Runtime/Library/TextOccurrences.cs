using System;
using System.Text;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;

namespace Lyra.Runtime.Library;

/// <summary>
/// Enumerates the occurrences of a part in a text. Each search is charged for the characters it passes, not for the remaining text, so
/// that many finds in a long text cost its length once.
/// </summary>
internal static class TextOccurrences
{
    /// <summary>Parts up to this length are searched by the BCL, whose worst case is the product of the lengths.</summary>
    private const int MaxShortPart = 64;

    /// <summary>The first index at or after a start; -1 when there is none.</summary>
    public static int Next(ScriptContext context, string text, string part, int start)
    {
        if (part.Length <= MaxShortPart)
        {
            int found = text.IndexOf(part, start, StringComparison.Ordinal);
            context.Charge(1 + (((found < 0 ? text.Length : found) - start) >> 5));
            return found;
        }

        long width = 4L * part.Length;
        while (text.Length - start >= part.Length)
        {
            int end = (int)Math.Min(text.Length, start + width);
            int found = TextSearch.IndexOf(context, text.AsSpan(0, end), part, start);
            if (found >= 0)
            {
                return found;
            }

            start = end - part.Length + 1;
            width *= 2;
        }

        return -1;
    }

    /// <summary>Occurrences that do not overlap; the empty str occurs between all code units and at both ends.</summary>
    public static long Count(ScriptContext context, string text, string part)
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
    public static string Replace(ScriptContext context, string text, string old, string fresh, int length)
    {
        StringBuilder result = new(length);
        int position = 0;
        for (int i = Next(context, text, old, 0); i >= 0; i = Next(context, text, old, position))
        {
            result.Append(text, position, i - position).Append(fresh);
            position = i + old.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
