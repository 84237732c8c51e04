using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Ir;

/// <summary>
/// A register of a frame, and the IR value that it holds, in any representation of a script value: the deoptimizer boxes it.
/// </summary>
internal struct SnapshotSlot(int register, IrNode value)
{
    public int Register = register;

    public IrNode Value = value;
}

/// <summary>
/// One frame of a snapshot; <see cref="Snapshot.Frames"/> lists the outermost first. The root frame of a loop lists only registers whose
/// value differs from the interpreter's stack; every other frame lists all live registers.
/// </summary>
internal sealed class SnapshotFrame
{
    public required LinkedPrototype Code { get; init; }

    /// <summary>
    /// The instruction that runs next: in the innermost frame the one to execute again, in an outer frame the one after its call.
    /// </summary>
    public required int Pc { get; init; }

    /// <summary>Its first register, counted from the root frame's first.</summary>
    public required int Base { get; init; }

    /// <summary>The register for its result, counted from the root frame's first; unused in the root frame.</summary>
    public required int ReturnSlot { get; init; }

    /// <summary>
    /// The running closure, or the generator whose frame this is; a generator's frame lists only registers that differ from the object's.
    /// Null in the root frame of a loop, whose closure the interpreter knows.
    /// </summary>
    public IrNode? Closure { get; set; }

    /// <summary>Whether the result is dropped (a <c>__setindex</c> hook).</summary>
    public bool DropsResult { get; init; }

    public required List<SnapshotSlot> Slots { get; init; }

    /// <summary>The same frame with slots of its own.</summary>
    public SnapshotFrame Copy() => new()
    {
        Code = Code,
        Pc = Pc,
        Base = Base,
        ReturnSlot = ReturnSlot,
        Closure = Closure,
        DropsResult = DropsResult,
        Slots = [.. Slots],
    };
}

/// <summary>The place of a compiled callee's frame, counted from the root frame's first register.</summary>
/// <param name="Base">Its first register.</param>
/// <param name="ReturnSlot">The register for its result.</param>
internal readonly record struct SnapshotCallee(int Base, int ReturnSlot);

/// <summary>
/// The interpreter's state at one instruction, in terms of IR values. An exit restores it. Guards between two effects may share a snapshot.
/// Its values count as uses.
/// </summary>
internal sealed class Snapshot(int id, SnapshotFrame[] frames)
{
    /// <summary>Unique in the graph.</summary>
    public readonly int Id = id;

    /// <summary>The root frame, then the inlined frames; the last is the running one.</summary>
    public readonly SnapshotFrame[] Frames = frames;

    public SnapshotFrame Innermost => Frames[^1];

    /// <summary>
    /// For the state behind a <see cref="IrOp.CallRegion"/> whose callee exited: the place of the callee's frames. Null for all other
    /// snapshots.
    /// </summary>
    public SnapshotCallee? Callee { get; set; }

    /// <summary>A new snapshot of the same state.</summary>
    public Snapshot Copy(IrGraph graph)
    {
        Snapshot copy = graph.NewSnapshot(System.Array.ConvertAll(Frames, frame => frame.Copy()));
        copy.Callee = Callee;
        return copy;
    }
}
