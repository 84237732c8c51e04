using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Emit;
using Lyra.Jit.Helpers;
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
    private readonly RegionTables _tables;
    private readonly OutlinedPart? _part;
    private readonly RegionMethod _method;
    private readonly IlBuffer _il;
    private readonly IrBlock[] _blocks;
    private readonly Dictionary<IrBlock, IlLabel> _labels = new(ReferenceEqualityComparer.Instance);

    /// <summary>In a part: blocks outside it to which a branch leads.</summary>
    private readonly List<IrBlock> _left = [];
    private readonly Placement _placement;
    private readonly ConstantLoader _constants;
    private readonly Values _values;
    private readonly Expressions _expressions;
    private readonly BudgetLocal _budget;
    private readonly SideExitEmitter _exits;
    private readonly ConditionalBranchEmitter _branches;
    private readonly GuardEmitter _guards;
    private readonly CheckedMathEmitter _checked;
    private readonly ChargeEmitter _charges;
    private readonly MemoryEmitter _memory;
    private readonly AllocationEmitter _allocations;
    private readonly HelperCallEmitter _calls;
    private readonly HostCallEmitter _hostCalls;
    private readonly ProcRegionEmitter _procs;
    private readonly PartEmitter _parts;

    /// <param name="tables">What the methods of the region share.</param>
    /// <param name="part">The part to emit; null for the region's own method.</param>
    /// <param name="failures">Makes guards fail in tests; otherwise null.</param>
    private RegionEmitter(RegionTables tables, OutlinedPart? part, FailurePlan? failures)
    {
        IrGraph graph = tables.Graph;
        ExitStates states = tables.States;
        _tables = tables;
        _part = part;
        _blocks = part?.Blocks ?? tables.Parts.MainBlocks();
        _method = new RegionMethod(graph, part);
        _il = _method.Il;
        _placement = tables.Placement;
        _constants = new ConstantLoader(_method, tables);
        _values = new Values(_method, _placement, _constants, node => CodeOf(node.Op)(node));
        _expressions = new Expressions(_method, _values, _constants);
        _budget = new BudgetLocal(_method, tables.Budget);
        SpillEmitter spills = new(_method, _values, states);
        _exits = new SideExitEmitter(_method, spills, _budget, tables, failures);
        _branches = new ConditionalBranchEmitter(_method, _values, _placement);
        _guards = new GuardEmitter(_method, _values, _exits);
        _checked = new CheckedMathEmitter(_method, _values, _exits);
        _charges = new ChargeEmitter(_method, _budget, _exits);
        _memory = new MemoryEmitter(_method, _values, _constants);
        _allocations = new AllocationEmitter(_method, _values, _constants, _charges, _memory);
        _calls = new HelperCallEmitter(_method, _values, spills, _exits, states);
        InvariantSpills invariants = new(graph, tables.Order, states);
        _hostCalls = new HostCallEmitter(_method, _values, _constants, spills, states, invariants, _calls);
        _procs = new ProcRegionEmitter(_method, _values, _constants, spills, _exits, tables);
        _parts = new PartEmitter(_method, _values, _constants, _exits, _procs);
    }

    /// <summary>Emits a verified graph.</summary>
    /// <param name="graph">The region.</param>
    /// <param name="failures">Makes guards fail in tests; otherwise null.</param>
    public static EmittedRegion Emit(IrGraph graph, FailurePlan? failures = null)
    {
        RegionTables tables = new(graph);
        RegionEmitter emitter = new(tables, null, failures);
        emitter.EmitAll();
        EmittedPart[] parts = [.. tables.Parts.All.Select(part => EmitPart(tables, part, failures))];
        return new EmittedRegion(emitter._il, tables.Constants, tables.States.All, [.. tables.Guards])
        {
            Parts = parts,
            Calls = [.. tables.Calls],
            Interpreted = emitter._calls.CallOutStates,
            Noted = emitter._procs.NotedStates,
            HostCallObjects = emitter._hostCalls.Objects,
        };
    }

    private static EmittedPart EmitPart(RegionTables tables, OutlinedPart part, FailurePlan? failures)
    {
        RegionEmitter emitter = new(tables, part, failures);
        emitter._parts.TakeInputs(part);
        emitter.EmitBlocks();
        return new EmittedPart(emitter._il, part.DelegateType, tables.IndexOf(part));
    }

    private void EmitAll()
    {
        _constants.LoadAll(Array.FindAll(_blocks, block => _tables.Parts.Of(block) is null));
        _procs.ComputeFramesLeft(_tables.Order.Blocks);
        EmitBlocks();
    }

    private void EmitBlocks()
    {
        foreach (IrBlock block in _blocks)
        {
            _labels[block] = _il.DefineLabel();
        }

        for (int i = 0; i < _blocks.Length; i++)
        {
            EmitBlock(_blocks[i], i + 1 < _blocks.Length ? _blocks[i + 1] : null);
        }

        foreach (IrBlock target in _left)
        {
            _il.MarkLabel(_labels[target]);
            _parts.ReturnOutcome(_part!, target, []);
        }

        _hostCalls.EmitInspected();
        _procs.EmitBuilt();
        _checked.EmitWideProducts();
        _exits.EmitStubs();
    }

    private void EmitBlock(IrBlock block, IrBlock? next)
    {
        if (_tables.Searches.IsInner(block))
        {
            return;
        }

        _il.MarkLabel(_labels[block]);
        if (_part is null && _tables.Parts.RootedAt(block) is { } part)
        {
            _parts.Call(part, LabelOf);
            return;
        }

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
        int before = _il.InstructionCount;
        CodeOf(node.Op)(node);
        if (_il.InstructionCount == before && node.Op != IrOp.Argument)
        {
            FailWithoutCode(node);
        }

        if (node.Row.IsExpression)
        {
            _il.Emit(OpCodes.Stloc, _values.LocalOf(node));
        }
    }

    /// <summary>
    /// What emits an operation: that of an expression (<see cref="IrOpInfo.IsExpression"/>) leaves the result on the evaluation stack, that
    /// of any other stores it. The compiler checks that each operation has some.
    /// </summary>
    private Action<IrNode> CodeOf(IrOp op) => op switch
    {
        // Values pushes constants, arguments and the inputs of boxes, edges assign parameters, and exits make virtual objects.
        IrOp.ConstInt or IrOp.ConstFloat or IrOp.ConstBool or IrOp.ConstNil or IrOp.ConstUnset => FailWithoutCode,
        IrOp.ConstObject or IrOp.ConstForeign or IrOp.Parameter => FailWithoutCode,
        IrOp.BoxInt or IrOp.BoxFloat or IrOp.BoxBool or IrOp.BoxObject => FailWithoutCode,
        IrOp.VirtualStruct or IrOp.VirtualTuple or IrOp.VirtualClosure or IrOp.VirtualUpvalue or IrOp.VirtualRange => FailWithoutCode,
        IrOp.Argument => EmitNothing,

        // Memory.
        IrOp.LoadRegister or IrOp.LoadField or IrOp.LoadValue or IrOp.LoadMapValue or IrOp.TupleItem => _memory.LoadAny,
        IrOp.LoadVariable or IrOp.LoadUpvalue or IrOp.LoadCapture => _memory.LoadAny,
        IrOp.StoreField or IrOp.StoreValue or IrOp.StoreMapValue or IrOp.StoreUpvalue or IrOp.StoreVariable => _memory.StoreAny,
        IrOp.LoadFieldInt or IrOp.LoadFieldFloat or IrOp.LoadFieldBool => _memory.LoadFieldContents,
        IrOp.StoreFieldInt or IrOp.StoreFieldFloat => _memory.StoreFieldContents,
        IrOp.FieldVersion => _memory.LoadFieldVersion,
        IrOp.ListCount => _memory.ListCount,
        IrOp.ListStrategy => _memory.ListStrategy,
        IrOp.ListElementKind => _memory.ListElementKind,
        IrOp.ListInts => _memory.ListInts,
        IrOp.ListFloats => _memory.ListFloats,
        IrOp.ListBools => _memory.ListBools,
        IrOp.ListValues => _memory.ListValues,
        IrOp.LoadInt or IrOp.LoadFloat or IrOp.LoadBool => _memory.LoadElement,
        IrOp.StoreInt or IrOp.StoreFloat or IrOp.StoreBool => _memory.StoreElement,
        IrOp.RootClosure => _memory.RootClosure,

        // Guards.
        IrOp.UnboxInt or IrOp.UnboxFloat or IrOp.UnboxBool => _guards.UnboxNumber,
        IrOp.UnboxObject => _guards.UnboxObject,
        IrOp.UnboxStruct => _guards.UnboxStruct,
        IrOp.Guard or IrOp.GuardSpeculation => ExitUnless,
        IrOp.GuardNot => ExitIf,
        IrOp.GuardIndex => _guards.Index,
        IrOp.GuardDivisor => _guards.Divisor,
        IrOp.GuardShift => _guards.Shift,
        IrOp.GuardSmall => _guards.Small,
        IrOp.FoundPosition => _guards.FoundPosition,
        IrOp.AddIntChecked => _checked.Add,
        IrOp.SubIntChecked => _checked.Subtract,
        IrOp.MulIntChecked => _checked.Multiply,
        IrOp.NegIntChecked => _checked.Negate,
        IrOp.ShlIntChecked => _checked.ShiftLeft,

        // Objects.
        IrOp.NewList => _allocations.NewList,
        IrOp.NewStruct => _allocations.NewStruct,
        IrOp.NewUpvalue => _allocations.NewUpvalue,
        IrOp.NewClosure => _allocations.NewClosure,
        IrOp.NewGenerator => _allocations.NewGenerator,
        IrOp.NewTuple => _allocations.NewTuple,
        IrOp.NewRange => _allocations.NewRange,
        IrOp.MakeStruct => _allocations.MakeStruct,
        IrOp.MakeTuple => _allocations.MakeTuple,
        IrOp.MakeRange => _allocations.MakeRange,
        IrOp.MakeClosure => _allocations.MakeClosure,

        // Calls and bookkeeping.
        IrOp.ChargeSteps => _charges.ChargeSteps,
        IrOp.TakeSteps => node => _charges.TakeSteps(node, _values.LocalOf(node)),
        IrOp.RefundSteps => _charges.RefundSteps,
        IrOp.ChargeMemory => _charges.ChargeMemory,
        IrOp.CheckStack => _procs.CheckStack,
        IrOp.Call => CallHelper,
        IrOp.CallInterpreter => _calls.CallInterpreter,
        IrOp.CallHost => _hostCalls.Call,
        IrOp.LoadHost or IrOp.StoreHost or IrOp.LoadHostObject => _hostCalls.Access,
        IrOp.CallRegion => _procs.Call,

        // Expressions.
        IrOp.AddInt or IrOp.SubInt or IrOp.MulInt or IrOp.DivInt or IrOp.ModInt or IrOp.NegInt => _expressions.Machine,
        IrOp.AndInt or IrOp.OrInt or IrOp.XorInt or IrOp.NotInt or IrOp.EqInt or IrOp.LtInt or IrOp.LeInt => _expressions.Machine,
        IrOp.AddFloat or IrOp.SubFloat or IrOp.MulFloat or IrOp.DivFloat or IrOp.ModFloat or IrOp.NegFloat => _expressions.Machine,
        IrOp.EqFloat or IrOp.LtFloat or IrOp.LeFloat or IrOp.EqBool or IrOp.SameObject or IrOp.IntToFloat => _expressions.Machine,
        IrOp.ShlInt or IrOp.ShrInt => _expressions.Shift,
        IrOp.Not => _expressions.Not,
        IrOp.AsInt or IrOp.AsFloat or IrOp.AsBool => _values.PushContents,
        IrOp.AsObject or IrOp.AsStruct => _expressions.Cast,
        IrOp.IsInt or IrOp.IsFloat or IrOp.IsBool or IrOp.IsUnset => _expressions.IsTagged,
        IrOp.IsNil => _expressions.IsNil,
        IrOp.IsThis => _expressions.IsThis,
        IrOp.IsTruthy => _expressions.IsTruthy,
        IrOp.IsObject => _expressions.IsObject,
        IrOp.IsStruct => _expressions.IsStruct,
        IrOp.IsHost => _expressions.IsHost,
        IrOp.IsHostClass => _expressions.IsHostClass,
        IrOp.IsCode => _expressions.IsCode,
        IrOp.StrLength => _expressions.StrLength,
        IrOp.TupleCount => _expressions.TupleCount,
        IrOp.RangeStart => _expressions.RangeStart,
        IrOp.RangeStep => _expressions.RangeStep,
        IrOp.RangeCount => _expressions.RangeCount,
        IrOp.RangeIsSmall => _expressions.RangeIsSmall,
        IrOp.StrUnits => _expressions.StrUnits,
        IrOp.LoadUnit => _expressions.LoadUnit,
        IrOp.StrOfUnit => _expressions.StrOfUnit,
        IrOp.StrOfEnum => _expressions.StrOfEnum,
    };

    private static void FailWithoutCode(IrNode node) => throw new InvalidOperationException($"The emitter has no code for {node.Op}.");

    private static void EmitNothing(IrNode node)
    {
    }

    private void CallHelper(IrNode node)
    {
        if (ReferenceEquals(node.Payload, RegionHelpers.GiveBack))
        {
            _allocations.GiveBack(node);
        }
        else
        {
            _calls.CallHelper(node);
        }
    }

    private void ExitUnless(IrNode node)
    {
        IlLabel on = _il.DefineLabel();
        _branches.If(node.Inputs[0], on);
        _exits.Take(node);
        _il.MarkLabel(on);
    }

    private void ExitIf(IrNode node)
    {
        IlLabel on = _il.DefineLabel();
        _branches.Unless(node.Inputs[0], on);
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
                Jump(block.First!, next);
                break;
            case IrEnd.Branch when _tables.Searches.At(block) is { } search:
                JumpByTable(search);
                break;
            case IrEnd.Branch:
                EmitBranch(block, next);
                break;
            case IrEnd.Exit:
                _exits.Exit(block);
                break;
            case IrEnd.Return:
                Return(block.Value);
                break;
            default:
                throw new InvalidOperationException($"A block of a {_method.Graph.Kind} region ends with {block.End}.");
        }
    }

    private void EmitBranch(IrBlock block, IrBlock? next)
    {
        // The targets of a branch have no parameters: who makes an edge that would pass arguments inserts a block on it.
        IrBlock first = block.First!.Target;
        IrBlock second = block.Second!.Target;
        if (first.Parameters.Count + second.Parameters.Count > 0)
        {
            throw new InvalidOperationException($"The branch of block{block.Id} passes arguments.");
        }

        if (first == next)
        {
            _branches.Unless(block.Value!, LabelOf(second));
            return;
        }

        _branches.If(block.Value!, LabelOf(first));
        JumpTo(second, next);
    }

    private void JumpByTable(SearchTree search)
    {
        IlLabel above = LabelOf(search.Above);
        _values.Push(search.Value);
        _il.Emit(OpCodes.Ldc_I8, search.First);
        _il.Emit(OpCodes.Blt, LabelOf(search.Below));
        _values.Push(search.Value);
        _il.Emit(OpCodes.Ldc_I8, search.First + search.Targets.Length);
        _il.Emit(OpCodes.Bge, above);
        _values.Push(search.Value);
        _il.Emit(OpCodes.Ldc_I8, search.First);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Conv_I4);
        _il.Emit(OpCodes.Switch, Array.ConvertAll(search.Targets, LabelOf));
        _il.Emit(OpCodes.Br, above);
    }

    private void Jump(IrEdge edge, IrBlock? next)
    {
        if (_part is not null && _tables.Parts.Of(edge.Target) != _part)
        {
            _parts.ReturnOutcome(_part, edge.Target, edge.Arguments);
            return;
        }

        PassArguments(edge);
        JumpTo(edge.Target, next);
    }

    private void Return(IrNode? value)
    {
        if (_part is null)
        {
            _procs.Return(value);
            return;
        }

        _parts.ReturnOutcome(_part, null, value is null ? [] : [value]);
    }

    /// <summary>The label of a block. One outside a part is that of the code that leaves the part for the block.</summary>
    private IlLabel LabelOf(IrBlock block)
    {
        if (!_labels.TryGetValue(block, out IlLabel label))
        {
            label = _il.DefineLabel();
            _labels.Add(block, label);
            _left.Add(block);
        }

        return label;
    }

    private void JumpTo(IrBlock target, IrBlock? next)
    {
        if (target != next)
        {
            _il.Emit(OpCodes.Br, LabelOf(target));
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
