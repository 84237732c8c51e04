using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>
/// Emits guards and exits. A failing guard branches to a stub after the blocks, which notes the guard's number. All guards of a snapshot
/// share the code that stores its values in the exit buffers.
/// </summary>
internal sealed class ExitEmitter(RegionMethod method, SpillEmitter spills, BudgetLocal budget, ExitStates states, FailurePlan? failures)
{
    private readonly IlBuffer _il = method.Il;
    private readonly List<RegionGuard> _guards = [];
    private readonly List<Snapshot> _snapshots = [];
    private readonly Dictionary<Snapshot, IlLabel> _spillLabels = [];
    private readonly GrowableArray<(IlLabel Label, int Guard, Snapshot Snapshot, long Refund, bool IsBudgetInLocal)> _stubs = new();
    private readonly Dictionary<IrNode, IlLabel> _exitOfNode = [];

    /// <summary>The guards, by number.</summary>
    public RegionGuard[] Guards => [.. _guards];

    /// <summary>The label to which a failing guard branches.</summary>
    public IlLabel Of(IrNode node)
    {
        if (_exitOfNode.TryGetValue(node, out IlLabel known))
        {
            return known;
        }

        string description = node.Payload is RegionHelper helper && node.Op == IrOp.Call ? helper.Name : node.Op.ToString();
        node.GuardId = NewGuard(node.Exit!, description, node);
        IlLabel label = NewStub(node.GuardId, node.Exit!, node.Refund);
        _exitOfNode.Add(node, label);
        return label;
    }

    /// <summary>Ends a block that always exits.</summary>
    public void Exit(IrBlock block)
    {
        block.GuardId = NewGuard(block.Exit!, "Exit");
        _il.Emit(OpCodes.Br, NewStub(block.GuardId, block.Exit!));
    }

    /// <summary>In tests: emits a guard that fails when the plan says so, although its condition holds.</summary>
    public void ForceExit(IrNode node)
    {
        if (failures is null || !node.MayExit || node.Op is IrOp.CallInterpreter or IrOp.CallRegion)
        {
            return;
        }

        IlLabel exit = Of(node);
        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Stress))!);
        _il.Emit(OpCodes.Ldc_I4, failures.AddGuard(_guards[node.GuardId], node, method.Graph.Root));
        _il.Emit(OpCodes.Callvirt, typeof(FailurePlan).GetMethod(nameof(FailurePlan.Fails))!);
        _il.Emit(OpCodes.Brtrue, exit);
    }

    /// <summary>Emits the return from a region whose frames are all in the interpreter's stacks.</summary>
    public void Leave()
    {
        if (method.IsProc)
        {
            PushNoResult();
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I4, CallOutResult.Raised);
        }

        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Emits, after the blocks, the stubs and the code that stores values.</summary>
    public void EmitStubs()
    {
        IlLocal number = _il.DeclareLocal(typeof(int), "exit");
        IlLabel end = _il.DefineLabel();
        foreach ((IlLabel label, int guard, Snapshot snapshot, long steps, bool isBudgetInLocal) in _stubs)
        {
            IlLabel spill = SpillLabelOf(snapshot);
            _il.MarkLabel(label);
            if (steps != 0)
            {
                budget.Refund(steps, isBudgetInLocal);
            }

            if (isBudgetInLocal)
            {
                budget.Store();
            }

            _il.Emit(OpCodes.Ldc_I4, guard);
            _il.Emit(OpCodes.Stloc, number);
            _il.Emit(OpCodes.Br, spill);
        }

        foreach (Snapshot snapshot in _snapshots)
        {
            _il.MarkLabel(_spillLabels[snapshot]);
            spills.SpillByCalls(snapshot);
            _il.Emit(OpCodes.Br, end);
        }

        if (_snapshots.Count > 0)
        {
            _il.MarkLabel(end);
            EmitExit(number);
        }
    }

    private IlLabel SpillLabelOf(Snapshot snapshot)
    {
        if (!_spillLabels.TryGetValue(snapshot, out IlLabel label))
        {
            label = _il.DefineLabel();
            _spillLabels.Add(snapshot, label);
            _snapshots.Add(snapshot);
        }

        return label;
    }

    private int NewGuard(Snapshot snapshot, string description, IrNode? node = null)
    {
        SnapshotFrame frame = snapshot.Innermost;
        _guards.Add(new RegionGuard(states.NumberOf(snapshot), description, frame.Code, frame.Pc)
        {
            IsLimit = node?.Op is IrOp.ChargeSteps or IrOp.CheckStack,
            Speculations = node?.Op == IrOp.GuardSpeculation ? node.Recorded : [],
        });
        return _guards.Count - 1;
    }

    private IlLabel NewStub(int guard, Snapshot snapshot, long refund = 0)
    {
        IlLabel label = _il.DefineLabel();
        _stubs.Add((label, guard, snapshot, refund, budget.IsInLocal));
        return label;
    }

    /// <summary>Returns the guard's number or, from a proc region, a placeholder result.</summary>
    private void EmitExit(IlLocal number)
    {
        if (!method.IsProc)
        {
            _il.Emit(OpCodes.Ldloc, number);
            _il.Emit(OpCodes.Ret);
            return;
        }

        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Ldloc, number);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.ExitProc))!);
        PushNoResult();
        _il.Emit(OpCodes.Ret);
    }

    private void PushNoResult()
    {
        switch (method.Graph.ResultType)
        {
            case IrType.None or IrType.Bool:
                _il.Emit(OpCodes.Ldc_I4, 0);
                break;
            case IrType.Int:
                _il.Emit(OpCodes.Ldc_I8, 0L);
                break;
            case IrType.Float:
                _il.Emit(OpCodes.Ldc_R8, 0.0);
                break;
            case IrType.Any:
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Ldc_I8, 0L);
                _il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
                break;
            default:
                _il.Emit(OpCodes.Ldnull);
                break;
        }
    }
}
