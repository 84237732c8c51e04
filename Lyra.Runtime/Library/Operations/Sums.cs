using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>
/// <c>sum</c> adds numbers from left to right, exactly for ints, and structs by their <c>__add</c>, beginning with the first. Any other
/// element is a TypeError (<c>join</c> concatenates strs).
/// </summary>
internal static class Sums
{
    public static Value Of(ScriptContext context, in Value values) => values.Ref switch
    {
        ListObject { Strategy: ListStrategy.Ints } list => OfInts(context, list.Ints.AsSpan(0, list.Count)),
        ListObject { Strategy: ListStrategy.Floats, Count: > 0 } list => OfFloats(context, list.Floats.AsSpan(0, list.Count)),
        RangeObject range => OfRange(context, range),
        _ => OfSequence(context, values),
    };

    /// <summary>
    /// The exact sum. The high and low 32 bits of each number are added separately. Neither sum can overflow 64 bits for as many elements
    /// as a list can have, so both loops need no overflow checks.
    /// </summary>
    public static Value OfInts(ScriptContext context, ReadOnlySpan<long> items)
    {
        context.Charge(items.Length >> 3);
        long high = 0;
        long low = 0;
        for (int piece = Pieces.Length<long>(); items.Length > piece; items = items[piece..])
        {
            AddHalves(items[..piece], ref high, ref low);
            context.CheckClock();
        }

        AddHalves(items, ref high, ref low);

        // The low sum's upper half counts in the high one. The result fits if that does.
        high += low >> 32;
        long sum = unchecked((high << 32) | (low & uint.MaxValue));
        return sum >> 32 == high ? Value.FromInt(sum) : Value.FromBig(((BigInteger)high << 32) + (low & uint.MaxValue));
    }

    [MethodImpl(ElementLoops.Optimized)]
    private static void AddHalves(ReadOnlySpan<long> items, ref long highSum, ref long lowSum)
    {
        long high = 0;
        long low = 0;
        int i = 0;
        if (Vector256.IsHardwareAccelerated && items.Length >= Vector256<long>.Count)
        {
            Vector256<long> highs = Vector256<long>.Zero;
            Vector256<long> lows = Vector256<long>.Zero;
            foreach (Vector256<long> lane in MemoryMarshal.Cast<long, Vector256<long>>(items))
            {
                highs += Vector256.ShiftRightArithmetic(lane, 32);
                lows += lane & Vector256.Create((long)uint.MaxValue);
                i += Vector256<long>.Count;
            }

            high = Vector256.Sum(highs);
            low = Vector256.Sum(lows);
        }

        for (; i < items.Length; i++)
        {
            high += items[i] >> 32;
            low += items[i] & uint.MaxValue;
        }

        highSum += high;
        lowSum += low;
    }

    /// <summary>Adds from left to right, as a loop with <c>+=</c> would, because the order affects rounding.</summary>
    private static Value OfFloats(ScriptContext context, ReadOnlySpan<double> items)
    {
        context.Charge(items.Length >> 3);
        double sum = 0;
        for (int piece = Pieces.Length<double>(); items.Length > piece; items = items[piece..])
        {
            sum = Add(sum, items[..piece]);
            context.CheckClock();
        }

        return Value.FromFloat(Add(sum, items));
    }

    [MethodImpl(ElementLoops.Optimized)]
    private static double Add(double sum, ReadOnlySpan<double> items)
    {
        foreach (double item in items)
        {
            sum += item;
        }

        return sum;
    }

    private static Value OfRange(ScriptContext context, RangeObject range)
    {
        if (range.Count == 0)
        {
            return Value.FromInt(0);
        }

        BigInteger count = range.ExactCount(context);
        BigInteger first = range.ExactItemAt(context, BigInteger.Zero);
        BigInteger last = range.ExactItemAt(context, BigMath.Subtract(context, count, BigInteger.One));
        BigInteger ends = BigMath.Add(context, first, last);
        return Value.FromBig(BigMath.Multiply(context, ends, count) / 2);
    }

    private static Value OfSequence(ScriptContext context, in Value values)
    {
        using SequenceReader reader = Iteration.Read(context, values);
        Value sum = Value.FromInt(0);
        bool isFirst = true;
        while (reader.MoveNext(out Value item))
        {
            if (!item.IsNumber && item.Ref is not (StructObject or HostObject))
            {
                throw Throw.TypeError($"sum: the elements must be numbers, not {Throw.TypeName(item)}");
            }

            sum = isFirst && item.Ref is StructObject or HostObject ? item : Arithmetic.Add(context, sum, item);
            isFirst = false;
        }

        return sum;
    }
}
