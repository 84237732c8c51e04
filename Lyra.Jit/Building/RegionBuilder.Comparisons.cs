using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Comparisons, to a value and to a jump.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Ints up to this size are floats exactly.</summary>
    private const long MaxExactInt = 1L << 53;

    private bool BuildComparison(Instruction i)
    {
        int next = _pc + 1;
        int target = OpcodeInfo.Of(i.Op).JumpTarget(i, _pc);
        if (i.Op is Opcode.Eq or Opcode.Ne or Opcode.Lt or Opcode.Le)
        {
            IrNode left = Operand(i.B, Profile.B);
            if (Compare(i.Op is Opcode.Ne ? Opcode.Eq : i.Op, left, Operand(i.C, Profile.C), Profile.B, Profile.C) is not { } value)
            {
                return false;
            }

            SetRegister(i.A, i.Op == Opcode.Ne ? Negated(value) : value);
            return true;
        }

        if (Jump(i) is not ({ } comparison, var negated))
        {
            return false;
        }

        if (i.Op is Opcode.JumpEqConst or Opcode.JumpNeConst && _scope.Code.Constants[i.B].IsNil && BuildNilJump(i, target, !negated))
        {
            return true;
        }

        IrNode x = Operand(i.A, Profile.A);
        IrNode y = OpcodeInfo.Of(i.Op).B switch
        {
            OperandKind.Read => Operand(i.B, Profile.B),
            OperandKind.Constant => ConstantOf(_scope.Code.Constants[i.B]),
            _ => Int(i.SignedB),
        };
        bool isSwapped = comparison is SwappedLess or SwappedLessOrEqual;
        Opcode op = comparison switch
        {
            SwappedLess => Opcode.Lt,
            SwappedLessOrEqual => Opcode.Le,
            _ => comparison,
        };
        if ((isSwapped ? Compare(op, y, x, Profile.B, Profile.A) : Compare(op, x, y, Profile.A, Profile.B)) is not { } condition)
        {
            return false;
        }

        if (negated)
        {
            JumpUnless(condition, target, next);
        }
        else
        {
            JumpWhen(condition, target, next);
        }

        return true;
    }

    private const Opcode SwappedLess = (Opcode)ushort.MaxValue;
    private const Opcode SwappedLessOrEqual = (Opcode)(ushort.MaxValue - 1);

    /// <summary>The comparison that a jump makes, and whether it jumps when that is false.</summary>
    private static (Opcode? Comparison, bool Negated) Jump(Instruction i) => i.Op switch
    {
        Opcode.JumpEq or Opcode.JumpEqInt or Opcode.JumpEqConst => (Opcode.Eq, false),
        Opcode.JumpNe or Opcode.JumpNeInt or Opcode.JumpNeConst => (Opcode.Eq, true),
        Opcode.JumpLt or Opcode.JumpLtInt => (Opcode.Lt, false),
        Opcode.JumpLe or Opcode.JumpLeInt => (Opcode.Le, false),
        Opcode.JumpNotLt or Opcode.JumpNotLtInt => (Opcode.Lt, true),
        Opcode.JumpNotLe or Opcode.JumpNotLeInt => (Opcode.Le, true),
        Opcode.JumpGtInt => (SwappedLess, false),
        Opcode.JumpGeInt => (SwappedLessOrEqual, false),
        Opcode.JumpNotGtInt => (SwappedLess, true),
        Opcode.JumpNotGeInt => (SwappedLessOrEqual, true),
        _ => (null, false),
    };

    /// <summary>A comparison as a bool; null when only the interpreter can make it.</summary>
    private IrNode? Compare(Opcode op, IrNode x, IrNode y, ObservedType? seenX, ObservedType? seenY)
    {
        if (x.Type == IrType.Int && y.Type == IrType.Int)
        {
            return Emit(op == Opcode.Eq ? IrOp.EqInt : op == Opcode.Lt ? IrOp.LtInt : IrOp.LeInt, IrType.Bool, x, y);
        }

        if (IsFloatPair(x, y) && IsExact(x) && IsExact(y))
        {
            return Emit(op == Opcode.Eq ? IrOp.EqFloat : op == Opcode.Lt ? IrOp.LtFloat : IrOp.LeFloat, IrType.Bool, ToFloat(x), ToFloat(y));
        }

        return (op == Opcode.Eq ? Equality(x, y) : null) ?? GeneralComparison(op, x, y, seenX, seenY) ?? HookComparison(op, x, y);
    }

    /// <summary>Whether comparing the value as a float compares it exactly.</summary>
    private static bool IsExact(IrNode value) => value.Type == IrType.Float || (value.Op == IrOp.ConstInt && value.Bits is >= -MaxExactInt and <= MaxExactInt);

    private IrNode? Equality(IrNode x, IrNode y)
    {
        if (x.Op == IrOp.ConstNil || y.Op == IrOp.ConstNil)
        {
            return EqualsNil(x.Op == IrOp.ConstNil ? y : x);
        }

        if (x.Type == IrType.Bool && y.Type == IrType.Bool)
        {
            return Emit(IrOp.EqBool, IrType.Bool, x, y);
        }

        return AreOfDifferentKinds(x.Type, y.Type) ? Bool(false) : null;
    }

    /// <summary>Whether values of these representations are never equal, whatever hooks there are.</summary>
    private static bool AreOfDifferentKinds(IrType x, IrType y) => x != y && IsPlain(x) && IsPlain(y) && !(IsNumber(x) && IsNumber(y));

    private static bool IsPlain(IrType type) => type is not (IrType.Any or IrType.Object or IrType.Struct);

    private static bool IsNumber(IrType type) => type is IrType.Int or IrType.Float or IrType.BigInt;

    /// <summary>Whether a value is nil. Only an instance whose struct has an <c>__eq</c> can say otherwise: then the region is left.</summary>
    private IrNode? EqualsNil(IrNode value)
    {
        switch (value.Type)
        {
            case IrType.Struct:
                return value.Shape!.Hooks.Equals is null ? Bool(false) : null;
            case IrType.Any:
                Guarded(IrOp.GuardNot, IrType.None, Call(RegionHelpers.HasEqualsHook, value));
                return IsNil(value);
            case IrType.Object:
                return null;
            default:
                return Bool(false);
        }
    }

    /// <summary>
    /// A jump on equality with nil of a value that was seen to be nil or of one other representation: behind it each way knows what it has.
    /// </summary>
    private bool BuildNilJump(Instruction i, int target, bool jumpsWhenNil)
    {
        IrNode value = Register(i.A);
        if (value.Type != IrType.Any || value.IsConstant || OtherThanNil(Profile.A) is not { } other)
        {
            return false;
        }

        int next = _pc + 1;
        int pc = _pc;
        Incoming whenOther = Fork(IsNil(value));
        GoTo(jumpsWhenNil ? target : next);
        _pc = pc;
        TakeUp(whenOther);
        Refine(value, Unbox(value, other));
        GoTo(jumpsWhenNil ? next : target);
        return true;
    }

    /// <summary>The representation of what was seen besides nil, when that compares with nil without a hook; null otherwise.</summary>
    private static Representation? OtherThanNil(ObservedType? seen)
    {
        if (seen is null || (seen.Kinds & ObservedKinds.Nil) == 0)
        {
            return null;
        }

        Representation other = Representation.Of(seen, ObservedKinds.Nil);
        return other.Type == IrType.Any || other.Shape?.Hooks.Equals is not null ? null : other;
    }
}
