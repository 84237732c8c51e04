using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Lyra.Jit.Ir;

/// <summary>Replaces values in a whole graph, and removes parameters and blocks.</summary>
internal static class IrRewriter
{
    /// <summary>
    /// Replaces the value with each id by <c>map[id]</c> in all uses: inputs, edge arguments, block values, snapshots. A replacement may
    /// itself be replaced. Definitions stay; <see cref="Passes.DeadCode"/> removes them.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="map">By node id; null for a value that stays, as do values with ids beyond its end.</param>
    public static void Replace(IrGraph graph, IrNode?[] map)
    {
        foreach (IrBlock block in graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                Replace(node.Inputs, map);
            }

            if (block.Value is not null)
            {
                block.Value = Resolve(map, block.Value);
            }

            Replace(block.First?.Arguments, map);
            Replace(block.Second?.Arguments, map);
        }

        foreach (Snapshot snapshot in IrUses.SnapshotsOf(graph))
        {
            Replace(snapshot, map);
        }
    }

    /// <summary>The final replacement of a value; the value itself when it stays. Shortens the chain that it follows.</summary>
    public static IrNode Resolve(IrNode?[] map, IrNode node)
    {
        IrNode last = node;
        while (last.Id < map.Length && map[last.Id] is { } next)
        {
            last = next;
        }

        while (!ReferenceEquals(node, last))
        {
            IrNode next = map[node.Id]!;
            map[node.Id] = last;
            node = next;
        }

        return last;
    }

    /// <summary>Replaces values in one array.</summary>
    public static void Replace(IrNode[]? values, IrNode?[] map)
    {
        for (int i = 0; i < (values?.Length ?? 0); i++)
        {
            values![i] = Resolve(map, values[i]);
        }
    }

    /// <summary>Replaces values in one snapshot.</summary>
    public static void Replace(Snapshot snapshot, IrNode?[] map)
    {
        foreach (SnapshotFrame frame in snapshot.Frames)
        {
            if (frame.Closure is not null)
            {
                frame.Closure = Resolve(map, frame.Closure);
            }

            foreach (ref SnapshotSlot slot in CollectionsMarshal.AsSpan(frame.Slots))
            {
                slot.Value = Resolve(map, slot.Value);
            }
        }
    }

    /// <summary>Removes parameters of a block, and their arguments from the edges.</summary>
    /// <param name="block">The block.</param>
    /// <param name="incoming">All edges that lead to it.</param>
    /// <param name="isKept">One for each parameter.</param>
    public static void KeepParameters(IrBlock block, System.ReadOnlySpan<IncomingEdge> incoming, bool[] isKept)
    {
        foreach (IncomingEdge edge in incoming)
        {
            edge.Edge.Arguments = Filter(edge.Edge.Arguments, isKept);
        }

        IrNode[] kept = Filter([.. block.Parameters], isKept);
        block.Parameters.Clear();
        block.Parameters.AddRange(kept);
    }

    /// <summary>
    /// Removes unreachable blocks, and the marks of loop heads that lose their back-edges. Tells whether it changed anything.
    /// </summary>
    public static bool RemoveUnreachable(IrGraph graph, IrOrder order)
    {
        int removed = graph.Blocks.RemoveAll(block => !order.IsReachable(block));
        bool changed = removed > 0;
        foreach (IrBlock block in order.Blocks)
        {
            changed |= block.IsLoopHead && Unmark(block, order);
        }

        return changed;
    }

    private static bool Unmark(IrBlock head, IrOrder order)
    {
        foreach (IncomingEdge incoming in order.Incoming(head))
        {
            if (order.IsBackward(incoming.From, head))
            {
                return false;
            }
        }

        head.IsLoopHead = false;
        head.HeadSnapshot = null;
        return true;
    }

    private static IrNode[] Filter(IrNode[] values, bool[] isKept)
    {
        List<IrNode> kept = new(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (isKept[i])
            {
                kept.Add(values[i]);
            }
        }

        return [.. kept];
    }
}
