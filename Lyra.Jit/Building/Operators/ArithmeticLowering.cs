using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>Arithmetic: by the operands' representations, their recorded kinds, or a hook of the left operand.</summary>
internal sealed class ArithmeticLowering(BuildParts parts, NumberOperations numbers, HookLowering hooks, HostMemberLowering hosts)
    : Lowering(parts)
{
    /// <summary>R[A] := R[B] op R[C].</summary>
    public bool Binary(Instruction i)
    {
        IrNode x = Registers.Operand(i.B, Profile.B);
        return Binary(i, i.Op, x, Registers.Operand(i.C, Profile.C));
    }

    /// <summary>R[A] := R[B] op the int C.</summary>
    public bool BinaryWithInt(Instruction i) =>
        Binary(i, OpcodeInfo.Of(i.Op).Plain, Registers.Operand(i.B, Profile.B), Ir.Int(i.SignedC));

    /// <summary>R[A] := R[B] op K[C].</summary>
    public bool BinaryWithConstant(Instruction i) =>
        Binary(i, OpcodeInfo.Of(i.Op).Plain, Registers.Operand(i.B, Profile.B), Ir.ConstantOf(Frame.Code.Constants[i.C]));

    /// <summary>R[A] := op R[B].</summary>
    public bool Unary(Instruction i) => Unary(i, Registers.Operand(i.B, Profile.B));

    private bool Binary(Instruction i, Opcode op, IrNode x, IrNode y)
    {
        if (HostMemberLowering.IsHost(x, Profile.B) || HostMemberLowering.IsHost(y, Profile.C))
        {
            return hosts.Operator(i, op, x, y) || hooks.Operator(i, op, x, y);
        }

        IrNode? result = null;
        if (x.Type == IrType.Int && y.Type == IrType.Int)
        {
            result = RecordedKinds.SawBigInt(Profile.Result) ? null : numbers.OnInts(op, x, y);
        }
        else if (NumberOperations.IsFloatPair(x, y))
        {
            result = numbers.OnFloats(op, x, y);
        }

        result ??= GeneralOperation(op, x, y);
        if (result is null)
        {
            return hooks.Operator(i, op, x, y);
        }

        return Set(i.A, result);
    }

    private bool Unary(Instruction i, IrNode x)
    {
        if (i.Op == Opcode.Neg && HostMemberLowering.IsHost(x, Profile.B) && hosts.Negation(i, x))
        {
            return true;
        }

        IrNode? result = (i.Op, x.Type) switch
        {
            (Opcode.Neg, IrType.Int) when !RecordedKinds.SawBigInt(Profile.Result) => Ir.EmitGuarded(IrOp.NegIntChecked, IrType.Int, x),
            (Opcode.Neg, IrType.Float) => Ir.Emit(IrOp.NegFloat, IrType.Float, x),
            (Opcode.BitNot, IrType.Int) => Ir.Emit(IrOp.NotInt, IrType.Int, x),
            _ => GeneralNegation(i.Op, x),
        };
        if (result is null)
        {
            return hooks.Negation(i, x);
        }

        return Set(i.A, result);
    }

    /// <summary>A binary operation by a helper; null when a hook may be involved, or when a recording saw an error.</summary>
    private IrNode? GeneralOperation(Opcode op, IrNode x, IrNode y)
    {
        ObservedKinds kindsOfX = RecordedKinds.Of(x, Profile.B);
        ObservedKinds kindsOfY = RecordedKinds.Of(y, Profile.C);
        if (!RecordedKinds.AreOnly(kindsOfX | kindsOfY, RecordedKinds.Plain) || Profile.Raised)
        {
            return null;
        }

        if (RecordedKinds.AreOnly(kindsOfX | kindsOfY, RecordedKinds.SmallNumbers) && !RecordedKinds.SawBigInt(Profile.Result)
            && numbers.OnNumbers(op, x, y) is { } number)
        {
            return number;
        }

        OperatorForm form = OperatorForm.Of(op);
        return x.Type == IrType.Str && y.Type == IrType.Str && form.OnStrs is { } join
            ? Ir.Call(join, x, y)
            : Ir.Call(form.OnAny, Ir.Box(x), Ir.Box(y));
    }

    /// <summary>Unary minus and complement by a helper; null when a hook may be involved, or when a recording saw an error.</summary>
    private IrNode? GeneralNegation(Opcode op, IrNode x) => RecordedKinds.MayHaveHooks(x, Profile.B) || Profile.Raised
        ? null
        : Ir.Call(op == Opcode.Neg ? RegionHelpers.NegateValue : RegionHelpers.ComplementValue, Ir.Box(x));
}
