using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// Makes snapshots of the interpreter's state, and lets consecutive guards share one: a snapshot holds for every later instruction up to
/// which nothing has had an effect, because the interpreter executes the instructions between again.
/// </summary>
internal sealed class SnapshotBuilder(BuildState state)
{
    /// <summary>Instructions that a shared snapshot may lie behind its guard: it keeps the old values that it holds alive.</summary>
    private const int MaxAge = 16;

    private Snapshot? _shared;
    private FrameScope? _frame;
    private int _pc;
    private int _epoch = -1;

    /// <summary>Counts effects, block boundaries and everything else after which guards need a new snapshot.</summary>
    public int Epoch { get; set; }

    /// <summary>Guards from here on need a new snapshot.</summary>
    public void Invalidate() => Epoch++;

    /// <summary>The snapshot for a guard of the present instruction: the shared one where it still holds.</summary>
    public Snapshot Current()
    {
        bool holds = _shared is not null && _epoch == Epoch && _frame == state.Frame && state.Pc >= _pc && state.Pc - _pc <= MaxAge;
        if (!holds)
        {
            _shared = At(state.Pc);
            _epoch = Epoch;
            _frame = state.Frame;
            _pc = state.Pc;
        }

        return _shared!;
    }

    /// <summary>
    /// The state before an instruction of the present frame. Where the frame is restartable, the state before the instruction that made the
    /// call.
    /// </summary>
    public Snapshot At(int pc)
    {
        FrameScope innermost = state.Frame;
        while (innermost.IsRestartable)
        {
            (innermost, pc) = (innermost.Caller!, innermost.CallPc);
        }

        SnapshotFrame[] frames = new SnapshotFrame[innermost.Depth + 1];
        FrameScope? callee = null;
        for (FrameScope? frame = innermost; frame is not null; frame = frame.Caller)
        {
            int position = callee is null ? pc : callee.CallPc + 1;
            List<SnapshotSlot> slots = callee is null ? Slots(frame, pc)
                : SlotsInCall(frame, callee.CallPc, callee.Base - frame.Base, callee.DropsResult ? -1 : callee.ReturnSlot - frame.Base);
            frames[frame.Depth] = NewFrame(frame, position, slots);
            callee = frame;
        }

        return state.Graph.NewSnapshot(frames);
    }

    /// <summary>The state after a call of compiled code that did not finish: everything but the call's result.</summary>
    /// <param name="window">The callee's first register, counted from the present frame's.</param>
    /// <param name="target">The register that takes the result.</param>
    public Snapshot AfterCall(int window, int target)
    {
        FrameScope frame = state.Frame;
        Snapshot snapshot = At(state.Pc + 1);
        snapshot.Frames[^1] = NewFrame(frame, state.Pc + 1, SlotsInCall(frame, state.Pc, window, target));
        snapshot.Callee = new SnapshotCallee(frame.Base + window, frame.Base + target);
        return snapshot;
    }

    private SnapshotFrame NewFrame(FrameScope frame, int pc, List<SnapshotSlot> slots) => new()
    {
        Code = frame.Code,
        Pc = pc,
        Base = frame.Base,
        ReturnSlot = frame.ReturnSlot,
        Closure = frame.Caller is null && state.IsLoop ? null : frame.Generator ?? frame.Closure,
        DropsResult = frame.DropsResult,
        Slots = slots,
    };

    private List<SnapshotSlot> Slots(FrameScope frame, int pc)
    {
        List<SnapshotSlot> slots = [];
        LivenessMap liveness = frame.Code.Liveness;
        for (int register = 0; register < frame.Registers.Length; register++)
        {
            if (MustBeStored(frame, register) && liveness.IsLive(pc, register))
            {
                slots.Add(new SnapshotSlot(register, frame.Registers[register]!));
            }
        }

        return slots;
    }

    /// <summary>
    /// The registers that a frame needs during a call: those that are live after it, except the result. If the callee fails, a handler of
    /// the frame may also read a register that is live before the call and lies below the callee's registers.
    /// </summary>
    private List<SnapshotSlot> SlotsInCall(FrameScope frame, int callPc, int calleeBase, int result)
    {
        List<SnapshotSlot> slots = [];
        LivenessMap liveness = frame.Code.Liveness;
        for (int register = 0; register < frame.Registers.Length; register++)
        {
            bool isLive = (register != result && liveness.IsLive(callPc + 1, register))
                || (register < calleeBase && liveness.IsLive(callPc, register));
            if (isLive && MustBeStored(frame, register))
            {
                slots.Add(new SnapshotSlot(register, frame.Registers[register]!));
            }
        }

        return slots;
    }

    /// <summary>True for a register whose value is known and not in the interpreter's frame, or the generator's object, already.</summary>
    private bool MustBeStored(FrameScope frame, int register) => frame.Registers[register] is not null
        && (frame.IsDirty[register] || (!frame.KeepsRegisters && (frame.Caller is not null || !state.IsLoop)));
}
