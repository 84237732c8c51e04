using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>A proc as the resolver sees it, one per prototype: the captures it needs and the types of its slots.</summary>
internal sealed class ProcContext(ProcContext? parent, string name, ProcKind kind, ProcNode? node)
{
    private readonly Dictionary<Symbol, int> _captureIndexes = [];
    private readonly List<Symbol> _captures = [];

    /// <summary>The proc around it; null for the module.</summary>
    public ProcContext? Parent { get; } = parent;

    public string Name { get; } = name;

    public ProcKind Kind { get; } = kind;

    /// <summary>Null for modules and constructors.</summary>
    public ProcNode? Node { get; } = node;

    /// <summary>Belongs to a struct: uses nothing of the procs around it.</summary>
    public bool IsStructMember { get; init; }

    /// <summary>The result's annotation; null without one and for <c>any</c>.</summary>
    public SlotType? ResultType { get; set; }

    public IReadOnlyList<Symbol> Captures => _captures;

    public int CaptureIndex(Symbol symbol) => _captureIndexes[symbol];

    /// <summary>Makes a variable of a proc further out available here and in the procs between.</summary>
    public void Capture(Symbol symbol)
    {
        symbol.IsCaptured = true;
        for (ProcContext context = this; context != symbol.Owner; context = context.Parent!)
        {
            if (!context._captureIndexes.TryAdd(symbol, context._captures.Count)) return;
            context._captures.Add(symbol);
        }
    }

    /// <summary>Whether a struct's border lies between this proc and one further out.</summary>
    public bool IsBeyondStruct(ProcContext owner)
    {
        for (ProcContext context = this; context != owner; context = context.Parent!)
        {
            if (context.IsStructMember) return true;
        }

        return false;
    }
}
