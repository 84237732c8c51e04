using System.Collections.Generic;
using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Jit.Collections;
using Lyra.Tests.Jit.Sinking;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>
/// A tier check of the programs that exercise parts of the compiler, with a few of their guards failing. It compares heaps as well.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ProgramTierCheckTests
{
    private const int MaxGuards = 5;

    private static readonly Dictionary<string, string> Sources =
        CollectionPrograms.All.Concat(SinkingPrograms.All).ToDictionary(program => program.Key, program => program.Value);

    public static TheoryData<string> Names => [.. Sources.Keys];

    [Theory]
    [SweepData(nameof(Names))]
    public void A_program_does_the_same_whichever_tier_runs_it(string name)
    {
        TierCheckResult result = TierCheck.Run(Sources[name], name, new TierCheckOptions { MaxGuards = MaxGuards });

        result.Verdict.ShouldBe(TierVerdict.Agree, result.ToString());
        result.GuardsFailed.ShouldBe(System.Math.Min(MaxGuards, result.GuardsExecuted));
        result.GuardsExecuted.ShouldBeGreaterThan(0, result.ToString());
    }
}
