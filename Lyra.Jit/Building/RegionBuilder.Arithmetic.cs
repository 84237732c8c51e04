using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Arithmetic. Two ints stay ints as long as no recording saw them overflow; other pairs go by their kinds.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildArithmetic(Instruction i)
    {
        switch (i.Op)
        {
            case Opcode.Add or Opcode.Sub or Opcode.Mul or Opcode.Div or Opcode.Mod or Opcode.Pow
                or Opcode.BitAnd or Opcode.BitOr or Opcode.BitXor or Opcode.Shl or Opcode.Shr:
                {
                    IrNode x = Operand(i.B, Profile.B);
                    return BuildBinary(i, i.Op, x, Operand(i.C, Profile.C));
                }

            case Opcode.AddInt or Opcode.SubInt or Opcode.MulInt or Opcode.DivInt or Opcode.ModInt or Opcode.BitAndInt or Opcode.ShlInt or Opcode.ShrInt:
                return BuildBinary(i, WithoutImmediate(i.Op), Operand(i.B, Profile.B), Int(i.SignedC));
            case Opcode.AddConst or Opcode.SubConst or Opcode.MulConst or Opcode.DivConst:
                return BuildBinary(i, WithoutImmediate(i.Op), Operand(i.B, Profile.B), ConstantOf(_scope.Code.Constants[i.C]));
            case Opcode.Neg or Opcode.BitNot:
                return BuildUnary(i, Operand(i.B, Profile.B));
            default:
                return false;
        }
    }

    /// <summary>The operation that an instruction with an immediate or a constant is.</summary>
    private static Opcode WithoutImmediate(Opcode op) => op switch
    {
        Opcode.AddInt or Opcode.AddConst => Opcode.Add,
        Opcode.SubInt or Opcode.SubConst => Opcode.Sub,
        Opcode.MulInt or Opcode.MulConst => Opcode.Mul,
        Opcode.DivInt or Opcode.DivConst => Opcode.Div,
        Opcode.ModInt => Opcode.Mod,
        Opcode.BitAndInt => Opcode.BitAnd,
        Opcode.ShlInt => Opcode.Shl,
        _ => Opcode.Shr,
    };

    private bool BuildBinary(Instruction i, Opcode op, IrNode x, IrNode y)
    {
        IrNode? result = null;
        if (x.Type == IrType.Int && y.Type == IrType.Int)
        {
            result = SawBigInt(Profile.Result) ? null : IntOperation(op, x, y);
        }
        else if (IsFloatPair(x, y))
        {
            result = FloatOperation(op, x, y);
        }

        result ??= GeneralOperation(op, x, y);
        if (result is null)
        {
            return BuildOperatorHook(i, op, x, y);
        }

        SetRegister(i.A, result);
        return true;
    }

    private static bool SawBigInt(ObservedType? seen) => seen is not null && (seen.Kinds & ObservedKinds.BigInt) != 0;

    private static bool IsFloatPair(IrNode x, IrNode y) =>
        (x.Type == IrType.Float && y.Type is IrType.Float or IrType.Int) || (x.Type == IrType.Int && y.Type == IrType.Float);

    private IrNode ToFloat(IrNode value) => value.Type switch
    {
        IrType.Float => value,
        _ when value.Op == IrOp.ConstInt => Float(value.Bits),
        _ => Emit(IrOp.IntToFloat, IrType.Float, value),
    };

    private IrNode? IntOperation(Opcode op, IrNode x, IrNode y)
    {
        switch (op)
        {
            case Opcode.Add:
                return Guarded(IrOp.AddIntChecked, IrType.Int, x, y);
            case Opcode.Sub:
                return Guarded(IrOp.SubIntChecked, IrType.Int, x, y);
            case Opcode.Mul:
                return Guarded(IrOp.MulIntChecked, IrType.Int, x, y);
            case Opcode.Div or Opcode.Mod:
                GuardDivisor(y);
                return Emit(op == Opcode.Div ? IrOp.DivInt : IrOp.ModInt, IrType.Int, x, y);
            case Opcode.BitAnd:
                return Emit(IrOp.AndInt, IrType.Int, x, y);
            case Opcode.BitOr:
                return Emit(IrOp.OrInt, IrType.Int, x, y);
            case Opcode.BitXor:
                return Emit(IrOp.XorInt, IrType.Int, x, y);
            case Opcode.Shl:
                return Guarded(IrOp.ShlIntChecked, IrType.Int, x, y);
            case Opcode.Shr:
                GuardShift(y);
                return Emit(IrOp.ShrInt, IrType.Int, x, y);
            default:
                return null;
        }
    }

    private void GuardDivisor(IrNode divisor)
    {
        if (divisor.Op != IrOp.ConstInt || divisor.Bits is 0 or -1)
        {
            Guarded(IrOp.GuardDivisor, IrType.None, divisor);
        }
    }

    private void GuardShift(IrNode count)
    {
        if (count.Op != IrOp.ConstInt || count.Bits is < 0 or > 63)
        {
            Guarded(IrOp.GuardShift, IrType.None, count);
        }
    }

    private IrNode? FloatOperation(Opcode op, IrNode x, IrNode y)
    {
        IrOp? floatOp = op switch
        {
            Opcode.Add => IrOp.AddFloat,
            Opcode.Sub => IrOp.SubFloat,
            Opcode.Mul => IrOp.MulFloat,
            Opcode.Div => IrOp.DivFloat,
            Opcode.Mod => IrOp.ModFloat,
            _ => null,
        };
        return floatOp is { } known ? Emit(known, IrType.Float, ToFloat(x), ToFloat(y)) : null;
    }

    private bool BuildUnary(Instruction i, IrNode x)
    {
        IrNode? result = (i.Op, x.Type) switch
        {
            (Opcode.Neg, IrType.Int) when !SawBigInt(Profile.Result) => Guarded(IrOp.NegIntChecked, IrType.Int, x),
            (Opcode.Neg, IrType.Float) => Emit(IrOp.NegFloat, IrType.Float, x),
            (Opcode.BitNot, IrType.Int) => Emit(IrOp.NotInt, IrType.Int, x),
            _ => GeneralNegation(i.Op, x),
        };
        if (result is null)
        {
            return BuildNegationHook(i, x);
        }

        SetRegister(i.A, result);
        return true;
    }
}
