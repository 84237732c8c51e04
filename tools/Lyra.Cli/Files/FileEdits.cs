using System;
using System.IO;
using System.Text;

namespace Lyra.Cli.Files;

/// <summary>Changes source files so that a failure loses nothing: the new text is written beside the file, and renamed.</summary>
internal static class FileEdits
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="UsageException">The file can't be written.</exception>
    public static void Replace(string path, string text)
    {
        // The target of a symbolic link is changed, not the link.
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        string beside = target + ".tmp";
        try
        {
            bool hasMark = HasMark(target);
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(hasMark ? Encoding.UTF8.GetPreamble() : []);
                stream.Write(Utf8.GetBytes(text));
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            }

            File.Move(beside, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} can't be changed: {e.Message}");
        }
    }

    private static bool HasMark(string path)
    {
        Span<byte> first = new byte[Encoding.UTF8.Preamble.Length];
        using FileStream stream = File.OpenRead(path);
        return stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length
            && first.SequenceEqual(Encoding.UTF8.Preamble);
    }
}
