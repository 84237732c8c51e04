using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Oracles;
using Lyra.Interpreter.Execution;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>
/// Heap walks and the sweeps of the stacks after them change nothing that a script observes. The cases run with a walk after every few
/// hundred bytes charged and without one, in both tiers. At the end the engine retains no more than it counts, and the second brake was
/// far from tripping.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class WalkedConformanceTests
{
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
            using LyraEngine engine = NewEngine(jit, output);
            engine.Limiter.WalkInterval = walkInterval;
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

    private static LyraEngine NewEngine(JitMode jit, StringWriter output) => new(new LyraOptions
    {
        Jit = jit,
        HotLoopThreshold = 10,
        CompilesInBackground = false,
        Output = output,
        Capabilities = LyraCapabilities.None,
        Limits = new LyraLimits { MaxMemoryBytes = 1L << 30 },
    });

    private static string PathOf(ConformanceCase test) => Path.Combine(ConformanceCase.Folder, test.Name + ".lyra");

    /// <summary>Whether a case needs nothing but its source.</summary>
    private static bool IsPlain(ConformanceCase test) => test.ExitCode == 0 && test.ErrorLines.Length == 0 && test.Options.Length == 0
        && test.ProgramArguments.Length == 0 && test.Input.Length == 0 && !test.IsTimed
        && !File.ReadAllText(PathOf(test)).Contains("import ", StringComparison.Ordinal);
}
