using System;
using System.Buffers;
using System.Numerics;

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

    /// <summary>The steps that making a set costs.</summary>
    public const int StepsToMake = 64;

    private const int BytesWithoutRanges = 320;

    /// <summary>The code units tested one by one before others are tested several at a time, which takes longer to begin.</summary>
    private const int Short = 16;

    private readonly string _ranges;
    private readonly uint _categories;
    private readonly SpaceRule _space;
    private readonly bool _isNegated;
    private readonly bool _ignoresCase;
    private readonly CharacterSet? _except;
    private readonly ulong _lowUnits;
    private readonly ulong _highUnits;

    /// <summary>Whether all code units from 128 on certainly belong to the set.</summary>
    private readonly bool _hasAllOthers;

    /// <summary>The members below 128; if all code units from 128 on are members, the others below 128. Made when needed.</summary>
    private SearchValues<char>? _units;

    /// <summary>The code units that were counted before <see cref="_units"/> were made; not exact if several threads count.</summary>
    private readonly int _minUnits = UnitSearch.MinUnits;
    private int _counted;

    /// <param name="ranges">The first and last code unit of each range, ascending and disjoint.</param>
    /// <param name="categories">A mask of Unicode categories.</param>
    /// <param name="space">Whether white space, or everything else, belongs to the set.</param>
    /// <param name="isNegated">Whether the set is everything but these.</param>
    /// <param name="ignoresCase">Whether equivalents of code units in a range belong to the set.</param>
    /// <param name="except">A set whose code units do not belong to this one.</param>
    public CharacterSet(string ranges, uint categories, SpaceRule space, bool isNegated, bool ignoresCase, CharacterSet? except)
    {
        _ranges = ranges;
        _categories = categories;
        _space = space;
        _isNegated = isNegated;
        _ignoresCase = ignoresCase;
        _except = except;
        Cost = (ranges.Length > 16 || ignoresCase ? 2 : 0) + (except is null ? 0 : 1 + except.Cost);
        Others = FindOthers();
        _hasAllOthers = isNegated && categories == 0 && space == SpaceRule.None && !ignoresCase && except is null
            && (ranges.Length == 0 || ranges[^1] < 128);
        for (int unit = 0; unit < 64; unit++)
        {
            _lowUnits |= Search((char)unit) ? 1ul << unit : 0;
            _highUnits |= Search((char)(unit + 64)) ? 1ul << unit : 0;
        }
    }

    /// <summary>The steps that testing a code unit from 128 on costs; 0 if testing some code units costs one.</summary>
    public int Cost { get; }

    /// <summary>The code units below 64 that belong to the set, as bits.</summary>
    public ulong LowUnits => _lowUnits;

    /// <summary>The code units from 64 to 127 that belong to the set, as bits.</summary>
    public ulong HighUnits => _highUnits;

    /// <summary>The kinds of code units from 128 on of which some may belong to the set, as in <see cref="UnitMask.Others"/>.</summary>
    public uint Others { get; }

    public long Bytes => BytesWithoutRanges + (2L * _ranges.Length) + (_except?.Bytes ?? 0);

    /// <summary>Whether all code units certainly are parts of a word for <c>\b</c>.</summary>
    public bool IsWithinWords => (_lowUnits & ~UnicodeProperties.LowWordUnits) == 0 && (_highUnits & ~UnicodeProperties.HighWordUnits) == 0
        && (Others & ~UnicodeProperties.Word) == 0;

    /// <summary>The set of one code unit, or of some code units and nothing else.</summary>
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
        : ContainsOther(unit);

    /// <summary>If the set consists of an ASCII letter in both cases, the small one; NUL otherwise.</summary>
    public char LetterInBothCases
    {
        get
        {
            bool isPair = Others == 0 && _lowUnits == 0 && BitOperations.PopCount(_highUnits) == 2;
            char small = isPair ? (char)(127 - BitOperations.LeadingZeroCount(_highUnits)) : '\0';
            return char.IsAsciiLetterLower(small) && Contains((char)(small - 32)) ? small : '\0';
        }
    }

    /// <summary>Counts the code units at the beginning of a text that belong to the set.</summary>
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

        ulong low = _lowUnits;
        ulong high = _highUnits;
        int count = 0;
        while (true)
        {
            int most = Math.Min(text.Length, count + Short);
            for (; count < most; count++)
            {
                char unit = text[count];
                if (unit < 128 ? (((unit < 64 ? low : high) >> (unit & 63)) & 1) == 0 : !ContainsOther(unit))
                {
                    return count;
                }
            }

            int skipped = most == text.Length ? 0 : Skip(text[count..]);
            count += skipped;
            if (count == text.Length)
            {
                return count;
            }
        }
    }

    /// <summary>Counts the code units at the end of a text that belong to the set.</summary>
    public int CountAtEnd(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && Contains(text[text.Length - 1 - count]))
        {
            count++;
        }

        return count;
    }

    private bool ContainsOther(char unit) => Others != 0 && (_hasAllOthers || Search(unit));

    /// <summary>
    /// Code units at the beginning of a text, tested several at a time, that certainly belong to the set. At first none, because making a
    /// search for them takes longer than to test many one by one.
    /// </summary>
    private int Skip(ReadOnlySpan<char> text)
    {
        if (_units is null && (_counted += Short) < _minUnits)
        {
            return 0;
        }

        SearchValues<char> units = _units ??= _hasAllOthers
            ? UnitSearch.For(~_lowUnits, ~_highUnits)
            : UnitSearch.For(_lowUnits, _highUnits);
        int end = _hasAllOthers ? text.IndexOfAny(units) : text.IndexOfAnyExcept(units);
        return end < 0 ? text.Length : end;
    }

    private uint FindOthers()
    {
        bool hasOtherRanges = _ranges.Length > 0 && (_ranges[^1] >= 128 || _ignoresCase);
        uint others = (_categories & (UnitMask.NextLine - 1)) | ((_categories & UnicodeProperties.Control) != 0 ? UnitMask.NextLine : 0);
        others |= (_space & SpaceRule.Space) != 0 ? UnicodeProperties.Space | UnitMask.NextLine : 0;
        others |= (_space & SpaceRule.NotSpace) != 0 ? UnitMask.AllOthers & ~(UnicodeProperties.Space | UnitMask.NextLine) : 0;
        return _isNegated ? UnitMask.AllOthers & ~others : hasOtherRanges ? UnitMask.AllOthers : others;
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

    /// <summary>A binary search for the last range that begins at the code unit or below it.</summary>
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
