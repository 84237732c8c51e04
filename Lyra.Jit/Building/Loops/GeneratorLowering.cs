using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// Loops over generators. The generator's code is inlined from the place where it stands to its next yield, or called if it is compiled on
/// its own. Its registers are loaded from its object when they are first read; those that changed are stored back at the yield.
/// </summary>
internal sealed class GeneratorLowering(BuildParts parts, FrameBuilder frames, CallChooser calls, CallOutLowering callOuts)
    : Lowering(parts)
{
    /// <summary>Lowers the step of a for-each loop over a generator; its body begins at <paramref name="body"/>.</summary>
    public bool ForEach(Instruction i, int body, IrNode generator)
    {
        if (Frame.Context.OnlyCalleeAt(Pc) is not { Code: { Kind: ProcKind.Generator } code } context
            || calls.IsActive(code) || !calls.IsSmallEnough(code)
            || ResumePoints.RecordedIn(context) is not { Count: > 0 and <= ResumePoints.MaxInlined } starts)
        {
            return Resume(i, body, generator);
        }

        int nodes = State.Graph.NodeCount;
        IrNode index = Registers.GetInt(i.A + 1);
        FrameScope frame = EnterGenerator(i, context, generator, starts);
        State.Graph.Inlined.Add(new InlinedCall(code, Pc, frame.Depth));
        State.RequireDepth(frame.Depth);
        using (State.At(frame, Pc))
        {
            Ir.Snapshots.Invalidate();
            frames.BuildResumed(starts);
        }

        State.InlinedNodes[context] = State.Graph.NodeCount - nodes;
        ExitGenerator(i, body, frame, index);
        return true;
    }

    /// <summary>
    /// A generator yields a value to the loop that drives it. Where it is inlined, the loop's back-edge is charged first: when the limit is
    /// reached, everything that has changed is still in the frame, and the interpreter yields and raises the error. A region of its own
    /// returns the value, and its caller charges the back-edge. The region of a loop in a generator ends there.
    /// </summary>
    public bool Yield(Instruction i)
    {
        if (Frame.Generator is not { } generator)
        {
            Ir.Exit();
            return true;
        }

        IrNode value = Registers.Get(i.A);
        if (Frame.Caller is not null)
        {
            Ir.ChargeSteps(Frame.YieldCost);
        }

        Registers.StoreToCoroutine(generator, Pc + 1);
        Ir.Call(RegionHelpers.SuspendAt, generator, Ir.Int(Pc + 1));
        if (Frame.Caller is null)
        {
            Ir.Return(Ir.Box(value));
            return true;
        }

        Frame.Yields.Add((Ir.Block!, value));
        Ir.Block = null;
        return true;
    }

    /// <summary>The end of a loop over a generator: a generator with nothing to clean up is closed at once.</summary>
    public bool Close(Instruction i, IrNode generator)
    {
        IrNode isOwned = Registers.GetInt(i.A + 2);
        Path callOut = Paths.Fork(Ir.Call(RegionHelpers.CloseAtOnce, generator, isOwned));
        List<Path> arms = [];
        Registers.Set(i.A + 2, Ir.Int(0));
        Paths.EndArm(arms);
        Paths.Resume(callOut);
        callOuts.CallInterpreter(i);
        Paths.EndArm(arms);
        Paths.JoinArms(arms);
        return true;
    }

    /// <summary>
    /// The step of a loop over a generator that is not inlined: its compiled code is called, and where there is none, the interpreter
    /// resumes it.
    /// </summary>
    private bool Resume(Instruction i, int body, IrNode generator)
    {
        if (Frame.IsRestartable || callOuts.IsRareInProc)
        {
            return false;
        }

        State.RequireCallOuts();
        int element = i.Op == Opcode.ForEachPair ? i.A + 4 : i.A + 3;
        IrNode index = Registers.GetInt(i.A + 1);
        ResumeCall call = new(Frame.Code.Prototype.Loops[i.B].Cost);
        IrNode value = State.Graph.NewNode(IrOp.CallRegion, IrType.Any, [generator]).About(call, Frame.Depth);
        value.Exit = Ir.Snapshots.AfterCall(Frame.Code.RegisterCount, element);
        Ir.Append(value);
        State.RequireDepth(Frame.Depth + 1 + State.Limits.MaxInlineDepth);

        Path goesOn = Paths.Fork(Ir.Call(RegionHelpers.HasEnded, generator));
        Paths.GoTo(Pc + 1);
        Paths.Resume(goesOn);
        Path yielded = Paths.Fork(Ir.IsUnset(value));
        callOuts.CallInterpreter(i);
        Paths.Resume(yielded);
        IrNode next = Ir.Emit(IrOp.AddInt, IrType.Int, index, Ir.Int(1));
        Registers.Set(i.A + 1, next);
        Paths.EnterBody(i, body, next, value);
        return true;
    }

    /// <summary>The generator's frame, with a path to each place at which it may resume; exits when it stands elsewhere.</summary>
    private FrameScope EnterGenerator(Instruction i, CallContext context, IrNode generator, List<int> starts)
    {
        FrameScope driver = Frame;
        IrNode closure = Ir.Call(RegionHelpers.ClosureOfGenerator, generator);
        Ir.GuardCode(closure, context.Code);
        IrNode position = Ir.Call(RegionHelpers.PositionOfGenerator, generator);
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

            Ir.ChargeSteps(GeneratorObject.EntryCostAt(context.Code, starts[n]));
            frame.AddPending(starts[n], frame.CopyPath(starts[n], Ir.Block!));
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
        Path step = Paths.Here();
        foreach ((IrBlock block, IrNode value) in frame.Yields)
        {
            Paths.Resume(step.CopyTo(block));
            IrNode next = Ir.Emit(IrOp.AddInt, IrType.Int, index, Ir.Int(1));
            Registers.Set(i.A + 1, next);
            Paths.EnterBody(i, body, next, value);
        }

        foreach ((IrBlock block, _) in frame.Returns)
        {
            Paths.Resume(step.CopyTo(block));
            Paths.GoTo(Pc + 1);
        }

        Ir.Block = null;
    }
}
