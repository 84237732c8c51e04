using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>
/// Leaving the region. Each guard has a few instructions that note its number; all guards of a snapshot share the code that stores its values.
/// </content>
internal sealed partial class RegionEmitter
{
    private static readonly FieldInfo ExitsField = typeof(ScriptContext).GetField(nameof(ScriptContext.Exits))!;

    private readonly Dictionary<Snapshot, (int State, SpillPlan Plan)> _stateOf = [];
    private readonly List<ExitState> _states = [];
    private readonly List<Snapshot> _snapshots = [];
    private readonly List<int> _interpreted = [];
    private readonly Dictionary<Snapshot, IlLabel> _spillLabels = [];
    private readonly List<(IlLabel Label, int Guard, Snapshot Snapshot, long Refund, bool IsBudgetInLocal)> _stubs = [];
    private readonly List<Refund> _refunds = [];
    private readonly Dictionary<IrNode, IlLabel> _exitOfNode = [];
    private IlLocal? _exitNumber;

    private int NewGuard(Snapshot snapshot, string description, IrNode? node = null)
    {
        SnapshotFrame frame = snapshot.Innermost;
        _guards.Add(new RegionGuard(StateOf(snapshot), description, frame.Code, frame.Pc)
        {
            IsLimit = node?.Op == IrOp.ChargeSteps,
            Bets = node?.Op == IrOp.GuardBet ? node.Recorded : [],
        });
        return _guards.Count - 1;
    }

    /// <summary>Where a failing guard branches to.</summary>
    private IlLabel ExitOf(IrNode node)
    {
        if (_exitOfNode.TryGetValue(node, out IlLabel known))
        {
            return known;
        }

        node.GuardId = NewGuard(node.Exit!, node.Op == IrOp.Call ? ((RegionHelper)node.Payload!).Name : node.Op.ToString(), node);
        IlLabel label = GuardLabel(node.GuardId, node.Exit!, node.Refund);
        _exitOfNode.Add(node, label);
        return label;
    }

    /// <summary>In tests: a guard that fails when its turn has come, though nothing is wrong.</summary>
    private void EmitForcedExit(IrNode node, FailurePlan failures)
    {
        IlLabel exit = ExitOf(node);
        _il.Emit(OpCodes.Ldarg, Data);
        _il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Stress))!);
        _il.Emit(OpCodes.Ldc_I4, failures.AddGuard(_guards[node.GuardId], node, _graph.Root));
        _il.Emit(OpCodes.Callvirt, typeof(FailurePlan).GetMethod(nameof(FailurePlan.Fails))!);
        _il.Emit(OpCodes.Brtrue, exit);
    }

    private IlLabel GuardLabel(int guard, Snapshot snapshot, long refund = 0)
    {
        IlLabel label = _il.DefineLabel();
        _stubs.Add((label, guard, snapshot, refund, _isBudgetInLocal));
        return label;
    }

    private void EmitExits()
    {
        EmitWideProducts();
        foreach (Refund refund in _refunds)
        {
            EmitRefund(refund);
        }

        IlLocal number = _exitNumber ??= _il.DeclareLocal(typeof(int), "exit");
        foreach ((IlLabel label, int guard, Snapshot snapshot, long steps, bool isBudgetInLocal) in _stubs)
        {
            if (!_spillLabels.TryGetValue(snapshot, out IlLabel spill))
            {
                spill = _il.DefineLabel();
                _spillLabels.Add(snapshot, spill);
                _snapshots.Add(snapshot);
            }

            _il.MarkLabel(label);
            if (steps != 0)
            {
                GiveBack(steps, isBudgetInLocal);
            }

            if (isBudgetInLocal)
            {
                StoreBudget();
            }

            _il.Emit(OpCodes.Ldc_I4, guard);
            _il.Emit(OpCodes.Stloc, number);
            _il.Emit(OpCodes.Br, spill);
        }

        foreach (Snapshot snapshot in _snapshots)
        {
            _il.MarkLabel(_spillLabels[snapshot]);
            Spill(snapshot);
            EmitLeave(number);
        }
    }

    /// <summary>The number of a snapshot's state; the table of it is made at the first use.</summary>
    private int StateOf(Snapshot snapshot) => PlanOf(snapshot).State;

    private (int State, SpillPlan Plan) PlanOf(Snapshot snapshot)
    {
        if (_stateOf.TryGetValue(snapshot, out (int State, SpillPlan Plan) known))
        {
            return known;
        }

        SpillPlan plan = new();
        ExitFrame[] frames = new ExitFrame[snapshot.Frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = FrameOf(snapshot.Frames[i], plan);
        }

        known = (_states.Count, plan);
        _states.Add(new ExitState(frames, snapshot.Callee, [.. plan.Objects]));
        _stateOf.Add(snapshot, known);
        return known;
    }

    private ExitFrame FrameOf(SnapshotFrame frame, SpillPlan plan)
    {
        ExitSlot[] slots = new ExitSlot[frame.Slots.Count];
        ExitSlot? closure = frame.Closure is null ? null : SlotOf(-1, frame.Closure, plan);
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = SlotOf(frame.Slots[i].Register, frame.Slots[i].Value, plan);
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
        IrNode node = Placement.IsView(value) ? value.Inputs[0] : value;
        if (node.IsVirtual)
        {
            return new(register, ExitSource.Object, PlanObject(node, plan), default);
        }

        if (node.Op == IrOp.StrOfUnit && !node.Inputs[0].IsConstant && _placement.IsDeferred(node))
        {
            return new(register, ExitSource.Unit, plan.IndexOf(node.Inputs[0]), default);
        }

        return node.Op switch
        {
            IrOp.ConstInt => new(register, ExitSource.Constant, 0, Value.FromInt(node.Bits)),
            IrOp.ConstFloat => new(register, ExitSource.Constant, 0, new Value(Tag.Float, node.Bits)),
            IrOp.ConstBool => new(register, ExitSource.Constant, 0, Value.FromBool(node.Bits != 0)),
            IrOp.ConstNil => new(register, ExitSource.Constant, 0, Value.Nil),
            IrOp.ConstUnset => new(register, ExitSource.Constant, 0, Value.Unset),
            IrOp.ConstObject => new(register, ExitSource.Constant, 0, Value.FromObject((ScriptObject)node.Payload!)),
            _ => new(register, SourceOf(node.Type), plan.IndexOf(node), default),
        };
    }

    /// <summary>Has an exit make an object, once; where it puts it.</summary>
    private int PlanObject(IrNode node, SpillPlan plan)
    {
        if (plan.Find(node) is { } known)
        {
            return known;
        }

        ExitSlot existing = SlotOf(-1, node.Inputs[0], plan);
        ExitSlot[] parts = new ExitSlot[node.Inputs.Length - 1];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = SlotOf(-1, node.Inputs[i + 1], plan);
        }

        int index = plan.Reserve(node);
        ExitObjectKind kind = ExitObjectKind.Struct + (node.Op - IrOp.VirtualStruct);
        plan.Objects.Add(new ExitObject { Kind = kind, Index = index, Payload = node.Payload, Existing = existing, Parts = parts });
        return index;
    }

    private static ExitSource SourceOf(IrType type) => type switch
    {
        IrType.Int => ExitSource.Int,
        IrType.Float => ExitSource.Float,
        IrType.Bool => ExitSource.Bool,
        IrType.Any => ExitSource.Any,
        _ => ExitSource.Object,
    };

    /// <summary>Stores a snapshot's values where its state says.</summary>
    private void Spill(Snapshot snapshot)
    {
        IlLocal buffers = _il.DeclareLocal(typeof(ExitBuffers), "buffers");
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldfld, ExitsField);
        _il.Emit(OpCodes.Stloc, buffers);
        SpillPlan plan = PlanOf(snapshot).Plan;

        // Storing a reference is a call: what lived across it would be kept in memory by the loop that the exit belongs to.
        foreach ((IrNode node, int index) in plan.Values)
        {
            SpillBits(buffers, node, index);
        }

        foreach ((IrNode node, int index) in plan.Values)
        {
            SpillReference(buffers, node, index);
        }
    }

    private void SpillBits(IlLocal buffers, IrNode node, int index)
    {
        switch (SourceOf(node.Type))
        {
            case ExitSource.Float:
                PushSlot(buffers, nameof(ExitBuffers.Floats), index);
                Push(node);
                _il.Emit(OpCodes.Stelem_R8);
                break;
            case ExitSource.Int or ExitSource.Bool:
                PushSlot(buffers, nameof(ExitBuffers.Ints), index);
                Push(node);
                if (node.Type == IrType.Bool)
                {
                    _il.Emit(OpCodes.Conv_U8);
                }

                _il.Emit(OpCodes.Stelem_I8);
                break;
            case ExitSource.Any:
                PushSlot(buffers, nameof(ExitBuffers.Ints), index);
                PushBits(node);
                _il.Emit(OpCodes.Stelem_I8);
                break;
        }
    }

    private void SpillReference(IlLocal buffers, IrNode node, int index)
    {
        ExitSource source = SourceOf(node.Type);
        if (source is not (ExitSource.Any or ExitSource.Object))
        {
            return;
        }

        PushSlot(buffers, nameof(ExitBuffers.Objects), index);
        if (source == ExitSource.Any)
        {
            PushReference(node);
        }
        else
        {
            Push(node);
        }

        _il.Emit(OpCodes.Stelem_Ref);
    }

    private void PushSlot(IlLocal buffers, string array, int index)
    {
        _il.Emit(OpCodes.Ldloc, buffers);
        _il.Emit(OpCodes.Ldfld, typeof(ExitBuffers).GetField(array)!);
        _il.Emit(OpCodes.Ldc_I4, index);
    }

    /// <summary>Gives each value of a snapshot its place in the buffers; one that stands in several registers has one.</summary>
    private sealed class SpillPlan
    {
        private readonly Dictionary<IrNode, int> _index = [];

        public List<(IrNode Node, int Index)> Values { get; } = [];

        /// <summary>The objects that the exit makes, parts before wholes.</summary>
        public List<ExitObject> Objects { get; } = [];

        public int IndexOf(IrNode node)
        {
            if (Find(node) is { } known)
            {
                return known;
            }

            int index = Reserve(node);
            Values.Add((node, index));
            return index;
        }

        public int? Find(IrNode node) => _index.TryGetValue(node, out int index) ? index : null;

        /// <summary>A place that nothing is stored in before the exit is taken.</summary>
        public int Reserve(IrNode node)
        {
            int index = _index.Count;
            if (index >= ExitBuffers.Capacity)
            {
                throw new Building.BuildAbortException(Recording.AbortReason.TooLarge, "a snapshot has too many values");
            }

            _index.Add(node, index);
            return index;
        }
    }
}
