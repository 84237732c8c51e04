using System.Numerics;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The greatest common divisor of ints beyond 64 bits, by Lehmer's algorithm (Knuth, "The Art of Computer Programming", volume 2, 4.5.2,
/// algorithm L): the quotients on which the leading words of both numbers agree are applied at once. The BCL uses the same algorithm, but
/// it can't be interrupted and takes minutes for some megabytes; here each iteration is charged before it is computed.
/// </summary>
internal static class BigGcd
{
    /// <summary>The BCL handles ints up to this many bits; it takes some milliseconds.</summary>
    private const int LeafBits = 1 << 17;

    /// <summary>The leading bits that an iteration examines, so that cofactors and quotients stay inside 64 bits.</summary>
    private const int WindowBits = 62;

    /// <exception cref="Errors.ScriptErrorException">A limit is exceeded.</exception>
    public static BigInteger Of(ScriptContext context, in BigInteger first, in BigInteger second)
    {
        BigInteger a = BigInteger.Max(BigInteger.Abs(first), BigInteger.Abs(second));
        BigInteger b = BigInteger.Min(BigInteger.Abs(first), BigInteger.Abs(second));
        using HeldMemory temporaries = new(context, a.GetBitLength());
        while (b.GetBitLength() > LeafBits)
        {
            // An iteration computes four products of a long int and a word, and works on copies: as measured, some ten times the time of
            // copying the int.
            context.Charge(1 + (a.GetBitLength() >> 7));
            context.ChargeMemory(a.GetBitLength() >> 2);
            if (!TryLehmerStep(ref a, ref b))
            {
                _ = BigMath.Divide(context, a, b, out BigInteger rest);
                (a, b) = (b, rest);
            }
        }

        if (b.IsZero)
        {
            return a;
        }

        _ = BigMath.Divide(context, a, b, out BigInteger last);
        long words = b.GetBitLength() >> 6;
        context.Charge(1 + (words * words >> 4));
        return BigInteger.GreatestCommonDivisor(b, last);
    }

    /// <summary>Applies the steps of Euclid's algorithm that the leading bits determine; false when they determine none.</summary>
    private static bool TryLehmerStep(ref BigInteger a, ref BigInteger b)
    {
        int shift = (int)(a.GetBitLength() - WindowBits);
        long x = (long)(a >> shift);
        long y = (long)(b >> shift);
        long ax = 1;
        long bx = 0;
        long ay = 0;
        long by = 1;
        while (y + ay != 0 && y + by != 0)
        {
            long quotient = (x + ax) / (y + ay);
            if (quotient != (x + bx) / (y + by))
            {
                break;
            }

            (ax, ay) = (ay, ax - (quotient * ay));
            (bx, by) = (by, bx - (quotient * by));
            (x, y) = (y, x - (quotient * y));
        }

        if (bx == 0)
        {
            return false;
        }

        (a, b) = ((ax * a) + (bx * b), (ay * a) + (by * b));
        return true;
    }
}
