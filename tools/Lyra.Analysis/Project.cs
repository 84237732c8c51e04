using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Analysis;

/// <summary>
/// The files that are analyzed together. Imported files are read once, through the rules of <see cref="FileModuleLoader"/>.
/// </summary>
internal sealed class Project(ProjectSettings settings, string root)
{
    /// <summary>The most files that one file may reach by imports; those beyond are unknown.</summary>
    private const int MaxModules = 10_000;

    private readonly FileModuleLoader _loader = new(root);
    private readonly ModuleTrees _trees = new(new FileModuleLoader(root), new WorkMeter());
    private readonly Dictionary<string, SourceModule?> _modules = [];

    /// <summary>The files that others import, by their full paths.</summary>
    private readonly HashSet<string> _imported = [];

    public ProjectSettings Settings { get; } = settings;

    /// <summary>Whether the host has a global of a name.</summary>
    public bool IsGlobal(string name) => Settings.Globals.ContainsKey(name);

    /// <summary>The type of a global of the host.</summary>
    public KnownType TypeOfGlobal(string name) =>
        Settings.Globals.TryGetValue(name, out string? type) && SlotInfo.OfName(type) is { } slot && SlotInfo.Of(slot).Kind is { } kind
            ? KnownType.Of(kind)
            : KnownType.Any;

    /// <summary>Notes that a file imports another one.</summary>
    public void NoteImport(SourceModule module) => _imported.Add(Path.GetFullPath(module.Source.FileName));

    /// <summary>Whether a file of the project imports a file.</summary>
    public bool IsImported(SourceModule module) => _imported.Contains(Path.GetFullPath(module.Source.FileName));

    /// <summary>Analyzes a source and returns what the compiler and the rules report, in source order.</summary>
    public IReadOnlyList<Finding> Check(string text, string fileName) => SourceChecker.Check(this, new SourceText(text, fileName));

    /// <summary>The module that a path names in a file.</summary>
    public ImportResult Import(string path, string importer)
    {
        string? name;
        try
        {
            name = _loader.Resolve(path, importer);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // It may be a file of a program with another root.
            return new ImportResult(null, IsMissing: false);
        }

        return name is null ? new ImportResult(null, IsMissing: true) : new ImportResult(Load(name), IsMissing: false);
    }

    /// <summary>The names of the files and folders beside the one that a path names, as an import may write them.</summary>
    public IEnumerable<string> Neighbours(string path, string importer)
    {
        int slash = path.LastIndexOf('/');
        string prefix = path[..(slash + 1)];
        string[] starts = [Path.GetDirectoryName(Path.GetFullPath(importer)) ?? "", Path.GetFullPath(root.Length == 0 ? "." : root)];
        foreach (string start in starts)
        {
            string folder = Path.Combine(start, prefix);
            if (!Directory.Exists(folder))
            {
                continue;
            }

            foreach (string file in Directory.EnumerateFiles(folder, "*.lyra"))
            {
                yield return prefix + Path.GetFileNameWithoutExtension(file);
            }
        }
    }

    /// <summary>The options by which the compiler resolves the names of a file.</summary>
    public CompilerOptions Options() => new()
    {
        Builtins = LibraryNames.Instance,
        KnownExternals = IsGlobal,
        IsCheck = true,
        FindModule = _trees.Find,
    };

    private SourceModule? Load(string name)
    {
        string key = Path.GetFullPath(name);
        if (_modules.TryGetValue(key, out SourceModule? known) || _modules.Count >= MaxModules)
        {
            return known;
        }

        // A cycle of imports finds this entry.
        _modules.Add(key, null);
        return _modules[key] = Read(name);
    }

    private SourceModule? Read(string name)
    {
        string text;
        try
        {
            text = _loader.Load(name);
        }
        catch (IOException)
        {
            return null;
        }

        SourceText source = new(text, name);
        DiagnosticBag diagnostics = new(source);
        ModuleNode tree = Parser.Parse(source, diagnostics, new WorkMeter());
        if (diagnostics.HasErrors)
        {
            return null;
        }

        return new SourceModule(
            this, source, tree, DeepStack.Run(tree.Depth, () => ScopeResolver.Resolve(tree, Options(), diagnostics)));
    }
}

/// <summary>What an import finds.</summary>
/// <param name="Module">The module; null if it is missing or can't be analyzed.</param>
/// <param name="IsMissing">Whether there is no such file.</param>
internal sealed record ImportResult(SourceModule? Module, bool IsMissing);
