using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Semantics;

/// <summary>Division of ints that rounds down, by a divisor above 0.</summary>
internal static class FloorDivision
{
    /// <summary>The quotient, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Quotient(long x, long divisor)
    {
        long quotient = x / divisor;
        return quotient * divisor > x ? quotient - 1 : quotient;
    }

    /// <summary>The remainder, at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Remainder(long x, long divisor)
    {
        long remainder = x % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }
}
