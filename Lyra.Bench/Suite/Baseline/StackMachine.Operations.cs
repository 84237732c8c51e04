using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <content>Operations: numbers are handled here, all else by the semantics of Lyra.</content>
internal sealed partial class StackMachine
{
    private void Add(ref Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            long sum = unchecked(a.Bits + b.Bits);
            if (((a.Bits ^ sum) & (b.Bits ^ sum)) >= 0)
            {
                a.Bits = sum;
                return;
            }
        }
        else if (a.IsFloat && b.IsFloat)
        {
            a = Value.FromFloat(a.AsFloat + b.AsFloat);
            return;
        }

        a = Arithmetic.Add(this, a, b);
    }

    private void Subtract(ref Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            long difference = unchecked(a.Bits - b.Bits);
            if (((a.Bits ^ b.Bits) & (a.Bits ^ difference)) >= 0)
            {
                a.Bits = difference;
                return;
            }
        }
        else if (a.IsFloat && b.IsFloat)
        {
            a = Value.FromFloat(a.AsFloat - b.AsFloat);
            return;
        }

        a = Arithmetic.Sub(this, a, b);
    }

    private void Multiply(ref Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            long high = Math.BigMul(a.Bits, b.Bits, out long low);
            if (high == low >> 63)
            {
                a.Bits = low;
                return;
            }
        }
        else if (a.IsFloat && b.IsFloat)
        {
            a = Value.FromFloat(a.AsFloat * b.AsFloat);
            return;
        }

        a = Arithmetic.Mul(this, a, b);
    }

    private bool AreEqual(in Value a, in Value b) => a.IsInt && b.IsInt ? a.Bits == b.Bits : Equality.AreEqual(this, a, b);

    private bool IsLess(in Value a, in Value b) => a.IsInt && b.IsInt ? a.Bits < b.Bits
        : a.IsFloat && b.IsFloat ? a.AsFloat < b.AsFloat
        : Comparison.Less(this, a, b);

    private bool IsLessOrEqual(in Value a, in Value b) => a.IsInt && b.IsInt ? a.Bits <= b.Bits
        : a.IsFloat && b.IsFloat ? a.AsFloat <= b.AsFloat
        : Comparison.LessOrEqual(this, a, b);

    private Value GetIndex(in Value container, in Value index) =>
        container.Ref is ListObject list && index.IsInt && (ulong)index.Bits < (ulong)list.Count
            ? list.Get((int)index.Bits)
            : Indexing.Get(this, container, index);

    private void SetIndex(in Value container, in Value index, in Value value)
    {
        if (container.Ref is ListObject list && index.IsInt && (ulong)index.Bits < (ulong)list.Count)
        {
            list.Set(this, (int)index.Bits, value);
            return;
        }

        Indexing.Set(this, container, index, value);
    }

    private Value Slice(in Value container, in Value start, Value end, bool isInclusive) =>
        Indexing.Slice(this, container, start, isInclusive ? Arithmetic.Add(this, end, Value.FromInt(1)) : end);

    private Value NewMap(ReadOnlySpan<Value> entries)
    {
        MapObject map = new();
        for (int i = 0; i < entries.Length; i += 2)
        {
            map.Set(this, entries[i], entries[i + 1]);
        }

        return Value.FromObject(map);
    }

    private Value Interpolate(ReadOnlySpan<Value> parts)
    {
        StringBuilder text = new();
        foreach (Value part in parts)
        {
            text.Append(Formatting.ToStr(this, part).Span);
        }

        return Value.FromObject(ScriptString.From(text.ToString()));
    }

    private static bool HasSize(SizeTest test, int size, in Value value)
    {
        long count = (test & ~SizeTest.OrMore) switch
        {
            SizeTest.List => PatternCounts.OfList(value.Ref),
            SizeTest.Tuple => PatternCounts.OfTuple(value.Ref),
            _ => PatternCounts.OfMap(value.Ref),
        };
        return count == size || ((test & SizeTest.OrMore) != 0 && count > size);
    }

    private static Value ReadCell(in Value cell)
    {
        Value value = ((Upvalue)cell.Ref!).Value;
        return value.IsUnset ? throw UsedTooEarly() : value;
    }

    private static ScriptErrorException UsedTooEarly() => throw Throw.ValueError("a variable is used before its declaration has run");
}
