using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The element-wise operations of module <c>simd</c> on arrays of ints, in chunks of 64 elements. Overflow is tested once for each chunk.
/// The size of a chunk does not depend on the machine, so that every machine charges the same steps where the exact operations take over.
/// </summary>
internal static class SimdInts
{
    /// <summary>Elements of a chunk.</summary>
    public const int Chunk = 64;

    /// <summary>Ints below 2⁵¹ and from -2⁵¹ convert to floats and back by adding this to their bits: 1.5 · 2⁵² as a float.</summary>
    private const long FloatBits = 0x4338_0000_0000_0000;

    private const double FloatOffset = 6_755_399_441_055_744;

    private interface IChunkOperator
    {
        /// <summary>False when a result does not fit 64 bits or a divisor is 0; the results are undefined then.</summary>
        static abstract bool Try(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result);
    }

    /// <summary>
    /// Operates on all chunks up to the first with a result beyond 64 bits or a divisor of 0, and returns the number of elements before it.
    /// All three have the same length. The result may be one of the operands.
    /// </summary>
    public static int Operate(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result, SimdOperation operation) => operation switch
    {
        SimdOperation.Add => Run<Checked<SimdOperators.AddInts>>(a, b, result),
        SimdOperation.Sub => Run<Checked<SimdOperators.SubInts>>(a, b, result),
        SimdOperation.Mul => Run<Multiply>(a, b, result),
        SimdOperation.Div => Run<Divide>(a, b, result),
        SimdOperation.Min => Run<Checked<SimdOperators.MinInts>>(a, b, result),
        SimdOperation.Max => Run<Checked<SimdOperators.MaxInts>>(a, b, result),
    };

    /// <summary>True when <see cref="Operate"/> reaches the end.</summary>
    public static bool Fits(ScriptContext context, ReadOnlySpan<long> a, ReadOnlySpan<long> b, SimdOperation operation)
    {
        Span<long> results = stackalloc long[Chunk];
        for (int start = 0; start < a.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, a.Length - start);
            Pieces.Look(context, start + Chunk - 1);
            if (Operate(a.Slice(start, count), b.Slice(start, count), results[..count], operation) < count)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when all ints are below 2^<paramref name="bits"/> and not below -2^<paramref name="bits"/>.</summary>
    [MethodImpl(ElementLoops.Optimized)]
    public static bool AreWithin(int bits, ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        long offset = 1L << bits;
        ReadOnlySpan<Vector256<long>> fours = Fours(a);
        ReadOnlySpan<Vector256<long>> others = Fours(b)[..fours.Length];
        Vector256<long> offsets = Vector256.Create(offset);
        Vector256<long> all = Vector256<long>.Zero;
        for (int i = 0; i < fours.Length; i++)
        {
            all |= (fours[i] + offsets) | (others[i] + offsets);
        }

        Vector128<long> pair = all.GetLower() | all.GetUpper();
        long rest = pair[0] | pair[1];
        for (int i = fours.Length * Vector256<long>.Count; i < a.Length; i++)
        {
            rest |= unchecked((a[i] + offset) | (b[i] + offset));
        }

        return (ulong)rest < (ulong)offset << 1;
    }

    public static ReadOnlySpan<Vector256<long>> Fours(ReadOnlySpan<long> items) => MemoryMarshal.Cast<long, Vector256<long>>(items);

    [MethodImpl(ElementLoops.Optimized)]
    private static int Run<TChunk>(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
        where TChunk : struct, IChunkOperator
    {
        for (int start = 0; start < a.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, a.Length - start);
            if (!TChunk.Try(a.Slice(start, count), b.Slice(start, count), result.Slice(start, count)))
            {
                return start;
            }
        }

        return a.Length;
    }

    private readonly struct Checked<TOperator> : IChunkOperator
        where TOperator : struct, ISimdIntOperator
    {
        [MethodImpl(ElementLoops.Optimized)]
        public static bool Try(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
        {
            ReadOnlySpan<Vector256<long>> fours = Fours(a);
            ReadOnlySpan<Vector256<long>> others = Fours(b)[..fours.Length];
            Span<Vector256<long>> results = MemoryMarshal.Cast<long, Vector256<long>>(result)[..fours.Length];
            Vector256<long> overflow = Vector256<long>.Zero;
            for (int i = 0; i < fours.Length; i++)
            {
                Vector256<long> left = fours[i];
                Vector256<long> right = others[i];
                Vector256<long> both = TOperator.Apply(left, right);
                overflow |= TOperator.Overflow(left, right, both);
                results[i] = both;
            }

            long rest = 0;
            for (int i = fours.Length * Vector256<long>.Count; i < a.Length; i++)
            {
                long left = a[i];
                long right = b[i];
                result[i] = TOperator.Apply(left, right);
                rest |= TOperator.Overflow(left, right, result[i]);
            }

            return rest >= 0 && overflow.ExtractMostSignificantBits() == 0;
        }
    }

    /// <summary>Multiplies 32-bit ints with vectors, since their products fit 64 bits. Vectors have no product of 128 bits.</summary>
    private readonly struct Multiply : IChunkOperator
    {
        [MethodImpl(ElementLoops.Optimized)]
        public static bool Try(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
        {
            int done = 0;
            if (Avx2.IsSupported && AreWithin(31, a, b))
            {
                ReadOnlySpan<Vector256<long>> fours = Fours(a);
                ReadOnlySpan<Vector256<long>> others = Fours(b)[..fours.Length];
                Span<Vector256<long>> results = MemoryMarshal.Cast<long, Vector256<long>>(result)[..fours.Length];
                for (int i = 0; i < fours.Length; i++)
                {
                    results[i] = Avx2.Multiply(fours[i].AsInt32(), others[i].AsInt32());
                }

                done = fours.Length * Vector256<long>.Count;
            }

            bool fits = true;
            for (int i = done; i < a.Length; i++)
            {
                long high = Math.BigMul(a[i], b[i], out long low);
                fits &= high == low >> 63;
                result[i] = low;
            }

            return fits;
        }
    }

    /// <summary>
    /// Divides ints below 2⁵¹ as floats. The truncated quotient is exact: a quotient of such ints that is not an int differs from every int
    /// by more than the error of the division.
    /// </summary>
    private readonly struct Divide : IChunkOperator
    {
        [MethodImpl(ElementLoops.Optimized)]
        public static bool Try(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
        {
            int done = 0;
            if (AreWithin(51, a, b) && !b.Contains(0))
            {
                ReadOnlySpan<Vector256<long>> fours = Fours(a);
                ReadOnlySpan<Vector256<long>> others = Fours(b)[..fours.Length];
                Span<Vector256<long>> results = MemoryMarshal.Cast<long, Vector256<long>>(result)[..fours.Length];
                for (int i = 0; i < fours.Length; i++)
                {
                    results[i] = ToInts(Vector256.Truncate(ToFloats(fours[i]) / ToFloats(others[i])));
                }

                done = fours.Length * Vector256<long>.Count;
            }

            for (int i = done; i < a.Length; i++)
            {
                long divisor = b[i];
                if (divisor == 0 || (divisor == -1 && a[i] == long.MinValue))
                {
                    return false;
                }

                result[i] = a[i] / divisor;
            }

            return true;
        }

        private static Vector256<double> ToFloats(Vector256<long> items) =>
            (items + Vector256.Create(FloatBits)).AsDouble() - Vector256.Create(FloatOffset);

        private static Vector256<long> ToInts(Vector256<double> items) =>
            (items + Vector256.Create(FloatOffset)).AsInt64() - Vector256.Create(FloatBits);
    }
}
