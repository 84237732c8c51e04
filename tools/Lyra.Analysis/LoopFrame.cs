using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;

namespace Lyra.Analysis;

/// <summary>A loop around the present point: what its exits know of the variables that it assigns.</summary>
internal sealed class LoopFrame(string? label, IReadOnlyCollection<Symbol> assigned)
{
    public string? Label { get; } = label;

    public IReadOnlyCollection<Symbol> Assigned { get; } = assigned;

    /// <summary>The types at the ends of iterations.</summary>
    public Dictionary<Symbol, KnownType> AtContinue { get; } = [];

    /// <summary>The types where the loop is left.</summary>
    public Dictionary<Symbol, KnownType> AtBreak { get; } = [];

    public bool HasBreak { get; set; }
}
