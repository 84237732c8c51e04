using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes.Texts;

/// <summary>How a str is used.</summary>
internal enum TextUseKind : byte
{
    /// <summary>As an input of a node, or as the value of a block's end.</summary>
    Input,

    /// <summary>As the argument of an edge.</summary>
    Argument,

    /// <summary>In a register of a snapshot.</summary>
    Slot,

    /// <summary>In a virtual object of a snapshot.</summary>
    Part,
}

/// <summary>A use of a str.</summary>
/// <param name="Kind">How it is used.</param>
/// <param name="Block">The block of the use.</param>
/// <param name="Index">The position there of the node that uses it; the number of nodes for the block's end.</param>
/// <param name="User">The node; null for the block's end.</param>
/// <param name="Target">The parameter that gets it; null unless it is an argument.</param>
internal readonly record struct TextUse(TextUseKind Kind, IrBlock Block, int Index, IrNode? User, IrNode? Target);

/// <summary>The strs of a graph and their uses.</summary>
internal sealed class TextFlow
{
    private readonly Dictionary<IrNode, GrowableArray<TextUse>> _uses = new(ReferenceEqualityComparer.Instance);

    public TextFlow(IrGraph graph)
    {
        Graph = graph;
        Order = IrOrder.Of(graph);
        Dominators = IrDominators.Of(Order);
        Loops = IrLoops.Of(graph, Order, Dominators);
        FindUses();
    }

    public IrGraph Graph { get; }

    public IrOrder Order { get; }

    public IrDominators Dominators { get; }

    public IrLoops Loops { get; }

    /// <summary>The parameters that belong to no chain.</summary>
    public HashSet<IrNode> Rejected { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The uses of a str, in the order of the blocks.</summary>
    public ReadOnlySpan<TextUse> UsesOf(IrNode text) => _uses.TryGetValue(text, out GrowableArray<TextUse>? uses) ? uses.AsSpan() : [];

    /// <summary>Whether a point is only reached through an end.</summary>
    public bool IsBehind(in TextEnd end, IrBlock block, int index) => ReferenceEquals(end.Block, block)
        ? end.Index <= index
        : Dominators.Dominates(end.Block, block);

    /// <summary>Finds all uses; again, after a chain was rewritten.</summary>
    public void FindUses()
    {
        _uses.Clear();
        HashSet<IrNode> boxes = UsedBoxes();
        foreach (IrBlock block in Order.Blocks)
        {
            for (int i = 0; i < block.Nodes.Count; i++)
            {
                IrNode node = block.Nodes[i];
                AddSlots(node.Exit, new TextUse(TextUseKind.Slot, block, i, node, null));

                // Snapshots look through boxes and virtual objects.
                bool isOnlyInSnapshots = node.IsVirtual || (node.Family == IrFamily.Box && !boxes.Contains(node));
                foreach (IrNode input in isOnlyInSnapshots ? [] : node.Inputs)
                {
                    Add(input, new TextUse(TextUseKind.Input, block, i, node, null));
                }
            }

            FindUsesOfEnd(block);
        }
    }

    private void FindUsesOfEnd(IrBlock block)
    {
        int end = block.Nodes.Count;
        AddSlots(block.Exit, new TextUse(TextUseKind.Slot, block, end, null, null));
        if (block.Value is not null)
        {
            Add(block.Value, new TextUse(TextUseKind.Input, block, end, null, null));
        }

        foreach (IrEdge edge in block.Successors)
        {
            for (int i = 0; i < edge.Arguments.Length; i++)
            {
                Add(edge.Arguments[i], new TextUse(TextUseKind.Argument, block, end, null, edge.Target.Parameters[i]));
            }
        }
    }

    /// <summary>The boxes that more than snapshots use.</summary>
    private HashSet<IrNode> UsedBoxes()
    {
        HashSet<IrNode> boxes = new(ReferenceEqualityComparer.Instance);
        foreach (IrBlock block in Order.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                AddBoxes(boxes, node.IsVirtual ? [] : node.Inputs);
            }

            AddBoxes(boxes, block.Value is null ? [] : [block.Value]);
            foreach (IrEdge edge in block.Successors)
            {
                AddBoxes(boxes, edge.Arguments);
            }
        }

        return boxes;
    }

    private static void AddBoxes(HashSet<IrNode> boxes, IrNode[] values)
    {
        foreach (IrNode value in values)
        {
            if (value.Family == IrFamily.Box)
            {
                boxes.Add(value);
            }
        }
    }

    private void AddSlots(Snapshot? snapshot, in TextUse use)
    {
        foreach (SnapshotFrame frame in snapshot?.Frames ?? [])
        {
            if (frame.Closure is { IsVirtual: true })
            {
                AddParts(frame.Closure, use);
            }

            foreach (ref SnapshotSlot slot in CollectionsMarshal.AsSpan(frame.Slots))
            {
                AddSlot(ref slot.Value, use);
            }
        }
    }

    /// <summary>Removes the box of a str in a snapshot: it may get another input.</summary>
    private void AddSlot(ref IrNode value, in TextUse use)
    {
        IrNode text = IrRepresentation.Unboxed(value);
        if (text.IsVirtual)
        {
            AddParts(text, use);
        }
        else if (text.Type == IrType.Str)
        {
            value = text;
            Add(text, use);
        }
    }

    private void AddParts(IrNode whole, in TextUse use)
    {
        foreach (ref IrNode part in whole.Inputs.AsSpan())
        {
            AddSlot(ref part, use with { Kind = TextUseKind.Part });
        }
    }

    private void Add(IrNode value, in TextUse use)
    {
        if (value.Type != IrType.Str)
        {
            return;
        }

        if (!_uses.TryGetValue(value, out GrowableArray<TextUse>? uses))
        {
            uses = new GrowableArray<TextUse>();
            _uses.Add(value, uses);
        }

        uses.Add(use);
    }
}
