using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>The names that a module exports.</summary>
internal static class ModuleExports
{
    public static Dictionary<string, Symbol> Of(ModuleNode tree, ResolvedModule resolved)
    {
        Dictionary<string, Symbol> exports = [];
        foreach (Statement statement in tree.Statements)
        {
            switch (statement)
            {
                case ProcDeclaration { IsPublic: true }:
                case StructDeclaration { IsPublic: true }:
                case EnumDeclaration { IsPublic: true }:
                case TypeDeclaration { IsPublic: true }:
                    Add(exports, resolved.SymbolOf(statement));
                    break;
                case VariableDeclaration { IsPublic: true } variable:
                    PatternNames.ForEach(variable.Target, binding => Add(exports, resolved.SymbolOf(binding)));
                    break;
            }
        }

        return exports;
    }

    private static void Add(Dictionary<string, Symbol> exports, Symbol? symbol)
    {
        if (symbol is not null)
        {
            exports.TryAdd(symbol.Name, symbol);
        }
    }
}
