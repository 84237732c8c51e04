using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The resolver's data about a proc, one for each prototype: its captures and the types of its slots.</summary>
internal sealed class ProcContext(ProcContext? parent, string name, ProcKind kind, ProcNode? node)
{
    private Dictionary<Symbol, int>? _captureIndexes;
    private List<Symbol>? _captures;

    /// <summary>The enclosing proc; null for the module.</summary>
    public ProcContext? Parent { get; } = parent;

    public string Name { get; } = name;

    public ProcKind Kind { get; } = kind;

    /// <summary>The syntax node; null for modules and constructors.</summary>
    public ProcNode? Node { get; } = node;

    /// <summary>Whether it belongs to a struct; it then cannot use variables of the enclosing procs.</summary>
    public bool IsStructMember { get; init; }

    /// <summary>For a method: the layout of the struct or enum that declares it.</summary>
    public object? Layout { get; init; }

    /// <summary>For a method of an enum: the enum.</summary>
    public EnumLayout? Enum => Layout as EnumLayout;

    /// <summary>For a method of a declared struct: the struct.</summary>
    public StructLayout? Struct => Layout as StructLayout;

    /// <summary>The annotation of the result; null if there is none and for <c>any</c>.</summary>
    public SlotType? ResultType { get; set; }

    public IReadOnlyList<Symbol> Captures => (IReadOnlyList<Symbol>?)_captures ?? [];

    public int CaptureIndex(Symbol symbol) => _captureIndexes![symbol];

    /// <summary>Makes a variable of an enclosing proc available here and in the procs between; returns how many capture it now.</summary>
    public int Capture(Symbol symbol)
    {
        int count = 0;
        symbol.IsCaptured = true;
        for (ProcContext context = this; context != symbol.Owner; context = context.Parent!)
        {
            if (!context.TryAdd(symbol))
            {
                break;
            }

            count++;
        }

        return count;
    }

    private bool TryAdd(Symbol symbol)
    {
        _captures ??= [];
        _captureIndexes ??= new(ReferenceEqualityComparer.Instance);
        if (!_captureIndexes.TryAdd(symbol, _captures.Count))
        {
            return false;
        }

        _captures.Add(symbol);
        return true;
    }

    /// <summary>Whether a struct boundary lies between this proc and an enclosing one.</summary>
    public bool IsBeyondStruct(ProcContext owner)
    {
        for (ProcContext context = this; context != owner; context = context.Parent!)
        {
            if (context.IsStructMember)
            {
                return true;
            }
        }

        return false;
    }
}
