using System;
using System.Collections.Generic;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>An inlined call of a script proc.</summary>
/// <param name="Code">The callee.</param>
/// <param name="CallPc">The caller's instruction.</param>
/// <param name="Depth">1 when the caller is the root.</param>
internal readonly record struct InlinedCall(LinkedPrototype Code, int CallPc, int Depth);

/// <summary>
/// The code of one region in SSA form. The builder leaves blocks in reverse postorder; the first is the entry, without parameters.
/// </summary>
internal sealed class IrGraph(RegionKind kind, LinkedPrototype root, int rootPc)
{
    private int _nextNode;
    private int _nextBlock;
    private int _nextSnapshot;

    public RegionKind Kind { get; } = kind;

    /// <summary>The proc in which the region begins.</summary>
    public LinkedPrototype Root { get; } = root;

    /// <summary>The instruction at which it begins.</summary>
    public int RootPc { get; } = rootPc;

    /// <summary>The storage for tables about the graph.</summary>
    public CompileArena Arena { get; init; } = new();

    public List<IrBlock> Blocks { get; } = [];

    /// <summary>The inlined calls, each after its caller. For display only.</summary>
    public GrowableArray<InlinedCall> Inlined { get; } = new();

    public IrBlock Entry => Blocks[0];

    /// <summary>The representations of an entry region's arguments.</summary>
    public IrType[] ArgumentTypes { get; init; } = [];

    /// <summary>The shapes of an entry region's arguments of type Struct; null for every other.</summary>
    public Shape?[] ArgumentShapes { get; init; } = [];

    /// <summary>The representation of an entry region's result; None when it is always nil.</summary>
    public IrType ResultType { get; set; } = IrType.None;

    /// <summary>Whether passes may speculate; false for a region whose speculations failed too often.</summary>
    public bool MaySpeculate { get; set; } = true;

    /// <summary>Whether it has a switch with so many targets that the region may be divided into several methods.</summary>
    public bool HasDispatch { get; set; }

    /// <summary>The size at which what a block dominates becomes a method of its own; 0 if the region is one method.</summary>
    public int PartSize { get; set; }

    /// <summary>Whether the engine uses objects again that nothing refers to; see <see cref="Passes.Reuse.DeadObjects"/>.</summary>
    public bool ReusesObjects { get; set; }

    /// <summary>By line of the rules of folding: how often it was applied. Null unless a listener counts.</summary>
    public long[]? FoldCounts { get; set; }

    /// <summary>Of an entry region: <see cref="EntrySignature.CallsOut"/>.</summary>
    public bool CallsOut { get; init; }

    /// <summary>Whether it calls procs that may need the frames of their callers.</summary>
    public bool MakesNotedCalls =>
        Blocks.Exists(block => block.Nodes.Exists(node => node.Payload is CallTarget { Signature.CallsOut: true }));

    /// <summary>The shape of a result of type Struct.</summary>
    public Shape? ResultShape { get; init; }

    /// <summary>One more than the largest node id.</summary>
    public int NodeCount => _nextNode;

    /// <summary>One more than the largest block id.</summary>
    public int BlockCount => _nextBlock;

    /// <summary>One more than the largest snapshot id.</summary>
    public int SnapshotCount => _nextSnapshot;

    public IrBlock NewBlock()
    {
        IrBlock block = new(_nextBlock++);
        Blocks.Add(block);
        return block;
    }

    /// <summary>A node that is in no block yet.</summary>
    public IrNode NewNode(IrOp op, IrType type, params IrNode[] inputs) => new(_nextNode++, op, type, inputs);

    public Snapshot NewSnapshot(SnapshotFrame[] frames) => new(_nextSnapshot++, frames);

    /// <summary>Reserves ids below these, for nodes that were made with ids of their own, as the parser does.</summary>
    public void ReserveIds(int nodes, int blocks, int snapshots)
    {
        _nextNode = Math.Max(_nextNode, nodes);
        _nextBlock = Math.Max(_nextBlock, blocks);
        _nextSnapshot = Math.Max(_nextSnapshot, snapshots);
    }
}
