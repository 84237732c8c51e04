using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes;

/// <summary>
/// Hoists loop-invariant operations into the preheader, each once: computations, loads from memory that the loop does not write, and
/// guards.
/// <code>
///   block2 loop: v5: Int = ListStrategy v1; v6: Bool = EqInt v5, v7; Guard v6 exit s3   ; all three go to the block before, exit s1
/// </code>
/// </summary>
/// <remarks>
/// Inner loops come first, so that an operation may leave several loops. The row of an operation says whether it may be hoisted
/// (<see cref="IrHoisting"/>). A guard is hoisted only from blocks that every iteration runs. It then exits to the state at the loop's head
/// (<see cref="IrBlock.HeadSnapshot"/>), which is sound because the loop has had no effect there; a guard that fails early only costs time.
/// Loads of elements follow the guards that make them safe (<see cref="ElementGuards"/>), loads of captures those of the closure's code
/// (<see cref="TypeGuards"/>). Branches of the loop often begin with the same operations, for example the checks of one list: in the
/// preheader the first of them serve all (loads too, because nothing that is hoisted writes). The idea is loop-invariant code motion: Aho,
/// Lam, Sethi and Ullman, <i>Compilers</i> (2006), §9.5.
/// </remarks>
internal sealed class LoopInvariants : IIrPass
{
    public string Name => "loop-invariants";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrDominators dominators = IrDominators.Of(order);
        IrLoops loops = IrLoops.Of(graph, order, dominators);
        TypeGuards types = new(graph, dominators);
        IrNode?[] map = graph.Arena.Nodes.Take(graph.NodeCount);
        bool changed = false;
        for (int i = loops.All.Count - 1; i >= 0; i--)
        {
            changed |= new Hoisting(loops.All[i], loops, dominators, types, map).Run();
        }

        if (changed)
        {
            IrRewriter.Replace(graph, map);
        }

        return changed;
    }

    /// <summary>The hoisting out of one loop: what the loop writes, and the guards that have left it.</summary>
    private sealed class Hoisting(IrLoop loop, IrLoops loops, IrDominators dominators, TypeGuards types, IrNode?[] map)
    {
        private readonly HashSet<IrNode> _hoisted = new(IrEquality.Instance);
        private readonly GrowableArray<(IrOp Op, object? Payload, long Bits, IrMemory Writes)> _stores = new();
        private readonly ElementGuards _guards = new();
        private IrMemory _written;

        public bool Run()
        {
            if (loop.PreheaderEdge is not { From: { End: IrEnd.Jump } before } || loop.Head.HeadSnapshot is not { } atHead)
            {
                return false;
            }

            CollectWrites();
            bool changed = false;
            foreach (IrBlock block in loop.Blocks)
            {
                changed |= Hoist(block, before, atHead, IsInEveryIteration(block));
            }

            return changed;
        }

        private bool Hoist(IrBlock block, IrBlock before, Snapshot atHead, bool always)
        {
            int kept = 0;
            for (int i = 0; i < block.Nodes.Count; i++)
            {
                IrNode node = block.Nodes[i];
                IrRewriter.Replace(node.Inputs, map);
                if (!IsInvariant(node) || !MayMove(node, before, always))
                {
                    block.Nodes[kept++] = node;
                    continue;
                }

                if (_hoisted.TryGetValue(node, out IrNode? present))
                {
                    map[node.Id] = present;
                    continue;
                }

                node.Block = before;
                node.Exit = node.Exit is null ? null : atHead;
                before.Nodes.Add(node);
                _hoisted.Add(node);
                _guards.Add(node);
            }

            bool changed = kept < block.Nodes.Count;
            block.Nodes.RemoveRange(kept, block.Nodes.Count - kept);
            return changed;
        }

        private bool MayMove(IrNode node, IrBlock before, bool always) => node.Row.Hoists switch
        {
            IrHoisting.Anywhere => true,
            IrHoisting.AsGuard => always,
            IrHoisting.ByDivisor => node.Inputs[1] is { Op: IrOp.ConstInt, Bits: not (0 or -1) },
            IrHoisting.ByIndex => _guards.Cover(node),
            IrHoisting.ByPosition => node.Inputs[1].Op == IrOp.FoundPosition,
            IrHoisting.ByType => node.Inputs[0].Op == IrOp.RootClosure || types.Cover(node, before),
            IrHoisting.ByHelper => always && IsTotal(node),
            IrHoisting.Never => false,
        };

        private bool IsInEveryIteration(IrBlock block)
        {
            foreach (IncomingEdge back in loop.BackEdges)
            {
                if (!dominators.Dominates(block, back.From))
                {
                    return false;
                }
            }

            return true;
        }

        private bool IsInvariant(IrNode node)
        {
            foreach (IrNode input in node.Inputs)
            {
                if (loops.Contains(loop, input.Block!))
                {
                    return false;
                }
            }

            return (node.Reads & _written) == IrMemory.None || !MayBeWritten(node);
        }

        /// <summary>Whether one of the loop's writes may change what a node reads.</summary>
        private bool MayBeWritten(IrNode node)
        {
            foreach ((IrOp op, object? payload, long bits, IrMemory writes) in _stores)
            {
                bool overlaps = IrOpInfo.Of(op).Place switch
                {
                    IrPlace.Field => node.Reads == IrMemory.Fields && node.Bits == bits,
                    IrPlace.Variable when node.Op == IrOp.LoadVariable => node.Bits == bits && ReferenceEquals(node.Payload, payload),
                    IrPlace.None or IrPlace.Register or IrPlace.Element or IrPlace.Upvalue or IrPlace.Capture or IrPlace.Variable
                        or IrPlace.Item or IrPlace.Entry => (node.Reads & writes) != IrMemory.None,
                };
                if (overlaps)
                {
                    return true;
                }
            }

            return false;
        }

        private void CollectWrites()
        {
            foreach (IrBlock block in loop.Blocks)
            {
                foreach (IrNode node in block.Nodes)
                {
                    if (node.Writes != IrMemory.None)
                    {
                        _written |= node.Writes;
                        _stores.Add((node.Op, node.Payload, node.Bits, node.Writes));
                    }
                }
            }
        }

        /// <summary>
        /// Whether a helper accepts all inputs and has no effect. A call costs too much for a path that may not be taken.
        /// </summary>
        private static bool IsTotal(IrNode call) =>
            call.Payload is RegionHelper { IsTotal: true, Effects: IrEffects.None, Writes: IrMemory.None };
    }
}
