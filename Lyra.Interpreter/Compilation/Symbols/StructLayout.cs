using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>
/// The resolver's data about a declared struct: its fields by name, and its constructor, whose parameters are the fields.
/// </summary>
internal sealed class StructLayout
{
    private readonly Dictionary<string, int> _indexes = [];

    public StructLayout(Symbol symbol, StructDeclaration declaration, ProcContext constructor)
    {
        Symbol = symbol;
        Declaration = declaration;
        Constructor = constructor;
        for (int i = 0; i < declaration.Fields.Length; i++)
        {
            _indexes.TryAdd(declaration.Fields[i].Name, i);
        }
    }

    public Symbol Symbol { get; }

    public StructDeclaration Declaration { get; }

    public ProcContext Constructor { get; }

    /// <summary>The constructor's parameters, in the order of the fields.</summary>
    public List<Symbol> FieldSymbols { get; } = [];

    public int FieldIndex(string name) => _indexes.GetValueOrDefault(name, -1);
}
