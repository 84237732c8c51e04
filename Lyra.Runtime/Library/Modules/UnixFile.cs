using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Opens files by the C library with <c>O_NONBLOCK</c>, which .NET does not offer: its own functions wait until a pipe has a writer.
/// </summary>
internal static partial class UnixFile
{
    private const string Library = "libc";
    private const int WriteOnly = 1;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int NonBlockingOfMac = 0x4;
    private const int CloseOnExecOfMac = 0x1000000;

    private const int NotPermitted = 1;
    private const int NoSuchEntry = 2;
    private const int Interrupted = 4;
    private const int NoSuchDevice = 6;
    private const int AccessDenied = 13;
    private const int NotAFolder = 20;
    private const int IsAFolder = 21;
    private const int ReadOnlyVolume = 30;
    private const int WouldBlock = 11;
    private const int WouldBlockOfMac = 35;

    private const int LockShared = 1;
    private const int LockNonBlocking = 4;

    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint WantsType = 1;
    private const int StatusSize = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;

    /// <summary>Whether this class knows the numbers of the operating system.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Opens a regular file that exists, for reading or for writing.</summary>
    /// <exception cref="IrregularFileException">It is a pipe, a device or a socket.</exception>
    /// <exception cref="IOException">It can't be opened, or another process has locked it.</exception>
    /// <exception cref="UnauthorizedAccessException">The system denied the access, or it is a folder.</exception>
    public static SafeFileHandle Open(string path, FileAccess access)
    {
        // Opening a device can have effects, so its type is checked before. Only the check of the opened handle is reliable.
        RequireRegular(TypeOf(CurrentFolder, path, 0), path);

        bool isMac = OperatingSystem.IsMacOS();
        int flags = (access == FileAccess.Write ? WriteOnly : 0)
            | (isMac ? NonBlockingOfMac | CloseOnExecOfMac : NonBlocking | CloseOnExec);
        int descriptor;
        int error = 0;
        do
        {
            descriptor = OpenFile(path, flags);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);

        if (descriptor < 0)
        {
            throw ErrorOf(error, path);
        }

        SafeFileHandle handle = new(descriptor, ownsHandle: true);
        try
        {
            RequireRegular(TypeOf(descriptor, string.Empty, EmptyPath) ?? TypeByPosition(handle, access), path);
            RequireUnlocked(descriptor, path, isMac);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The type of a file; null if it is unknown.</summary>
    private static int? TypeOf(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> status = stackalloc byte[StatusSize];
        try
        {
            return GetStatus(folder, path, flags, WantsType, ref status[0]) == 0
                ? BitConverter.ToUInt16(status[ModeOffset..]) & TypeMask
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    /// <summary>Without a type, a file is regular if it has positions. This refuses pipes, sockets and terminals.</summary>
    private static int TypeByPosition(SafeFileHandle handle, FileAccess access)
    {
        using SafeFileHandle borrowed = new(handle.DangerousGetHandle(), ownsHandle: false);
        using FileStream stream = new(borrowed, access, bufferSize: 0);
        return stream.CanSeek ? Regular : 0;
    }

    private static void RequireRegular(int? type, string path)
    {
        if (type is Folder)
        {
            throw ErrorOf(IsAFolder, path);
        }

        if (type is not null and not Regular)
        {
            throw new IrregularFileException();
        }
    }

    /// <summary>Locks the file against exclusive use, as .NET does. File systems without locks are accepted.</summary>
    private static void RequireUnlocked(int descriptor, string path, bool isMac)
    {
        if (Lock(descriptor, LockShared | LockNonBlocking) != 0
            && Marshal.GetLastPInvokeError() == (isMac ? WouldBlockOfMac : WouldBlock))
        {
            throw new IOException($"The process cannot access the file '{path}' because it is being used by another process.");
        }
    }

    private static Exception ErrorOf(int error, string path) => error switch
    {
        NoSuchEntry => new FileNotFoundException($"Could not find file '{path}'.", path),
        NotAFolder => new DirectoryNotFoundException($"Could not find a part of the path '{path}'."),
        NotPermitted or AccessDenied or IsAFolder or ReadOnlyVolume =>
            new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        NoSuchDevice => new IrregularFileException(),
        _ => new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'"),
    };

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(int descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, ref byte status);
}
