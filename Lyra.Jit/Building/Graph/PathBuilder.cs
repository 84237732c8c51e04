using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// Control flow within the present frame. Only paths that were recorded are built; a path that was never taken exits. Several paths through
/// one instruction (arms) meet after it.
/// </summary>
internal sealed class PathBuilder(BuildState state, IrBuilder ir, RegisterFile registers, JoinBuilder joins, LoopBuilder loops)
{
    private FrameScope Frame => state.Frame;

    private InstructionProfile Profile => state.Profile;

    /// <summary>The path continues at an instruction: it enters its block, closes a loop, or leaves the region.</summary>
    public void GoTo(int target)
    {
        if (state.ExitsRegion(target))
        {
            ExitAt(target);
            return;
        }

        if (Frame.Heads.TryGetValue(target, out LoopEntry? loop) && loops.IsDominatedBy(loop.Block))
        {
            loops.Close(target, loop);
            return;
        }

        if (Frame.Passed.Contains(target))
        {
            // A jump back to a loop that no recording entered, or into a loop from its middle, where the recording began.
            ExitAt(target);
            return;
        }

        Frame.AddPending(target, Frame.CopyPath(target, ir.Block!));
        ir.Block = null;
    }

    /// <summary>
    /// Goes to an instruction, or exits there when neither the jump nor the instruction was recorded: a recording that starts at the
    /// instruction does not see the jump.
    /// </summary>
    public void GoToOrExit(int target, bool isSeen)
    {
        if (isSeen || Frame.Context.ProfileAt(target) is not null)
        {
            GoTo(target);
            return;
        }

        ExitAt(target);
    }

    /// <summary>Goes to one of two instructions; a path that no recording took exits.</summary>
    public void Branch(IrNode condition, int whenTrue, int whenFalse, bool trueSeen, bool falseSeen)
    {
        if (condition.Op == IrOp.ConstBool)
        {
            GoTo(condition.Bits != 0 ? whenTrue : whenFalse);
            return;
        }

        if (trueSeen && falseSeen)
        {
            Path other = Fork(condition);
            GoTo(whenTrue);
            Resume(other);
            GoTo(whenFalse);
            return;
        }

        if (!trueSeen && !falseSeen)
        {
            ir.Exit();
            return;
        }

        if (ir.HadEffect)
        {
            BranchAfterEffect(condition, whenTrue, whenFalse, trueSeen, falseSeen);
            return;
        }

        ir.EmitGuarded(trueSeen ? IrOp.Guard : IrOp.GuardNot, IrType.None, condition);
        GoTo(trueSeen ? whenTrue : whenFalse);
    }

    /// <summary>
    /// Goes to one of two instructions when the present one can't be executed again: a path that no recording took exits at its target.
    /// </summary>
    public void BranchAfterEffect(IrNode condition, int whenTrue, int whenFalse, bool trueSeen, bool falseSeen)
    {
        Path other = Fork(condition);
        GoToOrExit(whenTrue, trueSeen);
        Resume(other);
        GoToOrExit(whenFalse, falseSeen);
    }

    /// <summary>The present instruction jumps when the condition holds.</summary>
    public void JumpIf(IrNode condition, int target) =>
        Branch(condition, target, state.Pc + 1, Profile.Jumped > 0, Profile.Jumped < Profile.Visits);

    /// <summary>The present instruction jumps when the condition does not hold.</summary>
    public void JumpIfNot(IrNode condition, int target) =>
        Branch(condition, state.Pc + 1, target, Profile.Jumped < Profile.Visits, Profile.Jumped > 0);

    /// <summary>Continues when the condition holds, and goes to an instruction when it does not.</summary>
    public void ContinueIf(IrNode condition, int otherwise)
    {
        Path other = Fork(condition);
        Path here = Here();
        Resume(other);
        GoTo(otherwise);
        Resume(here);
    }

    /// <summary>Enters the body of a for-each loop with its next element.</summary>
    public void EnterBody(Instruction i, int body, IrNode key, IrNode element)
    {
        if (i.Op == Opcode.ForEachPair)
        {
            registers.Set(i.A + 3, key);
            registers.Set(i.A + 4, element);
        }
        else
        {
            registers.Set(i.A + 3, element);
        }

        GoTo(body);
    }

    /// <summary>Ends the block with a branch and continues where the condition holds; returns the other path.</summary>
    public Path Fork(IrNode condition)
    {
        (IrBlock whenTrue, IrBlock whenFalse) = ir.Split(condition);
        ir.Block = whenTrue;
        return Frame.CopyPath(state.Pc, whenFalse);
    }

    /// <summary>The present place; its registers are the present ones.</summary>
    public Path Here() => new(Frame, state.Pc, ir.Block!, Frame.Registers, Frame.IsDirty);

    /// <summary>Continues on another path.</summary>
    public void Resume(Path path)
    {
        state.MoveTo(path.Pc, path.Frame);
        ir.Block = path.Block;
        Frame.Registers = path.Registers;
        Frame.IsDirty = path.IsDirty;
        ir.Snapshots.Invalidate();
    }

    /// <summary>Ends an arm of the present instruction; an arm that reaches the end of the instruction is added to the list.</summary>
    public void EndArm(List<Path> arms)
    {
        if (ir.Block is not null)
        {
            arms.Add(Here());
            ir.Block = null;
        }
    }

    /// <summary>Continues after the present instruction, where its arms meet.</summary>
    public void JoinArms(List<Path> arms)
    {
        ir.Snapshots.Invalidate();
        if (arms.Count == 1)
        {
            Resume(arms[0]);
        }
        else if (arms.Count > 1)
        {
            joins.Merge(state.Pc + 1, arms);
        }
    }

    private void ExitAt(int target)
    {
        state.MoveTo(target);
        ir.Exit();
    }
}
