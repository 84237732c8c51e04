using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>Finds the values from outside that the code of some blocks uses, also on its exits.</summary>
internal sealed class PartInputs(
    IrGraph graph, IrOrder order, IrDominators dominators, Placement placement, SpillOrder spills)
{
    /// <summary>For each node, the number of the last search that met it.</summary>
    private readonly int[] _met = graph.Arena.Ints.Take(graph.NodeCount);

    private readonly HashSet<Snapshot> _snapshots = new(ReferenceEqualityComparer.Instance);
    private List<IrNode> _found = [];
    private IrBlock _root = null!;
    private int _search;

    /// <summary>The values, each once.</summary>
    /// <param name="blocks">All blocks that the first one dominates.</param>
    public List<IrNode> Of(IrBlock[] blocks)
    {
        _search++;
        _snapshots.Clear();
        _found = [];
        _root = blocks[0];
        foreach (IrBlock block in blocks)
        {
            AddUsesOf(block);
        }

        return _found;
    }

    private void AddUsesOf(IrBlock block)
    {
        foreach (IrNode node in block.Nodes)
        {
            // A value that is computed where it is used counts there.
            if (!placement.IsRematerialized(node))
            {
                AddAll(node.Inputs);
                AddAll(node.Exit);
            }
        }

        AddAll(block.Exit);
        if (block.Value is not null)
        {
            Add(block.Value);
        }

        foreach (IrEdge edge in block.Successors)
        {
            AddAll(edge.Arguments);
        }
    }

    private void AddAll(Snapshot? snapshot)
    {
        if (snapshot is not null && _snapshots.Add(snapshot))
        {
            AddAll(spills.ValuesOf(snapshot));
        }
    }

    private void AddAll(IReadOnlyList<IrNode> nodes)
    {
        foreach (IrNode node in nodes)
        {
            Add(node);
        }
    }

    private void Add(IrNode node)
    {
        if (_met[node.Id] == _search || node.IsConstant)
        {
            return;
        }

        _met[node.Id] = _search;
        if (placement.IsRematerialized(node))
        {
            AddAll(node.Inputs);
        }
        else if (!IsInside(node))
        {
            _found.Add(node);
        }
    }

    /// <summary>Whether the blocks compute a value. The parameters of the first block come from outside.</summary>
    private bool IsInside(IrNode node) =>
        node.Block is { } block && order.IsReachable(block) && dominators.Dominates(_root, block)
        && (node.Op != IrOp.Parameter || !ReferenceEquals(block, _root));
}
