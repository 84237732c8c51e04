using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>
/// Translates IR to IL. SSA values are locals of their representation (an Any is two), edges write the parameters of their blocks, and
/// guards branch to exit code after the last block, which stores the live values in the exit buffers. The CLR's compiler allocates
/// registers and schedules.
/// </summary>
internal sealed class RegionEmitter
{
    private readonly RegionMethod _method;
    private readonly IlBuffer _il;
    private readonly IrBlock[] _blocks;
    private readonly Dictionary<IrBlock, IlLabel> _labels = new(ReferenceEqualityComparer.Instance);
    private readonly Placement _placement;
    private readonly ConstantLoader _constants;
    private readonly Values _values;
    private readonly BudgetLocal _budget;
    private readonly ExitStates _states;
    private readonly ExitEmitter _exits;
    private readonly BranchEmitter _branches;
    private readonly GuardEmitter _guards;
    private readonly CheckedMathEmitter _checked;
    private readonly ChargeEmitter _charges;
    private readonly MemoryEmitter _memory;
    private readonly AllocationEmitter _allocations;
    private readonly CallEmitter _calls;
    private readonly HostCallEmitter _hostCalls;
    private readonly ProcEmitter _procs;

    private RegionEmitter(IrGraph graph, FailurePlan? failures)
    {
        IrOrder order = IrOrder.Of(graph);
        _blocks = order.Blocks;
        _method = new RegionMethod(graph);
        _il = _method.Il;
        _placement = new Placement(graph, _blocks);
        _constants = new ConstantLoader(_method, _placement);
        _values = new Values(_method, _placement, _constants, new RawDecimals(_blocks));
        _budget = new BudgetLocal(_method, new BudgetPlan(graph, order));
        _states = new ExitStates(_placement);
        SpillEmitter spills = new(_method, _values, _states);
        _exits = new ExitEmitter(_method, spills, _budget, _states, failures);
        _branches = new BranchEmitter(_method, _values, _placement);
        _guards = new GuardEmitter(_method, _values, _exits);
        _checked = new CheckedMathEmitter(_method, _values, _exits);
        _charges = new ChargeEmitter(_method, _budget, _exits);
        _memory = new MemoryEmitter(_method, _values, _constants);
        _allocations = new AllocationEmitter(_method, _values, _constants, _charges, _memory);
        _calls = new CallEmitter(_method, _values, spills, _exits, _states);
        InvariantSpills invariants = new(graph, order, _states);
        _hostCalls = new HostCallEmitter(_method, _values, _constants, spills, _states, invariants, _calls);
        _procs = new ProcEmitter(_method, _values, _constants, spills, _exits, _states);
    }

    /// <summary>Emits a verified graph.</summary>
    /// <param name="graph">The region.</param>
    /// <param name="failures">Makes guards fail in tests; otherwise null.</param>
    public static EmittedRegion Emit(IrGraph graph, FailurePlan? failures = null)
    {
        RegionEmitter emitter = new(graph, failures);
        emitter.EmitAll();
        return new EmittedRegion(emitter._il, emitter._constants.All, emitter._states.All, emitter._exits.Guards)
        {
            Calls = emitter._procs.Calls,
            Interpreted = emitter._calls.CallOutStates,
            Noted = emitter._procs.NotedStates,
            HostCallObjects = emitter._hostCalls.Objects,
        };
    }

    private void EmitAll()
    {
        _constants.LoadAll(_blocks);
        _procs.ComputeFramesLeft(_blocks);
        foreach (IrBlock block in _blocks)
        {
            _labels[block] = _il.DefineLabel();
        }

        for (int i = 0; i < _blocks.Length; i++)
        {
            EmitBlock(_blocks[i], i + 1 < _blocks.Length ? _blocks[i + 1] : null);
        }

        _hostCalls.EmitInspected();
        _procs.EmitBuilt();
        _checked.EmitWideProducts();
        _exits.EmitStubs();
    }

    private void EmitBlock(IrBlock block, IrBlock? next)
    {
        _il.MarkLabel(_labels[block]);
        _constants.LoadAt(block);
        _budget.BeginBlock(block);
        foreach (IrNode node in block.Nodes)
        {
            if (!_placement.IsRematerialized(node))
            {
                _exits.ForceExit(node);
                EmitNode(node);
            }
        }

        EmitEnd(block, next);
    }

    /// <summary>Emits a node at its position: its guards and effects, and the store of its result in a local.</summary>
    private void EmitNode(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.Argument:
                break;
            case IrOp.LoadRegister or IrOp.LoadField or IrOp.LoadValue or IrOp.LoadMapValue or IrOp.TupleItem:
            case IrOp.LoadVariable or IrOp.LoadUpvalue or IrOp.LoadCapture:
                _memory.LoadAny(node);
                break;
            case IrOp.StoreField or IrOp.StoreValue or IrOp.StoreMapValue or IrOp.StoreUpvalue or IrOp.StoreVariable:
                _memory.StoreAny(node);
                break;
            case IrOp.LoadFieldInt or IrOp.LoadFieldFloat or IrOp.LoadFieldBool:
                _memory.LoadFieldContents(node);
                break;
            case IrOp.FieldVersion:
                _memory.LoadFieldVersion(node);
                break;
            case IrOp.StoreFieldInt or IrOp.StoreFieldFloat:
                _memory.StoreFieldContents(node);
                break;
            case IrOp.ListCount or IrOp.ListStrategy or IrOp.ListElementKind:
            case IrOp.ListInts or IrOp.ListFloats or IrOp.ListBools or IrOp.ListValues:
                _memory.LoadListField(node);
                break;
            case IrOp.LoadInt:
                _memory.LoadElement(node, OpCodes.Ldelem_I8);
                break;
            case IrOp.LoadFloat:
                _memory.LoadElement(node, OpCodes.Ldelem_R8);
                break;
            case IrOp.LoadBool:
                _memory.LoadElement(node, OpCodes.Ldelem_U1);
                break;
            case IrOp.StoreInt:
                _memory.StoreElement(node, OpCodes.Stelem_I8);
                break;
            case IrOp.StoreFloat:
                _memory.StoreElement(node, OpCodes.Stelem_R8);
                break;
            case IrOp.StoreBool:
                _memory.StoreElement(node, OpCodes.Stelem_I1);
                break;
            case IrOp.UnboxInt or IrOp.UnboxFloat or IrOp.UnboxBool:
                _guards.UnboxNumber(node);
                break;
            case IrOp.UnboxObject:
                _guards.UnboxObject(node);
                break;
            case IrOp.UnboxStruct:
                _guards.UnboxStruct(node);
                break;
            case IrOp.Guard or IrOp.GuardSpeculation:
                ExitUnless(node, holds: true);
                break;
            case IrOp.GuardNot:
                ExitUnless(node, holds: false);
                break;
            case IrOp.GuardIndex:
                _guards.Index(node);
                break;
            case IrOp.GuardDivisor:
                _guards.Divisor(node);
                break;
            case IrOp.GuardShift:
                _guards.Shift(node);
                break;
            case IrOp.GuardSmall:
                _guards.Small(node);
                break;
            case IrOp.FoundPosition:
                _guards.FoundPosition(node);
                break;
            case IrOp.AddIntChecked:
                _checked.Add(node);
                break;
            case IrOp.SubIntChecked:
                _checked.Subtract(node);
                break;
            case IrOp.MulIntChecked:
                _checked.Multiply(node);
                break;
            case IrOp.NegIntChecked:
                _checked.Negate(node);
                break;
            case IrOp.ShlIntChecked:
                _checked.ShiftLeft(node);
                break;
            case IrOp.NewList:
                _allocations.NewList(node);
                break;
            case IrOp.NewStruct:
                _allocations.NewStruct(node);
                break;
            case IrOp.NewUpvalue:
                _allocations.NewUpvalue(node);
                break;
            case IrOp.NewClosure:
                _allocations.NewClosure(node);
                break;
            case IrOp.NewGenerator:
                _allocations.NewGenerator(node);
                break;
            case IrOp.NewTuple:
                _allocations.NewTuple(node);
                break;
            case IrOp.NewRange:
                _allocations.NewRange(node);
                break;
            case IrOp.MakeStruct or IrOp.MakeTuple or IrOp.MakeRange or IrOp.MakeClosure:
                _allocations.Materialize(node);
                break;
            case IrOp.ChargeSteps:
                _charges.ChargeSteps(node);
                break;
            case IrOp.RefundSteps:
                _charges.RefundSteps(node);
                break;
            case IrOp.ChargeMemory:
                _charges.ChargeMemory(node);
                break;
            case IrOp.CheckStack:
                _procs.CheckStack(node);
                break;
            case IrOp.Call:
                _calls.CallHelper(node);
                break;
            case IrOp.CallInterpreter:
                _calls.CallInterpreter(node);
                break;
            case IrOp.CallHost:
                _hostCalls.Call(node);
                break;
            case IrOp.LoadHost or IrOp.StoreHost or IrOp.LoadHostObject:
                _hostCalls.CallQuietly(node);
                break;
            case IrOp.CallRegion:
                _procs.Call(node);
                break;
            default:
                _values.Evaluate(node);
                break;
        }
    }

    /// <summary>Emits the guard of a condition.</summary>
    private void ExitUnless(IrNode node, bool holds)
    {
        IlLabel on = _il.DefineLabel();
        if (holds)
        {
            _branches.If(node.Inputs[0], on);
        }
        else
        {
            _branches.Unless(node.Inputs[0], on);
        }

        _exits.Take(node);
        _il.MarkLabel(on);
    }

    private void EmitEnd(IrBlock block, IrBlock? next)
    {
        switch (block.End)
        {
            case IrEnd.Jump:
                _hostCalls.StoreInvariants(block);
                _budget.MoveAlong(block, block.First!.Target);
                PassArguments(block.First!);
                JumpTo(block.First!.Target, next);
                break;
            case IrEnd.Branch:
                EmitBranch(block, next);
                break;
            case IrEnd.Exit:
                _exits.Exit(block);
                break;
            case IrEnd.Return:
                _procs.Return(block.Value);
                break;
            default:
                throw new InvalidOperationException($"A block of a {_method.Graph.Kind} region ends with {block.End}.");
        }
    }

    private void EmitBranch(IrBlock block, IrBlock? next)
    {
        // The targets of a branch have no parameters: the builder inserts a block on an edge that would pass arguments.
        IrBlock first = block.First!.Target;
        IrBlock second = block.Second!.Target;
        if (first == next)
        {
            _branches.Unless(block.Value!, _labels[second]);
            return;
        }

        _branches.If(block.Value!, _labels[first]);
        JumpTo(second, next);
    }

    private void JumpTo(IrBlock target, IrBlock? next)
    {
        if (target != next)
        {
            _il.Emit(OpCodes.Br, _labels[target]);
        }
    }

    /// <summary>
    /// Assigns the parameters of a block. All arguments are pushed before the first is popped, because they may be parameters of the same
    /// block.
    /// </summary>
    private void PassArguments(IrEdge edge)
    {
        List<IrNode> assigned = [];
        for (int i = 0; i < edge.Arguments.Length; i++)
        {
            IrNode parameter = edge.Target.Parameters[i];
            if (edge.Arguments[i] != parameter)
            {
                assigned.Add(parameter);
                _values.PushWhole(edge.Arguments[i]);
            }
        }

        for (int i = assigned.Count - 1; i >= 0; i--)
        {
            _values.Pop(assigned[i]);
        }
    }
}
