using System;

namespace Lyra.Jit.Profiles;

/// <summary>The ints from <see cref="Min"/> to <see cref="Max"/>, both included.</summary>
internal readonly record struct Interval(long Min, long Max)
{
    public static readonly Interval All = new(long.MinValue, long.MaxValue);

    /// <summary>The ints that pass GuardSmall: two products of such ints, and the sum of these products, fit into 64 bits.</summary>
    public static readonly Interval Small = new(-(1L << 30), 1L << 30);

    public static Interval Of(long value) => new(value, value);

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
        new(Min < before.Min ? LowerThreshold(Min) : Min, Max > before.Max ? (long)ThresholdOf(Max) : Max);

    private static long LowerThreshold(long min) => min switch
    {
        long.MinValue => min,
        -long.MaxValue => long.MinValue,
        _ => (long)-ThresholdOf(-(Int128)min),
    };

    private static Int128 ThresholdOf(Int128 size) => size <= 0 ? 0
        : size <= int.MaxValue ? int.MaxValue
        : size <= 1L << 53 ? 1L << 53
        : size <= long.MaxValue - 1 ? long.MaxValue - 1
        : long.MaxValue;

    /// <summary>Sums; null if one may not fit into 64 bits.</summary>
    public Interval? Add(Interval other) => Fit((Int128)Min + other.Min, (Int128)Max + other.Max);

    /// <summary>Differences; null when one may not fit.</summary>
    public Interval? Subtract(Interval other) => Fit((Int128)Min - other.Max, (Int128)Max - other.Min);

    /// <summary>Products; null when one may not fit.</summary>
    public Interval? Multiply(Interval other)
    {
        Int128 a = (Int128)Min * other.Min;
        Int128 b = (Int128)Min * other.Max;
        Int128 c = (Int128)Max * other.Min;
        Int128 d = (Int128)Max * other.Max;
        return Fit(Int128.Min(Int128.Min(a, b), Int128.Min(c, d)), Int128.Max(Int128.Max(a, b), Int128.Max(c, d)));
    }

    /// <summary>Negations; null when one may not fit.</summary>
    public Interval? Negate() => Of(0).Subtract(this);

    private static Interval? Fit(Int128 min, Int128 max) =>
        min < long.MinValue || max > long.MaxValue ? null : new Interval((long)min, (long)max);
}
