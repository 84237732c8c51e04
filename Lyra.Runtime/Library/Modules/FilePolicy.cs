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
    /// <summary>The most symbolic links that are followed, as in operating systems; a longer chain counts as a cycle.</summary>
    private const int MaxLinks = 40;

    private static StringComparison Comparison =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The real path of a file that the script may read.</summary>
    /// <exception cref="ScriptErrorException">IOError, with the word "denied" if the access is denied.</exception>
    public static string ForReading(ScriptContext context, string path, string proc)
    {
        HostServices host = context.Host;
        bool isGranted = host.Capabilities.HasFlag(LyraCapabilities.ReadFiles);
        return Check(host, isGranted, host.ReadFolders, path, proc, "reading files");
    }

    /// <summary>The real path of a file or folder that the script may write, make or remove.</summary>
    /// <exception cref="ScriptErrorException">IOError, with the word "denied" if the access is denied.</exception>
    public static string ForWriting(ScriptContext context, string path, string proc)
    {
        HostServices host = context.Host;
        bool isGranted = host.Capabilities.HasFlag(LyraCapabilities.WriteFiles);
        return Check(host, isGranted, host.WriteFolders, path, proc, "writing files");
    }

    private static string Check(HostServices host, bool isGranted, string[] folders, string path, string proc, string what)
    {
        if (!isGranted)
        {
            throw Denied($"{proc}: {what} is denied; the host must grant it");
        }

        if (path.Length == 0 || path.Contains('\0'))
        {
            throw Throw.Error(ErrorKinds.IOError, $"{proc}: the path must not be empty or contain NUL");
        }

        if (host.BaseFolder is null && !Path.IsPathFullyQualified(path))
        {
            throw Denied($"{proc}: access to '{path}' is denied; the script has no file that the path could be relative to");
        }

        string real = RealPath(Path.GetFullPath(path, host.BaseFolder ?? Path.GetPathRoot(path)!), proc);
        if (folders.Length == 0)
        {
            folders = host.BaseFolder is null ? [] : [host.BaseFolder];
        }

        foreach (string folder in folders)
        {
            if (IsBelow(real, RealPath(Path.GetFullPath(folder), proc)))
            {
                return real;
            }
        }

        throw Denied($"{proc}: access to '{path}' is denied; it lies outside the folders that the host grants for {what}");
    }

    private static ScriptErrorException Denied(string message) => Throw.Error(ErrorKinds.IOError, message);

    private static bool IsBelow(string path, string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        return path.StartsWith(folder, Comparison)
            && (path.Length == folder.Length || folder.Length == 0 || path[folder.Length] == Path.DirectorySeparatorChar
                || Path.EndsInDirectorySeparator(folder));
    }

    /// <summary>
    /// Follows the symbolic links of an absolute path, component by component; components that don't exist are kept as they are.
    /// </summary>
    private static string RealPath(string path, string proc)
    {
        int links = 0;
        string root = Path.GetPathRoot(path) ?? string.Empty;
        string real = root;
        string rest = path[root.Length..];
        while (rest.Length > 0)
        {
            int end = rest.AsSpan().IndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
            string part = end < 0 ? rest : rest[..end];
            rest = end < 0 ? string.Empty : rest[(end + 1)..];
            if (part.Length == 0)
            {
                continue;
            }

            string next = Path.Combine(real, part);
            string? target = LinkTarget(next);
            if (target is null)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw Denied($"{proc}: access to '{path}' is denied; its symbolic links form a cycle");
            }

            string resolved = Path.GetFullPath(Path.Combine(target, rest), real);
            root = Path.GetPathRoot(resolved) ?? string.Empty;
            real = root;
            rest = resolved[root.Length..];
        }

        return real;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A path that can't be examined can't be opened either; opening it reports the system's own reason.
            return null;
        }
    }
}
