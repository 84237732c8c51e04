using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>A use of an object.</summary>
/// <param name="Block">The block of the use.</param>
/// <param name="User">The node whose input it is, or whose snapshot has it; null for ends of blocks and their snapshots.</param>
/// <param name="Input">The number of the input; -1 in a snapshot.</param>
/// <param name="Edge">The edge that passes it; null otherwise.</param>
/// <param name="Argument">The number of the edge's argument; -1 otherwise.</param>
/// <param name="IsBoxed">Whether it is used as a value of type Any.</param>
internal readonly record struct ObjectUse(IrBlock Block, IrNode? User, int Input, IrEdge? Edge, int Argument, bool IsBoxed)
{
    public bool IsInput => Input >= 0;

    public bool IsSlot => Input < 0 && Edge is null && Argument < 0;

    /// <summary>The <see cref="Argument"/> for the value of a block's end.</summary>
    public const int EndValue = 0;

    /// <summary>Whether the end of a block uses it, but no edge does.</summary>
    public bool IsEndValue => Edge is null && Argument == EndValue;
}

/// <summary>The objects of a graph that might become virtual, and the uses of each.</summary>
internal sealed class ObjectUses
{
    private readonly Dictionary<IrNode, VirtualObject> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly List<GrowableArray<ObjectUse>> _uses = new();
    private readonly int _firstNumber;

    private ObjectUses(IrOrder order)
    {
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (node.IsVirtual)
                {
                    _firstNumber = System.Math.Max(_firstNumber, (int)node.Bits + 1);
                }
            }
        }
    }

    /// <summary>The objects, parameters among them, in the order of their blocks.</summary>
    public List<VirtualObject> All { get; } = [];

    /// <summary>Finds the objects of a graph; none when the graph allocates none.</summary>
    public static ObjectUses Of(IrOrder order, IrDominators dominators)
    {
        ObjectUses uses = new(order);
        uses.FindObjects(order);
        if (uses.All.Exists(o => !o.IsParameter))
        {
            uses.FindUses(order, dominators);
        }
        else
        {
            uses.All.Clear();
        }

        return uses;
    }

    public GrowableArray<ObjectUse> Of(VirtualObject o) => _uses[o.Number - _firstNumber];

    /// <summary>The object that a value is, boxed or not; null when it is no object, or no longer a candidate.</summary>
    public VirtualObject? Find(IrNode value)
    {
        IrNode root = value.Op == IrOp.BoxObject ? value.Inputs[0] : value;
        return _objects.TryGetValue(root, out VirtualObject? o) && o.IsCandidate ? o : null;
    }

    private void FindObjects(IrOrder order)
    {
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrNode parameter in block.Parameters)
            {
                if ((parameter.Type == IrType.Struct && parameter.Shape is not null) || parameter.Type == IrType.Tuple)
                {
                    Add(parameter);
                }
            }

            foreach (IrNode node in block.Nodes)
            {
                if (VirtualObject.IsMaker(node))
                {
                    Add(node);
                }
            }
        }
    }

    private void Add(IrNode node)
    {
        VirtualObject o = new(node, _firstNumber + All.Count);
        All.Add(o);
        _uses.Add(new());
        _objects.Add(node, o);
    }

    private void FindUses(IrOrder order, IrDominators dominators)
    {
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                for (int i = 0; node.Op != IrOp.BoxObject && i < node.Inputs.Length; i++)
                {
                    Add(node.Inputs[i], new ObjectUse(block, node, i, null, -1, false));
                }

                AddSlots(node.Exit, new ObjectUse(block, node, -1, null, -1, false));
            }

            if (block.Value is not null)
            {
                Add(block.Value, new ObjectUse(block, null, -1, null, ObjectUse.EndValue, false));
            }

            foreach (IrEdge edge in block.Successors)
            {
                for (int i = 0; i < edge.Arguments.Length; i++)
                {
                    Add(edge.Arguments[i], new ObjectUse(block, null, -1, edge, i, false));
                }
            }

            AddSlots(block.Exit, new ObjectUse(block, null, -1, null, -1, false));
            if (dominators.ImmediateOf(block) is { } before)
            {
                AddSlots(block.HeadSnapshot, new ObjectUse(before, null, -1, null, -1, false));
            }
        }
    }

    private void AddSlots(Snapshot? snapshot, ObjectUse use)
    {
        foreach (SnapshotFrame frame in snapshot?.Frames ?? [])
        {
            if (frame.Closure is not null)
            {
                Add(frame.Closure, use);
            }

            foreach (SnapshotSlot slot in frame.Slots)
            {
                Add(slot.Value, use);
            }
        }
    }

    private void Add(IrNode value, ObjectUse use)
    {
        if (Find(value) is { } o)
        {
            Of(o).Add(use with { IsBoxed = value.Op == IrOp.BoxObject });
        }
    }
}
