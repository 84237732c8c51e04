using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lyra.Cli.Repl;

/// <summary>Completes file names.</summary>
internal static class FileNames
{
    /// <summary>The folders, and the files with Lyra programs, whose path begins with a text. Folders end in a slash.</summary>
    public static IEnumerable<string> StartingWith(string path)
    {
        string folder = path[..(path.LastIndexOf('/') + 1)];
        try
        {
            DirectoryInfo parent = new(folder.Length == 0 ? "." : folder);
            return [.. parent.EnumerateFileSystemInfos().Where(IsOffered).Select(entry => folder + NameOf(entry))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static bool IsOffered(FileSystemInfo entry) => !entry.Name.StartsWith('.')
        && (entry is DirectoryInfo || entry.Extension == ".lyra");

    private static string NameOf(FileSystemInfo entry) => entry is DirectoryInfo ? entry.Name + "/" : entry.Name;
}
