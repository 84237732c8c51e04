using System;
using System.IO;
using Lyra.Cli.CommandLine;

namespace Lyra.Cli.Output;

/// <summary>A file that a call leaves behind.</summary>
internal static class OutputFile
{
    /// <summary>Makes sure that a file can be written, before the work that is to end in it. Leaves no file that was not there.</summary>
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

    /// <summary>As <see cref="Require(string)"/>, for a file in a folder that is made when it is missing.</summary>
    /// <exception cref="UsageException">It can't be written.</exception>
    public static void RequireInFolder(string file) => Guard(file, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        Require(file);
    });

    /// <summary>Writes a file anew.</summary>
    /// <exception cref="UsageException">It can't be written.</exception>
    public static void Write(string file, Action<Stream> write) => Guard(file, () =>
    {
        using FileStream stream = Open(file, FileMode.Create);
        write(stream);
    });

    /// <summary>Whoever looks at the file meanwhile may go on doing so.</summary>
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
