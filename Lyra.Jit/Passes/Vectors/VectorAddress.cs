using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>Indexes of elements that grow by 1 as the index of the loop does, with ints from outside added and subtracted.</summary>
internal static class VectorAddress
{
    /// <summary>The operand of a sum or difference that changes in the loop; null if it is not the only one, or is subtracted.</summary>
    public static IrNode? MovingPart(IrNode index, Func<IrNode, bool> isInside)
    {
        if (index.Op is not (IrOp.AddInt or IrOp.SubInt) || !isInside(index))
        {
            return null;
        }

        bool isFirst = isInside(index.Inputs[0]);
        bool isSecond = isInside(index.Inputs[1]);
        return isFirst == isSecond ? null
            : isFirst ? index.Inputs[0]
            : index.Op == IrOp.AddInt ? index.Inputs[1]
            : null;
    }

    /// <summary>Computes an index again, for another value of the loop's index.</summary>
    /// <param name="index">The index in the loop.</param>
    /// <param name="from">The node in it that is replaced.</param>
    /// <param name="to">What replaces it.</param>
    /// <param name="isInside">Whether a value is computed in the loop.</param>
    /// <param name="emit">Makes a node of an operation and its inputs.</param>
    public static IrNode Copy(
        IrNode index, IrNode from, IrNode to, Func<IrNode, bool> isInside, Func<IrOp, IrNode, IrNode, IrNode> emit)
    {
        Stack<IrNode> sums = new();
        for (; !ReferenceEquals(index, from); index = MovingPart(index, isInside)!)
        {
            sums.Push(index);
        }

        IrNode copy = to;
        while (sums.TryPop(out IrNode? sum))
        {
            bool isFirst = isInside(sum.Inputs[0]);
            copy = isFirst ? emit(sum.Op, copy, sum.Inputs[1]) : emit(sum.Op, sum.Inputs[0], copy);
        }

        return copy;
    }
}
