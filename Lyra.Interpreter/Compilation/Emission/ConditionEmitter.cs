using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Operators;
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
        if (Evaluator.TryEvaluate(condition, out Value constant))
        {
            EmitConstantCondition(condition, constant.IsTruthy == jumpsIf, target);
        }
        else
        {
            EmitDynamicCondition(condition, jumpsIf, target);
        }

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
        if (jumps)
        {
            Code.EmitJump(Opcode.Jump, target);
        }
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
            case BinaryExpression comparison when OperatorInfo.Of(comparison.Operator).IsComparison:
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
            foreach (Expression operand in logical.Operands)
            {
                EmitCondition(operand, jumpsIf, target);
            }

            return;
        }

        Label skip = Code.NewLabel();
        for (int i = 0; i < logical.Operands.Length - 1; i++)
        {
            EmitCondition(logical.Operands[i], decidingValue, skip);
        }

        EmitCondition(logical.Operands[^1], jumpsIf, target);
        Code.Bind(skip);
    }

    private void EmitComparison(BinaryExpression comparison, bool jumpsIf, Label target)
    {
        if (TryEmitMirroredComparison(comparison, jumpsIf, target))
        {
            return;
        }

        Operand left = Expressions.Eval(comparison.Left, comparison.Right);
        bool isConstant = Evaluator.TryEvaluate(comparison.Right, out Value constant);
        if (isConstant && TryEmitConstantComparison(comparison, left, constant, jumpsIf, target))
        {
            return;
        }

        Operand right = Expressions.Eval(comparison.Right);
        OperatorInfo row = OperatorInfo.Of(comparison.Operator);
        Code.At(comparison.OperatorSpan);
        Opcode op = JumpIf(jumpsIf != row.Negates, OpcodeInfo.Of(row.Opcode).Jump);
        Code.EmitJump(op, target, row.Swaps ? right.Register : left.Register, row.Swaps ? left.Register : right.Register);
    }

    /// <summary>
    /// Emits <c>0 &lt; x</c> as <c>x &gt; 0</c>, which means the same. This does not hold for <c>==</c>, which calls the hook of its left
    /// operand.
    /// </summary>
    private bool TryEmitMirroredComparison(BinaryExpression comparison, bool jumpsIf, Label target)
    {
        OperatorInfo row = OperatorInfo.Of(comparison.Operator);
        if (OpcodeInfo.Of(row.Opcode).SwappedJumpWithInt == Opcode.Nop)
        {
            return false;
        }

        if (!Evaluator.TryEvaluate(comparison.Left, out Value constant) || !ProcLimits.IsSmallInt(constant))
        {
            return false;
        }

        Operand right = Expressions.Eval(comparison.Right);
        Code.At(comparison.OperatorSpan);
        Code.EmitJump(IntJump(row, !row.Swaps, jumpsIf), target, right.Register, (int)constant.AsInt);
        return true;
    }

    private bool TryEmitConstantComparison(BinaryExpression comparison, Operand left, Value constant, bool jumpsIf, Label target)
    {
        OperatorInfo row = OperatorInfo.Of(comparison.Operator);
        if (ProcLimits.IsSmallInt(constant))
        {
            Code.At(comparison.OperatorSpan);
            Code.EmitJump(IntJump(row, row.Swaps, jumpsIf), target, left.Register, (int)constant.AsInt);
            return true;
        }

        Opcode withConstant = OpcodeInfo.Of(row.Opcode).JumpWithConstant;
        if (withConstant == Opcode.Nop)
        {
            return false;
        }

        int index = Tables.Constants.IndexOf(constant);
        if (index > ProcLimits.MaxOperand)
        {
            return false;
        }

        Code.At(comparison.OperatorSpan);
        Code.EmitJump(JumpIf(jumpsIf != row.Negates, withConstant), target, left.Register, index);
        return true;
    }

    private static Opcode IntJump(in OperatorInfo comparison, bool swaps, bool jumpsIf)
    {
        OpcodeInfo row = OpcodeInfo.Of(comparison.Opcode);
        return JumpIf(jumpsIf != comparison.Negates, swaps ? row.SwappedJumpWithInt : row.JumpWithInt);
    }

    /// <summary>A jump, or the one that jumps exactly when it does not.</summary>
    private static Opcode JumpIf(bool condition, Opcode jump) => condition ? jump : OpcodeInfo.Of(jump).Negation;
}
