using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
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

    /// <summary>Bits of the ints whose products a chunk adds in 64 bits.</summary>
    private const int SmallBits = 28;

    public static double Sum(ScriptContext context, ReadOnlySpan<double> items)
    {
        context.Charge(items.Length >> 3);
        LaneSums sums = default;
        for (int piece = Pieces.Length<double>(); items.Length > piece; items = items[piece..])
        {
            Add(ref sums, items[..piece]);
            context.CheckClock();
        }

        Add(ref sums, items);
        double sum = SumLanes(sums.Low + sums.High);
        for (int i = items.Length / Lanes * Lanes; i < items.Length; i++)
        {
            sum += items[i];
        }

        return sum;
    }

    /// <summary>Adds all complete groups of eight.</summary>
    [MethodImpl(ElementLoops.Optimized)]
    private static void Add(ref LaneSums sums, ReadOnlySpan<double> items)
    {
        ReadOnlySpan<Vector256<double>> fours = Fours(items);
        Vector256<double> low = sums.Low;
        Vector256<double> high = sums.High;
        for (int four = 0; four + 1 < fours.Length; four += 2)
        {
            low += fours[four];
            high += fours[four + 1];
        }

        sums = new LaneSums { Low = low, High = high };
    }

    /// <summary>The sum of the products of two lists of numbers of one length.</summary>
    public static Value Dot(ScriptContext context, ListObject a, ListObject b)
    {
        int count = a.Count;
        context.Charge(1 + (count >> 3));
        if (a.Strategy == ListStrategy.Floats && b.Strategy == ListStrategy.Floats)
        {
            return Value.FromFloat(Floats(context, a.Floats.AsSpan(0, count), b.Floats.AsSpan(0, count)));
        }

        if (a.Strategy == ListStrategy.Ints && b.Strategy == ListStrategy.Ints)
        {
            return Ints(context, a.Ints.AsSpan(0, count), b.Ints.AsSpan(0, count));
        }

        Value sum = Value.FromInt(0);
        for (int i = 0; i < count; i++)
        {
            context.Charge(1);
            sum = Arithmetic.Add(context, sum, Arithmetic.Mul(context, a.Get(i), b.Get(i)));
        }

        return sum;
    }

    private static double Floats(ScriptContext context, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        LaneSums sums = default;
        for (int piece = Pieces.Length<double>(); a.Length > piece; a = a[piece..], b = b[piece..])
        {
            AddProducts(ref sums, a[..piece], b[..piece]);
            context.CheckClock();
        }

        AddProducts(ref sums, a, b);
        double sum = SumLanes(sums.Low + sums.High);
        for (int i = a.Length / Lanes * Lanes; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <inheritdoc cref="Add"/>
    [MethodImpl(ElementLoops.Optimized)]
    private static void AddProducts(ref LaneSums sums, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> fours = Fours(a);
        ReadOnlySpan<Vector256<double>> others = Fours(b)[..fours.Length];
        Vector256<double> low = sums.Low;
        Vector256<double> high = sums.High;
        for (int four = 0; four + 1 < fours.Length; four += 2)
        {
            low += fours[four] * others[four];
            high += fours[four + 1] * others[four + 1];
        }

        sums = new LaneSums { Low = low, High = high };
    }

    /// <summary>The sums of the eight lanes.</summary>
    private struct LaneSums
    {
        public Vector256<double> Low;
        public Vector256<double> High;
    }

    private static ReadOnlySpan<Vector256<double>> Fours(ReadOnlySpan<double> items) =>
        MemoryMarshal.Cast<double, Vector256<double>>(items);

    private static double SumLanes(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);

    /// <summary>
    /// The exact sum of the products. Each product fits 128 bits. Their high and low halves are added separately; both sums can hold 2³¹
    /// terms. The products of a chunk of small ints are added with vectors.
    /// </summary>
    [MethodImpl(ElementLoops.Optimized)]
    private static Value Ints(ScriptContext context, ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        Int128 highs = 0;
        Int128 lows = 0;
        for (int start = 0; start < a.Length; start += SimdInts.Chunk)
        {
            int count = Math.Min(SimdInts.Chunk, a.Length - start);
            Pieces.Look(context, start + SimdInts.Chunk - 1);
            ReadOnlySpan<long> left = a.Slice(start, count);
            ReadOnlySpan<long> right = b.Slice(start, count);
            if (Avx2.IsSupported && SimdInts.AreWithin(SmallBits, left, right))
            {
                lows += Small(left, right);
                continue;
            }

            for (int i = 0; i < left.Length; i++)
            {
                highs += Math.BigMul(left[i], right[i], out long low);
                lows += (ulong)low;
            }
        }

        Int128 sum = (highs << 64) + lows;
        return Int128.Abs(highs) < (Int128)1 << 62 && sum == (long)sum
            ? Value.FromInt((long)sum)
            : Value.FromBig(((BigInteger)highs << 64) + lows);
    }

    /// <summary>The sum of the products of a chunk of ints below 2²⁸: each product is below 2⁵⁶ and the sum below 2⁶².</summary>
    [MethodImpl(ElementLoops.Optimized)]
    private static long Small(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        ReadOnlySpan<Vector256<long>> fours = SimdInts.Fours(a);
        ReadOnlySpan<Vector256<long>> others = SimdInts.Fours(b)[..fours.Length];
        Vector256<long> lanes = Vector256<long>.Zero;
        for (int i = 0; i < fours.Length; i++)
        {
            lanes += Avx2.Multiply(fours[i].AsInt32(), others[i].AsInt32());
        }

        long sum = Vector256.Sum(lanes);
        for (int i = fours.Length * Vector256<long>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
