using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins for numbers and sequences: <c>abs round min max sum sorted reversed enumerate zip any all</c>.</summary>
internal static class SequenceBuiltins
{
    /// <summary>The most digits after the point to which a float can be rounded.</summary>
    private const int MaxDigits = 15;

    public static void Rows(RowReader rows)
    {
        rows.Row("abs(x)")?.Register(Abs, Pure | MethodFirst, IntrinsicId.Abs);
        rows.Row("round(x, digits?)")?.Register(Round, Pure | MethodFirst);
        rows.Row("min(...values)")?.Register(
            static (c, a) => Extremes.Find(c, a, isMax: false), CallsBack | Restartable | MethodFirst, IntrinsicId.Min);
        rows.Row("max(...values)")?.Register(
            static (c, a) => Extremes.Find(c, a, isMax: true), CallsBack | Restartable | MethodFirst, IntrinsicId.Max);
        rows.Row("sum(xs)")?.Register(static (c, a) => Sums.Of(c, a[0]), CallsBack | Restartable | MethodFirst);
        rows.Row("sorted(xs, key?, reverse?, by?)")?.RegisterScripted(CallsBack | MethodFirst);
        rows.Row("reversed(xs)")?.Register(Reversed, CallsBack | Restartable | MethodFirst);
        rows.Row("enumerate(xs)")?.Register(Enumerate, CallsBack | Restartable | MethodFirst);
        rows.Row("zip(xs, ...others)")?.Register(Zip, CallsBack | Restartable | MethodFirst, least: 2);
        rows.Row("any(xs, f?)")?.RegisterScripted(CallsBack | MethodFirst | ClosesGiven);
        rows.Row("all(xs, f?)")?.RegisterScripted(CallsBack | MethodFirst | ClosesGiven);

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

    /// <summary>Rounds to a number of digits after the point, and halves to the even digit. Without digits, the result is an int.</summary>
    private static Value Round(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value x = arguments[0];
        long digits = Argument.TryGetNonNil(arguments, 1, out Value given) ? Argument.Integer(given, "round", "digits") : 0;
        if (digits is < 0 or > MaxDigits)
        {
            throw Throw.ValueError($"round: digits must be 0 to {MaxDigits}, but is {digits}");
        }

        if (digits == 0)
        {
            return Rounding.ToWhole(x, "round", Math.Round, decimal.Round);
        }

        return x.IsAnyInt ? x
            : x.Ref is HostObject<decimal> exact ? HostDecimal.Of(context, decimal.Round(exact.Value, (int)digits))
            : Value.FromFloat(Math.Round(Argument.Number(x, "round", "x"), (int)digits));
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

    /// <summary>A list of tuples with an element of each sequence, as long as the shortest.</summary>
    private static Value Zip(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        SequenceReader[] readers = new SequenceReader[arguments.Length];
        int opened = 0;
        try
        {
            long known = long.MaxValue;
            for (; opened < readers.Length; opened++)
            {
                readers[opened] = Iteration.Read(context, arguments[opened]);
                known = Math.Min(known, readers[opened].KnownCount ?? 0);
            }

            ListObject tuples = Make.ListFor(context, known);
            context.Protect(tuples);
            Value[] items = new Value[readers.Length];
            while (TryReadRow(readers, items))
            {
                context.ChargeMemory(TupleObject.BytesFor(items.Length));
                tuples.Add(context, Value.FromObject(TupleObject.Of(items.AsSpan())));
            }

            context.Unprotect();
            return Value.FromObject(tuples);
        }
        finally
        {
            for (int i = 0; i < opened; i++)
            {
                readers[i].Dispose();
            }
        }
    }

    /// <summary>Reads the next element of each sequence; false if one of them has ended.</summary>
    private static bool TryReadRow(SequenceReader[] readers, Value[] items)
    {
        for (int i = 0; i < readers.Length; i++)
        {
            if (!readers[i].MoveNext(out items[i]))
            {
                return false;
            }
        }

        return true;
    }
}
