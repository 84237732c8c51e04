using System;
using System.Globalization;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Part <c>url</c> of module <c>encoding</c>: percent-encoding (RFC 3986). All bytes but letters, digits and <c>-._~</c> are encoded, so
/// that the result may be a part of a path or of a query.
/// </summary>
internal static class UrlEncoding
{
    private const string EncodeName = "encoding.url.encode";
    private const string DecodeName = "encoding.url.decode";

    /// <summary>A percent sign and two digits.</summary>
    private const int EscapeUnits = 3;

    public static void Rows(RowReader rows)
    {
        rows.Row("encode(text)")?.Register(Encode, Restartable);
        rows.Row("decode(text)")?.Register(Decode, Restartable);
    }

    private static Value Encode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Argument.Units(arguments[0], EncodeName, "text");
        byte[] data = ByteData.Of(context, arguments[0], EncodeName, "text");
        context.Charge(data.Length >> 2);
        long length = 0;
        for (int i = 0; i < data.Length; i++)
        {
            length += IsPlain(data[i]) ? 1 : EscapeUnits;
            Pieces.Look(context, i);
        }

        return Value.FromObject(ScriptString.Create(
            context, Make.TextLength(context, length, EncodeName), new ByteSource(context, data), Fill));
    }

    private static void Fill(Span<char> target, ByteSource source)
    {
        int length = 0;
        for (int i = 0; i < source.Bytes.Length; i++)
        {
            byte item = source.Bytes[i];
            if (IsPlain(item))
            {
                target[length++] = (char)item;
            }
            else
            {
                target[length] = '%';
                _ = item.TryFormat(target[(length + 1)..], out _, "X2", CultureInfo.InvariantCulture);
                length += EscapeUnits;
            }

            Pieces.Look(source.Context, i);
        }
    }

    private static bool IsPlain(byte item) => char.IsAsciiLetterOrDigit((char)item) || (char)item is '-' or '.' or '_' or '~';

    private static Value Decode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], DecodeName, "text");
        if (!text.Contains('%'))
        {
            context.Charge(text.Length >> 6);
            return arguments[0];
        }

        context.ChargeMemory(EscapeUnits * (long)text.Length);
        context.Charge(text.Length >> 2);
        byte[] data = Pieces.NewArray<byte>(EscapeUnits * text.Length);
        int length = 0;
        for (int i = 0; i < text.Length;)
        {
            Pieces.Look(context, i);
            if (text[i] == '%')
            {
                data[length++] = Escaped(text, i);
                i += EscapeUnits;
                continue;
            }

            Rune.DecodeFromUtf16(text[i..], out Rune rune, out int units);
            length += rune.EncodeToUtf8(data.AsSpan(length));
            i += units;
        }

        return ByteData.ToText(context, data.AsSpan(0, length), DecodeName);
    }

    private static byte Escaped(ReadOnlySpan<char> text, int at) => at + 2 < text.Length
        && byte.TryParse(text.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte item)
        ? item
        : throw Throw.ValueError($"{DecodeName}: the '%' at index {at} has no two hexadecimal digits behind it; a '%' itself is '%25'");
}
