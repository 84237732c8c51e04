using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Semantics;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// The library's procs on unboxed numbers, with exactly the results of their handlers. They have no effect and never exit; the CLR's
/// compiler inlines them where it can.
/// </summary>
internal static class MathHelpers
{
    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double SqrtOf(double x) => Math.Sqrt(x);

    /// <summary>The cube root; of a cube exactly.</summary>
    [RegionHelper(IrType.Float, Pure)]
    internal static double CbrtOf(double x)
    {
        double root = Math.Cbrt(x);
        double whole = Math.Round(root);
        return whole * whole * whole == x ? whole : root;
    }

    [RegionHelper(IrType.Float, Pure)]
    internal static double SinOf(double x) => Math.Sin(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double CosOf(double x) => Math.Cos(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double TanOf(double x) => Math.Tan(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double AsinOf(double x) => Math.Asin(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double AcosOf(double x) => Math.Acos(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double AtanOf(double x) => Math.Atan(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double Atan2Of(double y, double x) => Math.Atan2(y, x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double ExpOf(double x) => Math.Exp(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double LogOf(double x) => Math.Log(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double Log2Of(double x) => Math.Log2(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double Log10Of(double x) => Math.Log10(x);

    [RegionHelper(IrType.Float, Pure)]
    internal static double PowOf(double x, double y) => Math.Pow(x, y);

    [RegionHelper(IrType.Float, Pure)]
    internal static double HypotOf(double x, double y) => double.Hypot(x, y);

    [RegionHelper(IrType.Float, Pure)]
    internal static double DegreesOf(double x) => x * (180 / Math.PI);

    [RegionHelper(IrType.Float, Pure)]
    internal static double RadiansOf(double x) => x * (Math.PI / 180);

    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsNanOf(double x) => double.IsNaN(x);

    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double FloorOf(double x) => Math.Floor(x);

    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double CeilingOf(double x) => Math.Ceiling(x);

    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double RoundOf(double x) => Math.Round(x);

    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TruncateOf(double x) => Math.Truncate(x);

    /// <summary>Whether a float without fraction is one that the library gives as an int of 64 bits.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool FitsWholeOf(double x) => Math.Abs(x) < 9.2e18;

    /// <summary>Whether the whole part of a float fits 64 bits.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool FitsIntOf(double x) => x > -9223372036854775808.0 && x < 9223372036854775808.0;

    [RegionHelper(IrType.Int, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long TruncatedOf(double x) => (long)x;

    /// <summary>The remainder with the sign of a divisor above 0.</summary>
    [RegionHelper(IrType.Int, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long FloorModOf(long x, long divisor) => FloorDivision.Remainder(x, divisor);

    /// <summary>The quotient, rounded down, by a divisor above 0.</summary>
    [RegionHelper(IrType.Int, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long FloorDivOf(long x, long divisor) => FloorDivision.Quotient(x, divisor);

    [RegionHelper(IrType.Int, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long AbsoluteOfInt(long x) => Math.Abs(x);

    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double AbsoluteOfFloat(double x) => Math.Abs(x);

    [RegionHelper(IrType.Int, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LesserOfInts(long a, long b) => b < a ? b : a;

    [RegionHelper(IrType.Int, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long GreaterOfInts(long a, long b) => a < b ? b : a;

    /// <summary>As the language compares: nothing is less than NaN, and of equal ones the first counts.</summary>
    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double LesserOfFloats(double a, double b) => b < a ? b : a;

    /// <inheritdoc cref="LesserOfFloats"/>
    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double GreaterOfFloats(double a, double b) => a < b ? b : a;

    [RegionHelper(IrType.Int, Pure, Min = 0, Max = 64)]
    internal static long PopCountOf(long x) => BitOperations.PopCount((ulong)x);

    [RegionHelper(IrType.Int, Pure, Min = 0, Max = 64)]
    internal static long LeadingZerosOf(long x) => BitOperations.LeadingZeroCount((ulong)x);

    [RegionHelper(IrType.Int, Pure, Min = 0, Max = 64)]
    internal static long TrailingZerosOf(long x) => BitOperations.TrailingZeroCount((ulong)x);

    /// <summary>The low 32 bits rotated by a count modulo 32.</summary>
    [RegionHelper(IrType.Int, Pure, Min = 0, Max = uint.MaxValue)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long RotatedLeft(long x, long count) => BitOperations.RotateLeft((uint)x, (int)(count & 31));

    /// <inheritdoc cref="RotatedLeft"/>
    [RegionHelper(IrType.Int, Pure, Min = 0, Max = uint.MaxValue)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long RotatedRight(long x, long count) => BitOperations.RotateLeft((uint)x, -(int)(count & 31));
}
