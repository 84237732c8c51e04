using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lyra.Runtime.Library.Operations;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Comparisons of arrays of numbers, and the choice between two arrays by a mask.</summary>
internal static class SimdMasks
{
    private const int Step = 8;

    private interface IComparison
    {
        static abstract bool Apply<T>(T a, T b)
            where T : struct, IComparisonOperators<T, T, bool>;

        static abstract Vector256<T> Apply<T>(Vector256<T> a, Vector256<T> b);
    }

    /// <summary>All three have the same length.</summary>
    public static void Compare<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> mask, SimdComparison comparison)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        switch (comparison)
        {
            case SimdComparison.Less:
                Compare<T, Less>(a, b, mask);
                return;
            case SimdComparison.LessOrEqual:
                Compare<T, LessOrEqual>(a, b, mask);
                return;
            case SimdComparison.Equal:
                Compare<T, Equal>(a, b, mask);
                return;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// The element of <paramref name="a"/> where the mask is true, else that of <paramref name="b"/>. All have the same length. Floats are
    /// passed as their bits.
    /// </summary>
    [MethodImpl(ElementLoops.Optimized)]
    public static void Select(ReadOnlySpan<bool> mask, ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
    {
        int done = 0;
        if (Avx2.IsSupported)
        {
            ReadOnlySpan<uint> masks = MemoryMarshal.Cast<bool, uint>(mask);
            ReadOnlySpan<Vector256<long>> fours = SimdInts.Fours(a)[..masks.Length];
            ReadOnlySpan<Vector256<long>> others = SimdInts.Fours(b)[..masks.Length];
            Span<Vector256<long>> results = MemoryMarshal.Cast<long, Vector256<long>>(result)[..masks.Length];
            for (int i = 0; i < masks.Length; i++)
            {
                Vector256<long> flags = Avx2.ConvertToVector256Int64(Vector128.CreateScalarUnsafe(masks[i]).AsByte());
                results[i] = Vector256.ConditionalSelect(Vector256.Equals(flags, Vector256<long>.Zero), others[i], fours[i]);
            }

            done = masks.Length * Vector256<long>.Count;
        }

        for (int i = done; i < mask.Length; i++)
        {
            result[i] = mask[i] ? a[i] : b[i];
        }
    }

    [MethodImpl(ElementLoops.Optimized)]
    private static void Compare<T, TComparison>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> mask)
        where T : struct, IComparisonOperators<T, T, bool>
        where TComparison : struct, IComparison
    {
        ReadOnlySpan<Vector256<T>> fours = MemoryMarshal.Cast<T, Vector256<T>>(a);
        ReadOnlySpan<Vector256<T>> others = MemoryMarshal.Cast<T, Vector256<T>>(b)[..fours.Length];
        Span<ulong> eights = MemoryMarshal.Cast<bool, ulong>(mask);
        for (int i = 0; i < eights.Length; i++)
        {
            uint low = TComparison.Apply(fours[2 * i], others[2 * i]).ExtractMostSignificantBits();
            uint high = TComparison.Apply(fours[(2 * i) + 1], others[(2 * i) + 1]).ExtractMostSignificantBits();
            eights[i] = ToBytes(low | (high << 4));
        }

        int done = eights.Length * Step;
        for (int i = done; i < a.Length; i++)
        {
            mask[i] = TComparison.Apply(a[i], b[i]);
        }
    }

    /// <summary>
    /// One byte, 0 or 1, for each of eight bits, in the order of memory. Without the instruction, each byte keeps its bit, and a carry
    /// moves it.
    /// </summary>
    private static ulong ToBytes(uint bits)
    {
        if (Bmi2.X64.IsSupported)
        {
            return Bmi2.X64.ParallelBitDeposit(bits, 0x0101_0101_0101_0101);
        }

        ulong kept = (bits * 0x0101_0101_0101_0101UL) & 0x8040_2010_0804_0201;
        ulong bytes = ((kept + 0x7F7F_7F7F_7F7F_7F7F) >> 7) & 0x0101_0101_0101_0101;
        return BitConverter.IsLittleEndian ? bytes : BinaryPrimitives.ReverseEndianness(bytes);
    }

    private readonly struct Less : IComparison
    {
        public static bool Apply<T>(T a, T b)
            where T : struct, IComparisonOperators<T, T, bool> => a < b;

        public static Vector256<T> Apply<T>(Vector256<T> a, Vector256<T> b) => Vector256.LessThan(a, b);
    }

    private readonly struct LessOrEqual : IComparison
    {
        public static bool Apply<T>(T a, T b)
            where T : struct, IComparisonOperators<T, T, bool> => a <= b;

        public static Vector256<T> Apply<T>(Vector256<T> a, Vector256<T> b) => Vector256.LessThanOrEqual(a, b);
    }

    private readonly struct Equal : IComparison
    {
        public static bool Apply<T>(T a, T b)
            where T : struct, IComparisonOperators<T, T, bool> => a == b;

        public static Vector256<T> Apply<T>(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);
    }
}
