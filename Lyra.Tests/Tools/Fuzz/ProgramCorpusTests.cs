using System.IO;
using System.Linq;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

/// <summary>Programs that reached new coverage, and their mutations.</summary>
public sealed class ProgramCorpusTests
{
    [Fact]
    public void Programs_with_new_coverage_are_kept_and_mutated()
    {
        using ScratchFolder folder = new();
        string corpus = Path.Combine(folder.Path, "corpus");
        ProgramBatch first = new(new FindFolder(folder.Path), corpus);
        for (int seed = 0; seed < 40; seed++)
        {
            first.Try(seed)?.Text.ShouldBeNull($"seed {seed}");
        }

        string[] kept = Directory.GetFiles(corpus, "*.lyra");
        kept.Length.ShouldBeInRange(5, 40);
        first.Tally.Novel.ShouldBe(kept.Length);
        Directory.GetFiles(Path.Combine(corpus, "running")).ShouldBeEmpty();
        new ProgramCorpus(corpus).Programs.ShouldBe(kept.Order(System.StringComparer.Ordinal).Select(File.ReadAllText));
    }

    [Fact]
    public void A_program_that_ended_its_process_is_reported()
    {
        using ScratchFolder folder = new();
        string corpus = Path.Combine(folder.Path, "corpus");
        new ProgramCorpus(corpus).Begin(7, "print(1)\n");

        Find find = new ProgramBatch(new FindFolder(folder.Path), corpus).Report(7, "crash", "what happened");

        File.ReadAllText(Path.Combine(find.Folder, "program.lyra")).ShouldBe("print(1)\n");
    }

    [Fact]
    public void Most_mutations_compile_and_a_seed_determines_them()
    {
        int made = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            string source = ProgramGenerator.Generate(seed);
            string other = ProgramGenerator.Generate(seed + 1_000);
            string? mutated = new ProgramMutator(new FuzzRandom(seed)).Mutate(source, other);
            new ProgramMutator(new FuzzRandom(seed)).Mutate(source, other).ShouldBe(mutated);
            if (mutated is not null)
            {
                Differential.Compile(mutated, level: 2);
                mutated.ShouldNotBe(source);
                made++;
            }
        }

        made.ShouldBeGreaterThan(30);
    }
}
