using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Unary and binary operators as values.</summary>
internal sealed partial class ProcEmitter
{
    private static readonly Opcode[] RegisterForms =
    [
        Opcode.Add, Opcode.Sub, Opcode.Mul, Opcode.Div, Opcode.Mod, Opcode.Pow, Opcode.Shl, Opcode.Shr, Opcode.BitAnd, Opcode.BitOr,
        Opcode.BitXor, Opcode.Eq, Opcode.Ne, Opcode.Lt, Opcode.Le, Opcode.Lt, Opcode.Le, Opcode.In, Opcode.In, Opcode.Is, Opcode.Is,
    ];

    private StaticType EvalUnary(UnaryExpression unary, int target)
    {
        Operand operand = Eval(unary.Operand);
        At(unary.Span);
        switch (unary.Operator)
        {
            case UnaryOperator.Not:
                _code.Emit(Opcode.Not, target, operand.Register);
                return StaticType.Bool;
            case UnaryOperator.Negate:
                _code.Emit(Opcode.Neg, target, operand.Register);
                return operand.Type.IsInt ? StaticType.Int : operand.Type.IsFloat ? StaticType.Float : StaticType.Unknown;
            default:
                _code.Emit(Opcode.BitNot, target, operand.Register);
                return operand.Type.IsInt ? StaticType.Int : StaticType.Unknown;
        }
    }

    private StaticType EvalBinary(BinaryExpression binary, int target, SlotType? wanted)
    {
        if (wanted is { HasElementTypes: true, Kind: SlotKind.List }) return EvalContainerOperator(binary, target, wanted);

        Operand left = EvalLeft(binary.Left, target, binary.Right);
        return EmitBinary(binary.Operator, binary.OperatorSpan, left, binary.Right, target);
    }

    /// <summary>The left operand: a variable in place, else in the target when that is scratch.</summary>
    private Operand EvalLeft(Expression left, int target, Expression right)
    {
        if (left is NameExpression || !IsScratch(target)) return Eval(left, right);
        return new Operand(target, EvalTo(left, target), false);
    }

    private StaticType EvalBinaryChain(BinaryChainExpression chain, int target, SlotType? wanted)
    {
        int total = IsScratch(target) ? target : Reserve();
        bool isFresh = wanted is { HasElementTypes: true, Kind: SlotKind.List } && IsFresh(chain);
        SlotType? partType = isFresh ? null : wanted;
        Operand left = new(total, EvalTo(chain.First, total, ContainerPart(chain.First, partType)), false);
        foreach (BinaryLink link in chain.Links)
        {
            int mark = _top;
            left = left with { Type = EmitBinary(link.Operator, link.OperatorSpan, left, link.Operand, total, partType) };
            _top = mark;
        }

        Move(target, total);
        if (!isFresh) return left.Type;
        GiveElementType(target, wanted!, chain.Span);
        return new StaticType(wanted!.Kind);
    }

    /// <summary>Evaluates the right operand, which a literal container of the wanted type may be, and applies the operator.</summary>
    private StaticType EmitBinary(
        BinaryOperator @operator, SourceSpan span, Operand left, Expression right, int target, SlotType? wanted = null)
    {
        if (@operator <= BinaryOperator.BitXor && _evaluator.TryEvaluate(right, out Value constant)
            && TryEmitWithConstant(@operator, span, left, constant, target))
        {
            return ArithmeticType(@operator, left.Type, StaticType.Of(constant));
        }

        Operand other = ContainerPart(right, wanted) is SlotType typed ? EvalCopy(right, typed) : Eval(right);
        return EmitOperator(@operator, span, left, other, target);
    }

    private StaticType EmitOperator(BinaryOperator @operator, SourceSpan span, Operand left, Operand right, int target)
    {
        At(span);
        bool swaps = @operator is BinaryOperator.Greater or BinaryOperator.GreaterEqual;
        _code.Emit(RegisterForms[(int)@operator], target, swaps ? right.Register : left.Register, swaps ? left.Register : right.Register);
        if (@operator is BinaryOperator.NotIn or BinaryOperator.IsNot) _code.Emit(Opcode.Not, target, target);
        return @operator <= BinaryOperator.BitXor ? ArithmeticType(@operator, left.Type, right.Type) : StaticType.Bool;
    }

    private bool TryEmitWithConstant(BinaryOperator @operator, SourceSpan span, Operand left, Value constant, int target)
    {
        if (constant.IsInt && constant.AsInt is >= short.MinValue and <= short.MaxValue && IntForm(@operator) is Opcode withInt and not Opcode.Nop)
        {
            At(span);
            _code.Emit(withInt, target, left.Register, (int)constant.AsInt);
            return true;
        }

        if (!constant.IsNumber || ConstForm(@operator) is not (Opcode withConst and not Opcode.Nop)) return false;
        int index = _constants.IndexOf(constant);
        if (index > MaxOperand) return false;
        At(span);
        _code.Emit(withConst, target, left.Register, index);
        return true;
    }

    private static Opcode IntForm(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => Opcode.AddInt,
        BinaryOperator.Subtract => Opcode.SubInt,
        BinaryOperator.Multiply => Opcode.MulInt,
        BinaryOperator.Divide => Opcode.DivInt,
        BinaryOperator.Modulo => Opcode.ModInt,
        BinaryOperator.BitAnd => Opcode.BitAndInt,
        BinaryOperator.ShiftLeft => Opcode.ShlInt,
        BinaryOperator.ShiftRight => Opcode.ShrInt,
        _ => Opcode.Nop,
    };

    private static Opcode ConstForm(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => Opcode.AddConst,
        BinaryOperator.Subtract => Opcode.SubConst,
        BinaryOperator.Multiply => Opcode.MulConst,
        BinaryOperator.Divide => Opcode.DivConst,
        _ => Opcode.Nop,
    };

    /// <summary>
    /// The type of an arithmetic result that is certain from its operands, if there is one. A float on the left makes it a float whatever is on the
    /// right, because only the left operand's hook is asked.
    /// </summary>
    private static StaticType ArithmeticType(BinaryOperator @operator, StaticType left, StaticType right)
    {
        bool isBitwise = @operator is >= BinaryOperator.ShiftLeft and <= BinaryOperator.BitXor;
        if (left.IsInt && right.IsInt) return @operator == BinaryOperator.Power ? StaticType.Unknown : StaticType.Int;
        if (left.IsFloat && !isBitwise && right.Kind == SlotKind.Any) return StaticType.Float;
        if (left.IsNumber && right.IsNumber) return isBitwise ? StaticType.Unknown : StaticType.Float;

        bool isText = left is { Kind: SlotKind.Str, IsNullable: false } && right is { Kind: SlotKind.Str, IsNullable: false };
        return isText && @operator == BinaryOperator.Add ? StaticType.Str : StaticType.Unknown;
    }
}
