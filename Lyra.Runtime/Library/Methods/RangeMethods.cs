using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of range.</summary>
internal static class RangeMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("contains(range, x)")?.Register(
            static (c, a) => Value.FromBool(Self(a, "contains").Contains(c, a[1])), Pure, IntrinsicId.RangeContains);
        rows.Row("isEmpty(range)")?.Register(static (_, a) => Value.FromBool(Self(a, "isEmpty").Count == 0), Pure, IntrinsicId.IsEmpty);
        rows.Row("step(range, n)")?.Register(
            static (c, a) => Stepped(c, Self(a, "step"), Argument.Integer(a[1], "step", "n"), "step"), Restartable);
        rows.Row("reversed(range)")?.Register(static (c, a) => Stepped(c, Self(a, "reversed"), -1, "reversed"), Restartable);
    }

    /// <summary>Every n-th element of a range, for a negative n from its end.</summary>
    private static Value Stepped(ScriptContext context, RangeObject range, long n, string proc)
    {
        if (n == 0)
        {
            throw Throw.ValueError($"{proc}: n must not be 0");
        }

        Int128 wide = (Int128)range.Step * n;
        bool isWide = wide > long.MaxValue || wide <= long.MinValue || n == long.MinValue;
        if (range.BigBounds is not null || range.Count == long.MaxValue || isWide)
        {
            throw Throw.ValueError($"{proc}: a bound or the step of the range does not fit in 64 bits");
        }

        context.ChargeMemory(RangeObject.Bytes);
        long count = range.Count == 0 ? 0 : ((range.Count - 1) / Math.Abs(n)) + 1;
        long first = n > 0 || count == 0 ? range.Start : range.At(range.Count - 1);
        long step = count <= 1 ? range.Step : (long)wide;
        return Value.FromObject(OfCount(first, step, count));
    }

    /// <summary>The range of so many elements, which excludes its bound unless the bound would not fit in 64 bits.</summary>
    private static RangeObject OfCount(long first, long step, long count)
    {
        long last = count == 0 ? first : first + (step * (count - 1));
        long next = count == 0 ? first : unchecked(last + Math.Sign(step));
        bool overflows = count > 0 && (next > last) != (step > 0);
        return new RangeObject(first, overflows ? last : next, step, count, isInclusive: overflows);
    }

    private static RangeObject Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Range(arguments[0], proc, "range");
}
