using System;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Running;
using Lyra.Cli.Files;

namespace Lyra.Cli.Commands;

/// <summary>Finds the implementations of other languages, and the programs for them in the source tree.</summary>
internal static class BenchPeers
{
    /// <exception cref="UsageException">There is no source tree, or nothing is installed.</exception>
    public static BenchColumn[] Require()
    {
        BenchColumn[] peers = In(SourceTree.Require("--peers needs the programs in Lyra.Bench/Peers"));
        return peers.Length > 0
            ? peers
            : throw new UsageException("--peers finds none of node, luajit, lua5.4 and pypy3; install one, or remove the option");
    }

    /// <summary>Those that are installed.</summary>
    /// <param name="tree">The root of the source tree.</param>
    public static BenchColumn[] In(string tree) => BenchColumns.Peers(Path.Combine(tree, "Lyra.Bench", "Peers"), FindExecutable);

    private static string? FindExecutable(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);
}
