using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>The states of a region: for each snapshot, the frames that the deoptimizer restores and the sources of their values.</summary>
internal sealed class ExitStates(SpillOrder order)
{
    private readonly Dictionary<Snapshot, (int Number, SpillPlan Plan)> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The states of calls that either return or raise, which the interpreter never repeats.</summary>
    private readonly Dictionary<Snapshot, (int Number, SpillPlan Plan)> _raising = new(ReferenceEqualityComparer.Instance);
    private readonly List<ExitState> _states = [];
    private readonly Dictionary<IrNode, ExitSlot> _slots = new(ReferenceEqualityComparer.Instance);

    /// <summary>The states, by number.</summary>
    public ExitState[] All => [.. _states];

    public ExitState this[int number] => _states[number];

    /// <summary>The number of a snapshot's state; its table is made at the first use.</summary>
    public int NumberOf(Snapshot snapshot) => Of(snapshot, onlyRaises: false).Number;

    public SpillPlan PlanOf(Snapshot snapshot) => Of(snapshot, onlyRaises: false).Plan;

    /// <summary>The state of a host call. If the call can't look at frames, it has only what is used after an error.</summary>
    public (int Number, SpillPlan Plan) OfCall(IrNode call) =>
        Of(call.Exit!, onlyRaises: call.Payload is HostCall { MayCallEngine: false });

    private (int Number, SpillPlan Plan) Of(Snapshot snapshot, bool onlyRaises)
    {
        Dictionary<Snapshot, (int Number, SpillPlan Plan)> states = onlyRaises ? _raising : _known;
        if (states.TryGetValue(snapshot, out (int Number, SpillPlan Plan) known))
        {
            return known;
        }

        _slots.Clear();
        SpillPlan plan = new(_slots);
        foreach (IrNode value in onlyRaises ? [] : order.ValuesOf(snapshot))
        {
            plan.SlotOf(-1, value);
        }

        ExitFrame[] frames = new ExitFrame[snapshot.Frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            SnapshotFrame frame = snapshot.Frames[i];
            HandlerInfo[]? handlers = onlyRaises ? HandlersIn(frame, isInnermost: ReferenceEquals(frame, snapshot.Innermost)) : null;
            frames[i] = FrameOf(frame, plan, handlers);
        }

        known = (_states.Count, plan);
        _states.Add(new ExitState(frames, snapshot.Callee, [.. plan.Objects]));
        states.Add(snapshot, known);
        return known;
    }

    /// <summary>
    /// The handlers that an error at a frame's instruction reaches, if it ends the frame after them and they use no other registers than
    /// their own: those that close the iterators of loops. Null where the frame may continue, or a generator keeps it.
    /// </summary>
    private static HandlerInfo[]? HandlersIn(SnapshotFrame frame, bool isInnermost)
    {
        int pc = isInnermost ? frame.Pc : frame.Pc - 1;
        HandlerInfo[] reached = Array.FindAll(frame.Code.Prototype.Handlers, handler => handler.Covers(pc));
        bool ends = frame.Closure is not { Type: IrType.Generator }
            && Array.TrueForAll(reached, static handler => handler.Kind == HandlerKind.CloseIterator);
        return ends ? reached : null;
    }

    private static bool IsOf(HandlerInfo handler, int register) =>
        register >= handler.Register && register < handler.Register + handler.Registers;

    /// <param name="frame">The frame.</param>
    /// <param name="plan">The plan that gets its values.</param>
    /// <param name="onlyOf">The handlers whose registers alone are used; null where all are.</param>
    private ExitFrame FrameOf(SnapshotFrame frame, SpillPlan plan, HandlerInfo[]? onlyOf)
    {
        ExitSlot[] slots = new ExitSlot[frame.Slots.Count];
        ExitSlot? closure = frame.Closure is null ? null : SlotOf(-1, frame.Closure, plan);
        for (int i = 0; i < slots.Length; i++)
        {
            SnapshotSlot slot = frame.Slots[i];
            slots[i] = onlyOf is not null && !Array.Exists(onlyOf, handler => IsOf(handler, slot.Register))
                ? new(slot.Register, ExitSource.Constant, 0, Value.Nil)
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

    private ExitSlot SlotOf(int register, IrNode value, SpillPlan plan)
    {
        IrNode node = IrRepresentation.Unboxed(value);
        if (node.IsVirtual)
        {
            return plan.FindObject(register, node) ?? PlanObject(register, node, plan);
        }

        if (order.StoredFor(node) is { } stored)
        {
            ExitSlot slot = plan.SlotOf(register, stored);
            return ReferenceEquals(stored, node) ? slot : slot with { Source = ExitSource.Unit };
        }

        return node.Op switch
        {
            IrOp.ConstInt => new(register, ExitSource.Constant, 0, Value.FromInt(node.Bits)),
            IrOp.ConstFloat => new(register, ExitSource.Constant, 0, new Value(Tag.Float, node.Bits)),
            IrOp.ConstBool => new(register, ExitSource.Constant, 0, Value.FromBool(node.Bits != 0)),
            IrOp.ConstNil => new(register, ExitSource.Constant, 0, Value.Nil),
            IrOp.ConstUnset => new(register, ExitSource.Constant, 0, Value.Unset),
            IrOp.ConstObject => new(register, ExitSource.Constant, 0, Value.FromObject((ScriptObject)node.Payload!)),
            _ => throw new InvalidOperationException($"No register holds a {node.Op}."),
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
        IrOp.VirtualUpvalue => ExitObjectKind.Upvalue,
        _ => throw new InvalidOperationException($"No exit makes the object of {node.Op}."),
    };
}
