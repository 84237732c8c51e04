using System;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Modules;

/// <summary>
/// Generated programs of two modules. Interpreted, each prints the same as the same program in one module; compiled, it does the same in
/// every respect as interpreted.
/// </summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class ModuleBatch(FindFolder folder) : IBatch
{
    /// <summary>No program reaches a limit: both forms would reach it at different places.</summary>
    private static readonly ProgramLimits Limits = ProgramLimits.Usual with { Steps = 2_000_000 };

    private readonly IRunOracle[] _oracles = RunOracles.Create();

    public Tally Tally { get; } = new();

    public Coverage Coverage { get; } = new();

    public Find? Try(long seed)
    {
        SplitProgram program = SplitProgramGenerator.Generate(seed);
        RunPlan[] plans = RunPlan.PairFor(seed);
        try
        {
            Difference? difference = Compare(program, plans[0] with { Limits = Limits }, plans[1] with { Limits = Limits });
            return difference is null ? null : Report(seed, program, difference.Kind.ToString(), difference.Text);
        }
        catch (LyraCompileException e)
        {
            return Report(seed, program, "refused", e.Message);
        }
    }

    public Find Report(long seed, string kind, string text) => Report(seed, SplitProgramGenerator.Generate(seed), kind, text);

    private Difference? Compare(SplitProgram program, RunPlan reference, RunPlan plan)
    {
        RunOutcome single = Run(program.Single, reference);
        RunOutcome split = Run(program.Main, reference with { Modules = program.Loader });
        Tally.Items++;
        Tally.Errors += single.IsError ? 1 : 0;
        if ((single.Fault ?? split.Fault) is { } fault)
        {
            return new Difference(DifferenceKind.Fault, fault);
        }

        if (!string.Equals(single.Output, split.Output, StringComparison.Ordinal) || single.IsError != split.IsError)
        {
            return new Difference(
                DifferenceKind.Output,
                $"as one module, the output is\n{single.Output}{single.End}\nas two it is\n{split.Output}{split.End}");
        }

        long compiled = Tally.CompiledSteps;
        RunOutcome other = Run(program.Main, plan with { Modules = program.Loader });
        Tally.Compiled += Tally.CompiledSteps > compiled ? 1 : 0;
        return split.CompareWith(other, isOfSameBytecode: reference.Level == plan.Level);
    }

    private RunOutcome Run(string source, RunPlan plan) =>
        ProgramRun.Execute(Differential.Compile(source, plan.Level), plan, Coverage, Tally, _oracles);

    private Find Report(long seed, SplitProgram program, string kind, string text)
    {
        string name = $"modules-{seed}";
        folder.Write(name, "report.txt", $"seed {seed}: {kind}\n{text}\n");
        folder.Write(name, "single.lyra", program.Single);
        folder.Write(name, $"{SplitProgram.LibraryName}.lyra", program.Library);
        return new Find(seed, kind, text, folder.Write(name, "main.lyra", program.Main));
    }
}
