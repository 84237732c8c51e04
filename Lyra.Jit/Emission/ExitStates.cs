using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>The states of a region: for each snapshot, the frames that the deoptimizer restores and the sources of their values.</summary>
internal sealed class ExitStates(Placement placement)
{
    private readonly Dictionary<Snapshot, (int Number, SpillPlan Plan)> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Those of calls that either return or raise.</summary>
    private readonly Dictionary<Snapshot, (int Number, SpillPlan Plan)> _raising = new(ReferenceEqualityComparer.Instance);
    private readonly List<ExitState> _states = [];
    private readonly Dictionary<IrNode, ExitSlot> _slots = new(ReferenceEqualityComparer.Instance);

    /// <summary>The states, by number.</summary>
    public ExitState[] All => [.. _states];

    public ExitState this[int number] => _states[number];

    /// <summary>The number of a snapshot's state; its table is made at the first use.</summary>
    public int NumberOf(Snapshot snapshot) => Of(snapshot, dropsNumbers: false).Number;

    public SpillPlan PlanOf(Snapshot snapshot) => Of(snapshot, dropsNumbers: false).Plan;

    /// <summary>
    /// The state of a host call: if the call can't look at frames, and no handler of these catches what it raises, nothing reads the
    /// numbers in them any more.
    /// </summary>
    public (int Number, SpillPlan Plan) OfCall(IrNode call)
    {
        Snapshot snapshot = call.Exit!;
        bool endsFrames = call.Payload is HostCall { MayCallEngine: false } && Array.TrueForAll(snapshot.Frames, frame => !IsHandled(
            frame, ReferenceEquals(frame, snapshot.Innermost) ? frame.Pc : frame.Pc - 1));
        return Of(snapshot, dropsNumbers: endsFrames);
    }

    /// <summary>Whether something in a frame, or the object of a generator, is used after an error at an instruction.</summary>
    private static bool IsHandled(SnapshotFrame frame, int pc) => frame.Closure is { Type: IrType.Generator }
        || Array.Exists(frame.Code.Prototype.Handlers, handler => handler.Covers(pc));

    private (int Number, SpillPlan Plan) Of(Snapshot snapshot, bool dropsNumbers)
    {
        Dictionary<Snapshot, (int Number, SpillPlan Plan)> states = dropsNumbers ? _raising : _known;
        if (states.TryGetValue(snapshot, out (int Number, SpillPlan Plan) known))
        {
            return known;
        }

        _slots.Clear();
        SpillPlan plan = new(_slots);
        ExitFrame[] frames = new ExitFrame[snapshot.Frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = FrameOf(snapshot.Frames[i], plan, dropsNumbers);
        }

        known = (_states.Count, plan);
        _states.Add(new ExitState(frames, snapshot.Callee, [.. plan.Objects]));
        states.Add(snapshot, known);
        return known;
    }

    private ExitFrame FrameOf(SnapshotFrame frame, SpillPlan plan, bool dropsNumbers)
    {
        ExitSlot[] slots = new ExitSlot[frame.Slots.Count];
        ExitSlot? closure = frame.Closure is null ? null : SlotOf(-1, frame.Closure, plan);
        for (int i = 0; i < slots.Length; i++)
        {
            SnapshotSlot slot = frame.Slots[i];
            slots[i] = dropsNumbers && IsNumber(slot.Value)
                ? new(slot.Register, ExitSource.Constant, 0, Value.FromInt(0))
                : SlotOf(slot.Register, slot.Value, plan);
        }

        return new ExitFrame
        {
            Code = frame.Code,
            Pc = frame.Pc,
            Base = frame.Base,
            ReturnSlot = frame.ReturnSlot,
            DropsResult = frame.DropsResult,
            Closure = closure,
            Slots = slots,
        };
    }

    private static bool IsNumber(IrNode value) => IrRepresentation.Unboxed(value).Type is IrType.Int or IrType.Float or IrType.Bool;

    private ExitSlot SlotOf(int register, IrNode value, SpillPlan plan)
    {
        IrNode node = IrRepresentation.Unboxed(value);
        if (node.IsVirtual)
        {
            return plan.FindObject(register, node) ?? PlanObject(register, node, plan);
        }

        if (node.Op == IrOp.StrOfUnit && !node.Inputs[0].IsConstant && placement.IsRematerialized(node))
        {
            return plan.SlotOf(register, node.Inputs[0]) with { Source = ExitSource.Unit };
        }

        return node.Op switch
        {
            IrOp.ConstInt => new(register, ExitSource.Constant, 0, Value.FromInt(node.Bits)),
            IrOp.ConstFloat => new(register, ExitSource.Constant, 0, new Value(Tag.Float, node.Bits)),
            IrOp.ConstBool => new(register, ExitSource.Constant, 0, Value.FromBool(node.Bits != 0)),
            IrOp.ConstNil => new(register, ExitSource.Constant, 0, Value.Nil),
            IrOp.ConstUnset => new(register, ExitSource.Constant, 0, Value.Unset),
            IrOp.ConstObject => new(register, ExitSource.Constant, 0, Value.FromObject((ScriptObject)node.Payload!)),
            _ => plan.SlotOf(register, node),
        };
    }

    /// <summary>Plans an object that the exit makes, after its parts.</summary>
    private ExitSlot PlanObject(int register, IrNode node, SpillPlan plan)
    {
        ExitSlot existing = SlotOf(-1, node.Inputs[0], plan);
        ExitSlot[] parts = new ExitSlot[node.Inputs.Length - 1];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = SlotOf(-1, node.Inputs[i + 1], plan);
        }

        ExitSlot slot = plan.Reserve(register, node);
        plan.Objects.Add(
            new ExitObject { Kind = KindOf(node), Index = slot.Index, Payload = node.Payload, Existing = existing, Parts = parts });
        return slot;
    }

    private static ExitObjectKind KindOf(IrNode node) => node.Op switch
    {
        IrOp.VirtualStruct => ExitObjectKind.Struct,
        IrOp.VirtualTuple => ExitObjectKind.Tuple,
        IrOp.VirtualRange => ExitObjectKind.Range,
        IrOp.VirtualClosure => ExitObjectKind.Closure,
        _ => ExitObjectKind.Upvalue,
    };
}
