using System.Linq;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Running;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class ProgramGeneratorTests
{
    [Fact]
    public void A_seed_always_makes_the_same_program()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            ProgramGenerator.Generate(seed).ShouldBe(ProgramGenerator.Generate(seed));
        }
    }

    [Fact]
    public void Neighbouring_seeds_make_different_programs() =>
        Enumerable.Range(0, 200).Select(seed => ProgramGenerator.Generate(seed)).Distinct().Count().ShouldBe(200);

    [Fact]
    public void Every_program_compiles()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            string source = ProgramGenerator.Generate(seed);
            Should.NotThrow(() => LyraScript.Compile(source), $"seed {seed}:\n{source}");
        }
    }

    [Fact]
    public void All_runs_of_a_program_agree_and_most_programs_run_compiled()
    {
        Differential differential = new();
        for (int seed = 0; seed < 60; seed++)
        {
            differential.Compare(ProgramGenerator.Generate(seed), RunPlan.For(seed))?.ToString().ShouldBeNull($"seed {seed}");
        }

        differential.Tally.Compiled.ShouldBeGreaterThan(30);
        differential.Tally.CompiledShare.ShouldBeGreaterThan(10);
    }
}
