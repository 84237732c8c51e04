using System;
using System.IO;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Resolves the symbolic links of a path. The work is linear in the number of parts that exist, and the length of a path is bounded.
/// </summary>
internal static class RealPath
{
    /// <summary>
    /// The longest path in code units. On Unix, the operating system opens no longer one; on Windows, no path is longer.
    /// </summary>
    public static readonly int MaxLength = OperatingSystem.IsWindows() ? 32_767 : 4_096;

    /// <summary>The most symbolic links that are followed, as in operating systems; a longer chain counts as a cycle.</summary>
    private const int MaxLinks = 40;

    /// <summary>True for a path that is too long to be opened, whatever it names. Paths of scripts may have any length.</summary>
    public static bool IsTooLong(string path) => path.Length > MaxLength;

    /// <summary>
    /// Follows every symbolic link of a path. .NET follows only one at its end. Parts that don't exist are kept as they are.
    /// </summary>
    /// <param name="path">An absolute path, as <see cref="Path.GetFullPath(string)"/> returns it.</param>
    /// <param name="onPart">Called for each part of the path that is examined; the caller can charge for it.</param>
    /// <exception cref="IOException">
    /// The links form a cycle or lead to a path that is too long. The message is the end of a sentence about the path.
    /// </exception>
    public static string Of(string path, Action? onPart = null)
    {
        int links = 0;
        string full = Path.TrimEndingDirectorySeparator(path);
        int at = RootLength(full);
        while (at < full.Length)
        {
            int separator = full.AsSpan(at).IndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
            int end = separator < 0 ? full.Length : at + separator;
            onPart?.Invoke();
            string part = full[..end];
            if (!Exists(part, out string? target))
            {
                // The parts behind it don't exist either, so none of them is a link.
                return full;
            }

            if (target is null)
            {
                at = Math.Min(end + 1, full.Length);
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException("its symbolic links form a cycle");
            }

            string rest = full[end..].TrimStart(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
            string parent = Path.GetDirectoryName(part) ?? part;
            full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(target, rest), parent));
            if (IsTooLong(full))
            {
                throw new IOException($"its symbolic links lead to a path of more than {MaxLength:N0} characters");
            }

            at = RootLength(full);
        }

        return full;
    }

    private static int RootLength(string path) => Path.GetPathRoot(path)?.Length ?? 0;

    /// <summary>Whether there is a file, a folder or a link.</summary>
    /// <param name="path">A path whose folder has no links.</param>
    /// <param name="target">The target if it is a link.</param>
    private static bool Exists(string path, out string? target)
    {
        target = null;
        try
        {
#pragma warning disable RS0030 // FilePolicy needs the targets of links to check a path.
            FileInfo info = new(path);
#pragma warning restore RS0030
            FileAttributes attributes = info.Attributes;
            if (attributes == (FileAttributes)(-1))
            {
                return false;
            }

            target = attributes.HasFlag(FileAttributes.ReparsePoint) ? info.LinkTarget : null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A path that can't be examined can't be opened either; opening it reports the system's own reason.
            return true;
        }
    }
}
