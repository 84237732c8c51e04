using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;

namespace Lyra.Analysis;

/// <summary>
/// The types of variables at a point of a proc. A branch has a state of its own, which holds only what differs from the one around it.
/// </summary>
/// <param name="parent">The state where the branch or the proc begins; null for the module.</param>
/// <param name="isProc">Whether it is that of a proc, which may run when variables have other values.</param>
internal sealed class FlowState(FlowState? parent, bool isProc)
{
    private Dictionary<Symbol, KnownType>? _types;

    public FlowState? Parent { get; } = parent;

    /// <summary>Whether the point is never reached.</summary>
    public bool IsDead { get; set; }

    /// <summary>The variables whose types the branch knows itself.</summary>
    public IEnumerable<Symbol> Own => (IEnumerable<Symbol>?)_types?.Keys ?? [];

    /// <summary>The type of a variable; null if no state has one.</summary>
    public KnownType? Find(Symbol symbol)
    {
        for (FlowState? state = this; state is not null; state = state.Parent)
        {
            if (state._types is not null && state._types.TryGetValue(symbol, out KnownType? type))
            {
                return type;
            }

            if (state.IsProc && symbol.IsReassigned)
            {
                return null;
            }
        }

        return null;
    }

    public void Set(Symbol symbol, KnownType type) => (_types ??= new(ReferenceEqualityComparer.Instance))[symbol] = type;

    private bool IsProc { get; } = isProc;
}
