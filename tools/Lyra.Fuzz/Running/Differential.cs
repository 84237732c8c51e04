using System.Collections.Generic;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Tiering;

namespace Lyra.Fuzz.Running;

/// <summary>A program whose runs do not agree.</summary>
/// <param name="Reference">The plan of the reference run.</param>
/// <param name="Plan">The plan of the run that differs from it.</param>
/// <param name="Difference">The difference.</param>
internal sealed record Mismatch(RunPlan Reference, RunPlan Plan, Difference Difference)
{
    /// <summary>Whether it may have the same cause; a reduced program must keep it.</summary>
    public bool IsLike(Mismatch other) => Difference.Kind == other.Difference.Kind && Plan.Name == other.Plan.Name;

    public override string ToString() => $"{Plan.Name}: {Difference.Kind}: {Difference.Text}";
}

/// <summary>Runs a program under several plans and compares each run with a reference run.</summary>
/// <param name="listener">The listener to notify of every compilation; null for none.</param>
internal sealed class Differential(ICompileListener? listener = null)
{
    public Coverage Coverage { get; } = new() { Next = listener };

    public Tally Tally { get; } = new();

    /// <summary>The oracles that judge each run.</summary>
    public IRunOracle[] Oracles { get; init; } = [];

    /// <summary>Returns the first mismatch; null if all runs agree.</summary>
    /// <param name="source">The program.</param>
    /// <param name="plans">The plans; the first one is the reference.</param>
    /// <exception cref="LyraCompileException">The program does not compile.</exception>
    public Mismatch? Compare(string source, params RunPlan[] plans)
    {
        RunPlan reference = plans[0];
        LyraScript script = Compile(source, reference.Level);
        Coverage.CountProgram(script.Module);
        RunOutcome expected = ProgramRun.Execute(script, reference, Coverage, Tally, Oracles);
        Tally.Items++;
        Tally.Errors += expected.IsError ? 1 : 0;
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

            RunOutcome outcome = ProgramRun.Execute(script, plans[i], Coverage, Tally, Oracles);
            found = Compare(interpreted, plans[i], outcome);
            if (plans[i].Tiers is null)
            {
                interpreted.Add((plans[i], outcome));
            }
        }

        Tally.Compiled += Tally.CompiledSteps > compiled ? 1 : 0;
        return found;
    }

    /// <summary>Compares a run with an earlier interpreted run: one of the same bytecode if there is one, otherwise the first.</summary>
    private static Mismatch? Compare(List<(RunPlan Plan, RunOutcome Outcome)> interpreted, RunPlan plan, RunOutcome outcome)
    {
        int same = interpreted.FindIndex(run => run.Plan.Level == plan.Level);
        (RunPlan reference, RunOutcome expected) = interpreted[System.Math.Max(0, same)];
        return expected.CompareWith(outcome, same >= 0) is { } difference ? new Mismatch(reference, plan, difference) : null;
    }

    /// <summary>Compiles a program that may use the host's definitions.</summary>
    /// <exception cref="LyraCompileException">The program does not compile.</exception>
    public static LyraScript Compile(string source, int level) =>
        ScriptCompiler.Compile(source, ProgramRun.FileName, level, HostProcs.IsDefined);
}
