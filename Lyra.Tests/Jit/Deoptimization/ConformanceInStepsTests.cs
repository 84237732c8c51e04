using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>The conformance cases, executed one instruction at a time, with frames removed and rebuilt.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ConformanceInStepsTests
{
    public static TheoryData<string> Names =>
        [.. ConformanceRuns.AllCases.Where(ConformanceCaseRuns.IsRepeatable).Select(test => test.Name)];

    [Theory]
    [SweepData(nameof(Names))]
    public void A_case_takes_the_same_steps_compiled(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        ConformanceCaseRuns.Run(test, null, JitMode.On).ShouldBe(ConformanceCaseRuns.Run(test, null));
    }

    [Theory]
    [SweepData(nameof(Names))]
    public void A_case_does_the_same(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        string expected = ConformanceCaseRuns.Run(test, null);
        ConformanceCaseRuns.Run(test, SingleRuns.Singly).ShouldBe(expected);
        ConformanceCaseRuns.Run(test, RandomExitTests.Driver(name.Length)).ShouldBe(expected);
    }
}
