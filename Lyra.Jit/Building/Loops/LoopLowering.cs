using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>Loop heads and other charges, and loops over a range of ints.</summary>
internal sealed class LoopLowering(BuildParts parts) : Lowering(parts)
{
    public bool LoopHead(Instruction i)
    {
        Ir.ChargeSteps(Frame.Code.Prototype.Loops[i.A].Cost);
        return true;
    }

    public bool Charge(Instruction i)
    {
        Ir.ChargeSteps(i.Wide);
        return true;
    }

    public bool ForPrep(Instruction i)
    {
        IrNode index = Registers.Operand(i.A, Profile.A);
        IrNode limit = Registers.GetInt(i.A + 1, Profile.B);
        if (index.Type != IrType.Int || limit.Type != IrType.Int)
        {
            return false;
        }

        IrNode hasFirst = Ir.Emit(IrOp.LtInt, IrType.Bool, index, limit);
        BranchToBody(hasFirst, i, index, OpcodeInfo.Of(i.Op).JumpTarget(i, Pc));
        return true;
    }

    public bool ForPrepInclusive(Instruction i)
    {
        IrNode index = Registers.Operand(i.A, Profile.A);
        IrNode limit = Registers.GetInt(i.A + 1, Profile.B);
        if (index.Type != IrType.Int || limit.Type != IrType.Int)
        {
            return false;
        }

        // The largest int has no exclusive end: there the interpreter uses an iterator.
        IrNode end = Ir.EmitGuarded(IrOp.AddIntChecked, IrType.Int, limit, Ir.Int(1));
        IrNode hasFirst = Ir.Emit(IrOp.LeInt, IrType.Bool, index, limit);
        BranchToBody(hasFirst, i, index, OpcodeInfo.Of(i.Op).JumpTarget(i, Pc), end);
        return true;
    }

    public bool ForLoop(Instruction i)
    {
        IrNode index = Registers.GetInt(i.A, Profile.A);
        IrNode limit = Registers.GetInt(i.A + 1, Profile.B);
        // The index is below the limit, so the next one fits: range analysis drops the check.
        IrNode next = Ir.EmitGuarded(IrOp.AddIntChecked, IrType.Int, index, Ir.Int(1));
        IrNode hasNext = Ir.Emit(IrOp.LtInt, IrType.Bool, next, limit);
        int body = OpcodeInfo.Of(i.Op).JumpTarget(i, Pc);
        int pc = Pc;
        if (Profile.Jumped == 0)
        {
            Paths.Branch(hasNext, body, pc + 1, false, true);
            return true;
        }

        if (Profile.Jumped < Profile.Visits || State.ExitsRegion(pc + 1))
        {
            Paths.ContinueIf(hasNext, pc + 1);
        }
        else
        {
            Ir.Guard(hasNext);
        }

        Ir.ChargeSteps(Frame.Code.Prototype.Loops[i.B].Cost);
        Registers.Set(i.A, next);
        Registers.Set(i.A + 2, next);
        Paths.GoTo(body);
        return true;
    }

    /// <summary>
    /// States what holds whenever the body of a range loop begins: index and variable are the same, and below the limit. Needed where a
    /// region begins in the body, because no other instruction of the region says so.
    /// </summary>
    public void AssumeInvariant(int body)
    {
        Instruction[] code = State.Code;
        for (int pc = 0; pc < code.Length; pc++)
        {
            Instruction i = code[pc];
            if (i.Op != Opcode.ForLoop || OpcodeInfo.Of(i.Op).JumpTarget(i, pc) != body || Frame.Context.ProfileAt(pc) is not { } profile)
            {
                continue;
            }

            IrNode index = Registers.GetInt(i.A, profile.A);
            Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, index, Registers.GetInt(i.A + 1, profile.B)));
            Frame.Registers[i.A + 2] = index;
            return;
        }
    }

    /// <summary>Goes into the loop with its first index, or past it.</summary>
    private void BranchToBody(IrNode hasFirst, Instruction i, IrNode index, int past, IrNode? end = null)
    {
        bool entered = Profile.Jumped < Profile.Visits;
        bool skipped = Profile.Jumped > 0;
        int next = Pc + 1;
        if (hasFirst.Op != IrOp.ConstBool && entered && skipped)
        {
            Paths.ContinueIf(hasFirst, past);
        }
        else if (!entered)
        {
            Paths.Branch(hasFirst, next, past, false, skipped);
            return;
        }
        else
        {
            Ir.Guard(hasFirst);
        }

        if (end is not null)
        {
            Registers.Set(i.A + 1, end);
        }

        Registers.Set(i.A + 2, index);
        Paths.GoTo(next);
    }
}
