using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Running;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Verification;

namespace Lyra.Fuzz.Traces;

/// <summary>Generated loops of bytecode, run interpreted, compiled early, and in stress mode.</summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class TraceBatch(FindFolder folder) : IBatch
{
    public Tally Tally { get; } = new();

    public Coverage Coverage { get; } = new();

    public Find? Try(long seed)
    {
        CompiledModule module = TraceGenerator.Generate(seed);
        Tally.Items++;
        if (BytecodeVerifier.Verify(module) is { } fault)
        {
            return Report(seed, "refused", fault);
        }

        Coverage.CountProgram(module);
        RunPlan[] plans = RunPlan.For(seed);
        LyraScript script = new(module, []);
        RunOutcome expected = ProgramRun.Execute(script, plans[0], Coverage, Tally);
        Tally.Errors += expected.IsError ? 1 : 0;
        long compiled = Tally.CompiledSteps;
        Difference? difference = expected.Fault is null ? null : new Difference(DifferenceKind.Fault, expected.Fault);
        for (int i = 1; i < plans.Length && difference is null; i++)
        {
            // There is no other optimization level, because the bytecode has no source.
            difference = plans[i].Tiers is null ? null : expected.CompareWith(ProgramRun.Execute(script, plans[i], Coverage, Tally));
        }

        Tally.Compiled += Tally.CompiledSteps > compiled ? 1 : 0;
        return difference is null ? null : Report(seed, difference.Kind.ToString(), difference.Text);
    }

    public Find Report(long seed, string kind, string text)
    {
        folder.Write($"trace-{seed}", "report.txt", $"seed {seed}: {kind}\n{text}\n");
        return new Find(seed, kind, text, folder.Write($"trace-{seed}", "module.txt", Disassembler.Print(TraceGenerator.Generate(seed))));
    }
}
