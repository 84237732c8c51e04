using System;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Profiles;

/// <summary>The ints from <see cref="Min"/> to <see cref="Max"/>, both included.</summary>
internal readonly record struct Interval(long Min, long Max)
{
    public static readonly Interval All = new(long.MinValue, long.MaxValue);

    /// <summary>The ints that pass GuardSmall: two products of such ints, and the sum of these products, fit into 64 bits.</summary>
    public static readonly Interval Small = new(-(1L << 30), 1L << 30);

    // Written out, because the CLR would have to compile its own comparer of longs when a process uses it first.
    public bool Equals(Interval other) => Min == other.Min && Max == other.Max;

    public override int GetHashCode() => HashCode.Combine(Min, Max);

    public static Interval Of(long value) => new(value, value);

    /// <summary>The 64-bit ints that a slot of this kind stores.</summary>
    public static Interval OfSlot(SlotKind kind)
    {
        SlotInfo row = SlotInfo.Of(kind);
        return row is not { Kind: ValueKind.Int, Bits: > 0 } ? All
            : row.IsSigned ? new(-1L << (row.Bits - 1), ~(-1L << (row.Bits - 1)))
            : new(0, row.Bits == 64 ? long.MaxValue : ~(-1L << row.Bits));
    }

    public bool IsSingle => Min == Max;

    public bool Contains(long value) => Min <= value && value <= Max;

    /// <summary>The smallest interval that contains both.</summary>
    public Interval Union(Interval other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    /// <summary>The ints that are in both; this interval if there are none, because the code is unreachable then.</summary>
    public Interval Intersect(Interval other)
    {
        Interval common = new(Math.Max(Min, other.Min), Math.Min(Max, other.Max));
        return common.Min > common.Max ? this : common;
    }

    /// <summary>
    /// Widening (Cousot and Cousot: Abstract Interpretation, 1977): moves each bound that has grown to the next threshold, so that the
    /// analysis reaches a fixed point. One threshold is adjacent to the largest int: a counter that is compared with a limit stops growing
    /// there.
    /// </summary>
    /// <param name="before">The interval of the previous iteration.</param>
    public Interval Widen(Interval before) =>
        new(Min < before.Min ? LowerThreshold(Min) : Min, Max > before.Max ? ThresholdOf(Max) : Max);

    private static long LowerThreshold(long min) => min switch
    {
        long.MinValue => min,
        -long.MaxValue => long.MinValue,
        _ => -ThresholdOf(-min),
    };

    private static long ThresholdOf(long size) => size <= 0 ? 0
        : size <= int.MaxValue ? int.MaxValue
        : size <= 1L << 53 ? 1L << 53
        : size <= long.MaxValue - 1 ? long.MaxValue - 1
        : long.MaxValue;

    /// <summary>Sums; null if one may not fit into 64 bits.</summary>
    public Interval? Add(Interval other) => Fit(ExactInt.Add(Min, other.Min), ExactInt.Add(Max, other.Max));

    /// <summary>Differences; null when one may not fit.</summary>
    public Interval? Subtract(Interval other) => Fit(ExactInt.Subtract(Min, other.Max), ExactInt.Subtract(Max, other.Min));

    /// <summary>Products; null when one may not fit.</summary>
    public Interval? Multiply(Interval other)
    {
        return ExactInt.Multiply(Min, other.Min) is { } a && ExactInt.Multiply(Min, other.Max) is { } b
            && ExactInt.Multiply(Max, other.Min) is { } c && ExactInt.Multiply(Max, other.Max) is { } d
            ? new Interval(Math.Min(Math.Min(a, b), Math.Min(c, d)), Math.Max(Math.Max(a, b), Math.Max(c, d)))
            : null;
    }

    /// <summary>Negations; null when one may not fit.</summary>
    public Interval? Negate() => Of(0).Subtract(this);

    private static Interval? Fit(long? min, long? max) => min is { } least && max is { } most ? new Interval(least, most) : null;
}
