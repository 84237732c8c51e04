using System;
using System.IO;

namespace Lyra.Tests.Harness;

/// <summary>Where the checked-out sources lie; fixtures are read from there, so that a changed file needs no build.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Lyra.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>An absolute path of a file or folder given by its path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The path of <paramref name="file"/> below the root, with forward slashes.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lyra.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No Lyra.sln above {AppContext.BaseDirectory}; run the tests from a clone.");
    }
}
