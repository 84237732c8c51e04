using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The structs of another module that structs may use, and where those of them come from that it imports itself.</summary>
internal sealed class ImportedModule
{
    private readonly Dictionary<string, StructDeclaration> _structs = [];
    private readonly Dictionary<string, FileImport> _imports = [];

    public ImportedModule(ModuleNode module)
    {
        string file = module.Source.FileName;
        foreach (Statement statement in module.Statements)
        {
            switch (statement)
            {
                case StructDeclaration type:
                    _structs.TryAdd(type.Name, type);
                    break;
                case ImportModule import:
                    _imports.TryAdd(import.Name, new FileImport(import.Path.Text, null, file));
                    break;
                case ImportNames import:
                    foreach (ImportedName name in import.Names)
                    {
                        _imports.TryAdd(name.Alias, new FileImport(import.Path.Text, name.Name, file));
                    }

                    break;
            }
        }
    }

    /// <summary>Stands for the earlier inputs of a session, whose structs are complete.</summary>
    public ImportedModule()
    {
    }

    /// <summary>A struct that it declares; null if there is none of the name.</summary>
    public StructDeclaration? FindStruct(string name) => _structs.GetValueOrDefault(name);

    /// <summary>What a name means that it imports; null if it imports none of the name.</summary>
    public FileImport? FindImport(string name) => _imports.GetValueOrDefault(name);
}
