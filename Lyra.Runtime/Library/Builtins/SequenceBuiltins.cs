using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins for numbers and sequences: <c>abs min max sum sorted reversed enumerate zip any all</c>.</summary>
internal static class SequenceBuiltins
{
    public static void Rows(RowReader rows)
    {
        rows.Row("abs(x)")?.Register(Abs, Pure | MethodFirst, IntrinsicId.Abs);
        rows.Row("min(...values)")?.Register(
            static (c, a) => Extremes.Find(c, a, isMax: false), CallsBack | Restartable | MethodFirst, IntrinsicId.Min);
        rows.Row("max(...values)")?.Register(
            static (c, a) => Extremes.Find(c, a, isMax: true), CallsBack | Restartable | MethodFirst, IntrinsicId.Max);
        rows.Row("sum(xs)")?.Register(static (c, a) => Sums.Of(c, a[0]), CallsBack | Restartable | MethodFirst);
        rows.Row("sorted(xs, key?)")?.RegisterScripted(CallsBack | MethodFirst);
        rows.Row("reversed(xs)")?.Register(Reversed, CallsBack | Restartable | MethodFirst);
        rows.Row("enumerate(xs)")?.Register(Enumerate, CallsBack | Restartable | MethodFirst);
        rows.Row("zip(a, b)")?.Register(Zip, CallsBack | Restartable | MethodFirst);
        rows.Row("any(xs, f?)")?.RegisterScripted(CallsBack | MethodFirst);
        rows.Row("all(xs, f?)")?.RegisterScripted(CallsBack | MethodFirst);

    }

    private static Value Abs(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value x = arguments[0];
        if (x.IsFloat)
        {
            return Value.FromFloat(Math.Abs(x.AsFloat));
        }

        if (x.IsAnyInt)
        {
            bool isNegative = x.IsInt ? x.AsInt < 0 : x.AsBig.Sign < 0;
            return isNegative ? Arithmetic.Neg(context, x) : x;
        }

        return x.Ref is HostObject<decimal> exact ? HostDecimal.Of(context, decimal.Abs(exact.Value))
            : throw Argument.Wrong(x, "abs", "x", "a number");
    }

    private static Value Reversed(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Sequence.ToList(context, arguments[0]);
        ListOrder.Reverse(context, list);
        return Value.FromObject(list);
    }

    private static Value Enumerate(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        using SequenceReader reader = Iteration.Read(context, arguments[0]);
        ListObject pairs = Make.ListFor(context, reader.KnownCount);
        context.Protect(pairs);
        long index = 0;
        while (reader.MoveNext(out Value item))
        {
            pairs.Add(context, Make.Pair(context, Value.FromInt(index), item));
            index++;
        }

        context.Unprotect();
        return Value.FromObject(pairs);
    }

    /// <summary>A list of pairs, as long as the shorter sequence.</summary>
    private static Value Zip(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        using SequenceReader first = Iteration.Read(context, arguments[0]);
        using SequenceReader second = Iteration.Read(context, arguments[1]);
        ListObject pairs = Make.ListFor(context, Math.Min(first.KnownCount ?? 0, second.KnownCount ?? 0));
        context.Protect(pairs);
        while (first.MoveNext(out Value a) && second.MoveNext(out Value b))
        {
            pairs.Add(context, Make.Pair(context, a, b));
        }

        context.Unprotect();
        return Value.FromObject(pairs);
    }
}
