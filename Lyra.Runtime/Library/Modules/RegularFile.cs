using System;
using System.IO;

#pragma warning disable RS0030 // This class is what the others are to use.
namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Opens files for scripts. It refuses pipes (FIFOs), devices and sockets without blocking: on them, opening and reading can wait forever
/// or have effects. The opened handle is checked, so nobody can exchange the file between check and opening.
/// </summary>
internal static class RegularFile
{
    /// <summary>The attempts to open or make a file that others make and remove at the same time.</summary>
    private const int MaxAttempts = 8;

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="IrregularFileException">It is a pipe, a device or a socket.</exception>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The system denied the access, or it is a folder.</exception>
    public static FileStream OpenRead(string path) =>
        UnixFile.IsSupported
            ? new FileStream(UnixFile.Open(path, FileAccess.Read), FileAccess.Read)
            : Checked(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Opens a file, or makes it. Its content is kept, and writing begins at its start.</summary>
    /// <inheritdoc cref="OpenRead" path="/exception"/>
    public static FileStream OpenWrite(string path)
    {
        if (!UnixFile.IsSupported)
        {
            return Checked(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read));
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(UnixFile.Open(path, FileAccess.Write), FileAccess.Write);
            }
            catch (FileNotFoundException)
            {
                // This opens nothing that exists, so it can't block.
                if (TryMake(path, attempt == MaxAttempts) is { } made)
                {
                    return made;
                }
            }
        }
    }

    private static FileStream? TryMake(string path, bool isLast)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (IOException) when (!isLast && File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Windows itself opens no devices by a plain path. Elsewhere, pipes, sockets and terminals have no positions.</summary>
    private static FileStream Checked(FileStream stream)
    {
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new IrregularFileException();
    }
}
