using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Arms of a <c>match</c> that compare the subject with literals.</summary>
/// <remarks>
/// A table maps a number or str to the first arm with that literal. Each arm with a guard has its own table, used when the guard fails,
/// which maps to the next arm with the same literal. Any other subject goes to the default of the table. From there, a value that equals no
/// literal goes directly to the arm after the run; every other value (a struct with <c>__eq</c>) is compared with the literals one by one.
/// These comparisons have a charge of their own, so that other values do not pay for them.
/// </remarks>
internal sealed class SwitchEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The kinds whose values can equal only literals in the table, if any.</summary>
    private static readonly SlotType[] UnequalTests = FindUnequalTests();

    public void EmitSwitch(LiteralArms arms, int subject, BranchValue value)
    {
        Label others = Code.NewLabel();
        Label miss = Code.NewLabel();
        Label[] bodies = Code.NewLabels(arms.Count);
        Label[] tests = Code.NewLabels(arms.Count + 1);
        SwitchTables tables = SwitchTables.Of(arms, bodies, miss, Owner.Meter, Evaluator);
        Code.At(arms.Arms[0].Pattern.Span);
        Code.EmitWide(Opcode.Switch, subject, Code.AddSwitch(tables.All, others));
        for (int i = 0; i < arms.Count; i++)
        {
            MatchArm arm = arms.Arms[i];
            int mark = Registers.Top;
            Label guardFailed = Code.NewLabel();
            Code.Bind(bodies[i]);
            BindNames(arm.Pattern, subject);
            Proc.Matches.EmitGuardAndBody(arm, value, guardFailed);
            Registers.Top = mark;
            if (arm.Guard is null)
            {
                continue;
            }

            Code.Bind(guardFailed);
            Code.At(arm.Pattern.Span);
            Code.EmitWide(Opcode.Switch, subject, Code.AddSwitch(tables.After(i), tests[i + 1]));
        }

        Code.Bind(others);
        EmitUnequalTests(subject, miss);
        EmitLiteralTests(arms, subject, bodies, tests, miss);
        Code.Bind(miss);
    }

    /// <summary>Jumps if a value that is in no table equals no literal of a table.</summary>
    public void EmitUnequalTests(int subject, Label miss)
    {
        int mark = Registers.Top;
        int result = Registers.Reserve();
        foreach (SlotType test in UnequalTests)
        {
            Code.Emit(Opcode.TestType, result, subject, Limits.Fit(Tables.TypeIndex(test), "types"));
            Code.EmitJump(Opcode.JumpIf, miss, result);
        }

        Registers.Top = mark;
    }

    /// <summary>Binds the names given by <c>as</c>. The subject is known to equal the literal.</summary>
    private void BindNames(Pattern pattern, int subject)
    {
        if (pattern is not AsPattern named)
        {
            return;
        }

        BindNames(named.Pattern, subject);
        Proc.Patterns.BindCopy(Module.SymbolOf(named), subject);
    }

    /// <summary>
    /// Emits comparisons with the literals one by one. Each run of them to which a failed guard leads back is charged when it begins.
    /// </summary>
    /// <param name="arms">The arms.</param>
    /// <param name="subject">The register of the subject.</param>
    /// <param name="bodies">The code of each arm.</param>
    /// <param name="tests">
    /// The labels to bind: the first test of each arm that follows a guard, and last, the code after all tests have failed.
    /// </param>
    /// <param name="miss">The code for a value that equals no literal.</param>
    private void EmitLiteralTests(LiteralArms arms, int subject, Label[] bodies, Label[] tests, Label miss)
    {
        Code.At(arms.Arms[0].Pattern.Span);
        Code.OpenCharge(miss);
        for (int i = 0; i < arms.Count; i++)
        {
            if (i > 0 && arms.Arms[i - 1].Guard is not null)
            {
                Code.CloseScope();
                Code.At(arms.Arms[i].Pattern.Span);
                Code.Bind(tests[i]);
                Code.OpenCharge(miss);
            }

            foreach (Expression literal in arms.Literals[i])
            {
                Proc.Patterns.EmitLiteralTest(literal, subject, bodies[i], jumpsIfEqual: true);
            }
        }

        Code.CloseScope();
        Code.Bind(tests[^1]);
    }

    private static SlotType[] FindUnequalTests()
    {
        // The frequent kinds first: each test costs a value of another kind an instruction.
        List<SlotKind> kinds =
            [SlotKind.Int, SlotKind.Float, SlotKind.Str, SlotKind.Bool, SlotKind.Nil, SlotKind.List, SlotKind.Tuple];
        for (SlotKind kind = 0; (int)kind < SlotInfo.Count; kind++)
        {
            if (SlotInfo.Of(kind).Has(KindTraits.Plain) && !kinds.Contains(kind))
            {
                kinds.Add(kind);
            }
        }

        return [.. kinds.ConvertAll(static kind => new SlotType(kind, false, []))];
    }
}
