using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;

namespace Lyra.Tests.Jit.Passes;

/// <summary>
/// A graph as the builder could make it from a random structured program over a few registers, each of a fixed representation: arithmetic,
/// fields, elements, entries of maps, variables, captured variables, allocations, branches and loops.
/// </summary>
internal sealed partial class RandomGraph
{
    /// <summary>The representation of each register.</summary>
    public static readonly IrType[] Types =
    [
        IrType.Int, IrType.Int, IrType.Int, IrType.Float, IrType.Float, IrType.Bool, IrType.Any, IrType.Struct, IrType.Struct, IrType.List,
        IrType.Upvalue,
        IrType.Map,
    ];

    private const int MaxDepth = 3;

    private readonly Random _random;
    private readonly IrGraph _graph = new(RegionKind.Loop, IrTexts.Main, 0);
    private readonly ModuleInstance _module;
    private IrNode[] _registers;
    private IrBlock _block;
    private Snapshot? _snapshot;
    private IrNode? _counter;
    private int _pc;

    private RandomGraph(int seed, ModuleInstance module)
    {
        _random = new Random(seed);
        _module = module;
        _block = _graph.NewBlock();
        _registers = new IrNode[Types.Length];
    }

    /// <summary>Creates the graph for a seed. It uses the variables of the module, which has four.</summary>
    public static IrGraph Create(int seed, ModuleInstance module, int statements = 12)
    {
        RandomGraph builder = new(seed, module);
        builder.Enter();
        builder.Statements(statements, 0);
        builder._block.End = IrEnd.Exit;
        builder._block.Exit = builder.NewSnapshot();
        return builder._graph;
    }

    private void Enter()
    {
        Snapshot start = _graph.NewSnapshot([Frame([])]);
        for (int register = 0; register < Types.Length; register++)
        {
            IrNode loaded = Emit(IrOp.LoadRegister, IrType.Any);
            loaded.Bits = register;
            _registers[register] = loaded;
        }

        _snapshot = start;
        for (int register = 0; register < Types.Length; register++)
        {
            if (Types[register] != IrType.Any)
            {
                _registers[register] = Unbox(_registers[register], Types[register]);
            }

            if (Types[register] == IrType.Int)
            {
                _registers[register].Bits = IrNode.SeenSmall;
            }
        }

        _snapshot = null;
    }

    private SnapshotFrame Frame(List<SnapshotSlot> slots) =>
        new() { Code = IrTexts.Main, Pc = _pc++ % 100, Base = 0, ReturnSlot = 0, Slots = slots };

    /// <summary>Charges steps, as at the start of a loop's body or of an inlined call.</summary>
    private void Charge(int steps)
    {
        Guarded(IrOp.ChargeSteps, IrType.None).Bits = steps;
        _snapshot = null;
    }

    private void Statements(int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            _pc++;
            int choice = _random.Next(depth < MaxDepth ? 22 : 20);
            if (choice >= 21)
            {
                IrNode? outer = _counter;
                if (_random.Next(3) == 0)
                {
                    RangeLoop(depth);
                }
                else
                {
                    Loop(depth);
                }

                _counter = outer;
            }
            else if (choice >= 20)
            {
                If(depth);
            }
            else
            {
                Statement(choice);
            }
        }
    }

    private void If(int depth)
    {
        IrNode condition = _random.Next(2) == 0 ? _registers[5] : Compare();
        IrBlock from = _block;
        IrNode[] before = [.. _registers];
        (IrBlock first, IrNode[] firstRegisters) = Arm(depth, before);
        IrBlock firstEnd = _block;
        (IrBlock second, IrNode[] secondRegisters) = Arm(depth, before);
        IrBlock secondEnd = _block;
        from.End = IrEnd.Branch;
        from.Value = condition;
        from.First = new IrEdge(first, []);
        from.Second = new IrEdge(second, []);
        IrBlock join = _graph.NewBlock();
        List<IrNode> firstArguments = [];
        List<IrNode> secondArguments = [];
        for (int i = 0; i < before.Length; i++)
        {
            // Sometimes adds a parameter that is not needed.
            if (!ReferenceEquals(firstRegisters[i], secondRegisters[i]) || _random.Next(3) == 0)
            {
                _registers[i] = Parameter(join, firstRegisters[i]);
                firstArguments.Add(firstRegisters[i]);
                secondArguments.Add(secondRegisters[i]);
            }
            else
            {
                _registers[i] = firstRegisters[i];
            }
        }

        Jump(firstEnd, join, firstArguments);
        Jump(secondEnd, join, secondArguments);
        Begin(join);
    }

    private (IrBlock Begin, IrNode[] Registers) Arm(int depth, IrNode[] registers)
    {
        IrBlock block = _graph.NewBlock();
        Begin(block);
        _registers = [.. registers];
        Statements(_random.Next(4), depth + 1);
        IrNode[] after = _registers;
        _registers = [.. after];
        return (block, after);
    }

    /// <summary>A loop that counts up and tests its condition after the body.</summary>
    private void Loop(int depth)
    {
        IrBlock head = LoopHead(Int(0));
        IrNode counter = _counter = head.Parameters[0];
        Charge(1);
        Statements(_random.Next(1, 6), depth + 1);
        IrNode next = Emit(IrOp.AddInt, IrType.Int, counter, Int(1));
        IrNode goesOn = Emit(IrOp.LtInt, IrType.Bool, next, Int(_random.Next(1, 6)));
        IrBlock latch = _graph.NewBlock();
        IrBlock after = _graph.NewBlock();
        _block.End = IrEnd.Branch;
        _block.Value = goesOn;
        _block.First = new IrEdge(latch, []);
        _block.Second = new IrEdge(after, []);
        Jump(latch, head, [next, .. _registers]);
        Begin(after);
    }

    /// <summary>
    /// A loop over a range as the builder makes it: the number of elements left counts down, and each iteration adds the step.
    /// </summary>
    private void RangeLoop(int depth)
    {
        IrNode step = _random.Next(4) == 0 ? AnyInt() : Int(_random.Next(2) == 0 ? 1 : -1);
        IrBlock head = LoopHead(Int(_random.Next(-1, 6)), Int(_random.Next(6)));
        IrNode left = head.Parameters[1];
        IrBlock body = _graph.NewBlock();
        IrBlock after = _graph.NewBlock();
        head.Value = Emit(IrOp.LtInt, IrType.Bool, Int(0), left);
        head.End = IrEnd.Branch;
        head.First = new IrEdge(body, []);
        head.Second = new IrEdge(after, []);
        IrNode[] registers = [.. _registers];
        Begin(body);
        IrNode next = _counter = Emit(IrOp.AddInt, IrType.Int, head.Parameters[0], step);
        Charge(1);
        Statements(_random.Next(1, 6), depth + 1);
        Jump(_block, head, [next, Emit(IrOp.SubInt, IrType.Int, left, Int(1)), .. _registers]);
        _registers = registers;
        Begin(after);
    }

    /// <summary>Jumps to a new loop head with parameters for the given values and for all registers.</summary>
    private IrBlock LoopHead(params IrNode[] values)
    {
        IrBlock head = _graph.NewBlock();
        head.IsLoopHead = true;
        head.HeadSnapshot = _graph.NewSnapshot([Frame(Slots())]);
        Jump(_block, head, [.. values, .. _registers]);
        foreach (IrNode value in values)
        {
            Parameter(head, value);
        }

        for (int i = 0; i < _registers.Length; i++)
        {
            _registers[i] = Parameter(head, _registers[i]);
        }

        Begin(head);
        return head;
    }

    private void Begin(IrBlock block)
    {
        _block = block;
        _snapshot = null;
    }

    private IrNode Parameter(IrBlock block, IrNode like)
    {
        IrNode parameter = _graph.NewNode(IrOp.Parameter, like.Type);
        parameter.Payload = like.Shape;
        parameter.Block = block;
        block.Parameters.Add(parameter);
        return parameter;
    }

    private static void Jump(IrBlock from, IrBlock to, List<IrNode> arguments)
    {
        from.End = IrEnd.Jump;
        from.First = new IrEdge(to, [.. arguments]);
    }

    private IrNode Emit(IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = _graph.NewNode(op, type, inputs);
        node.Block = _block;
        _block.Nodes.Add(node);
        return node;
    }

    /// <summary>A node with an effect, or with a payload that has one.</summary>
    private void Effect(IrOp op, object? payload, long bits, params IrNode[] inputs)
    {
        IrNode node = Emit(op, IrType.None, inputs);
        node.Payload = payload;
        node.Bits = bits;
        _snapshot = null;
    }

    private IrNode Guarded(IrOp op, IrType type, params IrNode[] inputs)
    {
        _snapshot ??= NewSnapshot();
        IrNode node = Emit(op, type, inputs);
        node.Exit = _snapshot;
        return node;
    }

    /// <summary>A snapshot of all registers, sometimes with an inlined frame.</summary>
    private Snapshot NewSnapshot()
    {
        List<SnapshotSlot> slots = Slots();
        if (_random.Next(4) > 0)
        {
            return _graph.NewSnapshot([Frame(slots)]);
        }

        IrNode closure = Emit(IrOp.ConstObject, IrType.Closure);
        closure.Payload = IrTexts.Objects["closure"];
        SnapshotFrame inner = new()
        {
            Code = IrTexts.Add,
            Pc = _pc++ % 100,
            Base = 20,
            ReturnSlot = 3,
            Closure = closure,
            Slots = [new SnapshotSlot(0, _registers[0]), new SnapshotSlot(1, _registers[6])],
        };
        return _graph.NewSnapshot([Frame(slots), inner]);
    }

    private List<SnapshotSlot> Slots()
    {
        List<SnapshotSlot> slots = [];
        for (int i = 0; i < _registers.Length; i++)
        {
            slots.Add(new SnapshotSlot(i, _registers[i]));
        }

        return slots;
    }
}
