using System.Collections.Generic;

namespace Lyra.Jit.Ir;

/// <summary>
/// The number of uses of each value: as an input, as an edge's argument, as a block's value, and once for each slot of each snapshot that
/// is in use. Changes to the graph make it stale.
/// </summary>
internal sealed class IrUses
{
    private readonly int[] _counts;

    private IrUses(IrGraph graph, bool countsSnapshots)
    {
        _counts = graph.Arena.Ints.Take(graph.NodeCount);
        foreach (IrBlock block in graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                Add(node.Inputs);
            }

            Add(block.Value);
            Add(block.First?.Arguments);
            Add(block.Second?.Arguments);
        }

        foreach (Snapshot snapshot in countsSnapshots ? SnapshotsOf(graph) : [])
        {
            Add(snapshot);
        }
    }

    public static IrUses Of(IrGraph graph) => new(graph, countsSnapshots: true);

    /// <summary>The uses without those of snapshots.</summary>
    public static IrUses WithoutSnapshots(IrGraph graph) => new(graph, countsSnapshots: false);

    public int CountOf(IrNode node) => _counts[node.Id];

    /// <summary>The snapshots in use, those of loop heads among them, each once, in the order of their first use.</summary>
    public static List<Snapshot> SnapshotsOf(IrGraph graph)
    {
        List<Snapshot> snapshots = [];
        bool[] seen = graph.Arena.Bools.Take(graph.SnapshotCount);
        foreach (IrBlock block in graph.Blocks)
        {
            AddSnapshot(snapshots, seen, block.HeadSnapshot);
            foreach (IrNode node in block.Nodes)
            {
                AddSnapshot(snapshots, seen, node.Exit);
            }

            AddSnapshot(snapshots, seen, block.Exit);
        }

        return snapshots;
    }

    private static void AddSnapshot(List<Snapshot> snapshots, bool[] seen, Snapshot? snapshot)
    {
        if (snapshot is not null && !seen[snapshot.Id])
        {
            seen[snapshot.Id] = true;
            snapshots.Add(snapshot);
        }
    }

    private void Add(Snapshot snapshot)
    {
        foreach (SnapshotFrame frame in snapshot.Frames)
        {
            Add(frame.Closure);
            foreach (SnapshotSlot slot in frame.Slots)
            {
                _counts[slot.Value.Id]++;
            }
        }
    }

    private void Add(IrNode? value)
    {
        if (value is not null)
        {
            _counts[value.Id]++;
        }
    }

    private void Add(IrNode[]? values)
    {
        foreach (IrNode value in values ?? [])
        {
            _counts[value.Id]++;
        }
    }
}
