using System.Collections.Generic;

namespace Lyra.Jit.Ir;

/// <summary>Rules that depend on the order of execution: definitions before uses, loops, snapshots.</summary>
internal sealed partial class IrVerifier
{
    private void CheckFlow()
    {
        IrOrder order = IrOrder.Of(_graph);
        foreach (IrBlock block in _graph.Blocks)
        {
            if (!order.IsReachable(block))
            {
                Fault(block, "the block is unreachable");
            }
        }

        if (order.Incoming(_graph.Entry).Length > 0)
        {
            Fault(_graph.Entry, "the entry has a predecessor");
        }

        if (_faults.Count > 0)
        {
            return;
        }

        IrDominators dominators = IrDominators.Of(order);
        CheckLoops(order, dominators);
        foreach (IrBlock block in order.Blocks)
        {
            CheckUses(block, dominators);
        }

        if (_faults.Count == 0)
        {
            SnapshotRule.Check(_graph, order, dominators, _faults);
        }
    }

    private void CheckLoops(IrOrder order, IrDominators dominators)
    {
        foreach (IrBlock block in order.Blocks)
        {
            bool isHead = false;
            foreach (IncomingEdge incoming in order.Incoming(block))
            {
                bool isBack = dominators.Dominates(block, incoming.From);
                isHead |= isBack;
                if (!isBack && order.IsBackward(incoming.From, block))
                {
                    Fault(
                        block,
                        $"the loop is irreducible: it has a back-edge from block{incoming.From.Id}, which this block does not dominate");
                }
            }

            if (block.HeadSnapshot is not null && !block.IsLoopHead)
            {
                Fault(block, "only a loop head has a snapshot of its own");
            }

            if (isHead != block.IsLoopHead)
            {
                Fault(block, isHead
                    ? "a back-edge leads here, but it is not marked as a loop head"
                    : "it is marked as a loop head, but no back-edge leads here");
            }
        }
    }

    private void CheckUses(IrBlock block, IrDominators dominators)
    {
        for (int i = 0; i < block.Nodes.Count; i++)
        {
            IrNode node = block.Nodes[i];
            foreach (IrNode input in node.Inputs)
            {
                CheckUse(block, i + 1, input, dominators, IrPrinter.Print(node));
            }

            CheckUses(block, i + 1, node.Exit, dominators);
        }

        int end = block.Nodes.Count + 1;
        if (block.Value is not null)
        {
            CheckUse(block, end, block.Value, dominators, "the end");
        }

        foreach (IrEdge edge in block.Successors)
        {
            foreach (IrNode argument in edge.Arguments)
            {
                CheckUse(block, end, argument, dominators, $"the edge to block{edge.Target.Id}");
            }
        }

        CheckUses(block, end, block.Exit, dominators);
        if (dominators.ImmediateOf(block) is { } outside)
        {
            CheckUses(outside, int.MaxValue, block.HeadSnapshot, dominators);
        }
    }

    private void CheckUses(IrBlock block, int position, Snapshot? snapshot, IrDominators dominators)
    {
        foreach (SnapshotFrame frame in snapshot?.Frames ?? [])
        {
            if (frame.Closure is not null)
            {
                CheckUse(block, position, frame.Closure, dominators, $"s{snapshot!.Id}");
            }

            foreach (SnapshotSlot slot in frame.Slots)
            {
                CheckUse(block, position, slot.Value, dominators, $"s{snapshot!.Id}");
            }
        }
    }

    private void CheckUse(IrBlock block, int position, IrNode value, IrDominators dominators, string user)
    {
        bool isDefined = value.Block is not null && value.Id < _positions.Length && _positions[value.Id] >= 0
            && (ReferenceEquals(value.Block, block) ? _positions[value.Id] < position : dominators.Dominates(value.Block, block));
        if (!isDefined)
        {
            Fault(block, $"{user}: v{value.Id} is not defined on every path to here");
        }
    }
}
