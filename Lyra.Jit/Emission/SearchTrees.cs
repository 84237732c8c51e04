using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>A binary search of an int among constants, as a table.</summary>
/// <param name="Value">The int.</param>
/// <param name="First">The first int of the table.</param>
/// <param name="Below">Where smaller ints lead.</param>
/// <param name="Targets">Where each int of the table leads.</param>
/// <param name="Above">Where larger ints lead.</param>
internal sealed record SearchTree(IrNode Value, long First, IrBlock Below, IrBlock[] Targets, IrBlock Above);

/// <summary>
/// Finds the binary searches in a graph that become a jump through a table (the instruction <c>switch</c>). The processor predicts one
/// jump, where it would have to predict each comparison. Where the constants are far apart, the comparisons stay.
/// </summary>
internal sealed class SearchTrees
{
    /// <summary>The fewest comparisons that a table replaces.</summary>
    private const int MinComparisons = 5;

    /// <summary>The longest table, for each of the blocks to which it leads.</summary>
    private const int MaxPerTarget = 32;

    private readonly IrOrder _order;
    private readonly Placement _placement;
    private readonly RegionParts _parts;
    private readonly BudgetPlan _budget;
    private readonly Dictionary<IrBlock, SearchTree> _trees = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IrBlock> _inner = new(ReferenceEqualityComparer.Instance);

    public SearchTrees(IrOrder order, Placement placement, RegionParts parts, BudgetPlan budget)
    {
        _order = order;
        _placement = placement;
        _parts = parts;
        _budget = budget;
        foreach (IrBlock block in order.Blocks)
        {
            if (!_inner.Contains(block) && TestOf(block) is { } test)
            {
                Find(block, test.Value);
            }
        }
    }

    /// <summary>The search with which a block ends; null if it ends with no other branch than its own.</summary>
    public SearchTree? At(IrBlock block) => _trees.GetValueOrDefault(block);

    /// <summary>Whether a block is only part of a search, and has no code.</summary>
    public bool IsInner(IrBlock block) => _inner.Contains(block);

    /// <summary>The int that a block's branch compares with a constant, and the first int that is not less.</summary>
    private static (IrNode Value, long Bound)? TestOf(IrBlock block) =>
        block is { End: IrEnd.Branch, Value: { Op: IrOp.LtInt, Inputs: [{ Op: not IrOp.ConstInt } value, { Op: IrOp.ConstInt } bound] } }
            ? (value, bound.Bits)
            : null;

    private void Find(IrBlock root, IrNode value)
    {
        List<(long First, IrBlock Target)> ranges = [];
        List<IrBlock> inner = [];
        IrBlock below = Collect(root, value, ranges, inner);
        long first = ranges[0].First;
        long length = unchecked(ranges[^1].First - first);
        bool isDense = length > 0 && length <= MaxPerTarget * ranges.Count;
        if (ranges.Count < MinComparisons || !isDense || !IsAscending(ranges) || _placement.IsRematerialized(value))
        {
            return;
        }

        IrBlock[] targets = new IrBlock[length];
        for (int i = 0; i + 1 < ranges.Count; i++)
        {
            Array.Fill(targets, ranges[i].Target, (int)(ranges[i].First - first), (int)(ranges[i + 1].First - ranges[i].First));
        }

        _trees.Add(root, new SearchTree(value, first, below, targets, ranges[^1].Target));
        _inner.UnionWith(inner);
    }

    /// <summary>Collects the ranges of a search in ascending order, each with its first int.</summary>
    /// <param name="root">The block with which the search begins.</param>
    /// <param name="value">The int.</param>
    /// <param name="ranges">Gets the ranges but the first.</param>
    /// <param name="inner">Gets the blocks that are only part of the search.</param>
    /// <param name="from">The block to go on from; null for the first.</param>
    /// <returns>Where the ints of the first range lead.</returns>
    private IrBlock Collect(
        IrBlock root, IrNode value, List<(long First, IrBlock Target)> ranges, List<IrBlock> inner, IrBlock? from = null)
    {
        IrBlock block = from ?? root;
        IrBlock? lowest = null;
        int last = -1;
        bool isRoot = from is null;
        while (TestOf(block) is { } test && ReferenceEquals(test.Value, value) && (isRoot || IsOnlyTest(root, block)))
        {
            if (!isRoot)
            {
                inner.Add(block);
            }

            isRoot = false;
            IrBlock below = Collect(root, value, ranges, inner, block.First!.Target);
            lowest ??= below;
            SetTarget(ranges, last, below);
            last = ranges.Count;
            ranges.Add((test.Bound, block));
            block = block.Second!.Target;
        }

        SetTarget(ranges, last, block);
        return lowest ?? block;
    }

    private static void SetTarget(List<(long First, IrBlock Target)> ranges, int range, IrBlock target)
    {
        if (range >= 0)
        {
            ranges[range] = (ranges[range].First, target);
        }
    }

    private static bool IsAscending(List<(long First, IrBlock Target)> ranges)
    {
        for (int i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].First <= ranges[i - 1].First)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a block does nothing but compare, is reached from the search alone, and is in the same method.</summary>
    private bool IsOnlyTest(IrBlock root, IrBlock block) =>
        block.Parameters.Count == 0
        && _order.Incoming(block).Length == 1
        && ReferenceEquals(_parts.Of(block), _parts.Of(root))
        && _parts.RootedAt(block) is null
        && !_budget.StoresFirst(block)
        && block.Nodes.TrueForAll(_placement.IsRematerialized);
}
