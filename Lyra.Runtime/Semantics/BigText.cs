using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Converts long ints to and from decimal digits by recursive halving at powers of ten. The BCL's conversion takes quadratic time for some
/// lengths (19 s for two million digits) and can't be interrupted.
/// </summary>
internal static class BigText
{
    /// <summary>The BCL converts pieces of up to this many digits.</summary>
    private const int LeafDigits = 1024;

    /// <summary>Below this many bits an int is printed and parsed directly.</summary>
    private const int LeafBits = 3400;

    /// <summary>The buffer, whose length is rounded up to a power of two, and the text.</summary>
    private const int BufferBytesPerDigit = 6;

    /// <summary>The decimal text of an int; it always fits a str. Charges time and memory.</summary>
    public static string ToDecimal(ScriptContext context, in BigInteger value)
    {
        long bits = value.GetBitLength();
        if (bits <= LeafBits)
        {
            context.Charge(bits >> 5);
            return value.ToString(CultureInfo.InvariantCulture);
        }

        long digits = (long)(bits * 0.30103) + 2;
        using HeldMemory temporaries = new(context, BufferBytesPerDigit * digits + (bits >> 1));
        List<BigInteger> powers = PowersFor(context, digits);
        char[] buffer = new char[LeafDigits << powers.Count];
        Write(context, BigInteger.Abs(value), powers, powers.Count, buffer);
        int start = buffer.AsSpan().IndexOfAnyExcept('0');
        return value.Sign < 0 ? string.Concat("-", buffer.AsSpan(start)) : new string(buffer, start, buffer.Length - start);
    }

    /// <summary>The int that a run of decimal digits denotes. Charges time and memory.</summary>
    public static BigInteger FromDecimal(ScriptContext context, ReadOnlySpan<char> digits)
    {
        BigMath.Reserve(context, (long)(digits.Length * 3.3220) + 1);
        if (digits.Length <= LeafDigits)
        {
            return BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        // The powers, and the parts and products of each level, are together about three times as long as the result.
        using HeldMemory temporaries = new(context, (long)(digits.Length * 3.3220) / 8 * 3);
        return Read(context, digits, PowersFor(context, digits.Length));
    }

    /// <summary>10 to the power of <see cref="LeafDigits"/>, its square, and so on, until one has at least half of the digits.</summary>
    private static List<BigInteger> PowersFor(ScriptContext context, long digits)
    {
        List<BigInteger> powers = [BigInteger.Pow(10, LeafDigits)];
        while (LeafDigits << powers.Count < digits)
        {
            powers.Add(BigMath.Multiply(context, powers[^1], powers[^1]));
        }

        return powers;
    }

    /// <summary>
    /// Fills <paramref name="target"/> with the digits of an int, with leading zeros. The int is below the square of the last of the first
    /// <paramref name="count"/> powers.
    /// </summary>
    private static void Write(ScriptContext context, in BigInteger value, List<BigInteger> powers, int count, Span<char> target)
    {
        if (count == 0)
        {
            context.Charge(LeafDigits >> 3);
            context.CheckClock();
            value.TryFormat(target, out int written, default, CultureInfo.InvariantCulture);
            target[..written].CopyTo(target[^written..]);
            target[..^written].Fill('0');
            return;
        }

        if (value.IsZero)
        {
            target.Fill('0');
            return;
        }

        BigInteger high = BigMath.Divide(context, value, powers[count - 1], out BigInteger low);
        int half = target.Length / 2;
        Write(context, high, powers, count - 1, target[..half]);
        Write(context, low, powers, count - 1, target[half..]);
    }

    private static BigInteger Read(ScriptContext context, ReadOnlySpan<char> digits, List<BigInteger> powers)
    {
        if (digits.Length <= LeafDigits)
        {
            context.Charge(LeafDigits >> 3);
            context.CheckClock();
            return BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        int power = 0;
        while (LeafDigits << (power + 1) < digits.Length)
        {
            power++;
        }

        int low = LeafDigits << power;
        BigInteger high = Read(context, digits[..^low], powers);
        return BigMath.Multiply(context, high, powers[power]) + Read(context, digits[^low..], powers);
    }
}
