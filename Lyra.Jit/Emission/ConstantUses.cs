using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// Decides where a proc region loads its constants. A proc region is called often and takes one of many paths, so it loads each constant
/// not at its start but in the closest block outside loops that dominates all uses. Uses in parts, which load their own, do not count.
/// </summary>
internal sealed class ConstantUses
{
    private readonly IrDominators _dominators;
    private readonly IrLoops _loops;
    private readonly RegionTables _tables;
    private readonly List<IrBlock>?[] _pushedIn;
    private readonly Dictionary<object, IrBlock> _blocks = new(ReferenceEqualityComparer.Instance);

    public ConstantUses(RegionTables tables)
    {
        IrOrder order = tables.Order;
        _dominators = IrDominators.Of(order);
        _loops = IrLoops.Of(tables.Graph, order, _dominators);
        _tables = tables;
        _pushedIn = new List<IrBlock>?[tables.Graph.NodeCount];

        // Users come before their inputs, so that the place of a rematerialized input is known. Parameters of loop heads are in locals.
        for (int i = order.Blocks.Length - 1; i >= 0; i--)
        {
            AddUses(order.Blocks[i]);
        }
    }

    /// <summary>Whether code pushes the node's value. Snapshots need no code for a constant.</summary>
    public bool IsPushed(IrNode node) => _pushedIn[node.Id]?.Exists(IsHere) == true;

    /// <summary>Records a node whose code uses a constant.</summary>
    public void Add(object constant, IrNode user)
    {
        foreach (IrBlock block in _pushedIn[user.Id] ?? [user.Block!])
        {
            AddUse(constant, block);
        }

        if (user.Op != IrOp.ConstObject)
        {
            AddUse(constant, user.Block!);
        }
    }

    /// <summary>The block at whose beginning a constant is loaded.</summary>
    public IrBlock BlockOf(object constant)
    {
        IrBlock block = _blocks[constant];
        while (_loops.LoopOf(block) is not null || _tables.Searches.IsInner(block))
        {
            block = _dominators.ImmediateOf(block)!;
        }

        return block;
    }

    private bool IsHere(IrBlock block) => _tables.Parts.Of(block) is null;

    private void AddUse(object constant, IrBlock block)
    {
        if (IsHere(block))
        {
            _blocks[constant] = _blocks.TryGetValue(constant, out IrBlock? known) ? _dominators.Common(known, block) : block;
        }
    }

    private void AddUses(IrBlock block)
    {
        foreach (IrEdge edge in block.Successors)
        {
            foreach (IrNode argument in edge.Arguments)
            {
                Push(argument, block);
            }
        }

        if (block.Value is not null)
        {
            Push(block.Value, block);
        }

        for (int i = block.Nodes.Count - 1; i >= 0; i--)
        {
            AddInputs(block.Nodes[i], block);
        }
    }

    private void AddInputs(IrNode node, IrBlock block)
    {
        foreach (IrNode input in node.Inputs)
        {
            Push(input, block);
            if (!_tables.Placement.IsRematerialized(node))
            {
                continue;
            }

            foreach (IrBlock user in _pushedIn[node.Id] ?? [])
            {
                Push(input, user);
            }
        }
    }

    private void Push(IrNode node, IrBlock block)
    {
        List<IrBlock> blocks = _pushedIn[node.Id] ??= [];
        if (!blocks.Contains(block))
        {
            blocks.Add(block);
        }
    }
}
