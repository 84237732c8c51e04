using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Many structural arms of a <c>match</c>, as a decision tree of two levels: first the type of the subject decides, then, among arms of one
/// type that have literals at the same place, the value at this place. The arms that remain are tried in order.
/// </summary>
/// <remarks>
/// This follows the heuristic decision trees of Luc Maranget, "Compiling Pattern Matching to Good Decision Trees" (ML 2008), but does not
/// copy arms: an arm that fails goes on to the next one that can still match. Only tests without effects are skipped. A part that is a
/// struct may define <c>==</c>, so it is compared with the literals one by one, as written.
/// </remarks>
internal sealed class DispatchEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public void EmitDispatch(TypedArms arms, Operand subject, BranchValue value)
    {
        Label miss = Code.NewLabel();
        Label[] starts = Code.NewLabels(arms.Types.Count);
        EmitTypeSwitch(arms, subject.Register, starts, miss);
        foreach (IReadOnlyList<TypedArms.Run> chain in arms.Chains)
        {
            for (int i = 0; i < chain.Count; i++)
            {
                // The first run has no other entry than the switch. An arm that fails comes to a later run, and its type is tested.
                Label next = i + 1 == chain.Count ? miss : Code.NewLabel();
                if (i > 0)
                {
                    EmitTypeTest(arms.Types[chain[i].Type], chain[i], subject.Register, next);
                }

                if (chain[i].IsFirst)
                {
                    Code.Bind(starts[chain[i].Type]);
                }

                EmitArmsOfType([.. chain[i].Arms], subject.Register, value, next);
                if (next != miss)
                {
                    Code.Bind(next);
                }
            }
        }

        Code.Bind(miss);
    }

    private void EmitTypeTest(SlotType type, TypedArms.Run run, int subject, Label fail)
    {
        int mark = Registers.Top;
        Code.At(run.Arms[0].Pattern.Span);
        Proc.Patterns.EmitTypeTest(type, subject, fail);
        Registers.Top = mark;
    }

    private void EmitTypeSwitch(TypedArms arms, int subject, Label[] starts, Label miss)
    {
        GrowableArray<KeyValuePair<Value, Label>> cases = new();
        for (int i = 0; i < starts.Length; i++)
        {
            cases.Add(new(Value.FromInt(i), starts[i]));
        }

        int mark = Registers.Top;
        int found = Registers.Reserve();
        Code.At(arms.Chains[0][0].Arms[0].Pattern.Span);
        int types = Limits.Fit(Tables.TypeIndex(new SlotType(SlotKind.Tuple, false, [.. arms.Types])), "types");
        Code.Emit(Opcode.FindType, found, subject, types);
        Code.EmitWide(Opcode.Switch, found, Code.AddSwitch(cases, miss));
        Registers.Top = mark;
    }

    /// <summary>Emits the arms of one type, to which the subject is known to belong.</summary>
    private void EmitArmsOfType(ImmutableArray<MatchArm> arms, int subject, BranchValue value, Label miss)
    {
        for (int i = 0; i < arms.Length;)
        {
            LiteralArms keyed = FindLiterals(arms, i, out PatternPart part);
            int count = keyed.Count == 0 ? 1 : keyed.Count;
            Label next = i + count == arms.Length ? miss : Code.NewLabel();
            if (keyed.Count == 0)
            {
                EmitArm(arms[i], subject, value, next);
            }
            else
            {
                EmitLiteralArms(keyed, part, subject, value, next);
            }

            if (next != miss)
            {
                Code.Bind(next);
            }

            i += count;
        }
    }

    /// <summary>
    /// The longest run of arms, from <paramref name="start"/> on, that have literals at the same place; empty if there is none.
    /// </summary>
    private LiteralArms FindLiterals(ImmutableArray<MatchArm> arms, int start, out PatternPart part)
    {
        LiteralArms best = new([], []);
        part = default;
        foreach (PatternPart candidate in PatternPart.WithLiterals(arms[start].Pattern))
        {
            LiteralArms found = LiteralArms.At(arms, start, pattern => candidate.Of(pattern, Evaluator));
            Owner.Meter.Count(CompilationCosts.Key * (long)(found.Count + 1));
            if (found.Count <= best.Count)
            {
                continue;
            }

            best = found;
            part = candidate;
        }

        return best;
    }

    private void EmitArm(MatchArm arm, int subject, BranchValue value, Label fail)
    {
        int mark = Registers.Top;
        Owner.Meter.Count(CompilationCosts.Arm);
        Proc.Patterns.EmitPatternOfType(arm.Pattern, subject, fail);
        Proc.Matches.EmitGuardAndBody(arm, value, fail);
        Registers.Top = mark;
    }

    /// <summary>
    /// Emits arms that compare a part with literals. A table leads to the first arm with the part's value; an arm that fails uses another
    /// table, which leads to the next arm with this value. A part that may equal any literal is compared by each arm; from the second one
    /// on, a charge of its own pays for each of these arms, so that other parts do not.
    /// </summary>
    private void EmitLiteralArms(LiteralArms arms, PatternPart part, int subject, BranchValue value, Label exit)
    {
        int mark = Registers.Top;
        int key = Registers.Reserve();
        Label[] starts = Code.NewLabels(arms.Count);
        SwitchTables tables = SwitchTables.Of(arms, starts, exit, Owner.Meter, Evaluator);
        Code.At(arms.Arms[0].Pattern.Span);
        Proc.Patterns.EmitPart(part, key, subject, exit);
        Label others = Code.NewLabel();
        Code.EmitWide(Opcode.Switch, key, Code.AddSwitch(tables.All, others));
        Code.Bind(others);
        Proc.Switches.EmitUnequalTests(key, exit);
        for (int i = 0; i < arms.Count; i++)
        {
            Label failed = Code.NewLabel();
            Code.Bind(starts[i]);
            EmitArm(arms.Arms[i], subject, value, failed);
            Code.Bind(failed);
            Code.At(arms.Arms[i].Pattern.Span);
            Label other = i + 1 < arms.Count ? Code.NewLabel() : exit;
            Code.EmitWide(Opcode.Switch, key, Code.AddSwitch(tables.After(i), other));
            if (other != exit)
            {
                Code.Bind(other);
                Code.OpenCharge(exit);
                Code.CloseScope();
            }
        }

        Registers.Top = mark;
    }
}
