using System.Collections.Generic;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Tiering;

namespace Lyra.Fuzz.Running;

/// <summary>A program whose runs do not agree.</summary>
/// <param name="Reference">What it is compared with.</param>
/// <param name="Plan">The run that differs from that.</param>
/// <param name="Difference">In what.</param>
internal sealed record Mismatch(RunPlan Reference, RunPlan Plan, Difference Difference)
{
    /// <summary>Whether it may be the same mistake: what a reduced program must keep.</summary>
    public bool IsLike(Mismatch other) => Difference.Kind == other.Difference.Kind && Plan.Name == other.Plan.Name;

    public override string ToString() => $"{Plan.Name}: {Difference.Kind}: {Difference.Text}";
}

/// <summary>Runs a program in several ways and compares each with the reference.</summary>
/// <param name="listener">Is told of every compilation; null when nobody is.</param>
internal sealed class Differential(ICompileListener? listener = null)
{
    public Coverage Coverage { get; } = new() { Next = listener };

    public Tally Tally { get; } = new();

    /// <summary>The first way in which it differs; null when all agree.</summary>
    /// <param name="source">The program.</param>
    /// <param name="plans">The ways to run it, that which the others are compared with first.</param>
    /// <exception cref="LyraCompileException">The program does not compile.</exception>
    public Mismatch? Compare(string source, params RunPlan[] plans)
    {
        RunPlan reference = plans[0];
        LyraScript script = Compile(source, reference.Level);
        Coverage.CountProgram(script.Module);
        RunOutcome expected = ProgramRun.Execute(script, reference, Coverage, Tally);
        Tally.Items++;
        Tally.Errors += expected.End.StartsWith("Lyra", System.StringComparison.Ordinal) ? 1 : 0;
        if (expected.Fault is not null)
        {
            return new Mismatch(reference, reference, new Difference(DifferenceKind.Fault, expected.Fault));
        }

        long compiled = Tally.CompiledSteps;
        Mismatch? found = null;
        int level = reference.Level;
        List<(RunPlan Plan, RunOutcome Outcome)> interpreted = [(reference, expected)];
        for (int i = 1; i < plans.Length && found is null; i++)
        {
            if (plans[i].Level != level)
            {
                script = Compile(source, level = plans[i].Level);
            }

            RunOutcome outcome = ProgramRun.Execute(script, plans[i], Coverage, Tally);
            found = Compare(interpreted, plans[i], outcome);
            if (plans[i].Tiers is null)
            {
                interpreted.Add((plans[i], outcome));
            }
        }

        Tally.Compiled += Tally.CompiledSteps > compiled ? 1 : 0;
        return found;
    }

    /// <summary>Compares a run with an interpreted one before it: of the same bytecode, where there is one, otherwise with the first.</summary>
    private static Mismatch? Compare(List<(RunPlan Plan, RunOutcome Outcome)> interpreted, RunPlan plan, RunOutcome outcome)
    {
        int same = interpreted.FindIndex(run => run.Plan.Level == plan.Level);
        (RunPlan reference, RunOutcome expected) = interpreted[System.Math.Max(0, same)];
        return expected.CompareWith(outcome, same >= 0) is { } difference ? new Mismatch(reference, plan, difference) : null;
    }

    private static LyraScript Compile(string source, int level) =>
        ScriptCompiler.Compile(source, ProgramRun.FileName, level, static name => System.Array.IndexOf(HostProcs.Names, name) >= 0);
}
