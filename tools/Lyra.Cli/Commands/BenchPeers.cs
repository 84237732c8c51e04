using System;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Running;
using Lyra.Cli.Files;

namespace Lyra.Cli.Commands;

/// <summary>Finds the implementations of other languages, and the programs for them in the source tree.</summary>
internal static class BenchPeers
{
    private static readonly string Scripts = Path.Combine("Lyra.Bench", "Peers");

    /// <exception cref="UsageException">There is no source tree, or nothing is installed.</exception>
    public static BenchColumn[] Find()
    {
        string folder = FindFolder() ?? throw new UsageException(
            "--peers needs the programs in Lyra.Bench/Peers of Lyra's source tree; run the command in the tree, or from a build in it");
        BenchColumn[] peers = BenchColumns.Peers(folder, FindExecutable);
        return peers.Length > 0
            ? peers
            : throw new UsageException("--peers finds none of node, luajit, lua5.4 and pypy3; install one, or remove the option");
    }

    /// <summary>The folder with the scripts: above the current folder, or above the command.</summary>
    private static string? FindFolder()
    {
        foreach (string start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string scripts = Path.Combine(folder.FullName, Scripts);
                if (Directory.Exists(Path.Combine(scripts, "drivers")))
                {
                    return scripts;
                }
            }
        }

        return null;
    }

    private static string? FindExecutable(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);
}
