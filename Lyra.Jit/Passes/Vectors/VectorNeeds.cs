using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>Finds the nodes of a loop of which vectors are computed, and whether all that they use can be had as a vector.</summary>
internal sealed class VectorNeeds
{
    private readonly VectorLoop _loop;
    private readonly Func<VectorLoop, IrNode, bool> _isInside;

    private VectorNeeds(VectorLoop loop, Func<VectorLoop, IrNode, bool> isInside)
    {
        _loop = loop;
        _isInside = isInside;
    }

    /// <summary>Fills <see cref="VectorLoop.Needed"/>; false if the loop needs something that no vector has.</summary>
    /// <param name="loop">The loop, with its items and parameters.</param>
    /// <param name="isInside">Whether a value is computed in the loop.</param>
    public static bool Fit(VectorLoop loop, Func<VectorLoop, IrNode, bool> isInside)
    {
        VectorNeeds needs = new(loop, isInside);
        needs.AddRoots();
        for (int i = loop.Items.Count - 1; i >= 0; i--)
        {
            if (loop.Needed.Contains(loop.Items[i].Node) && !needs.AddInputs(loop.Items[i]))
            {
                return false;
            }
        }

        return loop.Parameters.TrueForAll(needs.HasAddress) && needs.HasElements();
    }

    /// <summary>What the loop leaves: stores, results, and overflows.</summary>
    private void AddRoots()
    {
        foreach (VectorItem item in _loop.Items)
        {
            if (item.Node.MayExit || item.Node.Family == IrFamily.ElementStore)
            {
                _loop.Needed.Add(item.Node);
            }
        }

        foreach (VectorParameter parameter in _loop.Parameters)
        {
            if (parameter.IsAccumulated)
            {
                _loop.Needed.Add(parameter.Next);
            }
        }
    }

    private bool AddInputs(VectorItem item)
    {
        IrNode node = item.Node;
        if (item.Condition is { } condition && (item.IsChoice || node.MayExit) && !Add(condition))
        {
            return false;
        }

        if (item.IsChoice)
        {
            return Add(item.First!) && Add(item.Second!) && VectorTypes.Of(node.Type) != IrType.None;
        }

        if (node.Family is IrFamily.ElementLoad or IrFamily.ElementStore)
        {
            return HasAddress(node) && Array.TrueForAll(node.Inputs[2..], Add);
        }

        return node.Op == IrOp.IntToFloat ? ReferenceEquals(node.Inputs[0], _loop.Index) : Array.TrueForAll(node.Inputs, Add);
    }

    /// <summary>Adds a node of which a vector is needed; false if there is none.</summary>
    private bool Add(IrNode node)
    {
        if (!_isInside(_loop, node))
        {
            return node.Type is IrType.Int or IrType.Float;
        }

        _loop.Needed.Add(node);
        bool isOfHead = node.Op == IrOp.Parameter && ReferenceEquals(node.Block, _loop.Loop.Head);
        return isOfHead || _loop.Items.Exists(item => ReferenceEquals(item.Node, node));
    }

    /// <summary>Whether the loop works on elements; one that only counts is as fast without vectors.</summary>
    private bool HasElements() =>
        _loop.Items.Exists(item => item.Node.Family is IrFamily.ElementLoad or IrFamily.ElementStore && _loop.Needed.Contains(item.Node))
        || _loop.Parameters.Exists(parameter => parameter.Role == VectorRole.Element && _loop.Needed.Contains(parameter.Parameter));

    private bool HasAddress(VectorParameter parameter) => parameter.Role != VectorRole.Element || HasAddress(parameter.Next);

    /// <summary>Whether an access is to an array from outside, at an index that grows by 1.</summary>
    private bool HasAddress(IrNode access)
    {
        IrNode? index = access.Inputs[1];
        while (index is not null && !ReferenceEquals(index, _loop.Index))
        {
            index = VectorAddress.MovingPart(index, node => _isInside(_loop, node));
        }

        return index is not null && !_isInside(_loop, access.Inputs[0]);
    }
}
