using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lyra.Generate.Sources;

/// <summary>A clone of the sources. All paths given to it are relative to its root and use forward slashes.</summary>
internal sealed class SourceRepository(string root)
{
    /// <summary>The folders of the product's projects, each after those that it references.</summary>
    public static readonly string[] Libraries = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"];

    /// <summary>The clone that holds a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is in no clone.</exception>
    public static SourceRepository Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Lyra.sln")))
            {
                return new SourceRepository(at.FullName);
            }
        }

        throw new DirectoryNotFoundException($"There is no Lyra.sln in {folder} or above it; run lyra-generate in a clone.");
    }

    /// <summary>The folders of the product's projects, each after those that it references, and then those of the tools.</summary>
    public IEnumerable<string> Projects => Libraries.Concat(
        Directory.EnumerateDirectories(PathOf("tools"))
            .Select(NameOf)
            .Where(folder => SourceFiles(folder).Any())
            .Order(StringComparer.Ordinal));

    public string PathOf(string name) => Path.Combine(root, name);

    public string NameOf(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>The C# files below a folder, in a fixed order.</summary>
    public IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(NameOf)
            .Where(name => !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
