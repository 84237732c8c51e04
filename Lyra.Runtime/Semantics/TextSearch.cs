using System;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Ordinal search for a part of a text. Short searches use the BCL. Where its worst case, the product of both lengths, could take long, the
/// algorithm of Knuth, Morris and Pratt (1977) is used; it is linear and charged as it proceeds.
/// </summary>
internal static class TextSearch
{
    /// <summary>Searching a text that is shorter than this charges nothing.</summary>
    public const int FirstCharge = 16;

    /// <summary>The largest product of the lengths for which the BCL searches.</summary>
    private const long MaxProduct = 1 << 22;

    /// <summary>The number of code units between two charges.</summary>
    private const int ChargeUnit = 4096;

    /// <summary>
    /// The number of code units that are searched first; the next part is <see cref="WindowGrowth"/> times as long, and so on.
    /// </summary>
    private const int FirstWindow = 1024;

    private const int WindowGrowth = 4;
    private const int MaxWindow = 1 << 22;

    /// <summary>
    /// The first index at or after <paramref name="start"/> where the part begins; -1 when there is none. Charges in proportion to what it
    /// searches, so that a loop that finds one separator after the other takes linear time and steps.
    /// </summary>
    public static int IndexOf(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part, int start = 0)
    {
        int window = FirstWindow;
        while (part.Length <= text.Length - start)
        {
            int length = (int)Math.Min((long)window + Math.Max(part.Length - 1, 0), text.Length - start);
            if (part.Length > 1 && (long)length * part.Length > MaxProduct)
            {
                int found = IndexOfLong(context, text[start..], part);
                return found < 0 ? -1 : found + start;
            }

            context.Charge(Steps(length, part));
            int position = text.Slice(start, length).IndexOf(part);
            if (position >= 0 || length == text.Length - start)
            {
                return position < 0 ? -1 : position + start;
            }

            start += window;
            window = Math.Min(window * WindowGrowth, MaxWindow);
        }

        return -1;
    }

    /// <summary>
    /// As <see cref="IndexOf"/>, for compiled code, where at most the first window has to be searched. False, and nothing is charged, where
    /// more is to be searched, or a limit would be reached.
    /// </summary>
    public static bool TryFindInWindow(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part, int start, out int position)
    {
        ReadOnlySpan<char> rest = text[start..];
        position = -1;
        if (rest.Length < part.Length)
        {
            return true;
        }

        if (rest.Length > FirstWindow || !context.TryCharge(Steps(rest.Length, part)))
        {
            return false;
        }

        position = rest.IndexOf(part);
        position += position < 0 ? 0 : start;
        return true;
    }

    /// <summary>Whether a text begins with a part; false if the steps can't be charged.</summary>
    public static bool TryStartsWith<TCharge>(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part, out bool result)
        where TCharge : struct, IStepCharge
    {
        bool isCharged = IsCharged<TCharge>(context, part);
        result = isCharged && part.Length <= text.Length && Pieces.AreEqual(context, text[..part.Length], part);
        return isCharged;
    }

    /// <summary>Whether a text ends with a part; false if the steps can't be charged.</summary>
    public static bool TryEndsWith<TCharge>(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part, out bool result)
        where TCharge : struct, IStepCharge
    {
        bool isCharged = IsCharged<TCharge>(context, part);
        result = isCharged && part.Length <= text.Length && Pieces.AreEqual(context, text[^part.Length..], part);
        return isCharged;
    }

    /// <summary>Charges for comparing a part with the start or the end of a text.</summary>
    private static bool IsCharged<TCharge>(ScriptContext context, ReadOnlySpan<char> part)
        where TCharge : struct, IStepCharge =>
        (TCharge.Raises || part.Length <= Pieces.Length<char>()) && TCharge.Take(context, part.Length >> 8);

    private static long Steps(int length, ReadOnlySpan<char> part) => length >> (part.Length > 1 ? 4 : 6);

    /// <summary>
    /// The part of a text between the white space at both ends, as the BCL's <c>Trim</c> finds it. Charges steps and looks at the clock.
    /// </summary>
    public static Range Trimmed(ScriptContext context, ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            ChargeBlanks(context, ++start);
        }

        int end = text.Length;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            ChargeBlanks(context, --end);
        }

        return start..end;
    }

    private static void ChargeBlanks(ScriptContext context, int position)
    {
        if (position % ChargeUnit == 0)
        {
            context.Charge(ChargeUnit >> 4);
            context.CheckClock();
        }
    }

    private static int IndexOfLong(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> part)
    {
        int[] fallback = FallbackOf(context, part);
        int matched = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (i % ChargeUnit == 0)
            {
                context.Charge(ChargeUnit >> 2);
            }

            while (matched > 0 && text[i] != part[matched])
            {
                matched = fallback[matched - 1];
            }

            if (text[i] == part[matched] && ++matched == part.Length)
            {
                return i - part.Length + 1;
            }
        }

        return -1;
    }

    /// <summary>For each prefix of the part, the length of its longest proper prefix that is also its suffix.</summary>
    private static int[] FallbackOf(ScriptContext context, ReadOnlySpan<char> part)
    {
        context.ChargeMemory(24 + (4L * part.Length));
        context.Charge(part.Length >> 2);
        int[] fallback = Pieces.NewArray<int>(part.Length);
        fallback[0] = 0;
        int matched = 0;
        for (int i = 1; i < part.Length; i++)
        {
            Pieces.Look(context, i);
            while (matched > 0 && part[i] != part[matched])
            {
                matched = fallback[matched - 1];
            }

            if (part[i] == part[matched])
            {
                matched++;
            }

            fallback[i] = matched;
        }

        return fallback;
    }
}
