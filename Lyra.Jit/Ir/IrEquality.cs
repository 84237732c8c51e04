using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Lyra.Jit.Ir;

/// <summary>
/// Equality of nodes as operations: same operation, type, immediates and inputs, in either order where that does not matter. Two such nodes give the
/// same value when nothing they read was written in between. Parameters are equal to nothing else.
/// </summary>
internal sealed class IrEquality : IEqualityComparer<IrNode>
{
    public static readonly IrEquality Instance = new();

    public bool Equals(IrNode? x, IrNode? y)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        return x is not null && y is not null && x.Op == y.Op && x.Op != IrOp.Parameter && x.Type == y.Type && MeaningOf(x) == MeaningOf(y) && ReferenceEquals(x.Payload, y.Payload)
            && HaveSameInputs(x, y);
    }

    public int GetHashCode(IrNode node)
    {
        if (node.Op == IrOp.Parameter)
        {
            return node.Id;
        }

        int hash = HashCode.Combine(node.Op, MeaningOf(node), node.Payload is null ? 0 : RuntimeHelpers.GetHashCode(node.Payload));
        if (IsCommutative(node.Op))
        {
            return hash ^ (node.Inputs[0].Id * 31) ^ (node.Inputs[1].Id * 31);
        }

        foreach (IrNode input in node.Inputs)
        {
            hash = (hash * 31) + input.Id;
        }

        return hash;
    }

    /// <summary>Whether the two inputs may be exchanged.</summary>
    public static bool IsCommutative(IrOp op) => op is IrOp.AddInt or IrOp.MulInt or IrOp.AddIntChecked or IrOp.MulIntChecked
        or IrOp.AndInt or IrOp.OrInt or IrOp.XorInt or IrOp.EqInt or IrOp.EqFloat or IrOp.EqBool or IrOp.SameObject;

    /// <summary>The bits, where they say what the node does and not what is known of it.</summary>
    private static long MeaningOf(IrNode node) => node.Op is IrOp.UnboxInt or IrOp.GuardIndex || node.TakesFacts ? 0 : node.Bits;

    private static bool HaveSameInputs(IrNode x, IrNode y)
    {
        if (x.Inputs.AsSpan().SequenceEqual(y.Inputs))
        {
            return true;
        }

        return IsCommutative(x.Op) && ReferenceEquals(x.Inputs[0], y.Inputs[1]) && ReferenceEquals(x.Inputs[1], y.Inputs[0]);
    }
}
