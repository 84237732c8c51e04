using System;
using System.IO;
using System.Text;

namespace Lyra.Cli.Files;

/// <summary>Reads the files named on the command line.</summary>
internal static class SourceFile
{
    // Devices and pipes may be endless. Compiling takes up to a hundred times as much memory.
    private const int MaxBytes = 1 << 28;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a UTF-8 file, without a byte order mark.</summary>
    /// <exception cref="UsageException">The file can't be read, or is not UTF-8.</exception>
    public static string Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        ReadOnlySpan<byte> text = bytes;
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            int offset = bytes.Length - text.Length + e.Index;
            throw new UsageException($"{path} is not UTF-8 text: the byte at offset {offset} does not begin a character");
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (path.Length == 0)
        {
            throw new UsageException("the name of the file to read is empty");
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return ReadAll(stream) ?? throw new UsageException($"{path} is longer than a source file can be ({MaxBytes >> 20} MB)");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"there is no file {path}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(path) ? $"{path} is a folder, not a file" : $"{path} may not be read");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{path} can't be read: {e.Message}");
        }
    }

    /// <summary>The bytes of a file, which may be a pipe; null if there are too many.</summary>
    private static byte[]? ReadAll(FileStream stream)
    {
        byte[] block = new byte[1 << 16];
        using MemoryStream bytes = new(stream.CanSeek ? (int)Math.Min(stream.Length, MaxBytes) : 0);
        while (stream.Read(block, 0, block.Length) is > 0 and int count)
        {
            if (bytes.Length + count > MaxBytes)
            {
                return null;
            }

            bytes.Write(block, 0, count);
        }

        return bytes.ToArray();
    }
}
