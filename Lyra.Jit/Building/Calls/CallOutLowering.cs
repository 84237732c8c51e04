using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// Instructions that the interpreter executes for the region, with all frames in its stacks; and errors, for which control continues in
/// compiled code at a handler of one of the region's frames.
/// </summary>
internal sealed class CallOutLowering(BuildParts parts) : Lowering(parts)
{
    /// <summary>
    /// An instruction that raised in more than one of so many executions is a call-out: an error in the interpreter costs no exit.
    /// </summary>
    private const int RareRaises = 4;

    /// <summary>An instruction that is executed in fewer than one of so many calls of its proc is rare.</summary>
    private const int RareShare = 64;

    /// <summary>True when the instruction itself raises so often that exits are too expensive a way to raise its errors.</summary>
    public bool RaisesOften => Profile.Raises * RareRaises > Profile.Visits && !Frame.Context.HasCallee(Pc);

    /// <summary>
    /// True for an instruction of a proc region that is so rare that the region exits there. A proc that calls the interpreter costs its
    /// callers more.
    /// </summary>
    public bool IsRareInProc => State.Signature is { CallsOut: false }
        && Profile.Visits * RareShare < (State.Region.Root.ProfileAt(0)?.Visits ?? 0);

    /// <summary>Builds a call-out: the interpreter executes the instruction for the region. Without one, the path exits.</summary>
    public void CallInterpreter(Instruction i)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        int target = row.JumpTarget(i, Pc);
        bool onlyRaises = row.Has(OpTraits.Raises);
        (FrameScope Frame, HandlerInfo Handler)? handler = row.MayThrow ? FindHandler() : null;
        if (i.Op == Opcode.Switch || IsRareInProc || (row.Ends && target < 0 && !(onlyRaises && handler is not null)))
        {
            Ir.Exit();
            return;
        }

        State.RequireCallOuts();
        IrNode node = State.Graph.NewNode(IrOp.CallInterpreter, IrType.Int);
        node.Exit = Ir.Snapshots.At(Pc);
        Ir.Append(node);
        if (onlyRaises)
        {
            node.Payload = new HandlerTarget(handler!.Value.Frame.Depth, handler.Value.Handler.HandlerPc);
            GoToHandler(handler.Value.Frame, handler.Value.Handler);
            return;
        }

        if (handler is var (frame, info))
        {
            node.Payload = new HandlerTarget(frame.Depth, info.HandlerPc);
            ForkToHandler(node, frame, info);
        }

        ContinueAfter(i, node, target, row.IsBackEdge);
    }

    /// <summary>The end of a finally block: rethrows the error with which the block was entered, if there was one.</summary>
    public bool EndFinally(Instruction i)
    {
        IrNode entered = Registers.Operand(i.A, Profile.A);
        if (entered.Type != IrType.Int)
        {
            return false;
        }

        if (entered.Op == IrOp.ConstInt)
        {
            return entered.Bits != -1;
        }

        IrNode isError = Ir.Emit(IrOp.EqInt, IrType.Bool, entered, Ir.Int(-1));
        if (FindHandler() is null)
        {
            Ir.GuardNot(isError);
            return true;
        }

        Path raises = Paths.Fork(Ir.Not(isError));
        List<Path> ends = [];
        Paths.EndArm(ends);
        Paths.Resume(raises);
        CallInterpreter(i);
        Paths.EndArm(ends);
        Paths.JoinArms(ends);
        return true;
    }

    private void ContinueAfter(Instruction i, IrNode node, int target, bool isBackEdge)
    {
        Registers.Reload(RegisterUse.Writes(i));
        if (target < 0)
        {
            return;
        }

        if (isBackEdge)
        {
            ContinueAfterBackEdge(i, node, target);
            return;
        }

        IrNode jumped = Ir.Emit(IrOp.EqInt, IrType.Bool, node, Ir.Int(CallOutResult.Jumped));
        Registers.Reload(RegisterUse.LoopVariables(i));
        ContinueAfterJump(jumped, target);
    }

    /// <summary>The innermost handler around the present instruction that accepts a plain error, in this frame or in a caller's.</summary>
    private (FrameScope Frame, HandlerInfo Handler)? FindHandler()
    {
        int pc = Pc;
        for (FrameScope? frame = Frame; frame is not null; pc = frame.CallPc, frame = frame.Caller)
        {
            foreach (HandlerInfo handler in frame.Code.Prototype.Handlers)
            {
                if (handler.IsEntered && handler.Covers(pc))
                {
                    return (frame, handler);
                }
            }
        }

        return null;
    }

    private void ForkToHandler(IrNode node, FrameScope frame, HandlerInfo handler)
    {
        Path normal = Paths.Fork(Ir.Emit(IrOp.EqInt, IrType.Bool, node, Ir.Int(CallOutResult.Handled)));
        GoToHandler(frame, handler);
        Paths.Resume(normal);
    }

    /// <summary>
    /// Continues at a handler to which the interpreter has unwound an error. The handler may be in a caller's frame; the other paths of
    /// that frame do not change.
    /// </summary>
    private void GoToHandler(FrameScope frame, HandlerInfo handler)
    {
        using BuildState.Visit visit = State.At(frame, Pc);
        frame.Registers = (IrNode?[])frame.Registers.Clone();
        frame.IsDirty = (bool[])frame.IsDirty.Clone();
        Registers.Reload(new RegisterSpan(handler.Register, handler.Registers));
        if (handler.Kind == HandlerKind.Finally)
        {
            // Marks that an error entered the block.
            Registers.Set(handler.Register, Ir.Int(-1));
        }

        Paths.GoToOrExit(handler.HandlerPc, isSeen: false);
    }

    /// <summary>
    /// Both paths of a jump that the interpreter has executed. It can't be executed again, so a path that was never taken exits at its
    /// target.
    /// </summary>
    private void ContinueAfterJump(IrNode jumped, int target) =>
        Paths.BranchAfterEffect(jumped, target, Pc + 1, Profile.Jumped > 0, Profile.Jumped < Profile.Visits);

    /// <summary>A step of a loop that the interpreter has made, and charged when there was a next element.</summary>
    private void ContinueAfterBackEdge(Instruction i, IrNode node, int target)
    {
        Path end = Paths.Fork(Ir.Emit(IrOp.EqInt, IrType.Bool, node, Ir.Int(CallOutResult.Jumped)));
        Registers.Reload(RegisterUse.LoopVariables(i));
        Paths.GoTo(target);
        Paths.Resume(end);
        Paths.GoToOrExit(Pc + 1, true);
    }
}
