using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Escapes the characters for which RFC 8259 requires it (quote, backslash, control characters) and lone surrogates, and leaves all others
/// readable. Lone surrogates must have the form that <see cref="JsonText.Encode"/> writes. The encoders of the BCL would write U+FFFD for
/// them, and would escape every character beyond U+FFFF.
/// </summary>
internal sealed class JsonEscaper : JavaScriptEncoder
{
    public static readonly JsonEscaper Instance = new();

    /// <summary>The length of an escape with four hexadecimal digits.</summary>
    private const int LongestEscape = 6;

    /// <summary>The bytes to escape, and the first byte of an encoded surrogate, with which other characters begin too.</summary>
    private static readonly SearchValues<byte> Stops = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        (byte)'"', (byte)'\\', 0xED,
    ]);

    public override int MaxOutputCharactersPerInputCharacter => LongestEscape;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        int at = 0;
        while (utf8Text[at..].IndexOfAny(Stops) is >= 0 and var next)
        {
            at += next;
            if (utf8Text[at] != 0xED || JsonText.StartsWithSurrogate(utf8Text[at..]))
            {
                return at;
            }

            at++;
        }

        return -1;
    }

    public override OperationStatus EncodeUtf8(
        ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true)
    {
        bytesConsumed = bytesWritten = 0;
        while (bytesConsumed < utf8Source.Length)
        {
            ReadOnlySpan<byte> rest = utf8Source[bytesConsumed..];
            int plain = FindFirstCharacterToEncodeUtf8(rest);
            plain = plain < 0 ? rest.Length : plain;
            bool isAll = plain == rest.Length;
            if (utf8Destination.Length - bytesWritten < plain + (isAll ? 0 : LongestEscape))
            {
                return OperationStatus.DestinationTooSmall;
            }

            rest[..plain].CopyTo(utf8Destination[bytesWritten..]);
            bytesConsumed += plain;
            bytesWritten += plain;
            if (!isAll)
            {
                bytesConsumed += JsonText.StartsWithSurrogate(rest[plain..]) ? 3 : 1;
                bytesWritten += WriteEscape(rest[plain..], utf8Destination[bytesWritten..]);
            }
        }

        return OperationStatus.Done;
    }

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int i = 0; i < textLength; i++)
        {
            if (char.IsSurrogate(text[i]) || WillEncode(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        Span<char> target = new(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            return new Rune(unicodeScalar).TryEncodeToUtf16(target, out numberOfCharactersWritten);
        }

        Span<byte> escape = stackalloc byte[LongestEscape];
        numberOfCharactersWritten = WriteEscape([(byte)unicodeScalar], escape);
        return Encoding.ASCII.TryGetChars(escape[..numberOfCharactersWritten], target, out _);
    }

    /// <summary>Writes the escape for the character at the start; returns its length.</summary>
    private static int WriteEscape(ReadOnlySpan<byte> source, Span<byte> target)
    {
        target[0] = (byte)'\\';
        int simple = "\"\\\b\f\n\r\t"u8.IndexOf(source[0]);
        if (simple >= 0)
        {
            target[1] = "\"\\bfnrt"u8[simple];
            return 2;
        }

        target[1] = (byte)'u';
        int code = JsonText.StartsWithSurrogate(source) ? JsonText.SurrogateOf(source) : source[0];
        code.TryFormat(target[2..], out _, "x4", CultureInfo.InvariantCulture);
        return LongestEscape;
    }
}
