using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes.Sinking;

namespace Lyra.Jit.Passes;

/// <summary>THE list of passes, in the order in which they run.</summary>
internal static class PassList
{
    /// <summary>What only sinking makes work for.</summary>
    private static readonly IIrPass[] AfterSinking =
    [
        new MemoryForwarding(), // stores into objects that are gone hide nothing any more
        new Folding(), // guards on the representation of what was a part
        new ParameterElimination(), // parts that never change
        new CommonSubexpressions(), // guards on parts
    ];

    /// <summary>Each row says why it stands where it does.</summary>
    public static IReadOnlyList<IIrPass> All { get; } =
    [
        new Folding(), // puts each constant in one place, which the passes below compare by node
        new ParameterElimination(), // the builder gives loop heads a parameter for each live register: most never change
        new CommonSubexpressions(), // equal addresses are one node now, which the next pass compares
        new MemoryForwarding(),
        new Folding(), // boxes around what was forwarded, conditions that are known
        new JumpThreading(), // what folding left of joined conditions; the next pass knows then on which side of them it is
        new CommonSubexpressions(), // equal loads are one node now, and so are what is computed from them and the guards on it
        new AllocationSinking(), // with loads forwarded, so that what is left of an object is its uses; before guards on its parts are hoisted
        .. AfterSinking,
        new LoopInvariants(), // with constants and memory known; before ranges, so that a length is one value in the whole loop
        new SmallInts(), // where limits stand outside the loops; what it bets on is for ranges
        new BoundsHoisting(), // where lengths stand outside the loops, and limits are known to be small: before ranges, which learn from its bets
        new RangeAnalysis(),
        new Folding(), // comparisons that ranges decided
        new ParameterElimination(), // ways that folding closed
        new HeadSnapshots(), // the last pass that hoists guards stands above
        new DeadCode(), // the others leave what they replaced
        new EdgeSplitting(), // for the emitter, and so that the next pass has where to give steps back
        new ChargeMerging(), // last: what it charges ahead no other pass has to know of
    ];

    /// <summary>Runs the passes over a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="afterEach">Told the pass's name after each; for dumps and verification.</param>
    /// <param name="count">So many of the list; the graph means the same after each.</param>
    public static void Run(IrGraph graph, Action<string, IrGraph>? afterEach = null, int count = int.MaxValue)
    {
        bool hasSunk = false;
        for (int i = 0; i < All.Count && i < count; i++)
        {
            IIrPass pass = All[i];
            if (!hasSunk && Array.IndexOf(AfterSinking, pass) >= 0)
            {
                continue;
            }

            hasSunk |= pass.Run(graph) && pass is AllocationSinking;
            afterEach?.Invoke(pass.Name, graph);
        }
    }
}
