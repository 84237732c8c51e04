using System;
using System.Numerics;
using System.Runtime.Intrinsics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// <c>simd.sum</c> and <c>simd.dot</c>. Floats are added in eight lanes: element i belongs to lane i % 8. At the end the lanes are added in
/// pairs, then the remaining elements one by one. The order is fixed, so that the result does not depend on the machine's vector width.
/// </summary>
internal static class SimdReductions
{
    private const int Lanes = 8;

    public static double Sum(ScriptContext context, ReadOnlySpan<double> items)
    {
        context.Charge(items.Length >> 3);
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        int i = 0;
        for (; i <= items.Length - Lanes; i += Lanes)
        {
            low += Vector256.Create(items[i..]);
            high += Vector256.Create(items[(i + 4)..]);
        }

        double sum = SumLanes(low + high);
        for (; i < items.Length; i++)
        {
            sum += items[i];
        }

        return sum;
    }

    /// <summary>The sum of the products of two lists of numbers of one length.</summary>
    public static Value Dot(ScriptContext context, ListObject a, ListObject b)
    {
        int count = a.Count;
        context.Charge(1 + (count >> 3));
        if (a.Strategy == ListStrategy.Floats && b.Strategy == ListStrategy.Floats)
        {
            return Value.FromFloat(Floats(a.Floats.AsSpan(0, count), b.Floats.AsSpan(0, count)));
        }

        if (a.Strategy == ListStrategy.Ints && b.Strategy == ListStrategy.Ints)
        {
            return Ints(a.Ints.AsSpan(0, count), b.Ints.AsSpan(0, count));
        }

        Value sum = Value.FromInt(0);
        for (int i = 0; i < count; i++)
        {
            context.Charge(1);
            sum = Arithmetic.Add(context, sum, Arithmetic.Mul(context, a.Get(i), b.Get(i)));
        }

        return sum;
    }

    private static double Floats(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            low += Vector256.Create(a[i..]) * Vector256.Create(b[i..]);
            high += Vector256.Create(a[(i + 4)..]) * Vector256.Create(b[(i + 4)..]);
        }

        double sum = SumLanes(low + high);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double SumLanes(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);

    /// <summary>Exact: adds in 64 bits up to the first overflow, and with any number of bits from there on.</summary>
    private static Value Ints(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            long high = Math.BigMul(a[i], b[i], out long low);
            long next = unchecked(sum + low);
            if (high != low >> 63 || ((sum ^ next) & (low ^ next)) < 0)
            {
                return BigInts(a[i..], b[i..], sum);
            }

            sum = next;
        }

        return Value.FromInt(sum);
    }

    /// <summary>Each product fits 128 bits. The high and low halves are added separately; both sums can hold 2³¹ terms.</summary>
    private static Value BigInts(ReadOnlySpan<long> a, ReadOnlySpan<long> b, BigInteger sum)
    {
        Int128 highs = 0;
        Int128 lows = 0;
        for (int i = 0; i < a.Length; i++)
        {
            Int128 product = Math.BigMul(a[i], b[i]);
            highs += product >> 64;
            lows += (ulong)product;
        }

        return Value.FromBig(sum + ((BigInteger)highs << 64) + lows);
    }
}
