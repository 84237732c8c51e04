using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Fuzz.Oracles;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;

namespace Lyra.Fuzz.Running;

/// <summary>Runs a script in a new engine under limits and returns its outcome.</summary>
internal static class ProgramRun
{
    public const string FileName = "fuzz.lyra";

    /// <summary>The number of the program's procs that the host calls after the run.</summary>
    private const int MaxCalls = 3;

    /// <param name="script">The script to run.</param>
    /// <param name="plan">The plan of the run.</param>
    /// <param name="coverage">Receives the instructions and operations in compiled code.</param>
    /// <param name="tally">Receives the counts.</param>
    /// <param name="oracles">Judge the run.</param>
    public static RunOutcome Execute(LyraScript script, RunPlan plan, Coverage coverage, Tally tally, params IRunOracle[] oracles)
    {
        using BoundedWriter output = new();
        using LyraEngine engine = new(OptionsFor(plan, output));
        HostProcs.Define(engine, script.Module);
        engine.Limiter.WalkInterval = plan.WalkInterval ?? long.MaxValue;
        List<string> faults = [];
        TierController? controller = plan.Tiers is null ? null : Compile(engine, plan, coverage, faults);
        Array.ForEach(oracles, oracle => oracle.Begin(engine, script, plan));
        string end = End(() => engine.Run(script), faults);
        string steps = $"{engine.Statistics.Jit.Steps}";
        foreach (string name in ProcsOf(script))
        {
            end += $"\n{name}: {End(() => engine.Call(name, 3L, 4.5), faults)}";
            steps += $" {name}: {engine.Statistics.Jit.Steps}";
        }

        foreach (IRunOracle oracle in oracles)
        {
            if (oracle.End(engine, script, plan) is { } failure)
            {
                faults.Add(failure);
            }
        }

        JitStatistics statistics = engine.Statistics.Jit;
        tally.Runs++;
        tally.Steps += statistics.Steps;
        if (controller is not null)
        {
            tally.Count(statistics);
            coverage.EndRun();
        }

        return new RunOutcome(output.ToString(), end, steps, faults.Count == 0 ? null : string.Join('\n', faults));
    }

    private static LyraOptions OptionsFor(RunPlan plan, TextWriter output)
    {
        LyraLimits limits = new() { MaxSteps = plan.Limits.Steps, MaxFrames = plan.Limits.Frames, MaxMemoryBytes = plan.Limits.Memory };
        return plan.Tiers is null
            ? new LyraOptions { Jit = JitMode.Off, Limits = limits, Output = output, ModuleLoader = plan.Modules }
            : new LyraOptions
            {
                Jit = JitMode.On,
                HotLoopThreshold = plan.Tiers.HotLoop,
                HotProcThreshold = plan.Tiers.HotProc,
                HotExitThreshold = plan.Tiers.HotExit,
                CompilesInBackground = false,
                Limits = limits,
                Output = output,
                ModuleLoader = plan.Modules,
                Memory = plan.Memory,
            };
    }

    private static TierController Compile(LyraEngine engine, RunPlan plan, Coverage coverage, List<string> faults)
    {
        // A failure plan has state, so each run needs a new one.
        TierOptions options = plan.Tiers!.Stress is StressPlan stress ? plan.Tiers with { Stress = new StressPlan(stress.Seed) }
            : plan.Tiers;
        TierController controller = engine.Compiler.Use(options);
        coverage.Verifies = plan.Checks;
        controller.Compiler.Listener = coverage;
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

    /// <summary>Scenarios and the procs that they call. A call from the host enters a proc differently than a call from a script.</summary>
    private static IEnumerable<string> ProcsOf(LyraScript script)
    {
        int count = 0;
        foreach (ModuleVariable variable in script.Module.Variables)
        {
            if (variable.Kind == ModuleVariableKind.Proc && count++ < MaxCalls)
            {
                yield return variable.Name;
            }
        }
    }

    /// <summary>
    /// Describes how a run ended. Of a container, it includes only the kind: the program has printed it under its limits, which do not
    /// apply to the host's operations on a value.
    /// </summary>
    private static string End(Func<LyraValue> run, List<string> faults)
    {
        try
        {
            LyraValue value = run();
            return value.Kind is ValueKind.Nil or ValueKind.Bool or ValueKind.Int or ValueKind.Float or ValueKind.Str ? value.ToString()
                : value.Kind.ToString();
        }
        catch (LyraException e) when (e.Error.Class != ErrorClass.Fault)
        {
            return $"{e.GetType().Name} {e.Kind}: {e.Message} at {e.Line}:{e.Column}\n{string.Join('\n', e.ScriptTrace)}";
        }
        catch (LyraCompileException e)
        {
            // Damaged bytecode may refer to names that nothing defines.
            return e.Message;
        }
        catch (KeyNotFoundException e)
        {
            // The program ended before it reached the declaration.
            return e.Message;
        }
        catch (Exception e)
        {
            // Any other exception from a run is a find.
            faults.Add($"{e}");
            return e.GetType().Name;
        }
    }
}
