using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <content>
/// Loops over generators: the generator's code from where it stands to its next yield is built in line. Its frame is one of the region's while it
/// runs; its registers are loaded from its object where they are first read, and what changed is stored back at the yield.
/// </content>
internal sealed partial class RegionBuilder
{
    /// <summary>A generator with more places to go on at stays the interpreter's.</summary>
    private const int MaxResumePoints = 6;

    private IrNode NewGenerator(in Callee callee, IrNode[] arguments) =>
        Guarded(IrOp.NewGenerator, IrType.Generator, [callee.Closure, .. arguments]).About(callee.Code, 0);

    private bool BuildForEachGenerator(Instruction i, int body, IrNode generator)
    {
        if (_scope.Context.OnlyCalleeAt(_pc) is not { Code: { Kind: ProcKind.Generator } code } context || !IsSmallEnough(code)
            || ResumePoints(context) is not { Count: > 0 and <= MaxResumePoints } starts)
        {
            return false;
        }

        FrameScope driver = _scope;
        int pc = _pc;
        int nodes = _graph.NodeCount;
        IrNode index = IntRegister(i.A + 1);
        FrameScope frame = EnterGenerator(i, context, generator, starts);
        _graph.Inlined.Add(new InlinedCall(code, pc, frame.Depth));
        _maxDepth = System.Math.Max(_maxDepth, frame.Depth);
        _scope = frame;
        _effects++;
        (List<int> order, HashSet<int> heads) = frame.Flow.OrderOfResume(starts);
        BuildBlocks(order, heads, -1);
        _scope = driver;
        _pc = pc;
        _inlinedNodes[context] = _graph.NodeCount - nodes;
        LeaveGenerator(i, body, frame, index);
        return true;
    }

    /// <summary>Where the generator was seen to go on.</summary>
    private static List<int> ResumePoints(CallContext context)
    {
        List<int> points = [];
        Instruction[] code = context.Code.Prototype.Code;
        for (int pc = 0; pc < code.Length; pc++)
        {
            if (context.ProfileAt(pc) is not null && (pc == 0 || code[pc - 1].Op == Opcode.Yield))
            {
                points.Add(pc);
            }
        }

        return points;
    }

    /// <summary>The generator's frame, with a way to each place where it may go on; exits when it stands elsewhere.</summary>
    private FrameScope EnterGenerator(Instruction i, CallContext context, IrNode generator, List<int> starts)
    {
        FrameScope driver = _scope;
        IrNode closure = Call(RegionHelpers.GeneratorClosure, generator);
        GuardCode(closure, context.Code);
        IrNode position = Call(RegionHelpers.GeneratorPosition, generator);
        int origin = driver.Base + driver.Code.RegisterCount;
        FrameScope frame = new(context, driver)
        {
            CallPc = _pc,
            Base = origin,
            ReturnSlot = origin,
            Closure = closure,
            Generator = generator,
            Entry = _block,
            YieldCost = driver.Code.Prototype.Loops[i.B].Cost,
        };
        for (int n = 0; n < starts.Count; n++)
        {
            IrNode isHere = Emit(IrOp.EqInt, IrType.Bool, position, Int(starts[n]));
            Incoming? other = n < starts.Count - 1 ? Fork(isHere) : null;
            if (other is null)
            {
                Guarded(IrOp.Guard, IrType.None, isHere);
            }

            ChargeSteps(context.Code.EntryCost);
            frame.Pending[starts[n]] = [new Incoming(_block!, new IrNode?[frame.Registers.Length], new bool[frame.Registers.Length])];
            if (other is not null)
            {
                TakeUp(other);
            }
        }

        return frame;
    }

    /// <summary>Each yield is a way into the loop's body, each return one behind the loop.</summary>
    private void LeaveGenerator(Instruction i, int body, FrameScope frame, IrNode index)
    {
        FrameScope driver = _scope;
        int pc = _pc;
        IrNode?[] registers = driver.Registers;
        bool[] dirty = driver.IsDirty;
        foreach ((IrBlock block, IrNode value) in frame.Yields)
        {
            TakeUp(new Incoming(block, (IrNode?[])registers.Clone(), (bool[])dirty.Clone()));
            _pc = pc;
            IrNode next = Emit(IrOp.AddInt, IrType.Int, index, Int(1));
            SetRegister(i.A + 1, next);
            TakeElement(i, body, next, value);
        }

        foreach ((IrBlock block, _) in frame.Returns)
        {
            TakeUp(new Incoming(block, (IrNode?[])registers.Clone(), (bool[])dirty.Clone()));
            _pc = pc;
            GoTo(pc + 1);
        }

        _block = null;
    }

    /// <summary>
    /// The generator gives a value to the loop around it. The charge of the loop's back-edge comes first: when it trips, the interpreter yields and
    /// trips, and all that has changed is in the frame still.
    /// </summary>
    private bool BuildYield(Instruction i)
    {
        if (_scope.Generator is not { } generator)
        {
            return false;
        }

        IrNode value = Register(i.A);
        ChargeSteps(_scope.YieldCost);
        LivenessMap liveness = _scope.Code.Liveness;
        for (int register = 0; register < _scope.Registers.Length; register++)
        {
            if (_scope.IsDirty[register] && _scope.Registers[register] is { } changed && liveness.IsLive(_pc + 1, register))
            {
                Call(RegionHelpers.StoreGeneratorRegister, generator, Int(register), Box(changed));
            }
        }

        Call(RegionHelpers.SuspendGenerator, generator, Int(_pc + 1));
        _scope.Yields.Add((_block!, value));
        _block = null;
        return true;
    }

    /// <summary>The end of a loop's iteration: a generator that has nothing to clean up is ended at once.</summary>
    private bool BuildCloseGenerator(Instruction i, IrNode generator)
    {
        IrNode isOwned = IntRegister(i.A + 2);
        Incoming interpreted = Fork(Call(RegionHelpers.CloseGenerator, generator, isOwned));
        List<Incoming> ends = [];
        SetRegister(i.A + 2, Int(0));
        EndArm(ends);
        TakeUp(interpreted);
        Interpret(i);
        EndArm(ends);
        JoinArms(ends);
        return true;
    }

    /// <summary>What a generator's register held when it was suspended.</summary>
    private IrNode GeneratorRegister(FrameScope scope, int register)
    {
        if (!scope.Initial.TryGetValue(register, out IrNode? value))
        {
            IrBlock? block = _block;
            int effects = _effects;
            _block = scope.Entry;
            value = Call(RegionHelpers.LoadGeneratorRegister, scope.Generator!, Int(register));
            _block = block;
            _effects = effects;
            scope.Initial.Add(register, value);
        }

        return value;
    }
}
