using System;
using System.IO;

namespace Lyra.Cli.Files;

/// <summary>A file that a command writes.</summary>
internal static class OutputFile
{
    /// <summary>Checks that a file can be written, before the work whose result it is for. Leaves no new file behind.</summary>
    /// <exception cref="UsageException">It can't be written.</exception>
    public static void Require(string file) => Guard(file, () =>
    {
        bool isNew = new FileInfo(file) is { Exists: false, LinkTarget: null };
        Open(file, FileMode.OpenOrCreate).Dispose();
        if (isNew)
        {
            File.Delete(file);
        }
    });

    /// <summary>As <see cref="Require(string)"/>, but creates the folder of the file if it does not exist.</summary>
    /// <exception cref="UsageException">It can't be written.</exception>
    public static void RequireInFolder(string file) => Guard(file, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        Require(file);
    });

    /// <summary>Creates or replaces a file.</summary>
    /// <exception cref="UsageException">It can't be written.</exception>
    public static void Write(string file, Action<Stream> write) => Guard(file, () =>
    {
        using FileStream stream = Open(file, FileMode.Create);
        write(stream);
    });

    /// <summary>Other processes may read the file meanwhile.</summary>
    private static FileStream Open(string file, FileMode mode) => new(file, mode, FileAccess.Write, FileShare.Read);

    private static void Guard(string file, Action work)
    {
        if (file.Length == 0)
        {
            throw new UsageException("the name of the file to write is empty");
        }

        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{file} can't be written: {e.Message}");
        }
    }
}
