using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes.Reuse;
using Lyra.Jit.Passes.Sinking;
using Lyra.Jit.Passes.Texts;
using Lyra.Jit.Passes.Vectors;
using Lyra.Runtime.Passes;

namespace Lyra.Jit.Passes;

/// <summary>THE list of passes, in the order in which they run, with the reasons for this order.</summary>
internal static class PassList
{
    private const string Sinking = "allocation-sinking";

    private static readonly Row[] Rows =
    [
        new(new Folding()),
        new(new ParameterElimination()), // the builder gives loop heads a parameter for each live register: most never change
        new(new CommonSubexpressions()),
        new(new MemoryForwarding()),
        new(new Folding()), // boxes around what was forwarded, conditions that are known
        new(new JumpThreading()), // joined conditions that folding left; the next pass then knows their value on each path
        new(new CommonSubexpressions()), // forwarding made equal loads one node, so computations and guards on them are equal now
        new(new AllocationSinking()),
        new(new MemoryForwarding(), Sinking), // stores into sunk objects no longer hide other stores
        new(new Folding(), Sinking), // guards on the representation of the parts of sunk objects
        new(new ParameterElimination(), Sinking), // parts that never change
        new(new CommonSubexpressions(), Sinking), // repeated guards on parts
        new(new LoopInvariants()),
        new(new SmallInts()),
        new(new BoundsHoisting()),
        new(new RangeAnalysis()),
        new(new SumSpeculation()),
        new(new Folding()), // comparisons that ranges decided
        new(new ParameterElimination()), // parameters of blocks that have lost predecessors
        new(new HeadSnapshots()),
        new(new TextBuilding()),
        new(new DeadCode()), // nodes that the other passes replaced
        new(new LoopVectors()), // what is left of a loop is its work
        new(new EdgeSplitting()),
        new(new DeadObjects()), // each end of an iteration has a block of its own now
        new(new ChargeMerging()),
    ];

    private static readonly PassPlan<IrGraph> Plan = new(
        Array.ConvertAll(
            Rows, static row => new Pass<IrGraph>(row.Pass.Name, graph => Apply(row.Pass, graph)) { OnlyAfter = row.OnlyAfter }),
        new("folding", "common-subexpressions", "it compares nodes by identity, and folding makes each constant one node"),
        new("common-subexpressions", "memory-forwarding", "it compares addresses by identity"),
        new("memory-forwarding", Sinking, "only real uses of an object are left when its loads are forwarded"),
        new(Sinking, "loop-invariants", "a guard on a part of an object need not be hoisted if the object is sunk"),
        new("memory-forwarding", "loop-invariants", "it hoists what no store in the loop can change"),
        new("loop-invariants", "small-ints", "limits are hoisted, so that a guard on one stands before the loop"),
        new("loop-invariants", "bounds-hoisting", "a length is one value in the whole loop"),
        new("small-ints", "bounds-hoisting", "limits are known to be small"),
        new("bounds-hoisting", "range-analysis", "it uses the hoisted guards"),
        new("range-analysis", "sum-speculation", "ranges decide most checks without a guard"),
        new("sum-speculation", "head-snapshots", "no later pass hoists guards"),
        new("head-snapshots", "text-building", "no later pass moves or merges operations on strs"),
        new("text-building", "dead-code", "it leaves nodes that nothing uses"),
        new("dead-code", "loop-vectors", "a node that nothing uses may have no vector form"),
        new("range-analysis", "loop-vectors", "indexes and additions without checks move with the loop"),
        new("dead-code", "edge-splitting", "an edge to dead code needs no block"),
        new("loop-vectors", "edge-splitting", "its tests lead to one block"),
        new("edge-splitting", "dead-objects", "an object is given back at the end of the iteration alone"),
        new("edge-splitting", "charge-merging", "refunds need a block of their own, and no later pass may have to respect them"));

    public static IReadOnlyList<IIrPass> All { get; } = Array.ConvertAll(Rows, static row => row.Pass);

    /// <summary>Runs the passes over a graph.</summary>
    public static void Run(IrGraph graph, in PassRun run, IPassObserver<IrGraph>? observer = null) => Plan.Run(graph, run, observer);

    private static bool Apply(IIrPass pass, IrGraph graph)
    {
        bool hasChanged = pass.Run(graph);
        graph.Arena.Release();
        return hasChanged;
    }

    /// <summary>
    /// A pass, and the name of the pass that must have changed the graph. A class: the CLR has precompiled code for arrays of classes only.
    /// </summary>
    private sealed record Row(IIrPass Pass, string? OnlyAfter = null);
}
