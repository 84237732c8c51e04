using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Library.Operations;

/// <summary>Converts between strs and UTF-8 in pieces that end between two characters, with looks at the clock.</summary>
internal static class Utf8Pieces
{
    private const int Piece = Pieces.Bytes;

    /// <summary>The most bytes of a character that follow its first one.</summary>
    private const int MostContinuations = 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The number of bytes of a text in UTF-8.</summary>
    public static long CountBytes(ScriptContext context, ReadOnlySpan<char> text)
    {
        long count = 0;
        while (text.Length > Piece)
        {
            int length = LengthOfPiece(text);
            count += Encoding.UTF8.GetByteCount(text[..length]);
            text = text[length..];
            context.CheckClock();
        }

        return count + Encoding.UTF8.GetByteCount(text);
    }

    /// <summary>Encodes a text; the target has exactly its bytes.</summary>
    public static void Encode(ScriptContext context, ReadOnlySpan<char> text, Span<byte> target)
    {
        while (text.Length > Piece)
        {
            int length = LengthOfPiece(text);
            target = target[Encoding.UTF8.GetBytes(text[..length], target)..];
            text = text[length..];
            context.CheckClock();
        }

        Encoding.UTF8.GetBytes(text, target);
    }

    /// <summary>The str that the bytes encode. The caller has charged it.</summary>
    /// <exception cref="ScriptErrorException">ValueError where they are not UTF-8.</exception>
    public static ScriptString Decode(ScriptContext context, ReadOnlySpan<byte> bytes, string proc) =>
        ScriptString.Create(context, CountUnits(context, bytes, proc), new Source(context, bytes), Fill);

    private static int CountUnits(ScriptContext context, ReadOnlySpan<byte> bytes, string proc)
    {
        int count = 0;
        int start = 0;
        try
        {
            while (bytes.Length - start > Piece)
            {
                int length = LengthOfPiece(bytes[start..]);
                count += Strict.GetCharCount(bytes.Slice(start, length));
                start += length;
                context.CheckClock();
            }

            return count + Strict.GetCharCount(bytes[start..]);
        }
        catch (DecoderFallbackException e)
        {
            throw Throw.ValueError($"{proc}: the bytes are not UTF-8, from index {start + e.Index} on");
        }
    }

    private static void Fill(Span<char> target, Source source)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        while (bytes.Length > Piece)
        {
            int length = LengthOfPiece(bytes);
            target = target[Strict.GetChars(bytes[..length], target)..];
            bytes = bytes[length..];
            source.Context.CheckClock();
        }

        Strict.GetChars(bytes, target);
    }

    private static int LengthOfPiece(ReadOnlySpan<char> text) => char.IsHighSurrogate(text[Piece - 1]) ? Piece - 1 : Piece;

    /// <summary>A piece ends before the first byte of a character. Bytes that are not UTF-8 may have none nearby.</summary>
    private static int LengthOfPiece(ReadOnlySpan<byte> bytes)
    {
        for (int length = Piece; length >= Piece - MostContinuations; length--)
        {
            if ((bytes[length] & 0xC0) != 0x80)
            {
                return length;
            }
        }

        return Piece;
    }

    private readonly ref struct Source(ScriptContext context, ReadOnlySpan<byte> bytes)
    {
        public readonly ScriptContext Context = context;

        public readonly ReadOnlySpan<byte> Bytes = bytes;
    }
}
