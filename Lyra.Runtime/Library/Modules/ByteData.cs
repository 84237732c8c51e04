using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>The arguments and results of procs that work on bytes. Their work is charged here.</summary>
internal static class ByteData
{
    /// <summary>Bytes per step of a loop of C# code over bytes.</summary>
    private const int ShiftOfSteps = 4;

    /// <summary>The bytes of an argument, or those of a str in UTF-8. The caller must not change them.</summary>
    public static byte[] Of(ScriptContext context, in Value data, string proc, string parameter)
    {
        if (data.Ref is BytesObject bytes)
        {
            context.Charge(bytes.Items.Length >> ShiftOfSteps);
            return bytes.Items;
        }

        ReadOnlySpan<char> text = data.Ref is ScriptString str ? str.Span : throw Argument.Wrong(data, proc, parameter, "a str or bytes");
        context.Charge(text.Length >> (ShiftOfSteps - 1));
        long length = Utf8Pieces.CountBytes(context, text);
        context.ChargeMemory(BytesObject.BytesFor(length));
        byte[] encoded = Pieces.NewArray<byte>((int)length);
        Utf8Pieces.Encode(context, text, encoded);
        return encoded;
    }

    /// <summary>An array for a result, which the caller fills.</summary>
    public static byte[] New(ScriptContext context, int length)
    {
        context.ChargeMemory(BytesObject.BytesFor(length));
        context.Charge(length >> ShiftOfSteps);
        return Pieces.NewArray<byte>(length);
    }

    /// <summary>The str that the bytes encode in UTF-8.</summary>
    public static Value ToText(ScriptContext context, ReadOnlySpan<byte> bytes, string proc)
    {
        context.ChargeMemory(ScriptString.BytesFor(bytes.Length));
        context.Charge(bytes.Length >> ShiftOfSteps);
        return Value.FromObject(Utf8Pieces.Decode(context, bytes, proc));
    }
}
