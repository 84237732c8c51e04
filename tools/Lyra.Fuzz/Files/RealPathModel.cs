using System;
using System.Collections.Generic;
using System.IO;

namespace Lyra.Fuzz.Files;

/// <summary>
/// What a path names, written for the fuzzer and independent of Lyra: the parts of the path are taken one by one from a list, and links put
/// the parts of their target in front of the rest. As in Lyra, <c>..</c> is removed from the text of a path and of a link's target with
/// the rest, before links are followed.
/// </summary>
internal static class RealPathModel
{
    private const int MaxLinks = 40;

    /// <summary>The real path; null if its links form a cycle.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The absolute folder to which it is relative.</param>
    public static string? Of(string path, string folder)
    {
        LinkedList<string> left = new(Parts(path, folder));
        List<string> real = [];
        int links = 0;
        while (left.First is { } first)
        {
            left.RemoveFirst();
            string here = "/" + string.Join('/', real);
            string entry = Path.Combine(here, first.Value);
            if (Target(entry) is not { } target)
            {
                real.Add(first.Value);
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            // The whole path begins again, because an absolute target may itself lead through links.
            left = new LinkedList<string>(Parts(string.Join('/', [target, .. left]), here));
            real.Clear();
        }

        return "/" + string.Join('/', real);
    }

    public static bool IsBelow(string path, string folder) =>
        folder == "/" || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static List<string> Parts(string path, string folder)
    {
        List<string> parts = [];
        foreach (string part in (path.StartsWith('/') ? path : $"{folder}/{path}").Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private static string? Target(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
