using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <content>Loops over a range of ints.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildLoop(Instruction i)
    {
        return i.Op switch
        {
            Opcode.ForPrep => BuildForPrep(i),
            Opcode.ForPrepInclusive => BuildForPrepInclusive(i),
            Opcode.ForLoop => BuildForLoop(i),
            _ => false,
        };
    }

    private bool BuildForPrep(Instruction i)
    {
        IrNode index = Operand(i.A, Profile.A);
        IrNode limit = IntRegister(i.A + 1, Profile.B);
        if (index.Type != IrType.Int || limit.Type != IrType.Int)
        {
            return false;
        }

        IrNode hasFirst = Emit(IrOp.LtInt, IrType.Bool, index, limit);
        BranchToElement(hasFirst, i, index, OpcodeInfo.Of(i.Op).JumpTarget(i, _pc));
        return true;
    }

    private bool BuildForPrepInclusive(Instruction i)
    {
        IrNode index = Operand(i.A, Profile.A);
        IrNode limit = IntRegister(i.A + 1, Profile.B);
        if (index.Type != IrType.Int || limit.Type != IrType.Int)
        {
            return false;
        }

        // The largest int can't be made exclusive: the interpreter counts on with an iterator.
        IrNode end = Guarded(IrOp.AddIntChecked, IrType.Int, limit, Int(1));
        IrNode hasFirst = Emit(IrOp.LeInt, IrType.Bool, index, limit);
        BranchToElement(hasFirst, i, index, OpcodeInfo.Of(i.Op).JumpTarget(i, _pc), end);
        return true;
    }

    /// <summary>Into the loop with its first index, or past it.</summary>
    private void BranchToElement(IrNode hasFirst, Instruction i, IrNode index, int past, IrNode? end = null)
    {
        bool entered = Profile.Jumped < Profile.Visits;
        bool skipped = Profile.Jumped > 0;
        int next = _pc + 1;
        if (hasFirst.Op != IrOp.ConstBool && entered && skipped)
        {
            GoOnWhen(hasFirst, past);
        }
        else if (!entered)
        {
            Branch(hasFirst, next, past, false, skipped);
            return;
        }
        else
        {
            Guarded(IrOp.Guard, IrType.None, hasFirst);
        }

        if (end is not null)
        {
            SetRegister(i.A + 1, end);
        }

        SetRegister(i.A + 2, index);
        GoTo(next);
    }

    private bool BuildForLoop(Instruction i)
    {
        IrNode index = IntRegister(i.A, Profile.A);
        IrNode limit = IntRegister(i.A + 1, Profile.B);
        // The index is below the limit, so that the next one fits: range analysis finds that and drops the check.
        IrNode next = Guarded(IrOp.AddIntChecked, IrType.Int, index, Int(1));
        IrNode goesOn = Emit(IrOp.LtInt, IrType.Bool, next, limit);
        int body = OpcodeInfo.Of(i.Op).JumpTarget(i, _pc);
        int pc = _pc;
        if (Profile.Jumped == 0)
        {
            Branch(goesOn, body, pc + 1, false, true);
            return true;
        }

        if (Profile.Jumped < Profile.Visits || LeavesRegion(pc + 1))
        {
            GoOnWhen(goesOn, pc + 1);
        }
        else
        {
            Guarded(IrOp.Guard, IrType.None, goesOn);
        }

        ChargeSteps(_scope.Code.Prototype.Loops[i.B].Cost);
        SetRegister(i.A, next);
        SetRegister(i.A + 2, next);
        GoTo(body);
        return true;
    }

    /// <summary>
    /// What holds whenever a range loop's body begins: index and variable are the same, and below the limit. Stated where a region begins in the
    /// body, because there nothing else says so.
    /// </summary>
    private void AssumeRangeLoop(int body)
    {
        Instruction[] code = Code;
        for (int pc = 0; pc < code.Length; pc++)
        {
            Instruction i = code[pc];
            if (i.Op != Opcode.ForLoop || OpcodeInfo.Of(i.Op).JumpTarget(i, pc) != body || _scope.Context.ProfileAt(pc) is not { } profile)
            {
                continue;
            }

            IrNode index = IntRegister(i.A, profile.A);
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LtInt, IrType.Bool, index, IntRegister(i.A + 1, profile.B)));
            _scope.Registers[i.A + 2] = index;
            return;
        }
    }

    private bool LeavesRegion(int pc) => _scope.Caller is null && _profile.Kind == RegionKind.Loop && !_inRegion.Contains(pc);
}
