using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>
/// Decides which blocks of a large region become methods of their own (<see cref="OutlinedPart"/>). The CLR's compiler does not optimize a
/// method beyond <see cref="OptimizerCaps"/>, and takes more than twice the time for twice the size, so the arms of a large switch do not
/// fit into one. Parts are subtrees of the dominator tree; a binary search among arms is above them, and stays in the region's own method.
/// From the leaves up, a block whose subtree is too large gives its large children away.
/// </summary>
internal sealed class RegionDivider
{
    /// <summary>The size of the smallest part, as a fraction of the largest: a call of a part takes some nanoseconds.</summary>
    private const int SmallestShare = 4;

    /// <summary>The size of an exit, in operations.</summary>
    private const int ExitSize = 5;

    private readonly IrGraph _graph;
    private readonly IrOrder _order;
    private readonly IrDominators _dominators;
    private readonly Placement _placement;
    private readonly PartInputs _inputs;

    /// <summary>The size of what a block dominates, without parts, by the block's id.</summary>
    private readonly int[] _sizes;

    /// <summary>By the block's id: whether what a block dominates can't be moved, because it has such an operation, or a part.</summary>
    private readonly bool[] _isFixed;

    private readonly RegionParts _parts;

    private RegionDivider(IrGraph graph, IrOrder order, Placement placement, SpillOrder spills)
    {
        _graph = graph;
        _order = order;
        _dominators = IrDominators.Of(order);
        _placement = placement;
        _inputs = new PartInputs(graph, order, _dominators, placement, spills);
        _parts = new RegionParts(graph, order);
        _sizes = graph.Arena.Ints.Take(graph.BlockCount);
        _isFixed = graph.Arena.Bools.Take(graph.BlockCount);
    }

    /// <summary>The parts of a graph that has to be divided (<see cref="IrGraph.PartSize"/>); none of any other.</summary>
    public static RegionParts Divide(IrGraph graph, IrOrder order, Placement placement, SpillOrder spills)
    {
        if (graph.PartSize == 0)
        {
            return new RegionParts(graph, order);
        }

        RegionDivider divider = new(graph, order, placement, spills);
        divider.Divide();
        return divider._parts;
    }

    private void Divide()
    {
        IrBlock[] preorder = _dominators.Preorder;
        List<IrBlock>[] children = new List<IrBlock>[_graph.BlockCount];
        for (int i = preorder.Length - 1; i >= 0; i--)
        {
            IrBlock block = preorder[i];
            Measure(block, children[block.Id] ?? []);
            if (_dominators.ImmediateOf(block) is { } above)
            {
                (children[above.Id] ??= []).Add(block);
            }
        }
    }

    /// <summary>Computes the size of what a block dominates. Where that is too large, its large children become parts.</summary>
    private void Measure(IrBlock block, List<IrBlock> children)
    {
        int size = SizeOf(block);
        bool isFixed = !block.Nodes.TrueForAll(MayMove);
        foreach (IrBlock child in children)
        {
            size += _sizes[child.Id];
        }

        foreach (IrBlock child in size > _graph.PartSize ? children : [])
        {
            if (_sizes[child.Id] >= _graph.PartSize / SmallestShare && !_isFixed[child.Id] && TryMove(child))
            {
                size -= _sizes[child.Id];
                _isFixed[child.Id] = true;
            }
        }

        foreach (IrBlock child in children)
        {
            isFixed |= _isFixed[child.Id];
        }

        _sizes[block.Id] = size;
        _isFixed[block.Id] = isFixed;
    }

    private int SizeOf(IrBlock block)
    {
        int size = block.End == IrEnd.Exit ? ExitSize : 1;
        foreach (IrNode node in block.Nodes)
        {
            size += (_placement.IsRematerialized(node) ? 0 : 1) + (node.MayExit ? ExitSize : 0);
        }

        return size;
    }

    /// <summary>
    /// Whether an operation may be in a part: it needs neither the interpreter's registers nor the place of the region's own frame, and
    /// runs nothing that might need the frames while it runs.
    /// </summary>
    private static bool MayMove(IrNode node) => node.Op == IrOp.CallRegion
        ? node.Payload is RegionCall { Cell: not null, Signature.CallsOut: false }
        : node.Op is not (IrOp.LoadRegister or IrOp.RootClosure or IrOp.CheckStack or IrOp.CallInterpreter
            or IrOp.CallHost or IrOp.LoadHost or IrOp.StoreHost or IrOp.LoadHostObject);

    private bool TryMove(IrBlock root)
    {
        IrBlock[] blocks = Array.FindAll(_order.Blocks, block => _dominators.Dominates(root, block));
        OutlinedPart? part = OutlinedPart.Of(blocks, _inputs.Of(blocks), block => _dominators.Dominates(root, block));
        if (part is null)
        {
            return false;
        }

        _parts.Add(part);
        return true;
    }
}
