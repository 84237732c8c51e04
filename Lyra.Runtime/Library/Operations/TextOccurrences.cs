using System;
using System.Text;
using Lyra.Runtime.Execution;
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
    public static int Next(ScriptContext context, string text, string part, int start)
    {
        if (part.Length <= MaxShortPart)
        {
            int found = text.IndexOf(part, start, StringComparison.Ordinal);
            context.Charge(1 + (((found < 0 ? text.Length : found) - start) >> 4));
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

    /// <summary>The number of occurrences that do not overlap. The empty str occurs between all code units and at both ends.</summary>
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
