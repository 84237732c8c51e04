using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Helpers;

/// <content>
/// The library's procs on unboxed numbers, with exactly the results of their handlers. They have no effect and never exit; the CLR's
/// compiler inlines them where it can.
/// </content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper Sqrt = Row(nameof(SqrtOf), IrType.Float, Pure);
    public static readonly RegionHelper Cbrt = Row(nameof(CbrtOf), IrType.Float, Pure);
    public static readonly RegionHelper Sin = Row(nameof(SinOf), IrType.Float, Pure);
    public static readonly RegionHelper Cos = Row(nameof(CosOf), IrType.Float, Pure);
    public static readonly RegionHelper Tan = Row(nameof(TanOf), IrType.Float, Pure);
    public static readonly RegionHelper Asin = Row(nameof(AsinOf), IrType.Float, Pure);
    public static readonly RegionHelper Acos = Row(nameof(AcosOf), IrType.Float, Pure);
    public static readonly RegionHelper Atan = Row(nameof(AtanOf), IrType.Float, Pure);
    public static readonly RegionHelper Atan2 = Row(nameof(Atan2Of), IrType.Float, Pure);
    public static readonly RegionHelper Exp = Row(nameof(ExpOf), IrType.Float, Pure);
    public static readonly RegionHelper Log = Row(nameof(LogOf), IrType.Float, Pure);
    public static readonly RegionHelper Log2 = Row(nameof(Log2Of), IrType.Float, Pure);
    public static readonly RegionHelper Log10 = Row(nameof(Log10Of), IrType.Float, Pure);
    public static readonly RegionHelper Pow = Row(nameof(PowOf), IrType.Float, Pure);
    public static readonly RegionHelper Hypot = Row(nameof(HypotOf), IrType.Float, Pure);
    public static readonly RegionHelper Degrees = Row(nameof(DegreesOf), IrType.Float, Pure);
    public static readonly RegionHelper Radians = Row(nameof(RadiansOf), IrType.Float, Pure);
    public static readonly RegionHelper IsNan = Row(nameof(IsNanOf), IrType.Bool, Pure);
    public static readonly RegionHelper Floor = Row(nameof(FloorOf), IrType.Float, Pure);
    public static readonly RegionHelper Ceiling = Row(nameof(CeilingOf), IrType.Float, Pure);
    public static readonly RegionHelper Round = Row(nameof(RoundOf), IrType.Float, Pure);
    public static readonly RegionHelper Truncate = Row(nameof(TruncateOf), IrType.Float, Pure);
    public static readonly RegionHelper FitsWhole = Row(nameof(FitsWholeOf), IrType.Bool, Pure);
    public static readonly RegionHelper FitsInt = Row(nameof(FitsIntOf), IrType.Bool, Pure);
    public static readonly RegionHelper TruncatedFloat = Row(nameof(TruncatedOf), IrType.Int, Pure);
    public static readonly RegionHelper FloorMod = Row(nameof(FloorModOf), IrType.Int, Pure);
    public static readonly RegionHelper AbsoluteInt = Row(nameof(AbsoluteOfInt), IrType.Int, Pure);
    public static readonly RegionHelper AbsoluteFloat = Row(nameof(AbsoluteOfFloat), IrType.Float, Pure);
    public static readonly RegionHelper LesserInt = Row(nameof(LesserOfInts), IrType.Int, Pure);
    public static readonly RegionHelper GreaterInt = Row(nameof(GreaterOfInts), IrType.Int, Pure);
    public static readonly RegionHelper LesserFloat = Row(nameof(LesserOfFloats), IrType.Float, Pure);
    public static readonly RegionHelper GreaterFloat = Row(nameof(GreaterOfFloats), IrType.Float, Pure);
    public static readonly RegionHelper PopCount = Row(nameof(PopCountOf), IrType.Int, Pure) with { Range = new(0, 64) };
    public static readonly RegionHelper LeadingZeros = Row(nameof(LeadingZerosOf), IrType.Int, Pure) with { Range = new(0, 64) };
    public static readonly RegionHelper TrailingZeros = Row(nameof(TrailingZerosOf), IrType.Int, Pure) with { Range = new(0, 64) };
    public static readonly RegionHelper RotateLeft = Row(nameof(RotatedLeft), IrType.Int, Pure) with { Range = new(0, uint.MaxValue) };
    public static readonly RegionHelper RotateRight = Row(nameof(RotatedRight), IrType.Int, Pure) with { Range = new(0, uint.MaxValue) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double SqrtOf(double x) => Math.Sqrt(x);

    /// <summary>The cube root; of a cube exactly.</summary>
    internal static double CbrtOf(double x)
    {
        double root = Math.Cbrt(x);
        double whole = Math.Round(root);
        return whole * whole * whole == x ? whole : root;
    }

    internal static double SinOf(double x) => Math.Sin(x);

    internal static double CosOf(double x) => Math.Cos(x);

    internal static double TanOf(double x) => Math.Tan(x);

    internal static double AsinOf(double x) => Math.Asin(x);

    internal static double AcosOf(double x) => Math.Acos(x);

    internal static double AtanOf(double x) => Math.Atan(x);

    internal static double Atan2Of(double y, double x) => Math.Atan2(y, x);

    internal static double ExpOf(double x) => Math.Exp(x);

    internal static double LogOf(double x) => Math.Log(x);

    internal static double Log2Of(double x) => Math.Log2(x);

    internal static double Log10Of(double x) => Math.Log10(x);

    internal static double PowOf(double x, double y) => Math.Pow(x, y);

    internal static double HypotOf(double x, double y) => double.Hypot(x, y);

    internal static double DegreesOf(double x) => x * (180 / Math.PI);

    internal static double RadiansOf(double x) => x * (Math.PI / 180);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsNanOf(double x) => double.IsNaN(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double FloorOf(double x) => Math.Floor(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double CeilingOf(double x) => Math.Ceiling(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double RoundOf(double x) => Math.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TruncateOf(double x) => Math.Truncate(x);

    /// <summary>Whether a float without fraction is one that the library gives as an int of 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool FitsWholeOf(double x) => Math.Abs(x) < 9.2e18;

    /// <summary>Whether the whole part of a float fits 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool FitsIntOf(double x) => x > -9223372036854775808.0 && x < 9223372036854775808.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long TruncatedOf(double x) => (long)x;

    /// <summary>The remainder with the sign of a divisor above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long FloorModOf(long x, long divisor)
    {
        long remainder = x % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long AbsoluteOfInt(long x) => Math.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double AbsoluteOfFloat(double x) => Math.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LesserOfInts(long a, long b) => b < a ? b : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long GreaterOfInts(long a, long b) => a < b ? b : a;

    /// <summary>As the language compares: nothing is less than NaN, and of equal ones the first counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double LesserOfFloats(double a, double b) => b < a ? b : a;

    /// <inheritdoc cref="LesserOfFloats"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double GreaterOfFloats(double a, double b) => a < b ? b : a;

    internal static long PopCountOf(long x) => BitOperations.PopCount((ulong)x);

    internal static long LeadingZerosOf(long x) => BitOperations.LeadingZeroCount((ulong)x);

    internal static long TrailingZerosOf(long x) => BitOperations.TrailingZeroCount((ulong)x);

    /// <summary>The low 32 bits rotated by a count modulo 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long RotatedLeft(long x, long count) => BitOperations.RotateLeft((uint)x, (int)(count & 31));

    /// <inheritdoc cref="RotatedLeft"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long RotatedRight(long x, long count) => BitOperations.RotateLeft((uint)x, -(int)(count & 31));
}
