using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Unary and binary operators as values.</summary>
internal sealed class OperatorEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public StaticType EvalUnary(UnaryExpression unary, int target)
    {
        Operand operand = Expressions.Eval(unary.Operand);
        Code.At(unary.Span);
        Code.Emit(OperatorInfo.Of(unary.Operator).Opcode, target, operand.Register);
        return unary.Operator switch
        {
            UnaryOperator.Not => StaticType.Bool,
            UnaryOperator.Negate when operand.Type.IsFloat => StaticType.Float,
            UnaryOperator.Negate or UnaryOperator.Complement => operand.Type.IsInt ? StaticType.Int : StaticType.Unknown,
        };
    }

    public StaticType EvalBinary(BinaryExpression binary, int target, SlotType? expected)
    {
        if (Module.TypeOf(binary) is { } tested)
        {
            return EvalTypeTest(binary, tested, target);
        }

        if (expected is { HasElementTypes: true, Kind: SlotKind.List })
        {
            return EvalContainerOperator(binary, target, expected);
        }

        Operand left = EvalLeft(binary.Left, target, binary.Right);
        return EmitBinary(binary.Operator, binary.OperatorSpan, left, binary.Right, target);
    }

    /// <summary><c>x is int</c>.</summary>
    private StaticType EvalTypeTest(BinaryExpression binary, SlotType type, int target)
    {
        Operand value = EvalLeft(binary.Left, target, binary.Right);
        Code.At(binary.OperatorSpan);
        Code.Emit(Opcode.TestType, target, value.Register, Limits.Fit(Tables.TypeIndex(type), "types"));
        if (binary.Operator == BinaryOperator.IsNot)
        {
            Code.Emit(Opcode.Not, target, target);
        }

        return StaticType.Bool;
    }

    /// <summary>Evaluates the left operand: a variable in place, any other operand to the target if that is scratch.</summary>
    private Operand EvalLeft(Expression left, int target, Expression right)
    {
        if (left is NameExpression || !Registers.IsScratch(target))
        {
            return Expressions.Eval(left, right);
        }

        return new Operand(target, Expressions.EvalTo(left, target), false);
    }

    /// <summary>
    /// Evaluates <c>+</c> or <c>*</c> where a typed container is expected. If the result is certainly new, the type is set on the whole;
    /// otherwise only on the literals in it.
    /// </summary>
    private StaticType EvalContainerOperator(BinaryExpression binary, int target, SlotType expected)
    {
        bool isNew = ContainerTypes.IsNewContainer(binary);
        SlotType? operandType = isNew ? null : expected;
        Operand left = Expressions.Eval(binary.Left, binary.Right, ContainerTypes.OperandType(binary.Left, operandType));
        StaticType type = EmitBinary(binary.Operator, binary.OperatorSpan, left, binary.Right, target, operandType);
        if (!isNew)
        {
            return type;
        }

        Proc.Slots.SetElementType(target, expected, binary.Span);
        return new StaticType(expected.Kind);
    }

    public StaticType EvalBinaryChain(BinaryChainExpression chain, int target, SlotType? expected)
    {
        int total = Registers.IsScratch(target) ? target : Registers.Reserve();
        bool isNew = expected is { HasElementTypes: true, Kind: SlotKind.List } && ContainerTypes.IsNewContainer(chain);
        SlotType? operandType = isNew ? null : expected;
        Operand left = new(total, Expressions.EvalTo(chain.First, total, ContainerTypes.OperandType(chain.First, operandType)), false);
        foreach (BinaryLink link in chain.Links)
        {
            int mark = Registers.Top;
            left = left with { Type = EmitBinary(link.Operator, link.OperatorSpan, left, link.Operand, total, operandType) };
            Registers.Top = mark;
        }

        Code.Move(target, total);
        if (!isNew)
        {
            return left.Type;
        }

        Proc.Slots.SetElementType(target, expected!, chain.Span);
        return new StaticType(expected!.Kind);
    }

    /// <summary>Evaluates the right operand and applies the operator.</summary>
    public StaticType EmitBinary(
        BinaryOperator @operator, SourceSpan span, Operand left, Expression right, int target, SlotType? expected = null)
    {
        if (OperatorInfo.Of(@operator).IsArithmetic && Evaluator.TryEvaluate(right, out Value constant)
            && TryEmitWithConstant(@operator, span, left, constant, target))
        {
            return ArithmeticType(@operator, left.Type, StaticType.Of(constant));
        }

        Operand other = Expressions.Eval(right, expected: ContainerTypes.OperandType(right, expected));
        return EmitOperator(@operator, span, left, other, target);
    }

    private StaticType EmitOperator(BinaryOperator @operator, SourceSpan span, Operand left, Operand right, int target)
    {
        Code.At(span);
        OperatorInfo row = OperatorInfo.Of(@operator);
        Code.Emit(row.Opcode, target, row.Swaps ? right.Register : left.Register, row.Swaps ? left.Register : right.Register);
        if (row.Negates && !Instruction(@operator).Has(OpTraits.Negates))
        {
            Code.Emit(Opcode.Not, target, target);
        }

        return row.IsArithmetic ? ArithmeticType(@operator, left.Type, right.Type) : StaticType.Bool;
    }

    private bool TryEmitWithConstant(BinaryOperator @operator, SourceSpan span, Operand left, Value constant, int target)
    {
        if (ProcLimits.IsSmallInt(constant) && Instruction(@operator).WithInt is Opcode withInt and not Opcode.Nop)
        {
            Code.At(span);
            Code.Emit(withInt, target, left.Register, (int)constant.AsInt);
            return true;
        }

        if (!constant.IsNumber || Instruction(@operator).WithConstant is not (Opcode withConst and not Opcode.Nop))
        {
            return false;
        }

        int index = Tables.Constants.IndexOf(constant);
        if (index > ProcLimits.MaxOperand)
        {
            return false;
        }

        Code.At(span);
        Code.Emit(withConst, target, left.Register, index);
        return true;
    }

    private static OpcodeInfo Instruction(BinaryOperator @operator) => OpcodeInfo.Of(OperatorInfo.Of(@operator).Opcode);

    /// <summary>
    /// The type of an arithmetic result, as far as the operands determine it. With a float on the left, the result is a float whatever the
    /// right operand is, because only the left operand's hook is called.
    /// </summary>
    private static StaticType ArithmeticType(BinaryOperator @operator, StaticType left, StaticType right)
    {
        bool isBitwise = OperatorInfo.Of(@operator).IsBitwise;
        if (left.IsInt && right.IsInt)
        {
            return @operator == BinaryOperator.Power ? StaticType.Unknown : StaticType.Int;
        }

        if (left.IsFloat && !isBitwise && right.Kind == SlotKind.Any)
        {
            return StaticType.Float;
        }

        if (left.IsNumber && right.IsNumber)
        {
            return isBitwise ? StaticType.Unknown : StaticType.Float;
        }

        bool isText = left is { Kind: SlotKind.Str, IsNullable: false } && right is { Kind: SlotKind.Str, IsNullable: false };
        return isText && @operator == BinaryOperator.Add ? StaticType.Str : StaticType.Unknown;
    }
}
