using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>What starts a region.</summary>
internal enum RegionKind : byte
{
    /// <summary>A loop's back-edge in the interpreter; live registers are loaded from its stack. Leaves by exits only.</summary>
    Loop,

    /// <summary>A call of a proc; arguments come as parameters, the result goes back as one value.</summary>
    Entry,
}

/// <summary>A call of a script proc that was built in line.</summary>
/// <param name="Code">The callee.</param>
/// <param name="CallPc">The caller's instruction.</param>
/// <param name="Depth">1 when the caller is the root.</param>
internal readonly record struct InlinedCall(LinkedPrototype Code, int CallPc, int Depth);

/// <summary>The code of one region in SSA form. Blocks are in reverse postorder after building; the first is the entry and has no parameters.</summary>
internal sealed class IrGraph(RegionKind kind, LinkedPrototype root, int rootPc)
{
    private int _nextNode;
    private int _nextBlock;
    private int _nextSnapshot;

    public RegionKind Kind { get; } = kind;

    /// <summary>The proc in which the region begins.</summary>
    public LinkedPrototype Root { get; } = root;

    /// <summary>Where it begins: the instruction executed first.</summary>
    public int RootPc { get; } = rootPc;

    public List<IrBlock> Blocks { get; } = [];

    /// <summary>The calls that were built in line, a caller before what it calls. For people: nothing depends on it.</summary>
    public List<InlinedCall> Inlined { get; } = [];

    public IrBlock Entry => Blocks[0];

    /// <summary>The representations of an entry region's arguments.</summary>
    public IrType[] ArgumentTypes { get; init; } = [];

    /// <summary>The shapes of an entry region's arguments of type Struct; null for every other.</summary>
    public Shape?[] ArgumentShapes { get; init; } = [];

    /// <summary>The representation of an entry region's result; None when it is always nil.</summary>
    public IrType ResultType { get; set; } = IrType.None;

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

    /// <summary>Leaves ids below these to what was made with ids of its own (the parser does).</summary>
    public void ReserveIds(int nodes, int blocks, int snapshots)
    {
        _nextNode = Math.Max(_nextNode, nodes);
        _nextBlock = Math.Max(_nextBlock, blocks);
        _nextSnapshot = Math.Max(_nextSnapshot, snapshots);
    }
}
