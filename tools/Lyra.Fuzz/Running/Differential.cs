using Lyra.Interpreter.Hosting;

namespace Lyra.Fuzz.Running;

/// <summary>A program whose runs do not agree.</summary>
/// <param name="Plan">The run that differs from the reference.</param>
/// <param name="Difference">In what.</param>
internal sealed record Mismatch(RunPlan Plan, Difference Difference)
{
    /// <summary>Whether it may be the same mistake: what a reduced program must keep.</summary>
    public bool IsLike(Mismatch other) => Difference.Kind == other.Difference.Kind && Plan.Name == other.Plan.Name;

    public override string ToString() => $"{Plan.Name}: {Difference.Kind}: {Difference.Text}";
}

/// <summary>Runs a program in several ways and compares each with the reference.</summary>
internal sealed class Differential
{
    public Coverage Coverage { get; } = new();

    public Tally Tally { get; } = new();

    /// <summary>The first way in which it differs; null when all agree.</summary>
    /// <exception cref="LyraCompileException">The program does not compile.</exception>
    public Mismatch? Compare(string source, params RunPlan[] plans)
    {
        LyraScript plain = Compile(source, RunPlan.Reference.Level);
        Coverage.CountProgram(plain.Module);
        RunOutcome expected = ProgramRun.Execute(plain, RunPlan.Reference, Coverage, Tally);
        if (expected.Fault is not null)
        {
            return new Mismatch(RunPlan.Reference, new Difference(DifferenceKind.Fault, expected.Fault));
        }

        Tally.Items++;
        Tally.Errors += expected.End.StartsWith("Lyra", System.StringComparison.Ordinal) ? 1 : 0;
        long compiled = Tally.CompiledSteps;
        Mismatch? found = null;
        LyraScript script = plain;
        int level = RunPlan.Reference.Level;
        foreach (RunPlan plan in plans)
        {
            if (plan.Level != level)
            {
                script = Compile(source, level = plan.Level);
            }

            found ??= Compare(expected, script, plan);
        }

        Tally.Compiled += Tally.CompiledSteps > compiled ? 1 : 0;
        return found;
    }

    private Mismatch? Compare(RunOutcome expected, LyraScript script, RunPlan plan) =>
        expected.CompareWith(ProgramRun.Execute(script, plan, Coverage, Tally)) is { } difference ? new Mismatch(plan, difference) : null;

    private static LyraScript Compile(string source, int level) =>
        ScriptCompiler.Compile(source, ProgramRun.FileName, level, static name => System.Array.IndexOf(HostProcs.Names, name) >= 0);
}
