using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Numbers known to be 64-bit ints or floats, but not which. The CLR's compiler inlines these helpers. They exit when the result would be
/// an int beyond 64 bits, and for all operands that they do not take.
/// </summary>
internal static class NumberHelpers
{
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsIntOrFloat(object? reference, long bits) =>
        ReferenceEquals(reference, Tag.Int) || ReferenceEquals(reference, Tag.Float);

    /// <summary>An int or float as a float. The result for anything else is meaningless.</summary>
    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double FloatOfNumber(object? reference, long bits) =>
        ReferenceEquals(reference, Tag.Int) ? bits : BitConverter.Int64BitsToDouble(bits);

    [RegionHelper(IrType.Any, IrEffects.Exits)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value AddNumbers(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (ReferenceEquals(xRef, Tag.Int) && ReferenceEquals(yRef, Tag.Int))
        {
            long sum = unchecked(xBits + yBits);
            return ((xBits ^ sum) & (yBits ^ sum)) >= 0 ? Value.FromInt(sum) : Exit;
        }

        return AreNumbers(xRef, yRef) ? Value.FromFloat(FloatOfNumber(xRef, xBits) + FloatOfNumber(yRef, yBits)) : Exit;
    }

    [RegionHelper(IrType.Any, IrEffects.Exits)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value SubtractNumbers(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (ReferenceEquals(xRef, Tag.Int) && ReferenceEquals(yRef, Tag.Int))
        {
            long difference = unchecked(xBits - yBits);
            return ((xBits ^ yBits) & (xBits ^ difference)) >= 0 ? Value.FromInt(difference) : Exit;
        }

        return AreNumbers(xRef, yRef) ? Value.FromFloat(FloatOfNumber(xRef, xBits) - FloatOfNumber(yRef, yBits)) : Exit;
    }

    [RegionHelper(IrType.Any, IrEffects.Exits)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value MultiplyNumbers(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (ReferenceEquals(xRef, Tag.Int) && ReferenceEquals(yRef, Tag.Int))
        {
            return KindHelpers.ProductOverflows(xBits, yBits) ? Exit : Value.FromInt(unchecked(xBits * yBits));
        }

        return AreNumbers(xRef, yRef) ? Value.FromFloat(FloatOfNumber(xRef, xBits) * FloatOfNumber(yRef, yBits)) : Exit;
    }

    [RegionHelper(IrType.Any, IrEffects.Exits)]
    internal static Value DivideNumbers(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (ReferenceEquals(xRef, Tag.Int) && ReferenceEquals(yRef, Tag.Int))
        {
            return (ulong)(yBits + 1) > 1 ? Value.FromInt(xBits / yBits) : Exit;
        }

        return AreNumbers(xRef, yRef) ? Value.FromFloat(FloatOfNumber(xRef, xBits) / FloatOfNumber(yRef, yBits)) : Exit;
    }

    [RegionHelper(IrType.Any, IrEffects.Exits)]
    internal static Value RemainderOfNumbers(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (ReferenceEquals(xRef, Tag.Int) && ReferenceEquals(yRef, Tag.Int))
        {
            return (ulong)(yBits + 1) > 1 ? Value.FromInt(xBits % yBits) : Exit;
        }

        return AreNumbers(xRef, yRef) ? Value.FromFloat(FloatOfNumber(xRef, xBits) % FloatOfNumber(yRef, yBits)) : Exit;
    }

    /// <summary>Whether two numbers are the same, exactly. Only for numbers.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AreEqualNumbers(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (!ReferenceEquals(xRef, yRef))
        {
            return Equality.AreEqualNumbers(new Value(xRef, xBits), new Value(yRef, yBits));
        }

        return ReferenceEquals(xRef, Tag.Int)
            ? xBits == yBits
            : BitConverter.Int64BitsToDouble(xBits) == BitConverter.Int64BitsToDouble(yBits);
    }

    /// <inheritdoc cref="AreEqualNumbers"/>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsLessNumber(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (!ReferenceEquals(xRef, yRef))
        {
            return Comparison.CompareNumbers(new Value(xRef, xBits), new Value(yRef, yBits)) == -1;
        }

        return ReferenceEquals(xRef, Tag.Int)
            ? xBits < yBits
            : BitConverter.Int64BitsToDouble(xBits) < BitConverter.Int64BitsToDouble(yBits);
    }

    /// <inheritdoc cref="AreEqualNumbers"/>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsLessOrEqualNumber(object? xRef, long xBits, object? yRef, long yBits)
    {
        if (!ReferenceEquals(xRef, yRef))
        {
            return Comparison.CompareNumbers(new Value(xRef, xBits), new Value(yRef, yBits)) <= 0;
        }

        return ReferenceEquals(xRef, Tag.Int)
            ? xBits <= yBits
            : BitConverter.Int64BitsToDouble(xBits) <= BitConverter.Int64BitsToDouble(yBits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreNumbers(object? xRef, object? yRef) => IsIntOrFloat(xRef, 0) && IsIntOrFloat(yRef, 0);
}
