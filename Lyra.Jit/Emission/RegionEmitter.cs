using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>
/// From IR to IL. SSA values are locals of their representation (an Any two of them), parameters are written on the edges, guards branch to exit
/// code behind the last block: there the live values go to the exit buffers. The CLR's compiler allocates registers and schedules.
/// </summary>
internal sealed partial class RegionEmitter
{
    private static readonly IlArgument Data = new(0);
    private static readonly IlArgument Context = new(1);
    private static readonly IlArgument Stack = new(2);
    private static readonly IlArgument Origin = new(3);

    private readonly IrGraph _graph;
    private readonly FailurePlan? _failures;
    private readonly IrBlock[] _blocks;
    private readonly Placement _placement;
    private readonly IlBuffer _il;
    private readonly Dictionary<IrBlock, IlLabel> _labels = [];
    private readonly IlLocal?[] _locals;
    private readonly IlLocal?[] _references;
    private readonly List<object?> _constants = [];
    private readonly Dictionary<object, IlLocal> _constantLocals = new(ReferenceEqualityComparer.Instance);
    private readonly ConstantUses? _constantUses;
    private readonly List<RegionGuard> _guards = [];
    private IrNode? _constantUser;

    private RegionEmitter(IrGraph graph, FailurePlan? failures)
    {
        _failures = failures;
        _graph = graph;
        IrOrder order = IrOrder.Of(graph);
        _blocks = order.Blocks;
        _budgetPlan = new BudgetPlan(graph, order);
        _placement = new Placement(graph, _blocks);
        _constantUses = graph.Kind == RegionKind.Entry ? new ConstantUses(graph, _placement) : null;
        _arguments = new IlArgument[graph.ArgumentTypes.Length];
        _il = new IlBuffer(graph.Kind == RegionKind.Loop ? IlMethodSignature.OfDelegate(typeof(LoopCode)) : EntryMethod());
        _locals = new IlLocal?[graph.NodeCount];
        _references = new IlLocal?[graph.NodeCount];
    }

    /// <summary>Emits a verified graph.</summary>
    /// <param name="graph">The region.</param>
    /// <param name="failures">Has guards fail on purpose; null outside of tests.</param>
    public static EmittedRegion Emit(IrGraph graph, FailurePlan? failures = null)
    {
        RegionEmitter emitter = new(graph, failures);
        emitter.EmitAll();
        return new EmittedRegion(emitter._il, [.. emitter._constants], [.. emitter._states], [.. emitter._guards])
        {
            Calls = [.. emitter._calls],
            Interpreted = [.. emitter._interpreted],
            HostCallObjects = emitter._hostCallObjects,
        };
    }

    private void EmitAll()
    {
        LoadConstants();
        ComputeRoom();
        foreach (IrBlock block in _blocks)
        {
            _labels[block] = _il.DefineLabel();
        }

        for (int i = 0; i < _blocks.Length; i++)
        {
            EmitBlock(_blocks[i], i + 1 < _blocks.Length ? _blocks[i + 1] : null);
        }

        EmitLookedBack();
        EmitExits();
    }

    private void EmitBlock(IrBlock block, IrBlock? next)
    {
        _il.MarkLabel(_labels[block]);
        LoadConstantsOf(block);
        BeginBudget(block);
        foreach (IrNode node in block.Nodes)
        {
            if (!_placement.IsDeferred(node))
            {
                EmitNode(node);
            }
        }

        EmitEnd(block, next);
    }

    private void EmitEnd(IrBlock block, IrBlock? next)
    {
        switch (block.End)
        {
            case IrEnd.Jump:
                MoveBudget(block, block.First!.Target);
                PassArguments(block.First!);
                JumpTo(block.First!.Target, next);
                break;
            case IrEnd.Branch:
                EmitBranch(block, next);
                break;
            case IrEnd.Exit:
                block.GuardId = NewGuard(block.Exit!, "Exit");
                _il.Emit(OpCodes.Br, GuardLabel(block.GuardId, block.Exit!));
                break;
            case IrEnd.Return:
                EmitReturn(block.Value);
                break;
            default:
                throw new InvalidOperationException($"A block of a {_graph.Kind} region ends with {block.End}.");
        }
    }

    private void EmitBranch(IrBlock block, IrBlock? next)
    {
        // Blocks that a branch leads to have no parameters: the builder puts one between where they have.
        IrBlock first = block.First!.Target;
        IrBlock second = block.Second!.Target;
        if (first == next)
        {
            BranchUnless(block.Value!, _labels[second]);
            return;
        }

        BranchIf(block.Value!, _labels[first]);
        JumpTo(second, next);
    }

    private void JumpTo(IrBlock target, IrBlock? next)
    {
        if (target != next)
        {
            _il.Emit(OpCodes.Br, _labels[target]);
        }
    }

    /// <summary>Gives a block's parameters their values: all are computed before the first is written, because they may be each other's.</summary>
    private void PassArguments(IrEdge edge)
    {
        List<(IrNode Parameter, IrNode Value)> moves = [];
        for (int i = 0; i < edge.Arguments.Length; i++)
        {
            IrNode parameter = edge.Target.Parameters[i];
            if (edge.Arguments[i] != parameter)
            {
                moves.Add((parameter, edge.Arguments[i]));
            }
        }

        foreach ((IrNode parameter, IrNode value) in moves)
        {
            if (parameter.Type == IrType.Any)
            {
                PushAny(value);
            }
            else
            {
                Push(value);
            }
        }

        for (int i = moves.Count - 1; i >= 0; i--)
        {
            Pop(moves[i].Parameter);
        }
    }

    /// <summary>Takes the value of a node from the stack into its local; of an Any the bits are on top.</summary>
    private void Pop(IrNode node)
    {
        _il.Emit(OpCodes.Stloc, LocalOf(node));
        if (node.Type == IrType.Any)
        {
            _il.Emit(OpCodes.Stloc, ReferenceOf(node));
        }
    }

    /// <summary>The local of a node; of an Any that of its bits.</summary>
    private IlLocal LocalOf(IrNode node) => _locals[node.Id] ??= _il.DeclareLocal(
        node.Type == IrType.Any ? typeof(long) : ClassOf(node), $"v{node.Id}");

    /// <summary>The local of an Any's reference.</summary>
    private IlLocal ReferenceOf(IrNode node) => _references[node.Id] ??= _il.DeclareLocal(typeof(object), $"v{node.Id}.ref");

    private static Type ClassOf(IrNode node) => node.Type == IrType.Struct
        ? Runtime.Objects.StructObject.ClassFor(node.Shape!.Fields.Length)
        : IrTypes.ClrType(node.Type);

    /// <summary>Objects among the constants are loaded once: in a loop region at the beginning, in an entry region where <see cref="ConstantUses"/> says.</summary>
    private void LoadConstants()
    {
        foreach (IrBlock block in _blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                _constantUser = node;
                if (node.Op is IrOp.ConstObject or IrOp.ConstForeign)
                {
                    if (_constantUses?.IsPushed(node) != false)
                    {
                        LoadConstant(node.Payload!);
                    }
                }
                else if (node.Op is IrOp.LoadVariable or IrOp.StoreVariable)
                {
                    LoadConstant(((Runtime.Execution.ModuleInstance)node.Payload!).Slots);
                }
                else if (node.Payload is HostCall host)
                {
                    LoadConstant(host.Target);
                }
                else if (node.Payload is RegionCall { Cell: { } cell })
                {
                    LoadConstant(cell);
                }
                else if (node.Op is IrOp.NewStruct or IrOp.IsCode or IrOp.NewClosure or IrOp.MakeStruct or IrOp.MakeClosure)
                {
                    LoadConstant(node.Payload!);
                }
            }
        }
    }

    private void LoadConstant(object value)
    {
        Type type = value.GetType();
        _constantUses?.Add(value, _constantUser!);
        if (_constantLocals.ContainsKey(value))
        {
            return;
        }

        IlLocal local = _il.DeclareLocal(type, $"const{_constants.Count}");
        _constants.Add(value);
        _constantLocals.Add(value, local);
        if (_constantUses is null)
        {
            EmitLoad(_constants.Count - 1, type, local);
        }
    }

    private void EmitLoad(int constant, Type type, IlLocal local)
    {
        _il.Emit(OpCodes.Ldarg, Data);
        _il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Constants))!);
        _il.Emit(OpCodes.Ldc_I4, constant);
        _il.Emit(OpCodes.Ldelem_Ref);
        _il.Emit(OpCodes.Castclass, type);
        _il.Emit(OpCodes.Stloc, local);
    }
}
