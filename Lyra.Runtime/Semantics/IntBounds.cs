using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>Whether a number is an int, or a float equal to one, from one int up to another, without that. For range patterns.</summary>
internal static class IntBounds
{
    /// <summary>False if one of the values is no number, or one of the bounds no int.</summary>
    public static bool Contain(in Value value, in Value start, in Value end)
    {
        if (value.IsInt && start.IsInt && end.IsInt)
        {
            return Contain(value.AsInt, start.AsInt, end.AsInt);
        }

        if (!start.IsAnyInt || !end.IsAnyInt || !(value.IsAnyInt || (value.IsFloat && double.IsInteger(value.AsFloat))))
        {
            return false;
        }

        BigInteger whole = value.IsFloat ? new BigInteger(value.AsFloat) : value.AsBig;
        return whole >= start.AsBig && whole < end.AsBig;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Contain(long value, long start, long end) => value >= start && value < end;

    /// <summary>A float beyond 64 bits is in no range of 64-bit bounds.</summary>
    public static bool Contain(double value, long start, long end) =>
        double.IsInteger(value) && value >= long.MinValue && value < -(double)long.MinValue && Contain((long)value, start, end);
}
