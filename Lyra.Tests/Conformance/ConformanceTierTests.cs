using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>
/// A tier check of the conformance cases, with a few of their guards failing. Each case must behave the same in every run, including its
/// steps and its heap. All pairs of interpreted runs agree, so no case is excluded because of differences between those.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ConformanceTierTests
{
    private const int MaxGuards = 4;

    /// <summary>The minimum number of back-edges from which some loop of a case must be compiled.</summary>
    private const long Hot = 200;

    /// <summary>The exit code of a case that does not compile.</summary>
    private const int BadSource = 2;

    public static TheoryData<string> Names =>
        [.. ConformanceRuns.AllCases.Where(test => test.ExitCode != BadSource && ConformanceCaseRuns.IsRepeatable(test))
            .Select(test => test.Name)];

    [Theory]
    [SweepData(nameof(Names))]
    public void A_case_does_the_same_whichever_tier_runs_it(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);

        TierCheckResult result = ConformanceCaseRuns.CheckTiers(test, MaxGuards);

        result.Verdict.ShouldBe(TierVerdict.Agree, result.ToString());
        result.GuardsFailed.ShouldBe(System.Math.Min(MaxGuards, result.GuardsExecuted));
        if (ConformanceCaseRuns.BackEdges(test) >= Hot)
        {
            result.CompiledShare.ShouldBeGreaterThan(0, result.ToString());
        }
    }
}
