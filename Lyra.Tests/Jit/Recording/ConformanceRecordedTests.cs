using System;
using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Deoptimization;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Recording;

/// <summary>The conformance cases with permanent recording: no output changes, and recording costs no steps.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ConformanceRecordedTests
{
    public static TheoryData<string> Names =>
        [.. ConformanceRuns.AllCases.Where(ConformanceCaseRuns.IsRepeatable).Select(test => test.Name)];

    [Theory]
    [SweepData(nameof(Names))]
    public void A_case_does_the_same_while_it_is_recorded(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        string expected = ConformanceCaseRuns.Run(test, null);
        ConformanceCaseRuns.Run(test, RecordAll, JitMode.Stress).ShouldBe(expected);
    }

    /// <summary>Makes everything hot, so that everything is recorded repeatedly.</summary>
    private static Func<bool>? RecordAll(Engine interpreter)
    {
        TierOptions options = new() { HotLoop = 1, HotProc = 1, CompilesProcs = true, MaxDoublings = 0 };
        interpreter.Tiering.Use(host => new TierController(host, options, static (_, _) => CompileResult.Failed(AbortReason.Forced)));
        return null;
    }
}
