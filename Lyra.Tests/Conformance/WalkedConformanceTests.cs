using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Oracles;
using Lyra.Interpreter.Execution;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>
/// Heap walks and the sweeps of the stacks after them change nothing that a script observes. The cases run with a walk after every few
/// hundred bytes charged, in both tiers, and at the end the engine retains no more than it counts.
/// </summary>
public sealed class WalkedConformanceTests
{
    private const long WalkInterval = 500;

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Cases_behave_the_same_when_the_heap_is_walked_often(JitMode jit)
    {
        List<string> wrong = [];
        int runs = 0;
        long compiled = 0;
        long uncharged = 0;
        foreach (ConformanceCase test in ConformanceRuns.AllCases.Where(IsPlain))
        {
            StringWriter output = new();
            using LyraEngine engine = NewEngine(jit, output);
            engine.Limiter.WalkInterval = WalkInterval;
            RetentionOracle retention = new();
            retention.Watch();
            engine.Run(File.ReadAllText(PathOf(test)));
            runs++;
            compiled += engine.Statistics.Jit.CompiledSteps;
            uncharged = Math.Max(uncharged, engine.Limiter.Brake.MostUncharged);
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
        runs.ShouldBeGreaterThan(100);
        uncharged.ShouldBeLessThan(AllocationBrake.Slack / 4);
        (compiled > 0).ShouldBe(jit == JitMode.On);
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
