using System.Linq;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Seeds;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class WorkOracleTests
{
    [Fact]
    public void It_finds_nothing_wrong_with_large_sources()
    {
        WorkOracle oracle = new();
        for (int seed = 0; seed < 30; seed++)
        {
            string source = ProgramAmplifier.Amplify(ProgramGenerator.Generate(seed), new FuzzRandom(seed));

            oracle.Judge(source).ShouldBeNull($"seed {seed}");
        }
    }

    [Fact]
    public void It_finds_work_that_does_not_report()
    {
        WorkOracle oracle = new();

        oracle.Judge("made", _ => Allocate(null)).ShouldNotBeNull().ShouldContain("bytes allocated");
        oracle.Judge("made", Allocate).ShouldBeNull();
    }

    [Fact]
    public void Amplified_sources_are_large_and_repeatable()
    {
        string source = ProgramGenerator.Generate(1);
        string[] amplified = [.. Enumerable.Range(0, 20).Select(seed => ProgramAmplifier.Amplify(source, new FuzzRandom(seed)))];

        amplified.Distinct().Count().ShouldBeGreaterThan(15);
        amplified.ShouldAllBe(text => text.Length > 40_000 && text.Length < 300_000);
        ProgramAmplifier.Amplify(source, new FuzzRandom(3)).ShouldBe(amplified[3]);
    }

    private static void Allocate(WorkMeter? meter)
    {
        for (int i = 0; i < 1_000; i++)
        {
            byte[] made = new byte[100_000];
            meter?.Count(made.Length);
        }
    }
}
