using System;
using System.Linq;
using Lyra.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Deoptimization;

/// <summary>The language's cases, executed one instruction at a time and with frames taken apart and built again.</summary>
public sealed class ConformanceInStepsTests
{
    public static TheoryData<string> Names =>
        [.. ConformanceRuns.AllCases.Where(ConformanceCaseRuns.IsRepeatable).Select(test => test.Name)];

    public static TheoryData<string> TimedNames =>
        [.. ConformanceRuns.AllCases.Where(test => test.IsTimed && test.Options.Length == 0).Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(TimedNames))]
    public void A_case_with_tasks_prints_the_same(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        string output = string.Empty;
        for (int attempt = 0; attempt < ConformanceTests.AttemptsOfTimedCases && !output.StartsWith(test.Output, StringComparison.Ordinal); attempt++)
        {
            output = ConformanceCaseRuns.Run(test, attempt % 2 == 0 ? SingleRuns.Singly : RandomExitTests.Driver(attempt));
        }

        output.ShouldStartWith(test.Output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_takes_the_same_steps_compiled(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        ConformanceCaseRuns.Run(test, null, JitMode.On).ShouldBe(ConformanceCaseRuns.Run(test, null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_does_the_same(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        string expected = ConformanceCaseRuns.Run(test, null);
        ConformanceCaseRuns.Run(test, SingleRuns.Singly).ShouldBe(expected);
        ConformanceCaseRuns.Run(test, RandomExitTests.Driver(name.Length)).ShouldBe(expected);
    }
}
