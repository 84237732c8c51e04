using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Oracles;
using Lyra.Interpreter.Execution;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Conformance;

/// <summary>
/// Heap walks and the sweeps of the stacks after them change nothing that a script observes. The cases run with a walk after every few
/// hundred bytes charged and without one, in both tiers. At the end the engine retains no more than it counts, and the second brake was
/// far from tripping.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class WalkedConformanceTests
{
    /// <summary>About the most walks of a case: one takes as long as the heap is large.</summary>
    private const int MostWalks = 2_000;

    private static readonly LyraLimits Limits = new() { MaxMemoryBytes = 1L << 30 };

    [Theory]
    [InlineData(JitMode.Off, 500)]
    [InlineData(JitMode.On, 500)]
    [InlineData(JitMode.Off, long.MaxValue)]
    [InlineData(JitMode.On, long.MaxValue)]
    public void Cases_behave_the_same_when_the_heap_is_walked_often(JitMode jit, long walkInterval)
    {
        List<string> wrong = [];
        int runs = 0;
        long compiled = 0;
        long uncharged = 0;
        ConformanceCase[] cases = [.. ConformanceRuns.AllCases.Where(IsPlain)];
        foreach (ConformanceCase test in Sweep.Rows(cases, test => $"{test.Name}, {jit}, {walkInterval}"))
        {
            StringWriter output = new();
            using LyraEngine engine = ConformanceCaseRuns.NewEngine(test, jit, output, Limits);
            engine.Limiter.WalkInterval = Math.Max(walkInterval, ChargedBytes(test) / MostWalks);
            RetentionOracle retention = new();
            retention.Watch();
            Run(engine, test);
            runs++;
            compiled += engine.Statistics.Jit.CompiledSteps;
            uncharged = Math.Max(uncharged, engine.Limiter.Throttle.MostUncharged);
            if (output.ToString() != test.Output)
            {
                wrong.Add($"{test.Name}: {output}");
            }

            if (retention.Check(engine) is { } excess)
            {
                wrong.Add($"{test.Name}: {excess}");
            }
        }

        wrong.ShouldBeEmpty();
        runs.ShouldBeGreaterThan(Sweep.Count(100));
        uncharged.ShouldBeLessThan(AllocationThrottle.Slack / 4);
        (compiled > 0).ShouldBe(jit == JitMode.On);
    }

    /// <summary>The bytes that a case is charged for in all.</summary>
    private static long ChargedBytes(ConformanceCase test)
    {
        using LyraEngine engine = ConformanceCaseRuns.NewEngine(test, JitMode.Off, new StringWriter(), Limits);
        Engine interpreter = SingleRuns.InterpreterOf(engine);
        long before = interpreter.Memory.Left + interpreter.Memory.Withheld;
        Run(engine, test);
        return before - interpreter.Memory.Left - interpreter.Memory.Withheld;
    }

    private static void Run(LyraEngine engine, ConformanceCase test)
    {
        try
        {
            engine.Run(File.ReadAllText(PathOf(test)), PathOf(test));
        }
        catch (LyraExitException e)
        {
            e.ExitCode.ShouldBe(0);
        }
    }

    private static string PathOf(ConformanceCase test) => Path.Combine(ConformanceCase.Folder, test.Name + ".lyra");

    /// <summary>Whether a case needs nothing but its source, and is not about values that take long to walk.</summary>
    private static bool IsPlain(ConformanceCase test) => test.Section != "14-limits" && test.ExitCode == 0
        && test.ErrorLines.Length == 0 && test.Options.Length == 0 && test.ProgramArguments.Length == 0
        && test.Input.Length == 0 && !test.IsTimed && ConformanceCaseRuns.IsRepeatable(test);
}
