using System;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// A set of code units: ranges and Unicode categories, possibly negated, without those of another set. Immutable.
/// </summary>
internal sealed class CharacterSet
{
    /// <summary>Every code unit.</summary>
    public static readonly CharacterSet All = new("\0\uFFFF", 0, SpaceRule.None, false, false, null);

    /// <summary>What a dot matches without option <c>s</c>.</summary>
    public static readonly CharacterSet NotNewline = new("\n\n", 0, SpaceRule.None, true, false, null);

    private const int BytesWithoutRanges = 96;

    private readonly string _ranges;
    private readonly uint _categories;
    private readonly SpaceRule _space;
    private readonly bool _isNegated;
    private readonly bool _ignoresCase;
    private readonly CharacterSet? _except;
    private readonly ulong _lowUnits;
    private readonly ulong _highUnits;

    /// <param name="ranges">The first and last unit of each range, ascending and disjoint.</param>
    /// <param name="categories">A mask of Unicode categories.</param>
    /// <param name="space">Whether white space, or everything else, belongs to the set.</param>
    /// <param name="isNegated">Whether the set is everything but these.</param>
    /// <param name="ignoresCase">Whether equivalents of units in a range belong to the set.</param>
    /// <param name="except">A set whose units do not belong to this one.</param>
    public CharacterSet(string ranges, uint categories, SpaceRule space, bool isNegated, bool ignoresCase, CharacterSet? except)
    {
        _ranges = ranges;
        _categories = categories;
        _space = space;
        _isNegated = isNegated;
        _ignoresCase = ignoresCase;
        _except = except;
        Cost = (ranges.Length > 16 || ignoresCase ? 2 : 0) + (except is null ? 0 : 1 + except.Cost);
        for (int unit = 0; unit < 64; unit++)
        {
            _lowUnits |= Search((char)unit) ? 1ul << unit : 0;
            _highUnits |= Search((char)(unit + 64)) ? 1ul << unit : 0;
        }
    }

    /// <summary>The steps that testing a unit costs; 0 if testing some units costs one.</summary>
    public int Cost { get; }

    /// <summary>The units below 64 that belong to the set, as bits.</summary>
    public ulong LowUnits => _lowUnits;

    /// <summary>The units from 64 to 127 that belong to the set, as bits.</summary>
    public ulong HighUnits => _highUnits;

    /// <summary>False if certainly no unit from 128 on belongs to the set.</summary>
    public bool MayHaveOthers => _isNegated || _ignoresCase || _categories != 0 || _space != SpaceRule.None
        || (_ranges.Length > 0 && _ranges[^1] >= 128);

    public long Bytes => BytesWithoutRanges + (2L * _ranges.Length) + (_except?.Bytes ?? 0);

    /// <summary>The set of one unit, or of some units and nothing else.</summary>
    public static CharacterSet Of(ReadOnlySpan<char> units)
    {
        CharacterSetBuilder builder = new(false);
        foreach (char unit in units)
        {
            builder.Add(unit, unit);
        }

        return builder.Build();
    }

    public bool Contains(char unit) => unit < 128
        ? (((unit < 64 ? _lowUnits : _highUnits) >> (unit & 63)) & 1) != 0
        : Search(unit);

    /// <summary>Counts the units at the beginning of a text that belong to the set.</summary>
    public int CountAtStart(ReadOnlySpan<char> text)
    {
        if (this == All)
        {
            return text.Length;
        }

        if (this == NotNewline)
        {
            return text.IndexOf('\n') is >= 0 and int end ? end : text.Length;
        }

        if (_ranges.Length == 2 && _ranges[0] == _ranges[1] && Cost == 0 && _categories == 0 && _space == SpaceRule.None && !_isNegated)
        {
            return text.IndexOfAnyExcept(_ranges[0]) is >= 0 and int other ? other : text.Length;
        }

        int count = 0;
        while (count < text.Length && Contains(text[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>Counts the units at the end of a text that belong to the set.</summary>
    public int CountAtEnd(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && Contains(text[text.Length - 1 - count]))
        {
            count++;
        }

        return count;
    }

    private bool Search(char unit) => HasBase(unit) != _isNegated && _except?.Contains(unit) != true;

    private bool HasBase(char unit)
    {
        if (InRanges(unit) || ((_categories >> (int)char.GetUnicodeCategory(unit)) & 1) != 0
            || (_space != SpaceRule.None && (_space & (char.IsWhiteSpace(unit) ? SpaceRule.Space : SpaceRule.NotSpace)) != 0))
        {
            return true;
        }

        if (_ignoresCase)
        {
            foreach (char other in CaseEquivalence.OthersOf(unit))
            {
                if (InRanges(other))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A binary search for the last range that begins at the unit or below it.</summary>
    private bool InRanges(char unit)
    {
        int low = 0;
        int high = _ranges.Length / 2;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_ranges[2 * middle] <= unit)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && unit <= _ranges[(2 * low) - 1];
    }
}

/// <summary>Whether <c>\s</c>, <c>\S</c> or both are in a class.</summary>
[Flags]
internal enum SpaceRule : byte
{
    None = 0,
    Space = 1,
    NotSpace = 2,
}
