using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of bytes.</summary>
internal static class BytesMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("copy(bytes)")?.Register(Copy, Restartable);
        rows.Row("fill(bytes, v)")?.Register(Fill, WritesFirstArgument);
        rows.Row("index(bytes, x, start?)")?.Register(Index, Restartable);
        rows.Row("contains(bytes, x)")?.Register(Contains, Restartable);
        rows.Row("slice(bytes, a?, b?)")?.Register(Slice, Restartable);
        rows.Row("text(bytes)")?.Register(Text, Restartable);
        rows.Row("isEmpty(bytes)")?.Register(
            static (_, a) => Value.FromBool(Self(a, "isEmpty").Length == 0), Restartable, IntrinsicId.IsEmpty);

    }

    private static byte[] Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Bytes(arguments[0], proc, "bytes").Items;

    private static Value Copy(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        byte[] items = Self(arguments, "copy");
        context.ChargeMemory(BytesObject.BytesFor(items.Length));
        context.Charge(items.Length >> 6);
        return Value.FromObject(new BytesObject(Pieces.ToArray<byte>(context, items)));
    }

    private static Value Fill(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        byte[] items = Self(arguments, "fill");
        long value = Argument.Integer(arguments[1], "fill", "v");
        context.Charge(items.Length >> 6);
        byte item = (ulong)value <= 255 ? (byte)value : throw Throw.ValueError("fill: 'v' must be from 0 to 255");
        Pieces.Fill(context, items, item);
        return Value.Nil;
    }

    public static Value Index(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        byte[] items = Self(arguments, "index");
        return Value.FromInt(IndexOf(context, items, arguments[1], Argument.Start(arguments, 2, items.Length, "index", "bytes")));
    }

    private static Value Contains(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(IndexOf(context, Self(arguments, "contains"), arguments[1], 0) >= 0);

    private static int IndexOf(ScriptContext context, byte[] items, in Value value, int start)
    {
        context.Charge((items.Length - start) >> 6);
        int found = value.IsInt && (ulong)value.AsInt <= 255 ? Pieces.IndexOf(context, items.AsSpan(start), (byte)value.AsInt) : -1;
        return found < 0 ? -1 : found + start;
    }

    private static Value Slice(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(arguments, "slice");
        return Slices.Of(context, arguments);
    }

    /// <summary>Decodes the bytes as UTF-8: the inverse of <c>bytes(s)</c>.</summary>
    private static Value Text(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        byte[] items = Self(arguments, "text");
        context.ChargeMemory(ScriptString.BytesFor(items.Length));
        context.Charge(items.Length >> 4);
        return Value.FromObject(Utf8Pieces.Decode(context, items, "text"));
    }
}
