using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// The point whose state each snapshot describes: before its first use or, when its uses are on different paths, the end of the block that
/// dominates them. No effect lies between the point and a use (<see cref="SnapshotRule"/>).
/// </summary>
internal sealed class SnapshotPoints
{
    private readonly IrBlock?[] _blocks;
    private readonly bool[] _isPlaced;
    private readonly IrDominators _dominators;
    private readonly List<Snapshot> _all = [];

    public SnapshotPoints(IrGraph graph, IrOrder order, IrDominators dominators)
    {
        _dominators = dominators;
        _blocks = graph.Arena.Blocks.Take(graph.SnapshotCount);
        _isPlaced = graph.Arena.Bools.Take(graph.SnapshotCount);
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                Add(node.Exit, block);
            }

            Add(block.Exit, block);
            if (dominators.ImmediateOf(block) is { } before)
            {
                Add(block.HeadSnapshot, before);
            }
        }
    }

    /// <summary>Whether the use that the walk has reached is the snapshot's point.</summary>
    public bool Takes(Snapshot? snapshot, IrBlock block)
    {
        if (snapshot is null || _isPlaced[snapshot.Id] || !ReferenceEquals(_blocks[snapshot.Id], block))
        {
            return false;
        }

        _isPlaced[snapshot.Id] = true;
        return true;
    }

    /// <summary>The snapshots whose point is the end of a block.</summary>
    public IEnumerable<Snapshot> AtEnd(IrBlock block)
    {
        foreach (Snapshot snapshot in _all)
        {
            if (Takes(snapshot, block))
            {
                yield return snapshot;
            }
        }
    }

    private void Add(Snapshot? snapshot, IrBlock block)
    {
        if (snapshot is null)
        {
            return;
        }

        ref IrBlock? point = ref _blocks[snapshot.Id];
        if (point is null)
        {
            _all.Add(snapshot);
        }

        point = point is null ? block : _dominators.Common(point, block);
    }
}
