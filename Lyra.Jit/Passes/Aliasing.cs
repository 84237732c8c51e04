using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes;

/// <summary>Tells which writes may change the result of a load: by class of memory first, then by the locations that both name.</summary>
internal sealed class Aliasing
{
    private readonly IrDominators _dominators;

    /// <summary>The position of each node in its block; 0 for parameters and for nodes made later.</summary>
    private readonly int[] _positions;

    /// <summary>Nodes made later have higher ids.</summary>
    private readonly int _count;

    public Aliasing(IrGraph graph, IrDominators dominators)
    {
        _dominators = dominators;
        _count = graph.NodeCount;
        _positions = graph.Arena.Ints.Take(graph.NodeCount);
        foreach (IrBlock block in graph.Blocks)
        {
            for (int i = 0; i < block.Nodes.Count; i++)
            {
                _positions[block.Nodes[i].Id] = i + 1;
            }
        }
    }

    /// <summary>
    /// Whether a write may change the result of a load. The answer holds also for a write in a loop and a load with inputs from outside.
    /// </summary>
    public bool MayChange(IrNode write, IrNode load)
    {
        if ((write.Writes & load.Reads) == IrMemory.None)
        {
            return false;
        }

        // Two that name the same kind of location are compared; any other write may change whatever is of a class of memory.
        return load.Op != write.Row.Location || load.Row.Place switch
        {
            IrPlace.Field => write.Bits == load.Bits && !AreDistinct(write.Inputs[0], load.Inputs[0]),
            IrPlace.Variable => write.Bits == load.Bits && ReferenceEquals(write.Payload, load.Payload),
            IrPlace.Upvalue => !AreDistinct(write.Inputs[0], load.Inputs[0]),
            IrPlace.Element =>
                !ReferenceEquals(write.Inputs[0], load.Inputs[0]) || !DifferByConstant(write.Inputs[1], load.Inputs[1]),
            IrPlace.None or IrPlace.Register or IrPlace.Capture or IrPlace.Item or IrPlace.Entry => true,
        };
    }

    /// <summary>Whether two references never refer to the same object.</summary>
    private bool AreDistinct(IrNode a, IrNode b)
    {
        if (ReferenceEquals(a, b))
        {
            return false;
        }

        if (ShapeOf(a) is { } shape && ShapeOf(b) is { } other && !ReferenceEquals(shape, other))
        {
            return true;
        }

        return (IsNew(a) && IsBefore(b, a)) || (IsNew(b) && IsBefore(a, b));
    }

    private static Shape? ShapeOf(IrNode node) =>
        node.Type == IrType.Struct && node.Payload is StructObject constant ? constant.Shape : node.Shape;

    /// <summary>Whether a node certainly makes its object. The object of a Make operation may exist already.</summary>
    private static bool IsNew(IrNode node) => (node.Effects & IrEffects.Allocates) != 0 && node.Family != IrFamily.Make;

    /// <summary>Whether a value existed before an object was made, so that it cannot be that object.</summary>
    private bool IsBefore(IrNode value, IrNode made)
    {
        if (value.Id >= _count || made.Id >= _count)
        {
            return false;
        }

        return ReferenceEquals(value.Block, made.Block)
            ? _positions[value.Id] < _positions[made.Id]
            : _dominators.Dominates(value.Block!, made.Block!);
    }

    private static bool DifferByConstant(IrNode a, IrNode b)
    {
        (IrNode? root, long offset) = Split(a);
        (IrNode? otherRoot, long otherOffset) = Split(b);
        return ReferenceEquals(root, otherRoot) && offset != otherOffset;
    }

    /// <summary>Splits an index into a value and a constant offset, modulo 2^64; a constant index has no value.</summary>
    private static (IrNode? Root, long Offset) Split(IrNode index)
    {
        long offset = 0;
        while (index.Row.Unchecked == IrOp.AddInt && index.Inputs[1].Op == IrOp.ConstInt)
        {
            offset = unchecked(offset + index.Inputs[1].Bits);
            index = index.Inputs[0];
        }

        return index.Op == IrOp.ConstInt ? (null, unchecked(offset + index.Bits)) : (index, offset);
    }
}
