using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary><c>if</c>, and <c>and</c>, <c>or</c> and <c>??</c> as values.</summary>
internal sealed class BranchEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>
    /// Emits an <c>if</c> as a value, or as a statement if <paramref name="target"/> is <see cref="RegisterStack.None"/>.
    /// </summary>
    public StaticType EmitIf(IfExpression branch, int target, SlotType? expected)
    {
        BranchValue value = new(target, expected, Code.NewLabel());
        ImmutableArray<IfClause> clauses = branch.Clauses;
        bool hasElse = branch.Else is not null || value.IsNeeded;
        for (int i = 0; i < clauses.Length; i++)
        {
            Label next = Code.NewLabel();
            Proc.Conditions.EmitCondition(clauses[i].Condition, false, next);
            value.Join(Proc.Statements.EmitValueBlock(clauses[i].Body, target, expected));
            if (hasElse || i < clauses.Length - 1)
            {
                Code.EmitJump(Opcode.Jump, value.End);
            }

            Code.Bind(next);
        }

        if (branch.Else is not null)
        {
            value.Join(Proc.Statements.EmitValueBlock(branch.Else, target, expected));
        }
        else if (value.IsNeeded)
        {
            value.Join(Expressions.EvalNil(target));
        }

        Code.Bind(value.End);
        return value.Type;
    }

    /// <summary>Evaluates a logical expression. Its value is that of the operand that decides the result.</summary>
    public StaticType EvalLogical(LogicalExpression logical, int target, SlotType? expected)
    {
        Opcode jumpIfDecided = logical.Operator switch
        {
            LogicalOperator.And => Opcode.JumpIfNot,
            LogicalOperator.Or => Opcode.JumpIf,
            LogicalOperator.Coalesce => Opcode.JumpIfNotNil,
        };
        BranchValue value = new(target, expected, Code.NewLabel());
        for (int i = 0; i < logical.Operands.Length; i++)
        {
            if (i > 0)
            {
                Code.EmitJump(jumpIfDecided, value.End, target);
            }

            value.Join(Expressions.EvalTo(logical.Operands[i], target, expected));
        }

        Code.Bind(value.End);
        return value.Type;
    }
}
