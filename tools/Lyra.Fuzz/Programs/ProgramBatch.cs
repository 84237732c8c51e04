using System;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Reducing;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Programs;

/// <summary>
/// Generated programs, and mutations of those that reached new coverage. Each runs under two plans, whose results must agree. What
/// compiling, saving and loading cost is judged, too.
/// </summary>
/// <param name="folder">The folder for reports.</param>
/// <param name="corpus">The folder of the corpus; null if programs are only generated.</param>
internal sealed class ProgramBatch(FindFolder folder, string? corpus = null) : IBatch
{
    /// <summary>One of so many programs is made large before the costs of compiling it are judged.</summary>
    private const int AmplifiedOneIn = 8;

    private readonly Differential _differential = new() { Oracles = RunOracles.Create() };

    private readonly WorkOracle _work = new();

    private readonly ProgramCorpus? _corpus = corpus is null ? null : new ProgramCorpus(corpus);

    public Tally Tally => _differential.Tally;

    public Coverage Coverage => _differential.Coverage;

    public Find? Try(long seed)
    {
        string source = SourceFor(seed);
        _corpus?.Begin(seed, source);
        Find? find = Try(seed, source);
        _corpus?.End(seed);
        if (Coverage.TakeNew() > 0 && find is null)
        {
            Tally.Novel++;
            _corpus?.Add(source);
        }

        return find;
    }

    public Find Report(long seed, string kind, string text) =>
        Report(seed, _corpus?.Interrupted(seed) ?? ProgramGenerator.Generate(seed), kind, text);

    private Find? Try(long seed, string source)
    {
        FuzzRandom random = new(unchecked((seed * 31) + 7));
        string judged = random.Below(AmplifiedOneIn) == 0 ? ProgramAmplifier.Amplify(source, random) : source;
        if (_work.Judge(judged) is { } fault)
        {
            return Report(seed, judged, "work", fault);
        }

        try
        {
            return _differential.Compare(source, RunPlan.PairFor(seed)) is { } mismatch ? Report(seed, source, mismatch) : null;
        }
        catch (LyraCompileException e)
        {
            return Report(seed, source, "refused", e.Message);
        }
    }

    /// <summary>
    /// With a corpus, a generated program in one of three cases, otherwise a mutation of one or two programs of the corpus.
    /// </summary>
    private string SourceFor(long seed)
    {
        FuzzRandom random = new(unchecked(seed * 13 + 5));
        if (_corpus is null || _corpus.Programs.Count == 0 || random.Below(3) == 0)
        {
            return ProgramGenerator.Generate(seed);
        }

        // Later programs are preferred: they reached what all earlier ones did not.
        int count = _corpus.Programs.Count;
        string source = _corpus.Programs[Math.Max(random.Below(count), random.Below(count))];
        string other = random.Chance(50) ? random.PickFrom(_corpus.Programs) : ProgramGenerator.Generate(seed);
        return new ProgramMutator(random).Mutate(source, other) ?? ProgramGenerator.Generate(seed);
    }

    private Find Report(long seed, string source, string kind, string text)
    {
        folder.Write($"program-{seed}", "report.txt", $"seed {seed}: {kind}\n{text}\n");
        return new Find(seed, kind, text, folder.Write($"program-{seed}", "program.lyra", source));
    }

    private Find Report(long seed, string source, Mismatch mismatch)
    {
        Find find = Report(seed, source, mismatch.Difference.Kind.ToString(), mismatch.ToString());
        folder.Write($"program-{seed}", "reduced.lyra", ProgramReducer.Reduce(source, new MismatchTest(mismatch)));
        return find;
    }
}
