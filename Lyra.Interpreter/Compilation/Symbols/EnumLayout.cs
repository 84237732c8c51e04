using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The resolver's data about a declared enum: its cases, and the structs that hold its values.</summary>
internal sealed class EnumLayout(Symbol symbol, EnumDeclaration declaration)
{
    private readonly Dictionary<string, int> _cases = [];
    private HashSet<string>? _procs;

    public Symbol Symbol { get; } = symbol;

    public EnumDeclaration Declaration { get; } = declaration;

    /// <summary>The symbols of the cases, in the order of their ordinals.</summary>
    public List<Symbol> Cases { get; } = [];

    /// <summary>
    /// The struct of the values of all cases without fields, whose fields are the position and the name; null if all have fields.
    /// </summary>
    public StructLayout? Plain { get; set; }

    /// <summary>The procs that all the structs have.</summary>
    public ImmutableArray<ProcNode> Methods => Declaration.Methods;

    /// <summary>The type of its values.</summary>
    public SlotType Type => new(SlotKind.Struct, false, [], Symbol.Name, Symbol.Slot);

    /// <summary>The names of the cases.</summary>
    public IReadOnlyCollection<string> Names => _cases.Keys;

    /// <summary>Adds a case; false if its name is taken.</summary>
    public bool TryAdd(Symbol member)
    {
        Cases.Add(member);
        return _cases.TryAdd(member.Name, Cases.Count - 1);
    }

    /// <summary>A case by its name; null if there is none.</summary>
    public Symbol? FindCase(string name) => _cases.TryGetValue(name, out int ordinal) ? Cases[ordinal] : null;

    /// <summary>The position of a case.</summary>
    public int OrdinalOf(Symbol member) => _cases[member.Name];

    /// <summary>Whether it declares a proc of a name.</summary>
    public bool Declares(string name) => (_procs ??= [.. Methods.Select(static proc => proc.Name!)]).Contains(name);

    /// <summary>Whether it declares a method of a name, which values have as a member.</summary>
    public bool DeclaresMethod(string name) =>
        Methods.Any(proc => proc.Name == name && proc.Parameters.Length > 0 && proc.Parameters[0].Name == "self");
}
