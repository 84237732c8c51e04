using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Reducing;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Programs;

/// <summary>Generated programs. Each runs under several plans, whose results must agree.</summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class ProgramBatch(FindFolder folder) : IBatch
{
    private readonly Differential _differential = new() { Oracles = RunOracles.Create() };

    public Tally Tally => _differential.Tally;

    public Coverage Coverage => _differential.Coverage;

    public Find? Try(long seed)
    {
        string source = ProgramGenerator.Generate(seed);
        try
        {
            return _differential.Compare(source, RunPlan.For(seed)) is { } mismatch ? Report(seed, source, mismatch) : null;
        }
        catch (LyraCompileException e)
        {
            return Report(seed, "refused", e.Message);
        }
    }

    public Find Report(long seed, string kind, string text)
    {
        folder.Write($"program-{seed}", "report.txt", $"seed {seed}: {kind}\n{text}\n");
        return new Find(seed, kind, text, folder.Write($"program-{seed}", "program.lyra", ProgramGenerator.Generate(seed)));
    }

    private Find Report(long seed, string source, Mismatch mismatch)
    {
        Find find = Report(seed, mismatch.Difference.Kind.ToString(), mismatch.ToString());
        folder.Write($"program-{seed}", "reduced.lyra", ProgramReducer.Reduce(source, new MismatchTest(mismatch)));
        return find;
    }
}
