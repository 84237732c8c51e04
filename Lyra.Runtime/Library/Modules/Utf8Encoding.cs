using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Part <c>utf8</c> of module <c>encoding</c>: the bytes of a str, and the str of bytes.</summary>
internal static class Utf8Encoding
{
    public static void Rows(RowReader rows)
    {
        rows.Row("encode(text)")?.Register(Encode, Restartable);
        rows.Row("decode(data)")?.Register(Decode, Restartable);
    }

    private static Value Encode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Argument.Units(arguments[0], "encoding.utf8.encode", "text");
        return Value.FromObject(new BytesObject(ByteData.Of(context, arguments[0], "encoding.utf8.encode", "text")));
    }

    private static Value Decode(ScriptContext context, ReadOnlySpan<Value> arguments) => ByteData.ToText(
        context, Argument.Bytes(arguments[0], "encoding.utf8.decode", "data").Items, "encoding.utf8.decode");
}
