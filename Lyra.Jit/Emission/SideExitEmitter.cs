using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>
/// Emits guards and exits. A guard that fails runs a stub, which notes the guard's number. The code that stores values in the exit buffers
/// is shared as far as <see cref="SpillTree"/> finds the same values.
/// </summary>
/// <remarks>
/// The branch of a guard jumps over the stub if the guard holds. The CLR's compiler, which knows no frequencies here, places the code to
/// which a branch jumps before the code behind the branch. The other way round, it placed stubs between the blocks of procs: fib and
/// closures took 1.1 times as long.
/// </remarks>
internal sealed class SideExitEmitter(
    RegionMethod method, SpillEmitter spills, BudgetLocal budget, RegionTables tables, FailurePlan? failures)
{
    private readonly IlBuffer _il = method.Il;
    private readonly ExitStates _states = tables.States;
    private readonly List<RegionGuard> _guards = tables.Guards;
    private readonly SpillTree _tree = new();
    private readonly GrowableArray<(IlLabel Label, Stub Stub)> _stubs = new();
    private readonly Dictionary<IrNode, IlLabel> _exitOfNode = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IrNode, int> _guardOfNode = new(ReferenceEqualityComparer.Instance);
    private IlLocal? _number;

    /// <summary>The guard that failed.</summary>
    private IlLocal Number => _number ??= _il.DeclareLocal(typeof(int), "exit");

    /// <summary>The label of a stub after the blocks, for code there.</summary>
    public IlLabel Of(IrNode node)
    {
        if (!_exitOfNode.TryGetValue(node, out IlLabel label))
        {
            label = _il.DefineLabel();
            _stubs.Add((label, new Stub(GuardOf(node), node.Exit!, budget.IsInLocal)));
            _exitOfNode.Add(node, label);
        }

        return label;
    }

    /// <summary>Emits an exit that is taken if a condition on the ints or references on the stack holds.</summary>
    /// <param name="condition">A conditional branch.</param>
    /// <param name="node">The node whose exit it is.</param>
    public void If(OpCode condition, IrNode node)
    {
        IlLabel on = _il.DefineLabel();
        _il.Emit(IlForms.Inverse(condition), on);
        Take(node);
        _il.MarkLabel(on);
    }

    /// <summary>Emits the exit of a node. Code before it has jumped over it, unless the guard failed.</summary>
    public void Take(IrNode node) => EmitStub(new Stub(GuardOf(node), node.Exit!, budget.IsInLocal));

    /// <summary>Ends a block that always exits.</summary>
    public void Exit(IrBlock block)
    {
        block.GuardId = NewGuard(block.Exit!, "Exit");
        EmitStub(new Stub(block.GuardId, block.Exit!, budget.IsInLocal));
    }

    /// <summary>In tests: emits a guard that fails when the plan says so, although its condition holds.</summary>
    public void ForceExit(IrNode node)
    {
        if (failures is null || !node.MayExit || node.Op is IrOp.CallInterpreter or IrOp.CallRegion)
        {
            return;
        }

        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Stress))!);
        _il.Emit(OpCodes.Ldc_I4, failures.AddGuard(_guards[GuardOf(node)], node, method.Graph.Root));
        _il.Emit(OpCodes.Callvirt, typeof(FailurePlan).GetMethod(nameof(FailurePlan.Fails))!);
        If(OpCodes.Brtrue, node);
    }

    /// <summary>Emits the return from a region whose frames are all in the interpreter's stacks.</summary>
    public void Exit()
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

    /// <summary>Emits the return from a region whose values are stored, maybe by the part that has exited.</summary>
    /// <param name="number">The guard.</param>
    public void ExitWith(IlLocal number)
    {
        if (method.IsProc)
        {
            PushNoResult();
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, number);
        }

        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Emits, after the blocks, the stubs and the code that stores values.</summary>
    public void EmitStubs()
    {
        foreach ((IlLabel label, Stub stub) in _stubs)
        {
            _il.MarkLabel(label);
            EmitStub(stub);
        }

        if (_tree.HasExits)
        {
            EmitSpills();
            EmitExit(Number);
        }
    }

    /// <summary>Emits the stores of each node behind those of the nodes below it. The root's, the last, run into the code behind.</summary>
    private void EmitSpills()
    {
        List<List<SpillNode>> chains = _tree.Chains();
        for (int i = 0; i < chains.Count; i++)
        {
            SpillNode last = chains[i][^1];
            if (last.StoresBudget is { } storesBudget)
            {
                _il.MarkLabel(storesBudget);
                budget.Store();
            }

            _il.MarkLabel(LabelOf(last, isBudgetInLocal: false));
            spills.SpillByCalls(chains[i]);
            if (chains[i][0].Above is { } above && (above.StoresBudget is not null || !ReferenceEquals(chains[i + 1][^1], above)))
            {
                _il.Emit(OpCodes.Br, LabelOf(above, isBudgetInLocal: false));
            }
        }
    }

    private void EmitStub(in Stub stub)
    {
        SpillNode spill = _tree.NodeOf(_states.PlanOf(stub.Snapshot));
        _il.Emit(OpCodes.Ldc_I4, stub.Guard);
        _il.Emit(OpCodes.Stloc, Number);
        _il.Emit(OpCodes.Br, LabelOf(spill, stub.IsBudgetInLocal));
    }

    /// <summary>The label of the code that stores the values of a node and of those above it, or the budget before them.</summary>
    private IlLabel LabelOf(SpillNode node, bool isBudgetInLocal) =>
        isBudgetInLocal ? node.StoresBudget ??= _il.DefineLabel() : node.Stores ??= _il.DefineLabel();

    private int GuardOf(IrNode node)
    {
        if (_guardOfNode.TryGetValue(node, out int guard))
        {
            return guard;
        }

        string description = node.Payload is RegionHelper helper && node.Op == IrOp.Call ? helper.Name : node.Op.ToString();
        node.GuardId = NewGuard(node.Exit!, description, node);
        _guardOfNode.Add(node, node.GuardId);
        return node.GuardId;
    }

    private int NewGuard(Snapshot snapshot, string description, IrNode? node = null)
    {
        SnapshotFrame frame = snapshot.Innermost;
        _guards.Add(new RegionGuard(_states.NumberOf(snapshot), description, frame.Code, frame.Pc)
        {
            IsLimit = node is not null
                && (node.Op is IrOp.ChargeSteps or IrOp.ChargeMemory or IrOp.CheckStack || AllocationCosts.Of(node) is not null),
            IsDispatch = node is null or { Op: IrOp.Guard } && Dispatch.IsAt(frame.Code.Prototype, frame.Pc),
            Refund = node?.Refund ?? 0,
            Speculations = node?.Op == IrOp.GuardSpeculation ? node.Recorded : [],
        });
        return _guards.Count - 1;
    }

    /// <summary>Returns the guard's number or, from a proc region, a placeholder result. A part always returns the number.</summary>
    private void EmitExit(IlLocal number)
    {
        if (method.IsProc)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Ldloc, number);
            _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.ExitProc))!);
        }

        if (method.Part is { } part)
        {
            PartEmitter.ReturnExit(_il, part, number);
        }
        else
        {
            ExitWith(number);
        }
    }

    private void PushNoResult()
    {
        switch (IrTypes.GroupOf(method.Graph.ResultType))
        {
            case IrTypeGroup.None or IrTypeGroup.Bool:
                _il.Emit(OpCodes.Ldc_I4, 0);
                break;
            case IrTypeGroup.Int:
                _il.Emit(OpCodes.Ldc_I8, 0L);
                break;
            case IrTypeGroup.Float:
                _il.Emit(OpCodes.Ldc_R8, 0.0);
                break;
            case IrTypeGroup.Any:
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Ldc_I8, 0L);
                _il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
                break;
            case IrTypeGroup.Object or IrTypeGroup.Storage:
                _il.Emit(OpCodes.Ldnull);
                break;
        }
    }

    /// <summary>What a guard that fails does: note the guard, store the budget and the snapshot's values.</summary>
    private readonly record struct Stub(int Guard, Snapshot Snapshot, bool IsBudgetInLocal);
}
