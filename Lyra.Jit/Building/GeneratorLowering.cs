using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// Loops over generators. The generator's code is inlined from the place where it stands to its next yield. Its registers are loaded from
/// its object when they are first read; those that changed are stored back at the yield.
/// </summary>
internal sealed class GeneratorLowering(BuildParts parts, FrameBuilder frames, CallChooser calls, CallOutLowering callOuts)
    : Lowering(parts)
{
    /// <summary>Most places at which an inlined generator may resume.</summary>
    private const int MaxResumePoints = 6;

    /// <summary>Lowers the step of a for-each loop over a generator; its body begins at <paramref name="body"/>.</summary>
    public bool ForEach(Instruction i, int body, IrNode generator)
    {
        if (Frame.Context.OnlyCalleeAt(Pc) is not { Code: { Kind: ProcKind.Generator } code } context || !calls.IsSmallEnough(code)
            || ResumePoints(context) is not { Count: > 0 and <= MaxResumePoints } starts)
        {
            return false;
        }

        FrameScope driver = Frame;
        int pc = Pc;
        int nodes = State.Graph.NodeCount;
        IrNode index = Registers.GetInt(i.A + 1);
        FrameScope frame = EnterGenerator(i, context, generator, starts);
        State.Graph.Inlined.Add(new InlinedCall(code, pc, frame.Depth));
        State.RequireDepth(frame.Depth);
        State.Frame = frame;
        Ir.Snapshots.Invalidate();
        (List<int> order, HashSet<int> heads) = frame.Flow.OrderOfResume(starts);
        frames.BuildBlocks(order, heads, -1);
        State.Frame = driver;
        Pc = pc;
        State.InlinedNodes[context] = State.Graph.NodeCount - nodes;
        ExitGenerator(i, body, frame, index);
        return true;
    }

    /// <summary>
    /// An inlined generator yields a value to the loop that drives it. The loop's back-edge is charged first: when the limit is reached,
    /// everything that has changed is still in the frame, and the interpreter yields and raises the error.
    /// </summary>
    public bool Yield(Instruction i)
    {
        if (Frame.Generator is not { } generator)
        {
            return false;
        }

        IrNode value = Registers.Get(i.A);
        Ir.ChargeSteps(Frame.YieldCost);
        LivenessMap liveness = Frame.Code.Liveness;
        for (int register = 0; register < Frame.Registers.Length; register++)
        {
            if (Frame.IsDirty[register] && Frame.Registers[register] is { } changed && liveness.IsLive(Pc + 1, register))
            {
                Ir.Call(RegionHelpers.StoreGeneratorRegister, generator, Ir.Int(register), Ir.Box(changed));
            }
        }

        Ir.Call(RegionHelpers.SuspendGenerator, generator, Ir.Int(Pc + 1));
        Frame.Yields.Add((Ir.Block!, value));
        Ir.Block = null;
        return true;
    }

    /// <summary>The end of a loop over a generator: a generator with nothing to clean up is closed at once.</summary>
    public bool Close(Instruction i, IrNode generator)
    {
        IrNode isOwned = Registers.GetInt(i.A + 2);
        Path callOut = Paths.Fork(Ir.Call(RegionHelpers.CloseGenerator, generator, isOwned));
        List<Path> arms = [];
        Registers.Set(i.A + 2, Ir.Int(0));
        Paths.EndArm(arms);
        Paths.Resume(callOut);
        callOuts.CallInterpreter(i);
        Paths.EndArm(arms);
        Paths.JoinArms(arms);
        return true;
    }

    /// <summary>The places at which the generator was recorded to resume.</summary>
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

    /// <summary>The generator's frame, with a path to each place at which it may resume; exits when it stands elsewhere.</summary>
    private FrameScope EnterGenerator(Instruction i, CallContext context, IrNode generator, List<int> starts)
    {
        FrameScope driver = Frame;
        IrNode closure = Ir.Call(RegionHelpers.GeneratorClosure, generator);
        Ir.GuardCode(closure, context.Code);
        IrNode position = Ir.Call(RegionHelpers.GeneratorPosition, generator);
        int origin = driver.Base + driver.Code.RegisterCount;
        FrameScope frame = new(context, driver)
        {
            CallPc = Pc,
            Base = origin,
            ReturnSlot = origin,
            Closure = closure,
            Generator = generator,
            Entry = Ir.Block,
            YieldCost = driver.Code.Prototype.Loops[i.B].Cost,
        };
        for (int n = 0; n < starts.Count; n++)
        {
            IrNode isHere = Ir.Emit(IrOp.EqInt, IrType.Bool, position, Ir.Int(starts[n]));
            Path? other = n < starts.Count - 1 ? Paths.Fork(isHere) : null;
            if (other is null)
            {
                Ir.Guard(isHere);
            }

            Ir.ChargeSteps(context.Code.EntryCost);
            frame.AddPending(starts[n], frame.CopyPath(Ir.Block!));
            if (other is not null)
            {
                Paths.Resume(other);
            }
        }

        return frame;
    }

    /// <summary>Each yield is a path into the loop's body, each return a path past the loop.</summary>
    private void ExitGenerator(Instruction i, int body, FrameScope frame, IrNode index)
    {
        FrameScope driver = Frame;
        int pc = Pc;
        IrNode?[] registers = driver.Registers;
        bool[] dirty = driver.IsDirty;
        foreach ((IrBlock block, IrNode value) in frame.Yields)
        {
            Paths.Resume(new Path(block, (IrNode?[])registers.Clone(), (bool[])dirty.Clone()));
            Pc = pc;
            IrNode next = Ir.Emit(IrOp.AddInt, IrType.Int, index, Ir.Int(1));
            Registers.Set(i.A + 1, next);
            Paths.EnterBody(i, body, next, value);
        }

        foreach ((IrBlock block, _) in frame.Returns)
        {
            Paths.Resume(new Path(block, (IrNode?[])registers.Clone(), (bool[])dirty.Clone()));
            Pc = pc;
            Paths.GoTo(pc + 1);
        }

        Ir.Block = null;
    }
}
