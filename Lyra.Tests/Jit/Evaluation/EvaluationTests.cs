using System.Linq;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Collections;
using Lyra.Tests.Jit.Deoptimization;
using Lyra.Tests.Jit.Sinking;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Evaluation;

/// <summary>Evaluates every recorded region of many programs before and after each pass; the program must always behave the same.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class EvaluationTests
{
    /// <summary>Options that compile both loops and procs.</summary>
    private static readonly TierOptions Everything = new() { HotLoop = 3, HotProc = 3, HotExit = 2 };

    public static TheoryData<string> Collections => [.. CollectionPrograms.All.Keys];

    public static TheoryData<string> Sinking => [.. SinkingPrograms.All.Keys];

    public static TheoryData<string> Cases =>
        [.. ConformanceRuns.AllCases.Where(ConformanceCaseRuns.IsRepeatable).Select(test => test.Name)];

    [Theory]
    [SweepData(nameof(Collections))]
    public void Each_stage_of_a_program_about_collections_agrees(string name) =>
        EvaluatedRun.ShouldAgree(CollectionPrograms.All[name], Everything).ShouldBeGreaterThan(0);

    [Theory]
    [SweepData(nameof(Sinking))]
    public void Each_stage_of_a_program_whose_objects_are_sunk_agrees(string name) =>
        EvaluatedRun.ShouldAgree(SinkingPrograms.All[name], Everything).ShouldBeGreaterThan(0);

    [Theory]
    [SweepData(nameof(Cases))]
    public void The_first_and_the_last_stage_of_a_conformance_case_agree(string name)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        string expected = ConformanceCaseRuns.Run(test, null);
        foreach (int stage in new[] { 0, EvaluatedRun.Stages.Count - 1 })
        {
            ConformanceCaseRuns.Run(test, interpreter => EvaluateAt(interpreter, stage), JitMode.On)
                .ShouldBe(expected, EvaluatedRun.Stages[stage]);
        }
    }

    private static System.Func<bool>? EvaluateAt(Lyra.Interpreter.Execution.Interpreter interpreter, int stage)
    {
        EvaluatedRun.Install(interpreter, Everything, stage);
        return null;
    }
}
