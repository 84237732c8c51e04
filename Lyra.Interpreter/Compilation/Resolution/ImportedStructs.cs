using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Structs of other modules that structs of this module use. Only the declarations are read: which members there are. Whether the other
/// module compiles is found out when it is imported.
/// </summary>
internal sealed class ImportedStructs(SymbolTable symbols, CompilerOptions options)
{
    private readonly Dictionary<string, ImportedModule> _modules = [];
    private readonly Dictionary<StructDeclaration, StructLayout> _layouts = [];

    /// <summary>The public struct that an import gives, or that a member of the imported module is; null if there is none.</summary>
    /// <param name="import">The import.</param>
    /// <param name="member">The member of an imported module; null for an imported name.</param>
    public StructLayout? Find(FileImport? import, string? member)
    {
        if (import is null || (member is null) == (import.Name is null) || ModuleOf(import) is not { } module)
        {
            return null;
        }

        string name = member ?? import.Name!;

        return module.FindStruct(name) is { IsPublic: true } declaration ? LayOut(declaration, module) : null;
    }

    /// <summary>The struct that a clause in another module names; null if there is none.</summary>
    public StructLayout? FindIn(ImportedModule module, UseClause clause)
    {
        NamedTypeNode type = clause.Type;
        if (type.Module is null && module.FindStruct(type.Name) is { } declaration)
        {
            return LayOut(declaration, module);
        }

        return Find(module.FindImport(type.Module ?? type.Name), type.Module is null ? null : type.Name);
    }

    private ImportedModule? ModuleOf(FileImport import)
    {
        if (options.FindModule?.Invoke(import.Path, import.Importer) is not { } tree)
        {
            return null;
        }

        if (!_modules.TryGetValue(tree.Source.FileName, out ImportedModule? module))
        {
            _modules[tree.Source.FileName] = module = new ImportedModule(tree);
        }

        return module;
    }

    private StructLayout LayOut(StructDeclaration declaration, ImportedModule module)
    {
        if (!_layouts.TryGetValue(declaration, out StructLayout? layout))
        {
            options.Meter.Count(CompilationCosts.Struct);
            Symbol symbol = new(declaration.Name, SymbolKind.Import, symbols.Context, declaration.NameSpan);
            layout = new StructLayout(symbol, declaration, symbols.NewConstructor(declaration.Name)) { Origin = module };
            _layouts[declaration] = layout;
        }

        return layout;
    }
}
