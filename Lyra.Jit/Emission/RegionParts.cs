using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>The parts of a region, and which blocks belong to each. The other blocks are in the region's own method.</summary>
internal sealed class RegionParts(IrGraph graph, IrOrder order)
{
    /// <summary>The part of each block, by the block's id; null before the first part.</summary>
    private OutlinedPart?[]? _partOf;

    private readonly List<OutlinedPart> _all = [];

    public IReadOnlyList<OutlinedPart> All => _all;

    public void Add(OutlinedPart part)
    {
        _partOf ??= new OutlinedPart?[graph.BlockCount];
        _all.Add(part);
        foreach (IrBlock block in part.Blocks)
        {
            _partOf[block.Id] = part;
        }
    }

    /// <summary>The part that contains a block; null for the region's own method.</summary>
    public OutlinedPart? Of(IrBlock block) => _partOf?[block.Id];

    /// <summary>The part that begins with a block, if one does.</summary>
    public OutlinedPart? RootedAt(IrBlock block) => Of(block) is { } part && ReferenceEquals(part.Root, block) ? part : null;

    /// <summary>The blocks whose code, or in their place the call of a part, is in the region's own method.</summary>
    public IrBlock[] MainBlocks() => Array.FindAll(order.Blocks, block => Of(block) is null || RootedAt(block) is not null);
}
