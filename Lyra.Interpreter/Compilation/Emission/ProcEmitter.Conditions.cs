using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Conditions as control flow.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>Jumps to <paramref name="target"/> when the condition is truthy (or falsy, by <paramref name="jumpsIf"/>), else falls through.</summary>
    private void EmitCondition(Expression condition, bool jumpsIf, Label target)
    {
        int mark = _top;
        if (_evaluator.TryEvaluate(condition, out Value constant)) EmitKnownCondition(condition, constant.IsTruthy == jumpsIf, target);
        else EmitOpenCondition(condition, jumpsIf, target);
        _top = mark;
    }

    private void EmitKnownCondition(Expression condition, bool jumps, Label target)
    {
        At(condition.Span);
        if (jumps) _code.EmitJump(Opcode.Jump, target);
    }

    private void EmitOpenCondition(Expression condition, bool jumpsIf, Label target)
    {
        switch (condition)
        {
            case UnaryExpression { Operator: UnaryOperator.Not } negated:
                EmitCondition(negated.Operand, !jumpsIf, target);
                break;
            case LogicalExpression { Operator: LogicalOperator.And or LogicalOperator.Or } logical:
                EmitLogicalCondition(logical, jumpsIf, target);
                break;
            case BinaryExpression { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterEqual } comparison:
                EmitComparison(comparison, jumpsIf, target);
                break;
            case BinaryExpression { Operator: BinaryOperator.Is or BinaryOperator.IsNot, Right: NilLiteral } test:
                Operand tested = Eval(test.Left);
                bool jumpsIfNil = test.Operator == BinaryOperator.Is == jumpsIf;
                EmitConditionalJump(jumpsIfNil ? Opcode.JumpIfNil : Opcode.JumpIfNotNil, test.OperatorSpan, target, tested.Register);
                break;
            default:
                Operand value = Eval(condition);
                EmitConditionalJump(jumpsIf ? Opcode.JumpIf : Opcode.JumpIfNot, condition.Span, target, value.Register);
                break;
        }
    }

    private void EmitLogicalCondition(LogicalExpression logical, bool jumpsIf, Label target)
    {
        bool decidingValue = logical.Operator == LogicalOperator.Or;
        if (decidingValue == jumpsIf)
        {
            foreach (Expression operand in logical.Operands) EmitCondition(operand, jumpsIf, target);
            return;
        }

        Label skip = _code.NewLabel();
        for (int i = 0; i < logical.Operands.Length - 1; i++) EmitCondition(logical.Operands[i], decidingValue, skip);
        EmitCondition(logical.Operands[^1], jumpsIf, target);
        _code.Bind(skip);
    }

    private void EmitComparison(BinaryExpression comparison, bool jumpsIf, Label target)
    {
        if (TryEmitMirroredComparison(comparison, jumpsIf, target)) return;

        Operand left = Eval(comparison.Left, comparison.Right);
        if (_evaluator.TryEvaluate(comparison.Right, out Value constant) && TryEmitConstantComparison(comparison, left, constant, jumpsIf, target)) return;

        Operand right = Eval(comparison.Right);
        bool swaps = comparison.Operator is BinaryOperator.Greater or BinaryOperator.GreaterEqual;
        At(comparison.OperatorSpan);
        Opcode op = comparison.Operator switch
        {
            BinaryOperator.Equal => jumpsIf ? Opcode.JumpEq : Opcode.JumpNe,
            BinaryOperator.NotEqual => jumpsIf ? Opcode.JumpNe : Opcode.JumpEq,
            BinaryOperator.Less or BinaryOperator.Greater => jumpsIf ? Opcode.JumpLt : Opcode.JumpNotLt,
            _ => jumpsIf ? Opcode.JumpLe : Opcode.JumpNotLe,
        };
        _code.EmitJump(op, target, swaps ? right.Register : left.Register, swaps ? left.Register : right.Register);
    }

    /// <summary><c>0 &lt; x</c> is <c>x &gt; 0</c>: the swap is what <c>&gt;</c> means. Not so for ==, which asks its left operand's hook.</summary>
    private bool TryEmitMirroredComparison(BinaryExpression comparison, bool jumpsIf, Label target)
    {
        if (comparison.Operator < BinaryOperator.Less || !_evaluator.TryEvaluate(comparison.Left, out Value constant) || !IsSmallInt(constant)) return false;

        BinaryOperator mirrored = comparison.Operator switch
        {
            BinaryOperator.Less => BinaryOperator.Greater,
            BinaryOperator.LessEqual => BinaryOperator.GreaterEqual,
            BinaryOperator.Greater => BinaryOperator.Less,
            _ => BinaryOperator.LessEqual,
        };
        Operand right = Eval(comparison.Right);
        At(comparison.OperatorSpan);
        _code.EmitJump(IntJump(mirrored, jumpsIf), target, right.Register, (int)constant.AsInt);
        return true;
    }

    private bool TryEmitConstantComparison(BinaryExpression comparison, Operand left, Value constant, bool jumpsIf, Label target)
    {
        if (IsSmallInt(constant))
        {
            At(comparison.OperatorSpan);
            _code.EmitJump(IntJump(comparison.Operator, jumpsIf), target, left.Register, (int)constant.AsInt);
            return true;
        }

        if (comparison.Operator > BinaryOperator.NotEqual) return false;
        int index = _constants.IndexOf(constant);
        if (index > MaxOperand) return false;
        At(comparison.OperatorSpan);
        bool jumpsIfEqual = comparison.Operator == BinaryOperator.Equal == jumpsIf;
        _code.EmitJump(jumpsIfEqual ? Opcode.JumpEqConst : Opcode.JumpNeConst, target, left.Register, index);
        return true;
    }

    private static bool IsSmallInt(Value value) => value.IsInt && value.AsInt is >= short.MinValue and <= short.MaxValue;

    private static Opcode IntJump(BinaryOperator @operator, bool jumpsIf) => @operator switch
    {
        BinaryOperator.Equal => jumpsIf ? Opcode.JumpEqInt : Opcode.JumpNeInt,
        BinaryOperator.NotEqual => jumpsIf ? Opcode.JumpNeInt : Opcode.JumpEqInt,
        BinaryOperator.Less => jumpsIf ? Opcode.JumpLtInt : Opcode.JumpNotLtInt,
        BinaryOperator.LessEqual => jumpsIf ? Opcode.JumpLeInt : Opcode.JumpNotLeInt,
        BinaryOperator.Greater => jumpsIf ? Opcode.JumpGtInt : Opcode.JumpNotGtInt,
        _ => jumpsIf ? Opcode.JumpGeInt : Opcode.JumpNotGeInt,
    };
}
