using System;
using System.IO;
using System.Runtime.InteropServices;

namespace RuleService.Store;

/// <summary>Makes folders that a loss of power does not take away.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Makes a folder that only this user can read, with those above it. SQLite syncs what it makes within it.</summary>
    /// <returns>The full path.</returns>
    public static string Make(string folder)
    {
        string path = Path.GetFullPath(folder);
        if (Directory.Exists(path))
        {
            return path;
        }

        string above = Path.GetDirectoryName(path)!;
        Make(above);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Sync(above);
        }

        return path;
    }

    /// <summary>Writes the entries of a folder to disk. .NET opens no folders.</summary>
    private static void Sync(string folder)
    {
        int handle = Open(folder, ReadOnly);
        if (handle < 0 || Fsync(handle) != 0)
        {
            throw new IOException($"{folder} cannot be written to disk: error {Marshal.GetLastPInvokeError()}.");
        }

        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
