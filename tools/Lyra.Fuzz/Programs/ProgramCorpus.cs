using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Lyra.Fuzz.Programs;

/// <summary>
/// Programs that reached new coverage, in a folder that outlives the process. A process reads the folder once: what others add in the
/// meantime it does not see, so that a seed and the corpus at the start determine the programs.
/// </summary>
internal sealed class ProgramCorpus
{
    private const string Running = "running";

    private readonly string _folder;
    private readonly List<string> _programs = [];

    public ProgramCorpus(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, Running));
        string[] files = Directory.GetFiles(folder, "*.lyra");
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            _programs.Add(File.ReadAllText(file));
        }
    }

    public IReadOnlyList<string> Programs => _programs;

    /// <summary>Adds a program. Its file is named by its hash, so that equal programs of several processes are one file.</summary>
    public void Add(string source)
    {
        _programs.Add(source);
        File.WriteAllText(Path.Combine(_folder, HashOf(source).ToString("x16", CultureInfo.InvariantCulture) + ".lyra"), source);
    }

    /// <summary>Keeps the program of a seed while it runs: if it ends the process, the parent reports it.</summary>
    public void Begin(long seed, string source) => File.WriteAllText(PathOf(seed), source);

    /// <summary>The program of this seed did not end the process.</summary>
    public void End(long seed) => File.Delete(PathOf(seed));

    /// <summary>The program of a seed that has ended its process; null if there is none.</summary>
    public string? Interrupted(long seed) => File.Exists(PathOf(seed)) ? File.ReadAllText(PathOf(seed)) : null;

    private string PathOf(long seed) => Path.Combine(_folder, Running, seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>FNV-1a (Fowler, Noll, Vo).</summary>
    private static ulong HashOf(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash;
    }
}
