using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Ir;

/// <summary>A register of a frame and the IR value it holds. Any script-value type; the deoptimizer boxes it.</summary>
internal struct SnapshotSlot(int register, IrNode value)
{
    public int Register = register;

    public IrNode Value = value;
}

/// <summary>
/// One frame of a snapshot, outermost first in <see cref="Snapshot.Frames"/>. Of the root frame of a loop only registers whose value differs from what
/// the interpreter's stack holds are listed; of every other frame every register that is live.
/// </summary>
internal sealed class SnapshotFrame
{
    public required LinkedPrototype Code { get; init; }

    /// <summary>
    /// The instruction that runs next: in the innermost frame the one to execute again, in an outer frame the one behind its call.
    /// </summary>
    public required int Pc { get; init; }

    /// <summary>Where its registers begin, counted from the root frame's first.</summary>
    public required int Base { get; init; }

    /// <summary>Where its result goes, counted from the root frame's first register; unused in the root frame.</summary>
    public required int ReturnSlot { get; init; }

    /// <summary>
    /// What runs, a node of type Closure, or of type Generator: its frame then, of which only what differs from the object's registers is listed.
    /// Null in the root frame of a loop, whose closure the interpreter knows.
    /// </summary>
    public IrNode? Closure { get; set; }

    /// <summary>Whether the result is dropped (a <c>__setindex</c> hook).</summary>
    public bool DropsResult { get; init; }

    public required List<SnapshotSlot> Slots { get; init; }
}

/// <summary>Where the frame of a compiled callee belongs, counted from the root frame's first register.</summary>
/// <param name="Base">Where its registers begin.</param>
/// <param name="ReturnSlot">Where its result goes.</param>
internal readonly record struct SnapshotCallee(int Base, int ReturnSlot);

/// <summary>
/// The interpreter's state at one instruction, in terms of IR values: what leaving the region there restores. Guards between two effects may
/// share one. Its values count as uses.
/// </summary>
internal sealed class Snapshot(int id, SnapshotFrame[] frames)
{
    /// <summary>Unique in the graph.</summary>
    public readonly int Id = id;

    /// <summary>The root frame, then what is inlined in it; the last is the running one.</summary>
    public readonly SnapshotFrame[] Frames = frames;

    public SnapshotFrame Innermost => Frames[^1];

    /// <summary>
    /// Of the state behind a <see cref="IrOp.CallRegion"/> that was left early: where the frames of the callee go on. Null for every other.
    /// </summary>
    public SnapshotCallee? Callee { get; set; }
}
