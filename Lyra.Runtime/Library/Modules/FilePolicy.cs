using System;
using System.IO;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Decides which files a script may access. A path is resolved against the script's folder, <c>.</c> and <c>..</c> are removed, and every
/// symbolic link is followed; only then is it compared with the folders that the host grants. The check thus applies to the file that would
/// be opened. (The check and the opening are two steps, so every other program that may write inside a granted folder must be trusted.)
/// </summary>
internal static class FilePolicy
{
    /// <summary>The parts of a path after which the clock is checked. In deep folders, a part takes up to 0.1 ms.</summary>
    private const int PartsPerClockCheck = 16;

    private static StringComparison Comparison =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The real path of a file that the script may read.</summary>
    /// <exception cref="ScriptErrorException">IOError, with the word "denied" if the access is denied.</exception>
    public static string ForReading(ScriptContext context, string path, string proc)
    {
        bool isGranted = context.Host.Capabilities.HasFlag(LyraCapabilities.ReadFiles);
        return Check(context, isGranted, context.Host.ReadFolders, path, proc, "reading files");
    }

    /// <summary>The real path of a file or folder that the script may write, make or remove.</summary>
    /// <exception cref="ScriptErrorException">IOError, with the word "denied" if the access is denied.</exception>
    public static string ForWriting(ScriptContext context, string path, string proc)
    {
        bool isGranted = context.Host.Capabilities.HasFlag(LyraCapabilities.WriteFiles);
        return Check(context, isGranted, context.Host.WriteFolders, path, proc, "writing files");
    }

    /// <summary>Charges for one part of a path at each call: examining a part is a system call.</summary>
    public static Action ChargeOfParts(ScriptContext context)
    {
        int parts = 0;
        return () =>
        {
            context.Charge(1);
            if (++parts % PartsPerClockCheck == 0)
            {
                context.CheckClock();
            }
        };
    }

    private static string Check(ScriptContext context, bool isGranted, string[] folders, string path, string proc, string what)
    {
        HostServices host = context.Host;
        if (!isGranted)
        {
            throw Denied($"{proc}: {what} is denied; the host must grant it");
        }

        // First, because a search for NUL in a long text takes milliseconds.
        if (RealPath.IsTooLong(path))
        {
            throw Throw.Error(ErrorKinds.IOError, $"{proc}: the path must not have more than {RealPath.MaxLength:N0} characters");
        }

        if (path.Length == 0 || path.Contains('\0'))
        {
            throw Throw.Error(ErrorKinds.IOError, $"{proc}: the path must not be empty or contain NUL");
        }

        if (host.BaseFolder is null && !Path.IsPathFullyQualified(path))
        {
            throw Denied($"{proc}: access to '{path}' is denied; the script has no file that the path could be relative to");
        }

        string real = Resolve(context, Path.GetFullPath(path, host.BaseFolder ?? Path.GetPathRoot(path)!), path, proc);
        if (folders.Length == 0)
        {
            folders = host.BaseFolder is null ? [] : [host.BaseFolder];
        }

        foreach (string folder in folders)
        {
            if (IsBelow(real, Resolve(context, Path.GetFullPath(folder), folder, proc)))
            {
                return real;
            }
        }

        throw Denied($"{proc}: access to '{path}' is denied; it lies outside the folders that the host grants for {what}");
    }

    private static string Resolve(ScriptContext context, string full, string path, string proc)
    {
        try
        {
            return RealPath.Of(full, ChargeOfParts(context));
        }
        catch (IOException e)
        {
            throw Denied($"{proc}: access to '{path}' is denied; {e.Message}");
        }
    }

    private static ScriptErrorException Denied(string message) => Throw.Error(ErrorKinds.IOError, message);

    private static bool IsBelow(string path, string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        return path.StartsWith(folder, Comparison)
            && (path.Length == folder.Length || folder.Length == 0 || path[folder.Length] == Path.DirectorySeparatorChar
                || Path.EndsInDirectorySeparator(folder));
    }
}
