using System;
using System.Globalization;
using System.Numerics;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// A set of what may come next in a text: code units, of which those from 128 on are told apart by category only, or the end.
/// </summary>
/// <param name="Low">The code units below 64, as bits.</param>
/// <param name="High">The code units from 64 to 127, as bits.</param>
/// <param name="Others">The categories of the other code units, as bits, and <see cref="NextLine"/>.</param>
/// <param name="HasEnd">Whether the end of the text belongs to it.</param>
internal readonly record struct UnitMask(ulong Low, ulong High, uint Others, bool HasEnd)
{
    /// <summary>The bit of U+0085, the only control from 128 on that is white space.</summary>
    public const uint NextLine = 1u << 30;

    /// <summary>All bits of <see cref="Others"/>.</summary>
    public const uint AllOthers = (1u << 31) - 1;

    public static readonly UnitMask Everything = new(ulong.MaxValue, ulong.MaxValue, AllOthers, true);

    /// <summary>The end of the text.</summary>
    public static readonly UnitMask End = new(0, 0, 0, true);

    /// <summary>The end of the text, or a newline.</summary>
    public static readonly UnitMask EndOrNewline = Of('\n') | End;

    public bool IsEverything => this == Everything;

    /// <summary>The code unit that it consists of; -1 if it is not a single one below 128.</summary>
    public int Single => Others != 0 || HasEnd || BitOperations.PopCount(Low) + BitOperations.PopCount(High) != 1 ? -1
        : Low != 0 ? BitOperations.TrailingZeroCount(Low) : 64 + BitOperations.TrailingZeroCount(High);

    public static UnitMask operator |(in UnitMask a, in UnitMask b) =>
        new(a.Low | b.Low, a.High | b.High, a.Others | b.Others, a.HasEnd | b.HasEnd);

    public static UnitMask Of(char unit) => unit < 64 ? new UnitMask(1ul << unit, 0, 0, false)
        : unit < 128 ? new UnitMask(0, 1ul << (unit - 64), 0, false)
        : new UnitMask(0, 0, OtherBit(unit), false);

    public static UnitMask Of(CharacterSet set) => new(set.LowUnits, set.HighUnits, set.Others, false);

    public bool Equals(UnitMask other) =>
        Low == other.Low && High == other.High && Others == other.Others && HasEnd == other.HasEnd;

    public override int GetHashCode() => HashCode.Combine(Low, High, Others, HasEnd);

    public bool Overlaps(in UnitMask other) =>
        ((Low & other.Low) | (High & other.High)) != 0 || (Others & other.Others) != 0 || (HasEnd && other.HasEnd);

    public bool Contains(char unit) => unit < 128
        ? (((unit < 64 ? Low : High) >> (unit & 63)) & 1) != 0
        : Others != 0 && (Others == AllOthers || (Others & OtherBit(unit)) != 0);

    /// <summary>Whether what comes next at a position of a text belongs to it.</summary>
    public bool Admits(string text, int position) => (uint)position < (uint)text.Length ? Contains(text[position]) : HasEnd;

    private static uint OtherBit(char unit) => unit == '\u0085' ? NextLine : 1u << (int)char.GetUnicodeCategory(unit);
}
