using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Lyra.Jit.Ir;

/// <summary>
/// Equality of nodes as operations: same operation, type, immediates and inputs, in either order if the operation commutes. Two equal nodes
/// have the same value if the memory that they read was not written in between. A parameter equals only itself.
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

        return x is not null && y is not null && x.Op == y.Op && x.Op != IrOp.Parameter && x.Type == y.Type
            && MeaningOf(x) == MeaningOf(y) && AreSame(x.Payload, y.Payload) && HaveSameInputs(x, y);
    }

    public int GetHashCode(IrNode node)
    {
        if (node.Op == IrOp.Parameter)
        {
            return node.Id;
        }

        int hash = HashCode.Combine(node.Op, MeaningOf(node), HashOf(node.Payload));
        if (node.Has(IrTraits.Commutes))
        {
            return hash ^ (node.Inputs[0].Id * 31) ^ (node.Inputs[1].Id * 31);
        }

        foreach (IrNode input in node.Inputs)
        {
            hash = (hash * 31) + input.Id;
        }

        return hash;
    }

    /// <summary>Whether two payloads are one object, or describe the same of the host: each instruction has its own description.</summary>
    private static bool AreSame(object? x, object? y) => ReferenceEquals(x, y) || (x is HostCall or HostClasses && x.Equals(y));

    private static int HashOf(object? payload) => payload switch
    {
        null => 0,
        HostCall or HostClasses => payload.GetHashCode(),
        _ => RuntimeHelpers.GetHashCode(payload),
    };

    /// <summary>The bits, unless they only say what is known about the node.</summary>
    private static long MeaningOf(IrNode node) => node.Row.Bits is IrBits.Bounds or IrBits.Hint ? 0 : node.Bits;

    private static bool HaveSameInputs(IrNode x, IrNode y)
    {
        if (x.Inputs.AsSpan().SequenceEqual(y.Inputs))
        {
            return true;
        }

        return x.Has(IrTraits.Commutes) && ReferenceEquals(x.Inputs[0], y.Inputs[1]) && ReferenceEquals(x.Inputs[1], y.Inputs[0]);
    }
}
