using System;
using System.Numerics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The element-wise operations of module <c>simd</c>. Two lists of unboxed ints, or of unboxed floats, are processed with vectors. If an
/// int overflows, the whole operation is repeated element by element, which gives the exact result. The lists must hold numbers and have
/// the same length.
/// </summary>
internal static class SimdElements
{
    public static ListObject Operate(ScriptContext context, ListObject a, ListObject b, SimdOperation operation)
    {
        int count = a.Count;
        context.Charge(1 + (count >> 3));
        if (a.Strategy == ListStrategy.Floats && b.Strategy == ListStrategy.Floats)
        {
            double[] floats = new double[Make.ListLength(context, ListStrategy.Floats, count, "simd")];
            Floats(a.Floats.AsSpan(0, count), b.Floats.AsSpan(0, count), floats, operation);
            return ListObject.OfFloats(floats, count);
        }

        if (a.Strategy == ListStrategy.Ints && b.Strategy == ListStrategy.Ints)
        {
            long[] ints = new long[Make.ListLength(context, ListStrategy.Ints, count, "simd")];
            if (TryInts(a.Ints.AsSpan(0, count), b.Ints.AsSpan(0, count), ints, operation))
            {
                return ListObject.OfInts(ints, count);
            }
        }

        return Generic(context, a, b, operation);
    }

    public static ListObject Compare(ScriptContext context, ListObject a, ListObject b, SimdComparison comparison)
    {
        int count = a.Count;
        context.Charge(1 + (count >> 3));
        bool[] mask = new bool[Make.ListLength(context, ListStrategy.Bools, count, "simd")];
        if (a.Strategy == ListStrategy.Floats && b.Strategy == ListStrategy.Floats)
        {
            CompareSpans<double>(a.Floats.AsSpan(0, count), b.Floats.AsSpan(0, count), mask, comparison);
        }
        else if (a.Strategy == ListStrategy.Ints && b.Strategy == ListStrategy.Ints)
        {
            CompareSpans<long>(a.Ints.AsSpan(0, count), b.Ints.AsSpan(0, count), mask, comparison);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                mask[i] = CompareOne(context, a.Get(i), b.Get(i), comparison);
            }
        }

        return ListObject.OfBools(mask, count);
    }

    private static ListObject Generic(ScriptContext context, ListObject a, ListObject b, SimdOperation operation)
    {
        ListObject result = new();
        result.EnsureCapacity(context, a.Count);
        context.Protect(result);
        for (int i = 0; i < a.Count; i++)
        {
            context.Charge(1);
            result.Add(context, One(context, a.Get(i), b.Get(i), operation));
        }

        context.Unprotect();
        return result;
    }

    private static Value One(ScriptContext context, in Value a, in Value b, SimdOperation operation) => operation switch
    {
        SimdOperation.Add => Arithmetic.Add(context, a, b),
        SimdOperation.Sub => Arithmetic.Sub(context, a, b),
        SimdOperation.Mul => Arithmetic.Mul(context, a, b),
        SimdOperation.Div => Arithmetic.Div(context, a, b),
        SimdOperation.Min => Comparison.Less(context, b, a) ? b : a,
        _ => Comparison.Less(context, a, b) ? b : a,
    };

    private static bool CompareOne(ScriptContext context, in Value a, in Value b, SimdComparison comparison) => comparison switch
    {
        SimdComparison.Less => Comparison.Less(context, a, b),
        SimdComparison.LessOrEqual => Comparison.LessOrEqual(context, a, b),
        _ => Equality.AreEqual(context, a, b),
    };

    private static void CompareSpans<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> mask, SimdComparison comparison)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        b = b[..a.Length];
        mask = mask[..a.Length];
        switch (comparison)
        {
            case SimdComparison.Less:
                for (int i = 0; i < a.Length; i++)
                {
                    mask[i] = a[i] < b[i];
                }

                return;
            case SimdComparison.LessOrEqual:
                for (int i = 0; i < a.Length; i++)
                {
                    mask[i] = a[i] <= b[i];
                }

                return;
            default:
                for (int i = 0; i < a.Length; i++)
                {
                    mask[i] = a[i] == b[i];
                }

                return;
        }
    }

    private static void Floats(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result, SimdOperation operation)
    {
        int i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Floats(new Vector<double>(a[i..]), new Vector<double>(b[i..]), operation).CopyTo(result[i..]);
        }

        for (; i < a.Length; i++)
        {
            result[i] = operation switch
            {
                SimdOperation.Add => a[i] + b[i],
                SimdOperation.Sub => a[i] - b[i],
                SimdOperation.Mul => a[i] * b[i],
                SimdOperation.Div => a[i] / b[i],
                SimdOperation.Min => b[i] < a[i] ? b[i] : a[i],
                _ => a[i] < b[i] ? b[i] : a[i],
            };
        }
    }

    /// <summary>Minimum and maximum are those by <c>&lt;</c>, also for NaN and signed zeros.</summary>
    private static Vector<double> Floats(Vector<double> a, Vector<double> b, SimdOperation operation) => operation switch
    {
        SimdOperation.Add => a + b,
        SimdOperation.Sub => a - b,
        SimdOperation.Mul => a * b,
        SimdOperation.Div => a / b,
        SimdOperation.Min => Vector.ConditionalSelect(Vector.LessThan(b, a), b, a),
        _ => Vector.ConditionalSelect(Vector.LessThan(a, b), b, a),
    };

    /// <summary>False when a result does not fit 64 bits or a divisor is 0.</summary>
    private static bool TryInts(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result, SimdOperation operation)
    {
        switch (operation)
        {
            case SimdOperation.Mul:
                return TryMultiply(a, b, result);
            case SimdOperation.Div:
                return TryDivide(a, b, result);
            default:
                break;
        }

        int i = 0;
        Vector<long> overflow = Vector<long>.Zero;
        for (; i <= a.Length - Vector<long>.Count; i += Vector<long>.Count)
        {
            Ints(new Vector<long>(a[i..]), new Vector<long>(b[i..]), operation, ref overflow).CopyTo(result[i..]);
        }

        long rest = 0;
        for (; i < a.Length; i++)
        {
            result[i] = Ints(a[i], b[i], operation, ref rest);
        }

        return rest >= 0 && !Vector.LessThanAny(overflow, Vector<long>.Zero);
    }

    /// <summary>
    /// A sum has overflowed if its sign differs from the signs of both operands. A difference has overflowed if the operands' signs differ
    /// and its sign differs from that of <paramref name="a"/>.
    /// </summary>
    private static Vector<long> Ints(Vector<long> a, Vector<long> b, SimdOperation operation, ref Vector<long> overflow)
    {
        switch (operation)
        {
            case SimdOperation.Add:
                Vector<long> sum = a + b;
                overflow |= (a ^ sum) & (b ^ sum);
                return sum;
            case SimdOperation.Sub:
                Vector<long> difference = a - b;
                overflow |= (a ^ b) & (a ^ difference);
                return difference;
            case SimdOperation.Min:
                return Vector.Min(a, b);
            default:
                return Vector.Max(a, b);
        }
    }

    private static long Ints(long a, long b, SimdOperation operation, ref long overflow)
    {
        switch (operation)
        {
            case SimdOperation.Add:
                long sum = unchecked(a + b);
                overflow |= (a ^ sum) & (b ^ sum);
                return sum;
            case SimdOperation.Sub:
                long difference = unchecked(a - b);
                overflow |= (a ^ b) & (a ^ difference);
                return difference;
            case SimdOperation.Min:
                return Math.Min(a, b);
            default:
                return Math.Max(a, b);
        }
    }

    private static bool TryMultiply(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
    {
        for (int i = 0; i < a.Length; i++)
        {
            long high = Math.BigMul(a[i], b[i], out long low);
            if (high != low >> 63)
            {
                return false;
            }

            result[i] = low;
        }

        return true;
    }

    private static bool TryDivide(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (b[i] == 0 || (b[i] == -1 && a[i] == long.MinValue))
            {
                return false;
            }

            result[i] = a[i] / b[i];
        }

        return true;
    }
}
