using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;

namespace Lyra.Analysis;

/// <summary>The proc that is walked, at its present point.</summary>
internal sealed class ProcFrame(ProcContext context, FlowState state)
{
    public ProcContext Context { get; } = context;

    /// <summary>The types at the present point.</summary>
    public FlowState State { get; set; } = state;

    /// <summary>What the <c>return</c>s so far give; null before the first.</summary>
    public KnownType? Results { get; set; }

    public Stack<LoopFrame> Loops { get; } = new();

    /// <summary>The elements that the innermost comprehension collects.</summary>
    public KnownType? Collected { get; set; }

    /// <summary>The <c>try</c> bodies with a <c>catch</c>, and the arguments of <c>test.throws</c>, around the present point.</summary>
    public int Guards { get; set; }

    /// <summary>The walks around the present point whose reports do not count: they only find the types at the head of a loop.</summary>
    public int Trials { get; set; }
}
