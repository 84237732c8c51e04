using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Removes unreachable blocks, unused nodes without effects, and unused block parameters:
/// <code>
///   v3: Int = MulInt v1, v2           ; unused: is removed
///   v4: Int = UnboxInt v0 exit s1     ; unused, but it may exit: stays
///   v5: Tuple = NewTuple v1 exit s2   ; unused: becomes ChargeMemory #48 exit s2
/// </code>
/// </summary>
/// <remarks>
/// Mark and sweep, as in Cytron et al., "Efficiently Computing Static Single Assignment Form and the Control Dependence Graph" (1991),
/// §7.1: the roots are nodes that must stay (<see cref="IrNode.IsRemovable"/>) and the ends of blocks. So values that only use each other,
/// such as an unused counter, are removed too. The values of a snapshot are used if one of its guards is. The time is linear in the size of
/// the graph.
/// </remarks>
internal sealed class DeadCode : IIrPass
{
    public string Name => "dead-code";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        bool changed = IrRewriter.RemoveUnreachable(graph, order);
        Marking marking = new(graph, order);
        marking.MarkRoots();
        return Sweep(graph, order, marking) | changed;
    }

    private static bool Sweep(IrGraph graph, IrOrder order, Marking marking)
    {
        bool changed = false;
        foreach (IrBlock block in graph.Blocks)
        {
            changed |= KeepCharges(graph, block, marking);
            changed |= block.Nodes.RemoveAll(node => node.Op != IrOp.ChargeMemory && !marking.IsNeeded(node)) > 0;
            changed |= SweepParameters(block, order, marking);
        }

        return changed;
    }

    /// <summary>Replaces unused objects by their charges.</summary>
    private static bool KeepCharges(IrGraph graph, IrBlock block, Marking marking)
    {
        bool changed = false;
        for (int i = 0; i < block.Nodes.Count; i++)
        {
            IrNode node = block.Nodes[i];
            if (!marking.IsNeeded(node) && AllocationCosts.Of(node) is { } bytes)
            {
                block.Nodes[i] = graph.NewNode(IrOp.ChargeMemory, IrType.None);
                block.Nodes[i].Bits = bytes;
                block.Nodes[i].Exit = node.Exit;
                block.Nodes[i].Refund = node.Refund;
                block.Nodes[i].Block = block;
                changed = true;
            }
        }

        return changed;
    }

    private static bool SweepParameters(IrBlock block, IrOrder order, Marking marking)
    {
        bool[] isKept = new bool[block.Parameters.Count];
        bool changed = false;
        for (int i = 0; i < isKept.Length; i++)
        {
            isKept[i] = marking.IsNeeded(block.Parameters[i]);
            changed |= !isKept[i];
        }

        if (changed)
        {
            IrRewriter.KeepParameters(block, order.Incoming(block), isKept);
        }

        return changed;
    }

    /// <summary>The marked nodes, and the work list.</summary>
    private sealed class Marking(IrGraph graph, IrOrder order)
    {
        private readonly bool[] _isNeeded = graph.Arena.Bools.Take(graph.NodeCount);
        private readonly bool[] _isSnapshotMarked = graph.Arena.Bools.Take(graph.SnapshotCount);
        private readonly Stack<IrNode> _work = new();

        public bool IsNeeded(IrNode node) => _isNeeded[node.Id];

        public void MarkRoots()
        {
            foreach (IrBlock block in order.Blocks)
            {
                foreach (IrNode node in block.Nodes)
                {
                    if (!node.IsRemovable)
                    {
                        Mark(node);
                    }
                    else if (AllocationCosts.Of(node) is not null)
                    {
                        Mark(node.Exit);
                    }
                }

                Mark(block.Value);
                Mark(block.Exit);
                Mark(block.HeadSnapshot);
            }

            while (_work.TryPop(out IrNode? node))
            {
                MarkWhatItNeeds(node);
            }
        }

        private void MarkWhatItNeeds(IrNode node)
        {
            foreach (IrNode input in node.Inputs)
            {
                Mark(input);
            }

            Mark(node.Exit);
            if (node.Op == IrOp.Parameter)
            {
                int index = node.Block!.Parameters.IndexOf(node);
                foreach (IncomingEdge incoming in order.Incoming(node.Block))
                {
                    Mark(incoming.Edge.Arguments[index]);
                }
            }
        }

        private void Mark(IrNode? node)
        {
            if (node is not null && !_isNeeded[node.Id])
            {
                _isNeeded[node.Id] = true;
                _work.Push(node);
            }
        }

        private void Mark(Snapshot? snapshot)
        {
            if (snapshot is null || _isSnapshotMarked[snapshot.Id])
            {
                return;
            }

            _isSnapshotMarked[snapshot.Id] = true;
            foreach (SnapshotFrame frame in snapshot.Frames)
            {
                Mark(frame.Closure);
                foreach (SnapshotSlot slot in frame.Slots)
                {
                    Mark(slot.Value);
                }
            }
        }
    }
}
