using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Arithmetic on ints beyond 64 bits under the limits of a run. <see cref="BigInteger"/> can't be interrupted, so large operations are
/// split until a piece takes about a millisecond, and each piece is charged before it is computed. Memory is charged before anything is
/// allocated, and before an impossibly large result is refused, so that the memory limit is reported first. Each level of a recursion holds
/// the memory of its temporaries while it runs.
/// </summary>
internal static class BigMath
{
    /// <summary>The most bits of an int, slightly fewer than <see cref="BigInteger"/> can hold.</summary>
    public const long MaxBits = int.MaxValue - 128L;

    /// <summary>
    /// The most bits that are charged for an impossibly large result. No memory has as many, so every operator reports the memory limit
    /// first.
    /// </summary>
    private const long MostCounted = 1L << 60;

    /// <summary>Operands up to this many bits are multiplied and divided by <see cref="BigInteger"/> itself: about a millisecond.</summary>
    private const int LeafBits = 1 << 17;

    /// <summary>Products of at most so many words (of 64 bits) take some microseconds; before longer ones, the clock is checked.</summary>
    private const int WordsWithoutLook = 64;

    /// <summary>Longer ones are, too, if so many products of bits suffice, as where one operand or the quotient is short.</summary>
    private const long LeafProducts = (long)LeafBits * LeafBits / 4;

    /// <summary>
    /// The bytes of the temporaries of one level of a multiplication for each byte of its operands, in quarters: their halves and the sums
    /// of these, three products, and what is shifted to add these up.
    /// </summary>
    private const int QuartersPerByte = 10;

    /// <summary>
    /// The most bits of a quotient that is computed from leading bits alone. The more, the likelier is it that they do not determine it.
    /// </summary>
    private const int LeadingQuotientBits = 32;

    public static BigInteger Add(ScriptContext context, in BigInteger a, in BigInteger b)
    {
        Reserve(context, Math.Max(a.GetBitLength(), b.GetBitLength()) + 1);
        return a + b;
    }

    public static BigInteger Subtract(ScriptContext context, in BigInteger a, in BigInteger b)
    {
        Reserve(context, Math.Max(a.GetBitLength(), b.GetBitLength()) + 1);
        return a - b;
    }

    /// <exception cref="ScriptErrorException">ValueError when the product is too large to exist; a limit is exceeded.</exception>
    public static BigInteger Multiply(ScriptContext context, in BigInteger a, in BigInteger b)
    {
        long bits = a.GetBitLength() + b.GetBitLength();
        Reserve(context, bits);
        return bits <= LeafBits ? MultiplyLeaf(context, a, b) : MultiplySplit(context, a, b);
    }

    /// <summary>Returns the quotient truncated toward zero. The divisor must not be 0.</summary>
    public static BigInteger Quotient(ScriptContext context, in BigInteger a, in BigInteger b) =>
        TryQuotientOfLeading(context, a, b, out long quotient) ? quotient : Divide(context, a, b, out _);

    /// <summary>
    /// Returns the quotient truncated toward zero, and a remainder with the sign of the dividend. The divisor must not be 0.
    /// </summary>
    public static BigInteger Divide(ScriptContext context, in BigInteger a, in BigInteger b, out BigInteger remainder)
    {
        long bits = a.GetBitLength();
        long divisorBits = b.GetBitLength();
        Reserve(context, bits);
        if (bits <= LeafBits || (bits - divisorBits) * divisorBits <= LeafProducts)
        {
            context.Charge(DivideSteps(bits, divisorBits));
            return BigInteger.DivRem(a, b, out remainder);
        }

        BigInteger quotient = BigDivision.Divide(context, BigInteger.Abs(a), BigInteger.Abs(b), out remainder);
        remainder = a.Sign < 0 ? -remainder : remainder;
        return a.Sign == b.Sign ? quotient : -quotient;
    }

    /// <summary>A power with an exponent of at least 0, by repeated squaring.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the power is too large to exist; a limit is exceeded.</exception>
    public static BigInteger Power(ScriptContext context, in BigInteger @base, in BigInteger exponent)
    {
        if (exponent.IsZero || @base.IsOne)
        {
            return BigInteger.One;
        }

        if (@base.IsZero || @base == BigInteger.MinusOne)
        {
            return @base.IsZero || !exponent.IsEven ? @base : BigInteger.One;
        }

        BigInteger magnitude = BigInteger.Abs(@base);
        long least = (long)Int128.Min((Int128)(magnitude.GetBitLength() - 1) * ClampToLong(exponent, MostCounted), MostCounted);
        if (least > MaxBits)
        {
            Reserve(context, least);
        }

        int count = (int)exponent;
        bool isNegative = @base.Sign < 0 && (count & 1) != 0;
        BigInteger power = magnitude.IsPowerOfTwo ? ShiftLeft(context, BigInteger.One, least) : PowerOf(context, magnitude, count);
        return isNegative ? -power : power;
    }

    /// <summary><c>value * 2 ** count</c> for a count of at least 0.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the result is too large to exist; a limit is exceeded.</exception>
    public static BigInteger ShiftLeft(ScriptContext context, in BigInteger value, in BigInteger count)
    {
        if (value.IsZero)
        {
            return value;
        }

        long shift = ClampToLong(count, MostCounted);
        Reserve(context, value.GetBitLength() + shift);
        return value << (int)shift;
    }

    /// <summary>The floor of <c>value / 2 ** count</c> for a count of at least 0.</summary>
    public static BigInteger ShiftRight(ScriptContext context, in BigInteger value, in BigInteger count)
    {
        long bits = value.GetBitLength();
        if (count >= bits)
        {
            return value.Sign < 0 ? BigInteger.MinusOne : BigInteger.Zero;
        }

        Reserve(context, bits);
        return value >> (int)count;
    }

    /// <summary>Charges memory and linear time for a result of this many bits, then refuses one over <see cref="MaxBits"/>.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the result is too large to exist; a limit is exceeded.</exception>
    public static void Reserve(ScriptContext context, long bits)
    {
        context.ChargeMemory(56 + (bits >> 3));
        context.Charge(Math.Min(bits, MaxBits) >> 10);
        if (bits > MaxBits)
        {
            throw Throw.CannotExist("an int", MaxBits, "bits");
        }
    }

    /// <summary>
    /// Multiplies two ints by Karatsuba's algorithm, split until the pieces are small. If one is more than twice as long as the other,
    /// multiplies it block by block. The caller has reserved the result.
    /// </summary>
    internal static BigInteger MultiplySplit(ScriptContext context, in BigInteger a, in BigInteger b)
    {
        long aBits = a.GetBitLength();
        long bBits = b.GetBitLength();
        if (aBits < bBits)
        {
            return MultiplySplit(context, b, a);
        }

        if (aBits <= LeafBits || aBits * bBits <= LeafProducts)
        {
            return MultiplyLeaf(context, a, b);
        }

        int half = (int)(aBits / 2);
        if (bBits <= half)
        {
            BigInteger product = MultiplyBlocks(context, BigInteger.Abs(a), BigInteger.Abs(b));
            return a.Sign == b.Sign ? product : -product;
        }

        context.Charge(aBits + bBits >> 12);
        using HeldMemory temporaries = new(context, QuartersPerByte * (aBits + bBits >> 5));
        (BigInteger aHigh, BigInteger aLow) = Split(a, half);
        (BigInteger bHigh, BigInteger bLow) = Split(b, half);
        BigInteger high = MultiplySplit(context, aHigh, bHigh);
        BigInteger low = MultiplySplit(context, aLow, bLow);
        BigInteger middle = MultiplySplit(context, aHigh + aLow, bHigh + bLow) - high - low;
        context.CheckClock();
        BigInteger upper = (high << half) + middle;
        context.CheckClock();
        return (upper << half) + low;
    }

    /// <summary>The steps charged for a division that is not split.</summary>
    internal static long DivideSteps(long bits, long divisorBits) =>
        (divisorBits + 63 >> 6) * (Math.Max(bits - divisorBits, 0) >> 6) >> 5;

    /// <summary>
    /// Computes a short quotient of two long ints from their leading bits. They determine it unless the dividend is within about 2^-31 of
    /// a multiple of the divisor: then this returns false.
    /// </summary>
    private static bool TryQuotientOfLeading(ScriptContext context, in BigInteger a, in BigInteger b, out long quotient)
    {
        quotient = 0;
        long shift = b.GetBitLength() - 63;
        if (shift < 64 || a.GetBitLength() - 63 - shift > LeadingQuotientBits)
        {
            return false;
        }

        // The BCL's shift reads the whole int: 40 ns for 100,000 bits, but 0.35 ms for 100 million.
        context.Charge((a.GetBitLength() >> 10) + (b.GetBitLength() >> 10));
        using HeldMemory magnitudes = new(context, (a.GetBitLength() >> 3) + (b.GetBitLength() >> 3));

        // With x = floor(|a| / 2^shift) and y = floor(|b| / 2^shift), |a| / |b| is above x / (y + 1) and below (x + 1) / y.
        UInt128 x = (UInt128)(BigInteger.Abs(a) >> (int)shift);
        UInt128 y = (UInt128)(BigInteger.Abs(b) >> (int)shift);
        UInt128 least = x / (y + 1);
        if (least != x / y)
        {
            return false;
        }

        quotient = a.Sign == b.Sign ? (long)least : -(long)least;
        return true;
    }

    /// <summary>
    /// Multiplies a long int by a shorter one, both at least 0, in blocks as long as the shorter one. Copies neither the long one nor the
    /// product as often as halving would.
    /// </summary>
    private static BigInteger MultiplyBlocks(ScriptContext context, in BigInteger a, in BigInteger b)
    {
        int blockBytes = (int)Math.Max(LeafBits / 2, b.GetBitLength() + 7) / 8;
        int length = a.GetByteCount(isUnsigned: true);
        using HeldMemory temporaries = new(context, (2L * length) + (6L * blockBytes));
        byte[] product = new byte[(length / blockBytes + 2) * blockBytes];
        a.TryWriteBytes(product, out _, isUnsigned: true);
        BigInteger carry = BigInteger.Zero;

        // The blocks of the long int are replaced by those of the product.
        for (int start = 0; start < product.Length; start += blockBytes)
        {
            Span<byte> block = product.AsSpan(start, blockBytes);
            context.Charge(1 + (blockBytes >> 7));
            BigInteger sum = carry + MultiplySplit(context, new BigInteger(block, isUnsigned: true), b);
            carry = sum >> (8 * blockBytes);
            block.Clear();
            (sum - (carry << (8 * blockBytes))).TryWriteBytes(block, out _, isUnsigned: true);
        }

        return new BigInteger(product, isUnsigned: true);
    }

    private static (BigInteger High, BigInteger Low) Split(in BigInteger value, int bits)
    {
        BigInteger high = value >> bits;
        return (high, value - (high << bits));
    }

    /// <summary>
    /// Charges one step for about thirty products of words. The charge is bounded, because the BCL multiplies long operands in less than
    /// quadratic time.
    /// </summary>
    private static BigInteger MultiplyLeaf(ScriptContext context, in BigInteger a, in BigInteger b)
    {
        long words = a.GetBitLength() >> 6;
        long otherWords = b.GetBitLength() >> 6;
        context.Charge(Math.Min(words * otherWords, 64 * (words + otherWords)) >> 5);
        if (words > WordsWithoutLook)
        {
            context.CheckClock();
        }

        return a * b;
    }

    private static BigInteger PowerOf(ScriptContext context, in BigInteger magnitude, int exponent)
    {
        using HeldMemory temporaries = new(context, exponent * magnitude.GetBitLength() >> 2);
        BigInteger power = BigInteger.One;
        for (int bit = BitOperations.Log2((uint)exponent); bit >= 0; bit--)
        {
            power = Multiply(context, power, power);
            if ((exponent >> bit & 1) != 0)
            {
                power = Multiply(context, power, magnitude);
            }
        }

        return power;
    }

    private static long ClampToLong(in BigInteger value, long most) => value > most ? most + 1 : (long)value;
}
