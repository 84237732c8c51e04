using System;
using System.Buffers;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Part <c>hex</c> of module <c>encoding</c>: two digits a byte, written in lower case, read in either case.</summary>
internal static class HexEncoding
{
    private const string DecodeName = "encoding.hex.decode";

    public static void Rows(RowReader rows)
    {
        rows.Row("encode(data)")?.Register(Encode, Restartable);
        rows.Row("decode(text)")?.Register(Decode, Restartable);
    }

    private static Value Encode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        byte[] data = ByteData.Of(context, arguments[0], "encoding.hex.encode", "data");
        int length = Make.TextLength(context, 2L * data.Length, "encoding.hex.encode");
        return Value.FromObject(ScriptString.Create(context, length, new ByteSource(context, data), Fill));
    }

    private static void Fill(Span<char> target, ByteSource source)
    {
        ReadOnlySpan<byte> data = source.Bytes;
        for (; data.Length > Pieces.Bytes; data = data[Pieces.Bytes..])
        {
            _ = Convert.TryToHexStringLower(data[..Pieces.Bytes], target, out int written);
            target = target[written..];
            source.Context.CheckClock();
        }

        _ = Convert.TryToHexStringLower(data, target, out _);
    }

    private static Value Decode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], DecodeName, "text");
        if (text.Length % 2 != 0)
        {
            throw Throw.ValueError($"{DecodeName}: the text has {text.Length} digits, but each byte has two");
        }

        byte[] data = ByteData.New(context, text.Length / 2);
        for (int done = 0; done < data.Length;)
        {
            int count = Math.Min(data.Length - done, Pieces.Bytes);
            ReadOnlySpan<char> piece = text.Slice(2 * done, 2 * count);
            if (Convert.FromHexString(piece, data.AsSpan(done, count), out int read, out _) != OperationStatus.Done)
            {
                throw Throw.ValueError($"{DecodeName}: the text has no pair of hexadecimal digits at index {(2 * done) + (read & ~1)}");
            }

            done += count;
            context.CheckClock();
        }

        return Value.FromObject(new BytesObject(data));
    }
}
