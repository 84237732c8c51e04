using System;
using System.Linq;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Tests.Conformance;
using Lyra.Tests.Unit.Jit.Deoptimization;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Recording;

/// <summary>The language's cases with everything recorded all the time: no case may notice, and no step may be charged for it.</summary>
public sealed class ConformanceRecordedTests
{
    public static TheoryData<string> Names =>
        [.. ConformanceRuns.AllCases.Where(ConformanceCaseRuns.IsRepeatable).Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_does_the_same_while_it_is_recorded(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        string expected = ConformanceCaseRuns.Run(test, null);
        ConformanceCaseRuns.Run(test, RecordAll, JitMode.Stress).ShouldBe(expected);
    }

    /// <summary>Whatever is hot is recorded, which is everything, over and over.</summary>
    private static Func<bool>? RecordAll(Engine interpreter)
    {
        TierOptions options = new() { HotLoop = 1, HotProc = 1, CompilesProcs = true, MaxDoublings = 0 };
        interpreter.UseTiers(host => new TierController(host, options, static (_, _) => new CompileResult(null, AbortReason.Forced, string.Empty)));
        return null;
    }
}
