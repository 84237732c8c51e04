using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes;

/// <summary>
/// The guards that have moved in front of a loop, as far as loads of elements rely on them: that a list stores its elements so, and that an index is inside.
/// </summary>
/// <remarks>
/// Only those that stood in the loop: their counts and strategies are those of the loop, in which nothing changes them. A guard that stood before may be about
/// what the list was then.
/// </remarks>
internal sealed class ElementGuards
{
    private readonly List<IrNode> _guards = [];

    /// <summary>Takes note of what has moved.</summary>
    public void Add(IrNode node)
    {
        if (node.Op is IrOp.Guard or IrOp.GuardIndex)
        {
            _guards.Add(node);
        }
    }

    /// <summary>Whether a node loads an element of a list, tuple or str, and can do so behind the guards.</summary>
    public bool Cover(IrNode load)
    {
        switch (load.Op)
        {
            case IrOp.TupleItem or IrOp.StrUnit:
                return IsInside(load.Inputs[1], load.Inputs[0]);
            case IrOp.LoadInt:
                return IsElement(load, ListStrategy.Ints);
            case IrOp.LoadFloat:
                return IsElement(load, ListStrategy.Floats);
            case IrOp.LoadBool:
                return IsElement(load, ListStrategy.Bools);
            case IrOp.LoadValue:
                return IsElement(load, ListStrategy.Values);
            default:
                return false;
        }
    }

    private bool IsElement(IrNode load, ListStrategy strategy) => load.Inputs[0] is { Op: >= IrOp.ListInts and <= IrOp.ListValues } array
        && IsInside(load.Inputs[1], array.Inputs[0]) && IsStored(array.Inputs[0], strategy);

    private bool IsInside(IrNode index, IrNode container) => _guards.Exists(guard => guard.Op == IrOp.GuardIndex && ReferenceEquals(guard.Inputs[0], index)
        && guard.Inputs[1] is { Op: IrOp.ListCount or IrOp.TupleCount or IrOp.StrLength } length && ReferenceEquals(length.Inputs[0], container));

    private bool IsStored(IrNode list, ListStrategy strategy) => _guards.Exists(guard =>
        guard is { Op: IrOp.Guard, Inputs: [{ Op: IrOp.EqInt, Inputs: [{ Op: IrOp.ListStrategy } present, { Op: IrOp.ConstInt } wanted] }] }
        && ReferenceEquals(present.Inputs[0], list) && wanted.Bits == (long)strategy);
}
