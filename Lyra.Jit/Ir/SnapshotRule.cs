using System.Collections;
using System.Collections.Generic;

namespace Lyra.Jit.Ir;

/// <summary>
/// The rule that makes exits sound: there is no effect between a snapshot's point and a guard that uses it, because an exit executes the
/// snapshot's instruction again.
/// </summary>
/// <remarks>
/// The point of a snapshot is its first use or, if its uses are on different paths, the end of the block that dominates them. The check is
/// forward data flow with one bit for each snapshot: an effect makes all snapshots stale, the point of a snapshot makes it valid (in a loop
/// once in each iteration), and a snapshot that is stale at the end of a predecessor is stale in the block.
/// </remarks>
internal sealed class SnapshotRule
{
    private readonly IrGraph _graph;
    private readonly IrOrder _order;
    private readonly List<string> _faults;

    /// <summary>By snapshot id: the block of its point.</summary>
    private readonly IrBlock?[] _pointBlocks;

    /// <summary>The stale snapshots at the beginning of each block, by number.</summary>
    private readonly BitArray[] _stale;

    private SnapshotRule(IrGraph graph, IrOrder order, IrDominators dominators, List<string> faults)
    {
        _graph = graph;
        _order = order;
        _faults = faults;
        _pointBlocks = new IrBlock?[graph.SnapshotCount];
        _stale = new BitArray[order.Blocks.Length];
        for (int i = 0; i < _stale.Length; i++)
        {
            _stale[i] = new BitArray(graph.SnapshotCount);
        }

        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                AddUse(node.Exit, block, dominators);
            }

            AddUse(block.Exit, block, dominators);
        }
    }

    /// <summary>Adds a fault for each use of a stale snapshot.</summary>
    public static void Check(IrGraph graph, IrOrder order, IrDominators dominators, List<string> faults)
    {
        SnapshotRule rule = new(graph, order, dominators, faults);
        while (rule.Sweep())
        {
        }

        foreach (IrBlock block in order.Blocks)
        {
            rule.Walk(block, reports: true);
        }
    }

    /// <summary>
    /// Whether a node has an effect that must not happen twice. A refund is none: it corrects the budget for the snapshots of its path.
    /// </summary>
    public static bool IsEffect(IrNode node) => node.Op != IrOp.RefundSteps
        && (node.Writes != IrMemory.None || (node.Effects & (IrEffects.Fixed | IrEffects.Observes)) != 0);

    private void AddUse(Snapshot? snapshot, IrBlock block, IrDominators dominators)
    {
        if (snapshot is not null)
        {
            ref IrBlock? point = ref _pointBlocks[snapshot.Id];
            point = point is null ? block : dominators.Common(point, block);
        }
    }

    private bool Sweep()
    {
        bool changed = false;
        foreach (IrBlock block in _order.Blocks)
        {
            BitArray after = Walk(block, reports: false);
            foreach (IrEdge edge in block.Successors)
            {
                changed |= Merge(_stale[_order.NumberOf(edge.Target)], after);
            }
        }

        return changed;
    }

    private static bool Merge(BitArray into, BitArray from)
    {
        bool changed = false;
        for (int i = 0; i < into.Length; i++)
        {
            if (from[i] && !into[i])
            {
                into[i] = true;
                changed = true;
            }
        }

        return changed;
    }

    private BitArray Walk(IrBlock block, bool reports)
    {
        BitArray stale = new(_stale[_order.NumberOf(block)]);
        BitArray begun = new(_graph.SnapshotCount);
        foreach (IrNode node in block.Nodes)
        {
            Use(block, node.Exit, stale, begun, reports ? IrPrinter.Print(node) : null);
            if (IsEffect(node))
            {
                stale.SetAll(true);
            }
        }

        Use(block, block.Exit, stale, begun, reports ? "the end" : null);
        for (int i = 0; i < _pointBlocks.Length; i++)
        {
            if (ReferenceEquals(_pointBlocks[i], block) && !begun[i])
            {
                stale[i] = false;
            }
        }

        return stale;
    }

    private void Use(IrBlock block, Snapshot? snapshot, BitArray stale, BitArray begun, string? user)
    {
        if (snapshot is null)
        {
            return;
        }

        if (!begun[snapshot.Id] && ReferenceEquals(_pointBlocks[snapshot.Id], block))
        {
            begun[snapshot.Id] = true;
            stale[snapshot.Id] = false;
        }

        if (stale[snapshot.Id] && user is not null)
        {
            _faults.Add($"block{block.Id}: {user}: an effect lies between the point of s{snapshot.Id} and this use");
        }
    }
}
