using System.Collections.Generic;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness.Programs;
using Shouldly;

namespace Lyra.Tests.Jit.Collections;

/// <summary>
/// Runs a program in the interpreter alone and with compiled loops. The output, the error with its trace, and the steps must agree.
/// </summary>
internal static class TwoTiers
{
    private static readonly RunLimits NoLimits = new(50_000_000, null, default);

    /// <summary>Runs the program in both tiers; no compilation may fail.</summary>
    /// <returns>The counters of the tier that compiles.</returns>
    public static TierCounters ShouldAgree(string source, TierOptions options, RunLimits? limits = null, long? memory = null)
    {
        string expected = Run(source, null, limits ?? NoLimits, memory, []).Behaviour;
        List<string> faults = [];
        ScriptRun run = Run(source, options, limits ?? NoLimits, memory, faults);
        run.Behaviour.ShouldBe(expected);
        faults.ShouldBeEmpty();
        return run.Counters;
    }

    /// <summary>Options that compile loops after this number of iterations.</summary>
    public static TierOptions After(int iterations) => new() { HotLoop = iterations, HotProc = int.MaxValue, HotExit = 3 };

    private static ScriptRun Run(string source, TierOptions? options, RunLimits limits, long? memory, List<string> faults) => new(
        source,
        new ScriptSetup
        {
            Tiers = options,
            Controller = (host, tiers) => Controller(host, tiers, faults),
            MaxSteps = limits.Limits.MaxSteps,
            Timeout = limits.Limits.Timeout,
            Cancellation = limits.Cancellation,
            MaxMemory = memory,
        });

    private static TierController Controller(IRecordingHost host, TierOptions options, List<string> faults)
    {
        TierController controller = new(host, options)
        {
            ThrowsFaults = false,
            Observer = e =>
            {
                if (e.Reason == AbortReason.CompilerFault)
                {
                    faults.Add(e.Detail);
                }
            },
        };
        controller.Compiler.Listener = new CompileChecks();
        return controller;
    }
}
