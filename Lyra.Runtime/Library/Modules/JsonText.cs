using System;
using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Converts between UTF-16 and UTF-8 for texts that may contain lone surrogates, which UTF-8 excludes. Each is written as the three bytes
/// that the general rule yields for its code point (the form known as WTF-8). The reader and the writer of System.Text.Json pass such
/// bytes through unchanged.
/// </summary>
internal static class JsonText
{
    /// <summary>The most bytes for one UTF-16 code unit.</summary>
    public const int MaxBytesPerUnit = 3;

    /// <summary>
    /// Writes as much as fits. A high surrogate at the end of the text is not read unless <paramref name="isLast"/> is true.
    /// </summary>
    /// <returns>Whether a lone surrogate was written.</returns>
    public static bool Encode(ReadOnlySpan<char> text, Span<byte> target, bool isLast, out int read, out int written)
    {
        bool hasLone = false;
        read = written = 0;
        while (true)
        {
            OperationStatus status = Utf8.FromUtf16(text[read..], target[written..], out int units, out int bytes, false, isLast);
            read += units;
            written += bytes;
            if (status != OperationStatus.InvalidData || target.Length - written < MaxBytesPerUnit)
            {
                return hasLone;
            }

            hasLone = true;
            int lone = text[read++];
            target[written++] = (byte)(0xE0 | (lone >> 12));
            target[written++] = (byte)(0x80 | ((lone >> 6) & 0x3F));
            target[written++] = (byte)(0x80 | (lone & 0x3F));
        }
    }

    /// <summary>Decodes a valid JSON string without its quotes. The target must be at least as long as the source.</summary>
    /// <returns>The number of code units written.</returns>
    public static int Unescape(ReadOnlySpan<byte> source, Span<char> target)
    {
        int written = 0;
        while (!source.IsEmpty)
        {
            int plain = source.IndexOf((byte)'\\');
            plain = plain < 0 ? source.Length : plain;
            written += Decode(source[..plain], target[written..]);
            source = source[plain..];
            if (source is [_, (byte)'u', ..])
            {
                target[written++] = (char)ushort.Parse(source.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                source = source[6..];
            }
            else if (source is [_, byte letter, ..])
            {
                int simple = "bfnrt"u8.IndexOf(letter);
                target[written++] = simple >= 0 ? "\b\f\n\r\t"[simple] : (char)letter;
                source = source[2..];
            }
        }

        return written;
    }

    /// <summary>Whether the text starts with three bytes that encode one half of a surrogate pair.</summary>
    public static bool StartsWithSurrogate(ReadOnlySpan<byte> source) => source is [0xED, >= 0xA0, _, ..];

    /// <summary>The surrogate that three bytes encode.</summary>
    public static char SurrogateOf(ReadOnlySpan<byte> source) => (char)(0xD000 | ((source[1] & 0x3F) << 6) | (source[2] & 0x3F));

    private static int Decode(ReadOnlySpan<byte> source, Span<char> target)
    {
        int written = 0;
        while (true)
        {
            OperationStatus status = Utf8.ToUtf16(source, target[written..], out int bytes, out int units, false);
            written += units;
            if (status == OperationStatus.Done)
            {
                return written;
            }

            target[written++] = SurrogateOf(source[bytes..]);
            source = source[(bytes + 3)..];
        }
    }
}
