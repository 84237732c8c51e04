using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Collections;

/// <summary>A program in the interpreter alone and with compiled loops: output, error with its trace, and steps must be the same.</summary>
internal static class TwoTiers
{
    private static readonly RunLimits NoLimits = new(50_000_000, null, default);

    /// <summary>Runs it in both tiers; no compilation may fail.</summary>
    /// <returns>What happened in the tier that compiles.</returns>
    public static TierCounters ShouldAgree(string source, TierOptions options, RunLimits? limits = null, long? memory = null)
    {
        string expected = Run(source, null, limits ?? NoLimits, memory, out _, out _);
        string actual = Run(source, options, limits ?? NoLimits, memory, out TierCounters? counters, out List<string> faults);
        actual.ShouldBe(expected);
        faults.ShouldBeEmpty();
        return counters!;
    }

    /// <summary>Loops are compiled after so many rounds.</summary>
    public static TierOptions After(int rounds) => new() { HotLoop = rounds, HotProc = int.MaxValue, HotExit = 3 };

    private static string Run(string source, TierOptions? options, RunLimits limits, long? memory, out TierCounters? counters, out List<string> faults)
    {
        StringBuilder output = new();
        List<string> found = [];
        TierController? controller = null;
        HostServices host = new() { Output = new StringWriter(output) { NewLine = "\n" } };
        TierSettings? tiers = options is null ? null : new(options.HotLoop, options.HotProc, options.HotExit);
        Engine interpreter = new(new InterpreterSettings(1_000, host, memory, Tiers: tiers));
        if (options is not null)
        {
            interpreter.UseTiers(recording => controller = Controller(recording, options, found));
        }

        ModuleInstance module = interpreter.Link(ScriptCompiler.Compile(source, "two.lyra", 2).Module, "two", out _);
        try
        {
            interpreter.Run(module, limits);
        }
        catch (ScriptErrorException e)
        {
            output.Append($"{e.Error.ErrorKind}: {e.Error.Message}\n{string.Join('\n', e.Error.TraceLines())}");
        }

        counters = controller?.Counters;
        faults = found;
        return $"{output}\n{interpreter.StepsTaken} steps";
    }

    private static TierController Controller(IRecordingHost host, TierOptions options, List<string> faults)
    {
        RegionCompiler compiler = new(host.Frames, options.Limits, options.Stress) { Listener = new CompileChecks() };
        return new TierController(host, options, (profile, version) =>
        {
            CompileResult result = compiler.Compile(profile, version);
            if (result.Reason == AbortReason.CompilerFault)
            {
                faults.Add(result.Detail);
            }

            return result;
        });
    }
}
