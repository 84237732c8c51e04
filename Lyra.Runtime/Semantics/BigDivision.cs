using System;
using System.Numerics;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Division of ints so long that the BCL's division would take too long; it can't be interrupted. The dividend is split into blocks as wide
/// as the divisor. Each division of two blocks by one recurses as in Burnikel and Ziegler, "Fast Recursive Division" (1998), down to
/// operands that <see cref="BigInteger"/> divides in a millisecond.
/// </summary>
internal static class BigDivision
{
    /// <summary>Divisors up to this many bits are neither split nor normalized. A multiple of 8.</summary>
    private const int LeafBits = 1 << 14;

    /// <summary>The dividend is normalized and written to blocks, the quotient collected in blocks and read from them.</summary>
    private const int CopiesOfDividend = 4;

    /// <summary>Quotient and remainder of two positive ints whose memory is reserved.</summary>
    public static BigInteger Divide(ScriptContext context, in BigInteger dividend, in BigInteger divisor, out BigInteger remainder)
    {
        long divisorBits = divisor.GetBitLength();
        int width = divisorBits <= LeafBits ? LeafBits : WidthFor(divisorBits);
        int shift = divisorBits <= LeafBits ? 0 : (int)(width - divisorBits);
        long bytes = (dividend.GetBitLength() >> 3) + (2L * width / 8);
        using HeldMemory temporaries = new(context, CopiesOfDividend * bytes);
        BigInteger normalized = divisor << shift;
        byte[] blocks = (dividend << shift).ToByteArray(isUnsigned: true);
        int blockBytes = width / 8;
        byte[] quotient = new byte[(blocks.Length / blockBytes + 1) * blockBytes];
        BigInteger rest = BigInteger.Zero;
        for (int start = blocks.Length / blockBytes * blockBytes; start >= 0; start -= blockBytes)
        {
            ReadOnlySpan<byte> block = blocks.AsSpan(start, Math.Min(blockBytes, blocks.Length - start));
            BigInteger part = new(block, isUnsigned: true);
            BigInteger digit = DivideTwoByOne(context, (rest << width) + part, normalized, width, out rest);
            digit.TryWriteBytes(quotient.AsSpan(start), out _, isUnsigned: true);
        }

        remainder = rest >> shift;
        return new BigInteger(quotient, isUnsigned: true);
    }

    /// <summary>The width to normalize a divisor to: a multiple of 8 that halves evenly down to the leaf size.</summary>
    private static int WidthFor(long bits)
    {
        int halvings = 0;
        while (bits >> halvings > LeafBits)
        {
            halvings++;
        }

        long unit = 8L << halvings;
        return (int)((bits + unit - 1) / unit * unit);
    }

    /// <summary>
    /// Divides an int below <c>divisor * 2 ** width</c> by a divisor of exactly <paramref name="width"/> bits, or of fewer at the leaf
    /// width.
    /// </summary>
    private static BigInteger DivideTwoByOne(
        ScriptContext context, in BigInteger dividend, in BigInteger divisor, int width, out BigInteger remainder)
    {
        if (width <= LeafBits)
        {
            context.Charge(BigMath.DivideSteps(2L * width, divisor.GetBitLength()));
            context.CheckClock();
            return BigInteger.DivRem(dividend, divisor, out remainder);
        }

        context.Charge(width >> 11);
        using HeldMemory temporaries = new(context, width);
        int half = width / 2;
        BigInteger divisorHigh = divisor >> half;
        BigInteger divisorLow = divisor - (divisorHigh << half);
        BigInteger high = dividend >> width;
        BigInteger low = dividend - (high << width);
        BigInteger third = low >> half;
        BigInteger fourth = low - (third << half);
        Halves halves = new(divisor, divisorHigh, divisorLow, half);
        BigInteger first = DivideThreeByTwo(context, high, third, halves, out BigInteger rest);
        BigInteger second = DivideThreeByTwo(context, rest, fourth, halves, out remainder);
        return (first << half) + second;
    }

    private readonly record struct Halves(BigInteger Divisor, BigInteger High, BigInteger Low, int Bits);

    /// <summary>Divides <c>high * 2 ** bits + low</c> by a divisor whose halves have that many bits each.</summary>
    private static BigInteger DivideThreeByTwo(
        ScriptContext context, in BigInteger high, in BigInteger low, in Halves divisor, out BigInteger remainder)
    {
        BigInteger digit;
        BigInteger rest;
        if (high >> divisor.Bits == divisor.High)
        {
            digit = (BigInteger.One << divisor.Bits) - 1;
            rest = high - (divisor.High << divisor.Bits) + divisor.High;
        }
        else
        {
            digit = DivideTwoByOne(context, high, divisor.High, divisor.Bits, out rest);
        }

        context.CheckClock();
        remainder = (rest << divisor.Bits) + low - BigMath.MultiplySplit(context, digit, divisor.Low);
        while (remainder.Sign < 0)
        {
            digit--;
            remainder += divisor.Divisor;
        }

        return digit;
    }
}
