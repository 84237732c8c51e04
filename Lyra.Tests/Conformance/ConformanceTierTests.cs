using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Unit.Jit.Deoptimization;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>
/// The language's cases in both tiers and with a few of their guards failing: each does the same in every run, to the step and to the last
/// object. No case is left out because two runs in the interpreter differ: there is none.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ConformanceTierTests
{
    private const int MaxGuards = 4;

    /// <summary>The number of loop iterations of a case from which on some of its loops must be compiled.</summary>
    private const long Hot = 200;

    /// <summary>The exit code of a case that does not compile.</summary>
    private const int BadSource = 2;

    public static TheoryData<string> Names =>
        [.. ConformanceRuns.AllCases.Where(test => test.ExitCode != BadSource && ConformanceCaseRuns.IsRepeatable(test))
            .Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_does_the_same_whichever_tier_runs_it(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);

        TierCheckResult result = ConformanceCaseRuns.CheckTiers(test, MaxGuards);

        result.Verdict.ShouldBe(TierVerdict.Agree, result.ToString());
        result.GuardsFailed.ShouldBe(System.Math.Min(MaxGuards, result.GuardsPassed));
        if (ConformanceCaseRuns.BackEdges(test) >= Hot)
        {
            result.CompiledShare.ShouldBeGreaterThan(0, result.ToString());
        }
    }
}
