using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Mutation;

/// <summary>Stored modules to mutate: generated programs, and source files below a folder. Each is compiled at its first use.</summary>
internal sealed class Corpus
{
    private const int Generated = 96;
    private const int Levels = 4;

    /// <summary>A mutation of a larger file usually hits code that does not run, and rejecting the file takes longer.</summary>
    private const int MaxBytes = 24_000;

    private readonly List<string> _files = [];
    private readonly Dictionary<int, byte[]?> _modules = [];

    /// <param name="folder">Source files; null for none.</param>
    public Corpus(string? folder)
    {
        if (folder is not null)
        {
            _files.AddRange(Directory.EnumerateFiles(folder, "*.lyra", SearchOption.AllDirectories));
            _files.Sort(StringComparer.Ordinal);
        }
    }

    /// <summary>The number of modules, including unusable ones.</summary>
    public int Count => (Generated + _files.Count) * Levels;

    /// <summary>A stored module; null if the source does not compile, is too large, or sleeps.</summary>
    public byte[]? Get(int number)
    {
        if (!_modules.TryGetValue(number, out byte[]? module))
        {
            _modules.Add(number, module = Make(number / Levels, number % Levels));
        }

        return module;
    }

    private byte[]? Make(int program, int level)
    {
        string source = program < Generated ? ProgramGenerator.Generate(program) : File.ReadAllText(_files[program - Generated]);
        if (source.Contains("sleep", StringComparison.Ordinal))
        {
            // The program would sleep.
            return null;
        }

        try
        {
            LyraScript script = LyraScript.Compile(source, ProgramRun.FileName, level);
            using MemoryStream stream = new();
            script.Save(stream);
            return stream.Length > MaxBytes ? null : stream.ToArray();
        }
        catch (LyraCompileException)
        {
            return null;
        }
    }
}
