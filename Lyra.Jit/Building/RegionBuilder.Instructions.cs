using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>The instructions, by area. Every opcode has a way: what no area takes is executed by the interpreter for the region.</content>
internal sealed partial class RegionBuilder
{
    private void BuildInstruction(Instruction i)
    {
        if (RaisesOften || (!BuildMove(i) && !BuildArithmetic(i) && !BuildComparison(i) && !BuildJump(i) && !BuildLoop(i) && !BuildVariable(i)
            && !BuildElement(i) && !BuildMember(i) && !BuildIteration(i) && !BuildCall(i) && !BuildValue(i)))
        {
            Interpret(i);
        }
    }

    private bool BuildMove(Instruction i)
    {
        switch (i.Op)
        {
            case Opcode.Nop:
                return true;
            case Opcode.Move:
                SetRegister(i.A, Register(i.B));
                return true;
            case Opcode.LoadConst:
                SetRegister(i.A, ConstantOf(_scope.Code.Constants[i.Wide]));
                return true;
            case Opcode.LoadInt:
                SetRegister(i.A, Int(i.Wide));
                return true;
            case Opcode.LoadNil:
                SetRegister(i.A, Nil());
                return true;
            case Opcode.LoadBool:
                SetRegister(i.A, Bool(i.B != 0));
                return true;
            case Opcode.LoadUnset:
                SetRegister(i.A, Unset());
                return true;
            case Opcode.Not:
                SetRegister(i.A, Negated(Truth(Operand(i.B, Profile.B))));
                return true;
            default:
                return false;
        }
    }

    private bool BuildJump(Instruction i)
    {
        int next = _pc + 1;
        int target = OpcodeInfo.Of(i.Op).JumpTarget(i, _pc);
        switch (i.Op)
        {
            case Opcode.Jump:
                // What a jump to the next instruction leads to need not begin a block.
                if (target != next)
                {
                    GoTo(target);
                }

                return true;
            case Opcode.JumpIf:
                JumpWhen(Truth(Operand(i.A, Profile.A)), target, next);
                return true;
            case Opcode.JumpIfNot:
                JumpUnless(Truth(Operand(i.A, Profile.A)), target, next);
                return true;
            case Opcode.JumpIfNil:
                JumpWhen(IsNil(Register(i.A)), target, next);
                return true;
            case Opcode.JumpIfNotNil:
                JumpUnless(IsNil(Register(i.A)), target, next);
                return true;
            case Opcode.JumpIfSet:
                JumpUnless(IsUnset(Register(i.A)), target, next);
                return true;
            case Opcode.Yield:
                return BuildYield(i);
            case Opcode.EndFinally:
                return BuildEndFinally(i);
            case Opcode.LoopHead:
                ChargeSteps(_scope.Code.Prototype.Loops[i.A].Cost);
                return true;
            default:
                return false;
        }
    }

    private void JumpWhen(IrNode condition, int target, int next) =>
        Branch(condition, target, next, Profile.Jumped > 0, Profile.Jumped < Profile.Visits);

    private void JumpUnless(IrNode condition, int target, int next) =>
        Branch(condition, next, target, Profile.Jumped < Profile.Visits, Profile.Jumped > 0);

    private void ChargeSteps(int cost)
    {
        // A snapshot of its own: behind it the steps are taken, so nothing before may be executed again.
        Guarded(IrOp.ChargeSteps, IrType.None).Bits = cost;
    }

    private IrNode Truth(IrNode value) => value.Type switch
    {
        IrType.Bool => value,
        IrType.Any when value.Op is IrOp.ConstNil => Bool(false),
        IrType.Any => Emit(IrOp.IsTruthy, IrType.Bool, value),
        _ => Bool(true),
    };

    private IrNode Negated(IrNode condition) => condition.Op == IrOp.ConstBool ? Bool(condition.Bits == 0) : Emit(IrOp.Not, IrType.Bool, condition);

    private IrNode IsNil(IrNode value) => value.Type == IrType.Any && !value.IsConstant ? Emit(IrOp.IsNil, IrType.Bool, value) : Bool(value.Op == IrOp.ConstNil);

    private IrNode IsUnset(IrNode value) =>
        value.Type == IrType.Any && !value.IsConstant ? Emit(IrOp.IsUnset, IrType.Bool, value) : Bool(value.Op == IrOp.ConstUnset);
}
