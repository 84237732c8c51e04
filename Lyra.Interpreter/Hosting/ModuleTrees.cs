using System;
using System.Collections.Generic;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// The trees of modules that a module imports, for the compiler, which needs the members of structs that others use. A module that can't be
/// read has none; why, its import says.
/// </summary>
/// <param name="loader">Finds and reads the modules.</param>
/// <param name="meter">Counts the work.</param>
internal sealed class ModuleTrees(IModuleLoader loader, WorkMeter meter)
{
    private readonly Dictionary<string, ModuleNode?> _trees = [];

    /// <summary>Finds the module of a path that a file imports.</summary>
    public ModuleNode? Find(string path, string importer)
    {
        if (Try(() => loader.Resolve(path, importer)) is not { } name)
        {
            return null;
        }

        if (!_trees.TryGetValue(name, out ModuleNode? tree))
        {
            tree = Try(() => Load(loader, name, meter)) is { } source ? Parse(source, name) : null;
            _trees.Add(name, tree);
        }

        return tree;
    }

    /// <summary>Reads the source of a module. Counts the bytes of a file, and its text.</summary>
    public static string? Load(IModuleLoader loader, string name, WorkMeter meter)
    {
        if (loader is FileModuleLoader)
        {
            meter.Count((1 + sizeof(char)) * FileModuleLoader.LengthOf(name));
        }

        return loader.Load(name);
    }

    /// <summary>What the loader gives, which is code of the host; null where it fails.</summary>
    private static string? Try(Func<string?> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is not (ScriptErrorException or LyraException or OperationCanceledException or OutOfMemoryException))
        {
            return null;
        }
    }

    private ModuleNode? Parse(string source, string name)
    {
        SourceText text = new(source, name);
        DiagnosticBag diagnostics = new(text);
        ModuleNode tree = Parser.Parse(text, diagnostics, meter);
        return diagnostics.HasErrors ? null : tree;
    }
}
