using System;
using System.Numerics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>Conversions between numbers and from text to numbers.</summary>
internal static partial class Conversion
{
    /// <summary>The float nearest to an int of any size, ties to even; infinity when it is too large.</summary>
    public static double IntToFloat(in Value anyInt) => anyInt.IsInt ? anyInt.AsInt : BigToFloat(anyInt.AsBig);

    /// <summary>
    /// The float nearest to an int, ties to even; infinity when it is too large. (BigInteger's own conversion truncates.) The top 64 bits decide,
    /// with the lowest of them set when any bit below is: 11 bits more than the result keeps, so the one rounding sees every bit.
    /// </summary>
    public static double BigToFloat(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return (long)value;
        }

        BigInteger magnitude = BigInteger.Abs(value);
        long shift = magnitude.GetBitLength() - 64;
        if (shift > 1024)
        {
            return value.Sign < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        ulong top = (ulong)(shift > 0 ? magnitude >> (int)shift : magnitude);
        if (shift > 0 && (long)(ulong)BigInteger.TrailingZeroCount(magnitude) < shift)
        {
            top |= 1;
        }

        double result = Math.ScaleB((double)top, (int)Math.Max(shift, 0));
        return value.Sign < 0 ? -result : result;
    }
}
