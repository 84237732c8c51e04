using System;
using System.IO;

namespace Lyra.Cli.Files;

/// <summary>Lyra's source tree, if the command runs in it or was built in it.</summary>
internal static class SourceTree
{
    /// <summary>The root of the tree: above the current folder, or above the command; null without one.</summary>
    public static string? Find()
    {
        foreach (string start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (Directory.Exists(Path.Combine(folder.FullName, "Lyra.Bench", "Peers", "drivers")))
                {
                    return folder.FullName;
                }
            }
        }

        return null;
    }

    /// <summary>The root of the tree.</summary>
    /// <param name="need">What needs it, as the beginning of a message.</param>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Require(string need) => Find() ?? throw new UsageException(
        $"{need} of Lyra's source tree; run the command in the tree, or from a build in it");
}
