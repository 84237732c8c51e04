using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes.Sinking;
using Lyra.Jit.Passes.Texts;

namespace Lyra.Jit.Passes;

/// <summary>THE list of passes, in the order in which they run.</summary>
internal static class PassList
{
    /// <summary>Passes that run again only after sinking has changed the graph.</summary>
    private static readonly IIrPass[] AfterSinking =
    [
        new MemoryForwarding(), // stores into sunk objects no longer hide other stores
        new Folding(), // guards on the representation of the parts of sunk objects
        new ParameterElimination(), // parts that never change
        new CommonSubexpressions(), // repeated guards on parts
    ];

    /// <summary>Each row says why it stands where it does.</summary>
    public static IReadOnlyList<IIrPass> All { get; } =
    [
        new Folding(), // makes each constant one node; the passes below compare nodes by identity
        new ParameterElimination(), // the builder gives loop heads a parameter for each live register: most never change
        new CommonSubexpressions(), // makes equal addresses one node; the next pass compares them by identity
        new MemoryForwarding(),
        new Folding(), // boxes around what was forwarded, conditions that are known
        new JumpThreading(), // joined conditions that folding left; the next pass then knows their value on each path
        new CommonSubexpressions(), // forwarding made equal loads one node, so computations and guards on them are equal now
        new AllocationSinking(), // after loads are forwarded, so that only real uses are left; before guards on parts are hoisted
        .. AfterSinking,
        new LoopInvariants(), // after constants and memory are known; before ranges, so that a length is one value in the whole loop
        new SmallInts(), // after limits are hoisted; range analysis uses its guards
        new BoundsHoisting(), // after lengths are hoisted and limits are known to be small; range analysis uses its guards
        new RangeAnalysis(),
        new SumSpeculation(), // after ranges, which decide most checks without a guard
        new Folding(), // comparisons that ranges decided
        new ParameterElimination(), // parameters of blocks that have lost predecessors
        new HeadSnapshots(), // no later pass hoists guards
        new TextBuilding(), // behind all passes that move or merge operations on strs
        new DeadCode(), // nodes that the other passes replaced
        new EdgeSplitting(), // for the emitter, and so that the next pass has a place for refunds
        new ChargeMerging(), // last, so that no other pass has to respect refunds
    ];

    /// <summary>Runs the passes over a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="afterEach">Told the pass's name after each; for dumps and verification.</param>
    /// <param name="count">Runs only so many passes of the list. The graph means the same after each.</param>
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
            graph.Arena.Release();
            afterEach?.Invoke(pass.Name, graph);
        }
    }
}
