using System;
using System.IO;
using System.Text;

namespace Lyra.Cli.Files;

/// <summary>Reads the files named on the command line.</summary>
internal static class SourceFile
{
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
            return File.ReadAllBytes(path);
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
}
