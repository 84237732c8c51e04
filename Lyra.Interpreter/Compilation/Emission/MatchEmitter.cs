using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// <c>match</c>: tries the arms in order. A table finds one of many literals (<see cref="SwitchEmitter"/>); the type and a part of the
/// subject find one of many structural patterns (<see cref="DispatchEmitter"/>).
/// </summary>
internal sealed class MatchEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public StaticType EmitMatch(MatchExpression match, int target, SlotType? expected)
    {
        Operand subject = EvalSubject(match);
        BranchValue value = new(target, expected, Code.NewLabel());
        ImmutableArray<MatchArm> arms = Module.ArmsOf(match);
        bool isComplete = false;
        for (int i = 0; i < arms.Length;)
        {
            int count = EmitGroup(arms, i, subject, value);
            if (count == 0)
            {
                EmitArm(arms[i], subject, value);
                isComplete |= arms[i].Guard is null && IsIrrefutable(arms[i].Pattern);
            }

            i += Math.Max(count, 1);
        }

        Code.At(match.Span);
        if (!isComplete)
        {
            Code.Emit(Opcode.NoMatch, subject.Register);
        }

        Code.Bind(value.End);
        return value.Type;
    }

    /// <summary>
    /// Emits the guard and body of an arm whose pattern has matched; jumps to <paramref name="guardFailed"/> if the guard is falsy.
    /// </summary>
    public void EmitGuardAndBody(MatchArm arm, BranchValue value, Label guardFailed)
    {
        if (arm.Guard is not null)
        {
            Proc.Conditions.EmitCondition(arm.Guard, false, guardFailed);
        }

        value.Join(EmitBody(arm.Body, value));
        Code.EmitJump(Opcode.Jump, value.End);
    }

    /// <summary>
    /// Emits the run of arms, from <paramref name="start"/> on, among which a table or the subject's type chooses; returns their number.
    /// </summary>
    private int EmitGroup(ImmutableArray<MatchArm> arms, int start, Operand subject, BranchValue value)
    {
        LiteralArms literals = LiteralArms.At(arms, start, static pattern => pattern);
        if (literals.Count > 0)
        {
            Proc.Switches.EmitSwitch(literals, subject.Register, value);
            return literals.Count;
        }

        if (TypedArms.At(arms, start, Module) is not { } typed)
        {
            return 0;
        }

        Proc.Dispatches.EmitDispatch(typed, subject, value);
        return typed.Count;
    }

    /// <summary>Evaluates the subject once: a guard that assigns the variable does not change the value that later arms compare.</summary>
    private Operand EvalSubject(MatchExpression match)
    {
        foreach (MatchArm arm in match.Arms)
        {
            if (arm.Guard is not null && Module.WithStatements.Contains(arm.Guard))
            {
                return Expressions.Eval(match.Subject, arm.Guard);
            }
        }

        return Expressions.Eval(match.Subject);
    }

    private static bool IsIrrefutable(Pattern pattern) => pattern switch
    {
        WildcardPattern or BindingPattern { Type: null } => true,
        AsPattern named => IsIrrefutable(named.Pattern),
        _ => false,
    };

    private void EmitArm(MatchArm arm, Operand subject, BranchValue value)
    {
        int mark = Registers.Top;
        Label next = Code.NewLabel();
        if (arm.Pattern is BindingPattern binding && !subject.IsVariable)
        {
            EmitWholeSubject(binding, subject.Register, next);
        }
        else
        {
            Proc.Patterns.EmitPattern(arm.Pattern, subject.Register, next);
        }

        EmitGuardAndBody(arm, value, next);
        Code.Bind(next);
        Registers.Top = mark;
    }

    /// <summary>
    /// Binds a name to the whole subject, which is in a register of the match. A name that is never reassigned takes over that register.
    /// </summary>
    private void EmitWholeSubject(BindingPattern binding, int subject, Label fail)
    {
        if (Module.SymbolOf(binding) is not { IsReassigned: false, NeedsUpvalue: false } symbol)
        {
            Proc.Patterns.EmitPattern(binding, subject, fail);
            return;
        }

        Code.At(binding.Span);
        if (Module.TypeOf(binding.Type) is SlotType type)
        {
            Proc.Patterns.EmitTypeTest(type, subject, fail);
        }

        symbol.Register = subject;
    }

    private StaticType EmitBody(Statement body, BranchValue value)
    {
        switch (body)
        {
            case BlockStatement block:
                return Proc.Statements.EmitValueBlock(block, value.Target, value.Expected);
            case ExpressionStatement expression when value.IsNeeded:
                return Expressions.EvalTo(expression.Expression, value.Target, value.Expected);
            default:
                Proc.Statements.EmitStatement(body);
                if (value.IsNeeded)
                {
                    Expressions.EvalNil(value.Target);
                }

                return StaticType.Unknown;
        }
    }
}
