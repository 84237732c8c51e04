using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins that convert between types or create containers.</summary>
internal static class ConversionBuiltins
{
    public static void Rows(RowReader rows)
    {
        rows.Row("tostring(x)")?.Register(ToText, CallsBack | Restartable | MethodFirst, IntrinsicId.ToText);
        rows.Row("toint(x, base?)")?.Register(ToInt, Pure | MethodFirst, IntrinsicId.ToInt);
        rows.Row("tofloat(x)")?.Register(static (c, a) => Conversion.ToFloat(c, a[0]), Pure | MethodFirst, IntrinsicId.ToFloat);
        rows.Row("decimal(x)")?.Register(DecimalBuiltin.Make, Restartable | MethodFirst);
        rows.Row("tobool(x)")?.Register(static (_, a) => Value.FromBool(a[0].IsTruthy), Pure | MethodFirst, IntrinsicId.ToBool);
        rows.Row("type(x)")?.Register(static (_, a) => Value.FromObject(TypeNames.Of(a[0])), Pure | MethodFirst, IntrinsicId.TypeName);
        rows.Row("range(start, stop?, step?)")?.Register(Range, Restartable | MethodFirst, IntrinsicId.Range);
        rows.Row("list(xs?)")?.Register(List, CallsBack | Restartable | MethodFirst);
        rows.Row("tuple(xs?)")?.Register(Tuple, CallsBack | Restartable | MethodFirst);
        rows.Row("set(xs?)")?.Register(Set, CallsBack | Restartable | MethodFirst);
        rows.Row("map(pairs?, f?)")?.RegisterScripted(CallsBack | Restartable | MethodFirst, 2, Map);
        rows.Row("bytes(x)")?.Register(Bytes, CallsBack | Restartable | MethodFirst);
        rows.Row("ord(s)")?.Register(Ord, Pure | MethodFirst, IntrinsicId.Ord);
        rows.Row("chr(n)")?.Register(Chr, Pure | MethodFirst, IntrinsicId.Chr);

    }

    private static Value ToText(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(Formatting.ToStr(context, arguments[0]));

    private static Value ToInt(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        long radix = Argument.TryGetNonNil(arguments, 1, out Value given) ? Argument.Integer(given, "toint", "base") : 10;
        return radix == 10 ? Conversion.ToInt(context, arguments[0])
            : arguments[0].Ref is ScriptString text ? RadixParsing.Parse(context, text, radix)
            : throw Argument.Wrong(arguments[0], "toint", "x", "a str, where a base is given,");
    }

    private static Value Range(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value step = Argument.TryGet(arguments, 2, out Value given) ? given : Value.FromInt(1);
        RangeObject range = Argument.TryGet(arguments, 1, out Value stop)
            ? RangeObject.Create(context, arguments[0], stop, step, false)
            : RangeObject.Create(context, Value.FromInt(0), arguments[0], step, false);
        context.ChargeMemory(range.OwnBytes);
        return Value.FromObject(range);
    }

    private static Value List(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(Argument.TryGet(arguments, 0, out Value values) ? Sequence.ToList(context, values) : new ListObject());

    private static Value Tuple(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (!Argument.TryGet(arguments, 0, out Value values))
        {
            return Value.FromObject(TupleObject.Empty);
        }

        if (TupleObject.From(values.Ref) is not null)
        {
            return values;
        }

        ListObject list = Sequence.AsList(context, values);
        context.CheckElements(list.Count);
        context.ChargeMemory(TupleObject.BytesFor(list.Count));
        context.Charge(list.Count >> 4);
        Value[] items = new Value[list.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = list.Get(i);
            Pieces.Look(context, i);
        }

        return Value.FromObject(TupleObject.Of(items));
    }

    private static Value Set(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        SetObject set = new();
        if (Argument.TryGet(arguments, 0, out Value values))
        {
            Sequence.AddAll(context, set, values);
        }

        return Value.FromObject(set);
    }

    /// <summary>
    /// <c>map(pairs)</c> makes a map of pairs, or copies a map. <c>map(xs, f)</c>, which is written in Lyra, is <c>xs.map(f)</c>,
    /// because <c>f(x, …)</c> and <c>x.f(…)</c> are equivalent.
    /// </summary>
    private static Value Map(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject map = new();
        if (!Argument.TryGet(arguments, 0, out Value pairs))
        {
            return Value.FromObject(map);
        }

        context.Protect(map);
        if (pairs.Ref is MapObject source)
        {
            Methods.MapMethods.Update(context, map, source);
        }
        else
        {
            AddPairs(context, map, pairs);
        }

        context.Unprotect();
        return Value.FromObject(map);
    }

    private static void AddPairs(ScriptContext context, MapObject map, in Value pairs)
    {
        using SequenceReader reader = Iteration.Read(context, pairs);
        for (int i = 0; reader.MoveNext(out Value pair); i++)
        {
            Pieces.Look(context, i);
            if (TupleObject.From(pair.Ref) is { Count: 2 } tuple)
            {
                map.Set(context, tuple.Items[0], tuple.Items[1]);
            }
            else if (pair.Ref is ListObject { Count: 2 } list)
            {
                map.Set(context, list.Get(0), list.Get(1));
            }
            else
            {
                throw pair.Ref is TupleObject or ListObject
                    ? Throw.ValueError("map: every element of 'pairs' must have two elements, a key and a value")
                    : Throw.TypeError($"map: every element of 'pairs' must be a tuple (key, value), not {Throw.TypeName(pair)}");
            }
        }
    }

    /// <summary>
    /// For an int, that many zero bytes; for a str, its UTF-8 encoding; for bytes, a copy; for a sequence of ints, their bytes.
    /// </summary>
    private static Value Bytes(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value x = arguments[0];
        if (x.IsAnyInt)
        {
            return ZeroBytes(context, x);
        }

        switch (x.Ref)
        {
            case BytesObject bytes:
                context.ChargeMemory(bytes.OwnBytes);
                context.Charge(bytes.Items.Length >> 6);
                return Value.FromObject(new BytesObject(Pieces.ToArray<byte>(context, bytes.Items)));
            case ScriptString text:
                context.Charge(text.Length >> 5);
                return Value.FromObject(Encoded(context, text.Span));
            default:
                return BytesOf(context, Sequence.AsList(context, x));
        }
    }

    private static BytesObject Encoded(ScriptContext context, ReadOnlySpan<char> text)
    {
        long size = Utf8Pieces.CountBytes(context, text);
        context.CheckElements(size);
        context.ChargeMemory(BytesObject.BytesFor(size));
        if (size > Array.MaxLength)
        {
            throw Throw.CannotExist("bytes: a buffer", Array.MaxLength);
        }

        byte[] encoded = Pieces.NewArray<byte>((int)size);
        Utf8Pieces.Encode(context, text, encoded);
        return new BytesObject(encoded);
    }

    /// <summary>A buffer of zeros, in pieces, because the CLR clears large arrays in one operation.</summary>
    private static byte[] NewZeros(ScriptContext context, int length)
    {
        if (length <= Pieces.Bytes)
        {
            return new byte[length];
        }

        byte[] zeros = Pieces.NewArray<byte>(length);
        Pieces.Fill<byte>(context, zeros, 0);
        return zeros;
    }

    private static Value ZeroBytes(ScriptContext context, in Value length)
    {
        if (length.IsInt ? length.AsInt < 0 : length.AsBig.Sign < 0)
        {
            throw Throw.ValueError("bytes: the length must not be negative");
        }

        long requested = length.IsInt ? length.AsInt : long.MaxValue / 2;
        context.CheckElements(requested);
        context.ChargeMemory(BytesObject.BytesFor(requested));
        context.Charge(Math.Min(requested, Array.MaxLength) >> 6);
        return requested <= Array.MaxLength
            ? Value.FromObject(new BytesObject(NewZeros(context, (int)requested)))
            : throw Throw.CannotExist("bytes: a buffer", Array.MaxLength);
    }

    private static Value BytesOf(ScriptContext context, ListObject values)
    {
        context.CheckElements(values.Count);
        context.ChargeMemory(BytesObject.BytesFor(values.Count));
        context.Charge(values.Count >> 4);
        byte[] bytes = Pieces.NewArray<byte>(values.Count);
        for (int i = 0; i < bytes.Length; i++)
        {
            Pieces.Look(context, i);
            Value value = values.Get(i);
            if (!value.IsAnyInt)
            {
                throw Throw.TypeError($"bytes: element {i} must be an int, not {Throw.TypeName(value)}");
            }

            bytes[i] = value.IsInt && (ulong)value.AsInt <= 255
                ? (byte)value.AsInt
                : throw Throw.ValueError($"bytes: element {i} is outside 0 to 255");
        }

        return Value.FromObject(new BytesObject(bytes));
    }

    /// <summary>The code point of a str that consists of one code unit or one surrogate pair.</summary>
    private static Value Ord(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "ord", "s");
        if (text.Length == 1)
        {
            return Value.FromInt(text[0]);
        }

        return text.Length == 2 && char.IsSurrogatePair(text[0], text[1])
            ? Value.FromInt(char.ConvertToUtf32(text[0], text[1]))
            : throw Throw.ValueError($"ord: the str must be one character, it has {text.Length} code units");
    }

    private static Value Chr(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value n = arguments[0];
        if (!n.IsAnyInt)
        {
            throw Argument.Wrong(n, "chr", "n", "an int");
        }

        if (!n.IsInt || (ulong)n.AsInt > 0x10FFFF)
        {
            throw Throw.ValueError("chr: the code point must be from 0 to 0x10FFFF");
        }

        int code = (int)n.AsInt;
        return code <= char.MaxValue
            ? Value.FromObject(ScriptString.FromChar((char)code))
            : Value.FromText(char.ConvertFromUtf32(code));
    }
}
