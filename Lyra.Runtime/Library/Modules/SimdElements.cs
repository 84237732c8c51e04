using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The element-wise operations of module <c>simd</c> on lists. Two lists of unboxed ints, or of unboxed floats, are processed with vectors.
/// From the chunk on whose ints overflow, the operators of the language give the exact results. The lists hold numbers and have the same
/// length.
/// </summary>
internal static class SimdElements
{
    public static ListObject Operate(ScriptContext context, ListObject a, ListObject b, SimdOperation operation)
    {
        int count = a.Count;
        context.Charge(1 + (count >> 3));
        if (a.Strategy == ListStrategy.Floats && b.Strategy == ListStrategy.Floats)
        {
            double[] floats = NewArray<double>(context, ListStrategy.Floats, count);
            Operate(context, Floats(a), Floats(b), floats, operation);
            return ListObject.OfFloats(floats, count);
        }

        if (a.Strategy == ListStrategy.Ints && b.Strategy == ListStrategy.Ints)
        {
            long[] ints = NewArray<long>(context, ListStrategy.Ints, count);
            int done = Operate(context, Ints(a), Ints(b), ints, operation);
            return done == count ? ListObject.OfInts(ints, count) : Exact(context, a, b, operation, ints.AsSpan(0, done));
        }

        return Exact(context, a, b, operation, []);
    }

    /// <summary>
    /// Replaces the elements of <paramref name="target"/>, which may be one of the operands. Its array is reused if the results fit it.
    /// After a script error it is unchanged.
    /// </summary>
    public static void OperateTo(ScriptContext context, ListObject target, ListObject a, ListObject b, SimdOperation operation)
    {
        if (!TryReuse(context, target, a, b, operation))
        {
            SimdTarget.Replace(context, target, Operate(context, a, b, operation));
        }
    }

    public static ListObject Compare(ScriptContext context, ListObject a, ListObject b, SimdComparison comparison)
    {
        int count = a.Count;
        context.Charge(1 + (count >> 3));
        bool[] mask = NewArray<bool>(context, ListStrategy.Bools, count);
        Compare(context, a, b, comparison, mask);
        return ListObject.OfBools(mask, count);
    }

    /// <inheritdoc cref="OperateTo"/>
    public static void CompareTo(ScriptContext context, ListObject target, ListObject a, ListObject b, SimdComparison comparison)
    {
        if (SimdTarget.Holds(target, ListStrategy.Bools, a.Count) && ShareStrategy(a, b))
        {
            context.Charge(1 + (a.Count >> 3));
            Compare(context, a, b, comparison, target.Bools.AsSpan(0, target.Count));
            return;
        }

        SimdTarget.Replace(context, target, Compare(context, a, b, comparison));
    }

    /// <summary>The element of <paramref name="a"/> where the mask is true, else that of <paramref name="b"/>.</summary>
    public static ListObject Select(ScriptContext context, string proc, ListObject mask, ListObject a, ListObject b)
    {
        int count = mask.Count;
        if (mask.Strategy == ListStrategy.Bools && ShareStrategy(a, b))
        {
            context.Charge(count);
            ListObject result = a.Strategy == ListStrategy.Ints
                ? ListObject.OfInts(NewArray<long>(context, ListStrategy.Ints, count), count)
                : ListObject.OfFloats(NewArray<double>(context, ListStrategy.Floats, count), count);
            Choose(context, mask.Bools.AsSpan(0, count), Bits(a), Bits(b), Bits(result));
            return result;
        }

        ListObject selected = new();
        selected.EnsureCapacity(context, count);
        context.Charge(count);
        for (int i = 0; i < count; i++)
        {
            Value choice = mask.Get(i);
            if (!choice.IsBool)
            {
                throw Throw.TypeError($"{proc}: element {i} of 'mask' must be a bool, not {Throw.TypeName(choice)}");
            }

            selected.Add(context, choice.AsBool ? a.Get(i) : b.Get(i));
            Pieces.Look(context, i);
        }

        return selected;
    }

    /// <inheritdoc cref="OperateTo"/>
    public static void SelectTo(ScriptContext context, ListObject target, ListObject mask, ListObject a, ListObject b)
    {
        if (mask.Strategy == ListStrategy.Bools && ShareStrategy(a, b) && SimdTarget.Holds(target, a.Strategy, mask.Count))
        {
            context.Charge(mask.Count);
            Choose(context, mask.Bools.AsSpan(0, mask.Count), Bits(a), Bits(b), Bits(target));
            return;
        }

        SimdTarget.Replace(context, target, Select(context, "simd.selectTo", mask, a, b));
    }

    private static bool TryReuse(ScriptContext context, ListObject target, ListObject a, ListObject b, SimdOperation operation)
    {
        int count = a.Count;
        if (!ShareStrategy(a, b) || !SimdTarget.Holds(target, a.Strategy, count))
        {
            return false;
        }

        if (a.Strategy == ListStrategy.Ints && !MayWrite(context, target, a, b, operation))
        {
            return false;
        }

        // Nothing may fail once an operand that is the target has been written, except for a look at the clock that ends the run.
        context.Charge(1 + (count >> 3));
        ScriptContext? looking = Pieces.ExitRegionIfLong(context, count * 8L) ? context : null;
        if (a.Strategy == ListStrategy.Floats)
        {
            Operate(looking, Floats(a), Floats(b), target.Floats.AsSpan(0, count), operation);
            return true;
        }

        return Operate(looking, Ints(a), Ints(b), target.Ints.AsSpan(0, count), operation) == count;
    }

    /// <summary>
    /// False when the results must be complete before the first is written: an operand that is the target would be lost at an overflow, and
    /// a division by zero would leave the target half written. Otherwise an overflow only repeats the operation.
    /// </summary>
    private static bool MayWrite(ScriptContext context, ListObject target, ListObject a, ListObject b, SimdOperation operation)
    {
        bool isOperand = ReferenceEquals(target, a) || ReferenceEquals(target, b);
        return operation switch
        {
            SimdOperation.Min or SimdOperation.Max => true,
            SimdOperation.Div when !isOperand => Pieces.IndexOf(context, Ints(b), 0) < 0,
            SimdOperation.Add or SimdOperation.Sub or SimdOperation.Mul or SimdOperation.Div =>
                !isOperand || SimdInts.Fits(context, Ints(a), Ints(b), operation),
        };
    }

    /// <summary>As <see cref="SimdFloats.Operate"/>, in pieces; without looks at the clock between them if there is no context.</summary>
    private static void Operate(
        ScriptContext? context, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result, SimdOperation operation)
    {
        for (int start = 0, piece = Pieces.Length<double>(); start < a.Length; start += piece)
        {
            int count = Math.Min(piece, a.Length - start);
            SimdFloats.Operate(a.Slice(start, count), b.Slice(start, count), result.Slice(start, count), operation);
            LookBefore(context, start + count, a.Length);
        }
    }

    /// <summary>
    /// As <see cref="SimdInts.Operate"/>, in pieces of whole chunks; without looks at the clock between them if there is no context.
    /// </summary>
    private static int Operate(
        ScriptContext? context, ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result, SimdOperation operation)
    {
        for (int start = 0, piece = Pieces.Length<long>(); start < a.Length; start += piece)
        {
            int count = Math.Min(piece, a.Length - start);
            int done = SimdInts.Operate(a.Slice(start, count), b.Slice(start, count), result.Slice(start, count), operation);
            if (done < count)
            {
                return start + done;
            }

            LookBefore(context, start + count, a.Length);
        }

        return a.Length;
    }

    /// <summary>As <see cref="SimdMasks.Select"/>, in pieces.</summary>
    private static void Choose(
        ScriptContext context, ReadOnlySpan<bool> mask, ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<long> result)
    {
        for (int start = 0, piece = Pieces.Length<long>(); start < mask.Length; start += piece)
        {
            int count = Math.Min(piece, mask.Length - start);
            SimdMasks.Select(mask.Slice(start, count), a.Slice(start, count), b.Slice(start, count), result.Slice(start, count));
            LookBefore(context, start + count, mask.Length);
        }
    }

    /// <summary>As that of <see cref="SimdMasks"/>, in pieces.</summary>
    private static void Compare<T>(
        ScriptContext context, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> mask, SimdComparison comparison)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        for (int start = 0, piece = Pieces.Length<T>(); start < a.Length; start += piece)
        {
            int count = Math.Min(piece, a.Length - start);
            SimdMasks.Compare(a.Slice(start, count), b.Slice(start, count), mask.Slice(start, count), comparison);
            LookBefore(context, start + count, a.Length);
        }
    }

    /// <summary>Looks at the clock before the next piece; not after the last one.</summary>
    private static void LookBefore(ScriptContext? context, int next, int count)
    {
        if (next < count)
        {
            context?.CheckClock();
        }
    }

    private static ListObject Exact(
        ScriptContext context, ListObject a, ListObject b, SimdOperation operation, ReadOnlySpan<long> known)
    {
        ListObject result = new();
        result.EnsureCapacity(context, a.Count);
        context.Protect(result);
        foreach (long item in known)
        {
            result.Add(context, Value.FromInt(item));
            Pieces.Look(context, result.Count);
        }

        for (int i = known.Length; i < a.Count; i++)
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
        SimdOperation.Max => Comparison.Less(context, a, b) ? b : a,
    };

    private static void Compare(ScriptContext context, ListObject a, ListObject b, SimdComparison comparison, Span<bool> mask)
    {
        if (ShareStrategy(a, b) && a.Strategy == ListStrategy.Floats)
        {
            Compare(context, Floats(a), Floats(b), mask, comparison);
            return;
        }

        if (ShareStrategy(a, b))
        {
            Compare(context, Ints(a), Ints(b), mask, comparison);
            return;
        }

        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = One(context, a.Get(i), b.Get(i), comparison);
            Pieces.Look(context, i);
        }
    }

    private static bool One(ScriptContext context, in Value a, in Value b, SimdComparison comparison) => comparison switch
    {
        SimdComparison.Less => Comparison.Less(context, a, b),
        SimdComparison.LessOrEqual => Comparison.LessOrEqual(context, a, b),
        SimdComparison.Equal => Equality.AreEqual(context, a, b),
    };

    /// <summary>True for two lists of unboxed ints and for two of unboxed floats.</summary>
    private static bool ShareStrategy(ListObject a, ListObject b) =>
        a.Strategy == b.Strategy && a.Strategy is ListStrategy.Ints or ListStrategy.Floats;

    private static ReadOnlySpan<double> Floats(ListObject list) => list.Floats.AsSpan(0, list.Count);

    private static ReadOnlySpan<long> Ints(ListObject list) => list.Ints.AsSpan(0, list.Count);

    /// <summary>The unboxed ints, or the bits of the unboxed floats.</summary>
    private static Span<long> Bits(ListObject list) => list.Strategy == ListStrategy.Ints
        ? list.Ints.AsSpan(0, list.Count)
        : MemoryMarshal.Cast<double, long>(list.Floats.AsSpan(0, list.Count));

    /// <summary>An array whose elements the operation writes, all of them.</summary>
    private static T[] NewArray<T>(ScriptContext context, ListStrategy strategy, int count) =>
        GC.AllocateUninitializedArray<T>(Make.ListLength(context, strategy, count, "simd"));
}
