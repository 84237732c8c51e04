using System;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lyra.Jit.Ir;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Operations on the numbers of consecutive iterations of a loop, one lane for each. The CLR's compiler makes one instruction of most, or a
/// few. A condition has -1 in the lanes where it holds, and else 0.
/// </summary>
internal static class VectorHelpers
{
    /// <summary>The factors whose product <see cref="ProductOfLanes"/> gives are below 2^31 and not below -2^31.</summary>
    public const int FactorBits = 31;

    /// <summary>The numbers in a vector; 0 if the processor has none.</summary>
    public static readonly long LaneCount = Vector.IsHardwareAccelerated ? Vector<long>.Count : 0;

    // -- Memory ------------------------------------------------------------------------------------------------------------------

    /// <summary>The number of places of the array at which so many ints begin.</summary>
    [RegionHelper(IrType.Int, Pure, Min = 0, Max = int.MaxValue)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long PlacesOfInts(long[] array, long count) => Math.Max(array.Length - count + 1, 0);

    /// <summary>The number of places of the array at which so many floats begin.</summary>
    [RegionHelper(IrType.Int, Pure, Min = 0, Max = int.MaxValue)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long PlacesOfFloats(double[] array, long count) => Math.Max(array.Length - count + 1, 0);

    /// <summary>Whether a place is one of so many.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsPlace(long place, long count) => (ulong)place < (ulong)count;

    [RegionHelper(IrType.IntVector, Pure, Reads = IrMemory.IntElements)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> LoadInts(long[] array, long index) =>
        Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(array), Place(array.Length, index));

    [RegionHelper(IrType.FloatVector, Pure, Reads = IrMemory.FloatElements)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> LoadFloats(double[] array, long index) =>
        Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(array), Place(array.Length, index));

    [RegionHelper(IrType.None, Pure, Writes = IrMemory.IntElements)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreInts(long[] array, long index, Vector<long> values) =>
        values.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(array), Place(array.Length, index));

    [RegionHelper(IrType.None, Pure, Writes = IrMemory.FloatElements)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreFloats(double[] array, long index, Vector<double> values) =>
        values.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(array), Place(array.Length, index));

    /// <summary>Whether the int is the element of the array at the index, which may be none.</summary>
    [RegionHelper(IrType.Bool, Pure, Reads = IrMemory.IntElements)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsElementOfInts(long[] array, long index, long value) =>
        (ulong)index < (ulong)array.Length && array[index] == value;

    /// <summary>As <see cref="IsElementOfInts"/>, to the bit.</summary>
    [RegionHelper(IrType.Bool, Pure, Reads = IrMemory.FloatElements)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsElementOfFloats(double[] array, long index, double value) =>
        (ulong)index < (ulong)array.Length && HaveSameBits(array[index], value);

    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AreSameInts(long[] array, long[] other) => ReferenceEquals(array, other);

    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AreSameFloats(double[] array, double[] other) => ReferenceEquals(array, other);

    // -- Lanes -------------------------------------------------------------------------------------------------------------------

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> LanesOfInt(long value) => new(value);

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> LanesOfFloat(double value) => new(value);

    /// <summary>The int, the next one, and so on.</summary>
    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> LanesFrom(long first) => new Vector<long>(first) + Vector<long>.Indices;

    /// <summary>The ints, from -2^52 to 2^52, as floats.</summary>
    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> FloatLanesFrom(long first) => new Vector<double>(first) + Vector<double>.Indices;

    // -- Ints --------------------------------------------------------------------------------------------------------------------

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> SumOfInts(Vector<long> a, Vector<long> b) => a + b;

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> DifferenceOfInts(Vector<long> a, Vector<long> b) => a - b;

    /// <summary>The products of ints of <see cref="FactorBits"/> bits and a sign.</summary>
    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> ProductOfLanes(Vector<long> a, Vector<long> b) =>
        Avx2.IsSupported && Vector<long>.Count == Vector256<long>.Count
            ? Avx2.Multiply(a.AsVector256().AsInt32(), b.AsVector256().AsInt32()).AsVector()
            : a * b;

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AndOfInts(Vector<long> a, Vector<long> b) => a & b;

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> OrOfInts(Vector<long> a, Vector<long> b) => a | b;

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> XorOfInts(Vector<long> a, Vector<long> b) => a ^ b;

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> ComplementOfInts(Vector<long> a) => ~a;

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AreIntsLess(Vector<long> a, Vector<long> b) => Vector.LessThan(a, b);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AreIntsNotMore(Vector<long> a, Vector<long> b) => ~Vector.LessThan(b, a);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> LesserLanesOfInts(Vector<long> a, Vector<long> b) =>
        Vector.ConditionalSelect(Vector.LessThan(b, a), b, a);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> GreaterLanesOfInts(Vector<long> a, Vector<long> b) =>
        Vector.ConditionalSelect(Vector.LessThan(a, b), b, a);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AreIntsEqual(Vector<long> a, Vector<long> b) => Vector.Equals(a, b);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> SelectInts(Vector<long> condition, Vector<long> a, Vector<long> b) =>
        Vector.ConditionalSelect(condition, a, b);

    // -- Floats ------------------------------------------------------------------------------------------------------------------

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> SumOfFloats(Vector<double> a, Vector<double> b) => a + b;

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> DifferenceOfFloats(Vector<double> a, Vector<double> b) => a - b;

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> ProductOfFloats(Vector<double> a, Vector<double> b) => a * b;

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> QuotientOfFloats(Vector<double> a, Vector<double> b) => a / b;

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> NegationOfFloats(Vector<double> a) => -a;

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> RootsOfFloats(Vector<double> a) => Vector.SquareRoot(a);

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> AbsoluteOfFloats(Vector<double> a) => Vector.Abs(a);

    /// <inheritdoc cref="MathHelpers.LesserOfFloats"/>
    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> LesserLanesOfFloats(Vector<double> a, Vector<double> b) =>
        Vector.ConditionalSelect(Vector.LessThan(b, a), b, a);

    /// <inheritdoc cref="MathHelpers.LesserOfFloats"/>
    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> GreaterLanesOfFloats(Vector<double> a, Vector<double> b) =>
        Vector.ConditionalSelect(Vector.LessThan(a, b), b, a);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AreFloatsLess(Vector<double> a, Vector<double> b) => Vector.LessThan(a, b);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AreFloatsNotMore(Vector<double> a, Vector<double> b) => Vector.LessThanOrEqual(a, b);

    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AreFloatsEqual(Vector<double> a, Vector<double> b) => Vector.Equals(a, b);

    [RegionHelper(IrType.FloatVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> SelectFloats(Vector<long> condition, Vector<double> a, Vector<double> b) =>
        Vector.ConditionalSelect(condition, a, b);

    // -- Checks ------------------------------------------------------------------------------------------------------------------

    /// <summary>Negative in each lane in which the sum, modulo 2^64, has overflowed.</summary>
    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> OverflowOfSum(Vector<long> a, Vector<long> b, Vector<long> sum) => (a ^ sum) & (b ^ sum);

    /// <summary>Negative in each lane in which the difference, modulo 2^64, has overflowed.</summary>
    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> OverflowOfDifference(Vector<long> a, Vector<long> b, Vector<long> difference) =>
        (a ^ b) & (a ^ difference);

    /// <summary>Not 0 in each lane in which the int has more bits than the limit, -2^bits, says.</summary>
    /// <param name="values">The ints.</param>
    /// <param name="limit">-2^bits, in each lane.</param>
    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> BeyondBits(Vector<long> values, Vector<long> limit) => (values - limit) & (limit + limit);

    /// <summary>Not 0 in each lane with the float -0.0.</summary>
    [RegionHelper(IrType.IntVector, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<long> AreNegativeZeros(Vector<double> values) =>
        Vector.Equals(Vector.AsVectorInt64(values), new Vector<long>(long.MinValue));

    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsAnyNegative(Vector<long> values) => Vector.LessThanAny(values, Vector<long>.Zero);

    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AreAllZero(Vector<long> values) => values == Vector<long>.Zero;

    /// <summary>Whether two floats are the same to the bit.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HaveSameBits(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    // -- The results of all lanes ------------------------------------------------------------------------------------------------

    [RegionHelper(IrType.Int, Pure)]
    internal static long SumOfLanes(Vector<long> values) => Vector.Sum(values);

    [RegionHelper(IrType.Int, Pure)]
    internal static long LeastOfLanes(Vector<long> values) => Joined(values, Math.Min);

    [RegionHelper(IrType.Int, Pure)]
    internal static long GreatestOfLanes(Vector<long> values) => Joined(values, Math.Max);

    /// <summary>The least lane. Either all lanes are NaN or none, and none is -0.0.</summary>
    [RegionHelper(IrType.Float, Pure)]
    internal static double LeastOfFloats(Vector<double> values) => Joined(values, Math.Min);

    /// <summary>The greatest lane, as <see cref="LeastOfFloats"/>.</summary>
    [RegionHelper(IrType.Float, Pure)]
    internal static double GreatestOfFloats(Vector<double> values) => Joined(values, Math.Max);

    private static T Joined<T>(Vector<T> values, Func<T, T, T> join)
    {
        T joined = values[0];
        for (int i = 1; i < Vector<T>.Count; i++)
        {
            joined = join(joined, values[i]);
        }

        return joined;
    }

    /// <summary>
    /// The index of a vector that is inside of an array, as the code has found out before. One comparison checks it; the constructor of a
    /// vector takes three.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Place(int length, long index)
    {
        // Of 32 bits, so that the sum can't overflow.
        ulong place = (uint)index;
        if (place + (ulong)(Vector<long>.Count - 1) >= (ulong)length)
        {
            ThrowOutside();
        }

        return (nuint)place;
    }

    [DoesNotReturn]
    private static void ThrowOutside() => throw new InvalidOperationException("A vector is outside of its array.");
}
