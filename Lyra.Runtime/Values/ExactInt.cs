using System;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Values;

/// <summary>
/// Arithmetic of 64-bit ints whose exact result may need more bits. It is written without <see cref="Int128"/>, for which the CLR can't
/// precompile code.
/// </summary>
internal static class ExactInt
{
    /// <summary>The sum; null if it does not fit into 64 bits.</summary>
    public static long? Add(long a, long b)
    {
        long sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0 ? null : sum;
    }

    /// <summary>The difference; null if it does not fit into 64 bits.</summary>
    public static long? Subtract(long a, long b)
    {
        long difference = unchecked(a - b);
        return ((a ^ b) & (a ^ difference)) < 0 ? null : difference;
    }

    /// <summary>The product; null if it does not fit into 64 bits.</summary>
    public static long? Multiply(long a, long b) => TryMultiply(a, b, out long product) ? product : null;

    /// <summary>Multiplies; false if the product does not fit into 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMultiply(long a, long b, out long product)
    {
        long high = Math.BigMul(a, b, out product);
        return high == product >> 63;
    }

    /// <summary>Divides, truncating toward zero; false if the divisor is 0 or the quotient does not fit into 64 bits.</summary>
    public static bool TryDivide(long a, long b, out long quotient)
    {
        bool fits = b != 0 && (b != -1 || a != long.MinValue);
        quotient = fits ? a / b : 0;
        return fits;
    }

    /// <summary>The sum, or the int closest to it.</summary>
    public static long AddSaturated(long a, long b) => Add(a, b) ?? (a < 0 ? long.MinValue : long.MaxValue);

    /// <summary>The difference, or the int closest to it.</summary>
    public static long SubtractSaturated(long a, long b) => Subtract(a, b) ?? (a < 0 ? long.MinValue : long.MaxValue);

    /// <summary>The size of an int without its sign.</summary>
    public static ulong Magnitude(long value) => value < 0 ? unchecked(0UL - (ulong)value) : (ulong)value;
}
