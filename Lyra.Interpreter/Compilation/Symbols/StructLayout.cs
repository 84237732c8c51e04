using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>
/// The resolver's data about a declared struct: its fields by name, and its constructor, whose parameters are the fields.
/// </summary>
internal sealed class StructLayout
{
    private Dictionary<string, int>? _indexes;

    public StructLayout(Symbol symbol, StructDeclaration declaration, ProcContext constructor)
    {
        Symbol = symbol;
        Declaration = declaration;
        Constructor = constructor;
    }

    public Symbol Symbol { get; }

    public StructDeclaration Declaration { get; }

    public ProcContext Constructor { get; }

    /// <summary>The enum whose values it holds; null for a declared struct.</summary>
    public EnumLayout? Enum { get; init; }

    /// <summary>For a struct of one case of an enum: the position of the case; otherwise −1.</summary>
    public int Ordinal { get; init; } = -1;

    /// <summary>The module variable of the type that its instances have in annotations: of the struct, or of its enum.</summary>
    public int TypeSlot => Enum is null ? Symbol.Slot : Enum.Symbol.Slot;

    /// <summary>The constructor's parameters, in the order of the fields.</summary>
    public List<Symbol> FieldSymbols { get; } = [];

    public int FieldIndex(string name) => (_indexes ??= IndexFields()).GetValueOrDefault(name, -1);

    private Dictionary<string, int> IndexFields()
    {
        Dictionary<string, int> indexes = [];
        for (int i = 0; i < Declaration.Fields.Length; i++)
        {
            indexes.TryAdd(Declaration.Fields[i].Name, i);
        }

        return indexes;
    }
}
