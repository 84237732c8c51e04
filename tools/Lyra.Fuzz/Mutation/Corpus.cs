using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Mutation;

/// <summary>Stored modules to be damaged: of generated programs, and of source files below a folder. Each is compiled when it is first wanted.</summary>
internal sealed class Corpus
{
    private const int Generated = 96;
    private const int Levels = 4;

    /// <summary>A mutation in a larger file mostly hits what is not run, and takes longer to refuse.</summary>
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

    /// <summary>Modules there are, some of which may be of no use.</summary>
    public int Count => (Generated + _files.Count) * Levels;

    /// <summary>A stored module; null where the source does not compile, is too large, or waits.</summary>
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
            // It would wait.
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
