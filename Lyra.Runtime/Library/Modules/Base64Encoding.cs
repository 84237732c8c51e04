using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Part <c>base64</c> of module <c>encoding</c> (RFC 4648, section 4). White space between the characters is ignored.</summary>
internal static class Base64Encoding
{
    private const string DecodeName = "encoding.base64.decode";

    /// <summary>Bytes of a group, which four characters stand for.</summary>
    private const int GroupBytes = 3;

    private const int GroupUnits = 4;

    /// <summary>Groups between two looks at the clock.</summary>
    private const int PieceGroups = Pieces.Bytes / GroupUnits;

    public static void Rows(RowReader rows)
    {
        rows.Row("encode(data)")?.Register(Encode, Restartable);
        rows.Row("decode(text)")?.Register(Decode, Restartable);
    }

    private static Value Encode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        byte[] data = ByteData.Of(context, arguments[0], "encoding.base64.encode", "data");
        long groups = (data.LongLength + GroupBytes - 1) / GroupBytes;
        int length = Make.TextLength(context, groups * GroupUnits, "encoding.base64.encode");
        return Value.FromObject(ScriptString.Create(context, length, new ByteSource(context, data), Fill));
    }

    private static void Fill(Span<char> target, ByteSource source)
    {
        ReadOnlySpan<byte> data = source.Bytes;
        for (; data.Length > PieceGroups * GroupBytes; data = data[(PieceGroups * GroupBytes)..])
        {
            _ = Convert.TryToBase64Chars(data[..(PieceGroups * GroupBytes)], target, out int written);
            target = target[written..];
            source.Context.CheckClock();
        }

        _ = Convert.TryToBase64Chars(data, target, out _);
    }

    private static Value Decode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = WithoutBlanks(context, Argument.Units(arguments[0], DecodeName, "text"));
        int padding = text is [.., '=', '='] ? 2 : text is [.., '='] ? 1 : 0;
        if (text.Length % GroupUnits != 0)
        {
            throw Throw.ValueError(
                $"{DecodeName}: the text has {text.Length} characters, but base64 has a multiple of {GroupUnits}; pad it with '='");
        }

        byte[] data = ByteData.New(context, (text.Length / GroupUnits * GroupBytes) - padding);
        Span<byte> target = data;
        while (text.Length > 0)
        {
            ReadOnlySpan<char> piece = text[..Math.Min(text.Length, PieceGroups * GroupUnits)];
            text = text[piece.Length..];
            if ((text.Length > 0 && piece.Contains('=')) || !Convert.TryFromBase64Chars(piece, target, out int written))
            {
                throw Throw.ValueError($"{DecodeName}: the text is not base64; it may have A-Z a-z 0-9 + / and '=' at its end");
            }

            target = target[written..];
            context.CheckClock();
        }

        return Value.FromObject(new BytesObject(data));
    }

    private static ReadOnlySpan<char> WithoutBlanks(ScriptContext context, ReadOnlySpan<char> text)
    {
        context.Charge(text.Length >> 4);
        if (!text.ContainsAny(" \t\r\n"))
        {
            return text;
        }

        context.Charge(text.Length >> 2);
        context.ChargeMemory(2L * text.Length);
        char[] kept = Pieces.NewArray<char>(text.Length);
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '\t' or '\r' or '\n'))
            {
                kept[count++] = text[i];
            }

            Pieces.Look(context, i);
        }

        return kept.AsSpan(0, count);
    }
}
