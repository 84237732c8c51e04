using System;
using System.Runtime.Intrinsics;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// An element-wise operation of module <c>simd</c>, on one pair and on four. Loops take it as a type parameter, so that .NET compiles a
/// loop for each operation.
/// </summary>
internal interface ISimdOperator<T>
    where T : struct
{
    static abstract T Apply(T a, T b);

    static abstract Vector256<T> Apply(Vector256<T> a, Vector256<T> b);
}

/// <summary>An operation on ints that may overflow.</summary>
internal interface ISimdIntOperator : ISimdOperator<long>
{
    /// <summary>Negative if the result of the pair has overflowed.</summary>
    static abstract long Overflow(long a, long b, long result);

    /// <inheritdoc cref="Overflow(long, long, long)"/>
    static abstract Vector256<long> Overflow(Vector256<long> a, Vector256<long> b, Vector256<long> result);
}

/// <summary>The operations of module <c>simd</c>. Minimum and maximum are those by <c>&lt;</c>, also for NaN and signed zeros.</summary>
internal static class SimdOperators
{
    /// <summary>A sum has overflowed if its sign differs from the signs of both operands.</summary>
    public readonly struct AddInts : ISimdIntOperator
    {
        public static long Apply(long a, long b) => unchecked(a + b);

        public static Vector256<long> Apply(Vector256<long> a, Vector256<long> b) => a + b;

        public static long Overflow(long a, long b, long result) => (a ^ result) & (b ^ result);

        public static Vector256<long> Overflow(Vector256<long> a, Vector256<long> b, Vector256<long> result) => (a ^ result) & (b ^ result);
    }

    /// <summary>A difference has overflowed if the operands' signs differ and its sign differs from that of the first.</summary>
    public readonly struct SubInts : ISimdIntOperator
    {
        public static long Apply(long a, long b) => unchecked(a - b);

        public static Vector256<long> Apply(Vector256<long> a, Vector256<long> b) => a - b;

        public static long Overflow(long a, long b, long result) => (a ^ b) & (a ^ result);

        public static Vector256<long> Overflow(Vector256<long> a, Vector256<long> b, Vector256<long> result) => (a ^ b) & (a ^ result);
    }

    public readonly struct MinInts : ISimdIntOperator
    {
        public static long Apply(long a, long b) => Math.Min(a, b);

        public static Vector256<long> Apply(Vector256<long> a, Vector256<long> b) => Vector256.Min(a, b);

        public static long Overflow(long a, long b, long result) => 0;

        public static Vector256<long> Overflow(Vector256<long> a, Vector256<long> b, Vector256<long> result) => Vector256<long>.Zero;
    }

    public readonly struct MaxInts : ISimdIntOperator
    {
        public static long Apply(long a, long b) => Math.Max(a, b);

        public static Vector256<long> Apply(Vector256<long> a, Vector256<long> b) => Vector256.Max(a, b);

        public static long Overflow(long a, long b, long result) => 0;

        public static Vector256<long> Overflow(Vector256<long> a, Vector256<long> b, Vector256<long> result) => Vector256<long>.Zero;
    }

    public readonly struct AddFloats : ISimdOperator<double>
    {
        public static double Apply(double a, double b) => a + b;

        public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) => a + b;
    }

    public readonly struct SubFloats : ISimdOperator<double>
    {
        public static double Apply(double a, double b) => a - b;

        public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) => a - b;
    }

    public readonly struct MulFloats : ISimdOperator<double>
    {
        public static double Apply(double a, double b) => a * b;

        public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) => a * b;
    }

    public readonly struct DivFloats : ISimdOperator<double>
    {
        public static double Apply(double a, double b) => a / b;

        public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) => a / b;
    }

    public readonly struct MinFloats : ISimdOperator<double>
    {
        public static double Apply(double a, double b) => b < a ? b : a;

        public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) =>
            Vector256.ConditionalSelect(Vector256.LessThan(b, a), b, a);
    }

    public readonly struct MaxFloats : ISimdOperator<double>
    {
        public static double Apply(double a, double b) => a < b ? b : a;

        public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) =>
            Vector256.ConditionalSelect(Vector256.LessThan(a, b), b, a);
    }
}
