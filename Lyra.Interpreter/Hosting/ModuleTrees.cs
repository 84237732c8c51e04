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
        try
        {
            return loader.Resolve(path, importer) is { } name ? Read(name) : null;
        }
        catch (Exception e) when (e is not ScriptErrorException and not OutOfMemoryException)
        {
            // The loader is code of the host.
            return null;
        }
    }

    private ModuleNode? Read(string name)
    {
        if (_trees.TryGetValue(name, out ModuleNode? known))
        {
            return known;
        }

        if (loader is FileModuleLoader)
        {
            meter.Count((1 + sizeof(char)) * FileModuleLoader.LengthOf(name));
        }

        SourceText text = new(loader.Load(name), name);
        DiagnosticBag diagnostics = new(text);
        ModuleNode tree = Parser.Parse(text, diagnostics, meter);
        return _trees[name] = diagnostics.HasErrors ? null : tree;
    }
}
