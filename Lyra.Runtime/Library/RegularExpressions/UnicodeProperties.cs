using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>The names that <c>\p{…}</c> accepts: general categories, and .NET's names of Unicode blocks.</summary>
internal static class UnicodeProperties
{
    /// <summary>The categories of letters that have a case: option <c>i</c> makes each of them match all.</summary>
    public static readonly uint Cased = Mask(UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter,
        UnicodeCategory.TitlecaseLetter);

    /// <summary>The categories of <c>\w</c>.</summary>
    public static readonly uint Word = Cased | Mask(UnicodeCategory.ModifierLetter, UnicodeCategory.OtherLetter,
        UnicodeCategory.NonSpacingMark, UnicodeCategory.DecimalDigitNumber, UnicodeCategory.ConnectorPunctuation);

    /// <summary>The categories of white space from U+0080 on, except for U+0085.</summary>
    public static readonly uint Space = Mask(UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator,
        UnicodeCategory.ParagraphSeparator);

    /// <summary>The category of control characters.</summary>
    public static readonly uint Control = Mask(UnicodeCategory.Control);

    /// <summary>The code units of <c>\w</c> below 64, as bits.</summary>
    public const ulong LowWordUnits = 0x03FF_0000_0000_0000;

    /// <summary>The code units of <c>\w</c> from 64 to 127, as bits.</summary>
    public const ulong HighWordUnits = 0x07FF_FFFE_87FF_FFFE;

    /// <summary>The category of <c>\d</c>.</summary>
    public static readonly uint Digit = Mask(UnicodeCategory.DecimalDigitNumber);

    /// <summary>The abbreviations in the order of <see cref="UnicodeCategory"/>.</summary>
    private const string Abbreviations = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn";

    /// <summary>The ranges of each block that was used; there are as many as .NET knows.</summary>
    private static readonly ConcurrentDictionary<string, string> Blocks = new();

    /// <summary>The categories of a name, as a mask: one of two letters, or all that begin with the same letter.</summary>
    public static bool TryGetCategories(string name, out uint mask)
    {
        mask = 0;
        for (int i = 0; i < Abbreviations.Length && name.Length is 1 or 2; i += 3)
        {
            mask |= Abbreviations.AsSpan(i, 2).StartsWith(name) ? 1u << (i / 3) : 0;
        }

        return mask != 0;
    }

    /// <summary>The ranges of a block, each as its first and last code unit; null if there is no such block.</summary>
    public static string? FindBlock(string name)
    {
        if (Blocks.TryGetValue(name, out string? ranges))
        {
            return ranges;
        }

        try
        {
            ranges = RangesOf(new Regex($@"\p{{{name}}}", RegexOptions.CultureInvariant));
        }
        catch (RegexParseException)
        {
            return null;
        }

        return Blocks.GetOrAdd(name, ranges);
    }

    /// <summary>Whether a code unit can be part of a name in a pattern, and of a word for <c>\b</c>.</summary>
    public static bool IsWordUnit(char unit) =>
        unit < 128 ? (((unit < 64 ? LowWordUnits : HighWordUnits) >> (unit & 63)) & 1) != 0
        : ((Word >> (int)char.GetUnicodeCategory(unit)) & 1) != 0 || unit is '\u200C' or '\u200D';

    private static uint Mask(params ReadOnlySpan<UnicodeCategory> categories)
    {
        uint mask = 0;
        foreach (UnicodeCategory category in categories)
        {
            mask |= 1u << (int)category;
        }

        return mask;
    }

    private static string RangesOf(Regex block)
    {
        string all = string.Create(char.MaxValue + 1, 0, static (units, _) =>
        {
            for (int i = 0; i < units.Length; i++)
            {
                units[i] = (char)i;
            }
        });
        List<char> ranges = [];
        foreach (ValueMatch match in block.EnumerateMatches(all))
        {
            if (ranges.Count > 0 && ranges[^1] + 1 == match.Index)
            {
                ranges[^1] = (char)match.Index;
            }
            else
            {
                ranges.AddRange([(char)match.Index, (char)match.Index]);
            }
        }

        return new string([.. ranges]);
    }
}
