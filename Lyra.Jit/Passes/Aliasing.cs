using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes;

/// <summary>Which writes may change what a load gives: by class of memory, then by what the two name.</summary>
internal sealed class Aliasing
{
    private readonly IrDominators _dominators;

    /// <summary>The position of each node in its block; 0 for parameters and for nodes made later.</summary>
    private readonly int[] _positions;

    public Aliasing(IrGraph graph, IrDominators dominators)
    {
        _dominators = dominators;
        _positions = new int[graph.NodeCount];
        foreach (IrBlock block in graph.Blocks)
        {
            for (int i = 0; i < block.Nodes.Count; i++)
            {
                _positions[block.Nodes[i].Id] = i + 1;
            }
        }
    }

    /// <summary>Whether a write may change what a load gives. Holds also for a write in a loop and a load whose inputs come from outside.</summary>
    public bool MayChange(IrNode write, IrNode load)
    {
        if ((write.Writes & load.Reads) == IrMemory.None)
        {
            return false;
        }

        return write.Op switch
        {
            IrOp.StoreField or IrOp.StoreFieldInt or IrOp.StoreFieldFloat when load.Op == IrOp.LoadField =>
                write.Bits == load.Bits && !AreDistinct(write.Inputs[0], load.Inputs[0]),
            IrOp.StoreVariable when load.Op == IrOp.LoadVariable => write.Bits == load.Bits && ReferenceEquals(write.Payload, load.Payload),
            IrOp.StoreUpvalue when load.Op == IrOp.LoadUpvalue => !AreDistinct(write.Inputs[0], load.Inputs[0]),
            IrOp.StoreInt or IrOp.StoreFloat or IrOp.StoreBool or IrOp.StoreValue when load.Op is >= IrOp.LoadInt and <= IrOp.LoadValue =>
                !ReferenceEquals(write.Inputs[0], load.Inputs[0]) || !DifferByConstant(write.Inputs[1], load.Inputs[1]),
            _ => true,
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

    private static Shape? ShapeOf(IrNode node) => node.Type == IrType.Struct && node.Payload is StructObject constant ? constant.Shape : node.Shape;

    /// <summary>Whether a node makes its object for certain; what is made where it escapes may be there already.</summary>
    private static bool IsNew(IrNode node) => (node.Effects & IrEffects.Allocates) != 0 && node.Op is not (IrOp.MakeStruct or IrOp.MakeTuple or IrOp.MakeClosure);

    /// <summary>Whether a value was there before an object was made: then it can't be that object.</summary>
    private bool IsBefore(IrNode value, IrNode made)
    {
        if (value.Id >= _positions.Length || made.Id >= _positions.Length)
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

    /// <summary>An index as a value and a constant that is added to it, modulo 2^64; no value for a constant.</summary>
    private static (IrNode? Root, long Offset) Split(IrNode index)
    {
        long offset = 0;
        while (index.Op is IrOp.AddInt or IrOp.AddIntChecked && index.Inputs[1].Op == IrOp.ConstInt)
        {
            offset = unchecked(offset + index.Inputs[1].Bits);
            index = index.Inputs[0];
        }

        return index.Op == IrOp.ConstInt ? (null, unchecked(offset + index.Bits)) : (index, offset);
    }
}
