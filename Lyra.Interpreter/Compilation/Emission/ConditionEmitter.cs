using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Conditions as jumps.</summary>
internal sealed class ConditionEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>
    /// Emits a jump to <paramref name="target"/> that is taken if the truth of the condition equals <paramref name="jumpsIf"/>; otherwise
    /// the code falls through.
    /// </summary>
    public void EmitCondition(Expression condition, bool jumpsIf, Label target)
    {
        int mark = Registers.Top;
        if (Evaluator.TryEvaluate(condition, out Value constant)) EmitConstantCondition(condition, constant.IsTruthy == jumpsIf, target);
        else EmitDynamicCondition(condition, jumpsIf, target);
        Registers.Top = mark;
    }

    /// <summary>Emits a jump that tests one register.</summary>
    public void EmitJumpAt(SourceSpan span, Opcode op, Label target, int register)
    {
        Code.At(span);
        Code.EmitJump(op, target, register);
    }

    private void EmitConstantCondition(Expression condition, bool jumps, Label target)
    {
        Code.At(condition.Span);
        if (jumps) Code.EmitJump(Opcode.Jump, target);
    }

    private void EmitDynamicCondition(Expression condition, bool jumpsIf, Label target)
    {
        switch (condition)
        {
            case UnaryExpression { Operator: UnaryOperator.Not } negated:
                EmitCondition(negated.Operand, !jumpsIf, target);
                break;
            case LogicalExpression { Operator: LogicalOperator.And or LogicalOperator.Or } logical:
                EmitLogicalCondition(logical, jumpsIf, target);
                break;
            case BinaryExpression comparison when OperatorFacts.IsComparison(comparison.Operator):
                EmitComparison(comparison, jumpsIf, target);
                break;
            case BinaryExpression { Operator: BinaryOperator.Is or BinaryOperator.IsNot, Right: NilLiteral } test:
                Operand tested = Expressions.Eval(test.Left);
                bool jumpsIfNil = test.Operator == BinaryOperator.Is == jumpsIf;
                EmitJumpAt(test.OperatorSpan, jumpsIfNil ? Opcode.JumpIfNil : Opcode.JumpIfNotNil, target, tested.Register);
                break;
            default:
                Operand value = Expressions.Eval(condition);
                EmitJumpAt(condition.Span, jumpsIf ? Opcode.JumpIf : Opcode.JumpIfNot, target, value.Register);
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

        Label skip = Code.NewLabel();
        for (int i = 0; i < logical.Operands.Length - 1; i++) EmitCondition(logical.Operands[i], decidingValue, skip);
        EmitCondition(logical.Operands[^1], jumpsIf, target);
        Code.Bind(skip);
    }

    private void EmitComparison(BinaryExpression comparison, bool jumpsIf, Label target)
    {
        if (TryEmitMirroredComparison(comparison, jumpsIf, target)) return;

        Operand left = Expressions.Eval(comparison.Left, comparison.Right);
        bool isConstant = Evaluator.TryEvaluate(comparison.Right, out Value constant);
        if (isConstant && TryEmitConstantComparison(comparison, left, constant, jumpsIf, target)) return;

        Operand right = Expressions.Eval(comparison.Right);
        bool swaps = OperatorFacts.IsReversed(comparison.Operator);
        Code.At(comparison.OperatorSpan);
        Opcode op = comparison.Operator switch
        {
            BinaryOperator.Equal => jumpsIf ? Opcode.JumpEq : Opcode.JumpNe,
            BinaryOperator.NotEqual => jumpsIf ? Opcode.JumpNe : Opcode.JumpEq,
            BinaryOperator.Less or BinaryOperator.Greater => jumpsIf ? Opcode.JumpLt : Opcode.JumpNotLt,
            _ => jumpsIf ? Opcode.JumpLe : Opcode.JumpNotLe,
        };
        Code.EmitJump(op, target, swaps ? right.Register : left.Register, swaps ? left.Register : right.Register);
    }

    /// <summary>
    /// Emits <c>0 &lt; x</c> as <c>x &gt; 0</c>, which means the same. This does not hold for <c>==</c>, which calls the hook of its left
    /// operand.
    /// </summary>
    private bool TryEmitMirroredComparison(BinaryExpression comparison, bool jumpsIf, Label target)
    {
        if (!OperatorFacts.IsOrdering(comparison.Operator)) return false;
        if (!Evaluator.TryEvaluate(comparison.Left, out Value constant) || !ProcLimits.IsSmallInt(constant)) return false;

        BinaryOperator mirrored = comparison.Operator switch
        {
            BinaryOperator.Less => BinaryOperator.Greater,
            BinaryOperator.LessEqual => BinaryOperator.GreaterEqual,
            BinaryOperator.Greater => BinaryOperator.Less,
            _ => BinaryOperator.LessEqual,
        };
        Operand right = Expressions.Eval(comparison.Right);
        Code.At(comparison.OperatorSpan);
        Code.EmitJump(IntJump(mirrored, jumpsIf), target, right.Register, (int)constant.AsInt);
        return true;
    }

    private bool TryEmitConstantComparison(BinaryExpression comparison, Operand left, Value constant, bool jumpsIf, Label target)
    {
        if (ProcLimits.IsSmallInt(constant))
        {
            Code.At(comparison.OperatorSpan);
            Code.EmitJump(IntJump(comparison.Operator, jumpsIf), target, left.Register, (int)constant.AsInt);
            return true;
        }

        if (OperatorFacts.IsOrdering(comparison.Operator)) return false;
        int index = Tables.Constants.IndexOf(constant);
        if (index > ProcLimits.MaxOperand) return false;
        Code.At(comparison.OperatorSpan);
        bool jumpsIfEqual = comparison.Operator == BinaryOperator.Equal == jumpsIf;
        Code.EmitJump(jumpsIfEqual ? Opcode.JumpEqConst : Opcode.JumpNeConst, target, left.Register, index);
        return true;
    }

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
