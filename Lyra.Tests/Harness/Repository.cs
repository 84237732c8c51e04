using System;
using System.IO;

namespace Lyra.Tests.Harness;

/// <summary>The location of the checked-out sources. Tests read fixtures from there, so that a changed fixture needs no build.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Lyra.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The absolute path of a file or folder, given its path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The absolute path of a file that a project's build has made, in the configuration of the tests.</summary>
    public static string PathOfBuilt(string project, string file) => PathOf("artifacts", "bin", project, Configuration, file);

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
