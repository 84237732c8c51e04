using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;

namespace Lyra.Fuzz.Running;

/// <summary>Runs a script in an engine of its own, under limits, and says what it did.</summary>
internal static class ProgramRun
{
    public const string FileName = "fuzz.lyra";

    private const int MaxFrames = 200;
    private const long MaxMemory = 8 << 20;

    /// <param name="script">What to run.</param>
    /// <param name="plan">How.</param>
    /// <param name="coverage">Gets what was compiled.</param>
    /// <param name="tally">Gets the counts.</param>
    public static RunOutcome Execute(LyraScript script, RunPlan plan, Coverage coverage, Tally tally)
    {
        using BoundedWriter output = new();
        using LyraEngine engine = new(OptionsFor(plan, output));
        HostProcs.Define(engine);
        List<string> faults = [];
        TierController? controller = plan.Tiers is null ? null : Compile(engine, plan, coverage, faults);
        string end = End(engine, script, faults);
        JitStatistics statistics = engine.Statistics.Jit;
        tally.Runs++;
        tally.Steps += statistics.Steps;
        if (controller is not null)
        {
            tally.Count(statistics);
        }

        return new RunOutcome(output.ToString(), end, statistics.Steps, faults.Count == 0 ? null : string.Join('\n', faults));
    }

    private static LyraOptions OptionsFor(RunPlan plan, TextWriter output)
    {
        LyraLimits limits = new() { MaxSteps = plan.MaxSteps, MaxFrames = MaxFrames, MaxMemoryBytes = MaxMemory };
        return plan.Tiers is null
            ? new LyraOptions { Jit = JitMode.Off, Limits = limits, Output = output }
            : new LyraOptions
            {
                Jit = JitMode.On,
                HotLoopThreshold = plan.Tiers.HotLoop,
                HotProcThreshold = plan.Tiers.HotProc,
                HotExitThreshold = plan.Tiers.HotExit,
                CompilesInBackground = false,
                Limits = limits,
                Output = output,
            };
    }

    private static TierController Compile(LyraEngine engine, RunPlan plan, Coverage coverage, List<string> faults)
    {
        // A plan of failures has a state: each run begins it anew.
        TierOptions options = plan.Tiers!.Stress is { } stress ? plan.Tiers with { Stress = new StressPlan(stress.Seed) } : plan.Tiers;
        TierController controller = engine.UseTiers(options);
        coverage.Verifies = plan.Checks;
        controller.Compiler!.Listener = coverage;
        controller.ThrowsFaults = false;
        controller.Observer = e =>
        {
            if (e.Detail.StartsWith(nameof(AbortReason.CompilerFault), StringComparison.Ordinal))
            {
                faults.Add(e.Detail);
            }
        };
        return controller;
    }

    private static string End(LyraEngine engine, LyraScript script, List<string> faults)
    {
        try
        {
            return engine.Run(script).ToString();
        }
        catch (LyraException e)
        {
            return $"{e.GetType().Name} {e.Kind}: {e.Message} at {e.Line}:{e.Column}\n{string.Join('\n', e.ScriptTrace)}";
        }
        catch (Exception e)
        {
            // Whatever else comes out of a run is what is looked for.
            faults.Add($"{e}");
            return e.GetType().Name;
        }
    }
}
