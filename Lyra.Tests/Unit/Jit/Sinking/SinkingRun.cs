using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Sinking;

/// <summary>A program with the compiler on: loops and procs, all stages verified.</summary>
internal sealed class SinkingRun : ICompileListener
{
    private static readonly CompileChecks Checks = new();

    private readonly List<string> _faults = [];

    private SinkingRun()
    {
    }

    /// <summary>The operations of the last version of each region.</summary>
    public Dictionary<RegionProfile, List<IrOp>> Operations { get; } = [];

    public TierCounters? Counters { get; private set; }

    /// <summary>Runs it in the interpreter alone and with the compiler, and compares what it prints, how it ends, and the steps.</summary>
    /// <returns>The run with the compiler.</returns>
    public static SinkingRun ShouldAgree(string source, TierOptions options, long? memory = null)
    {
        string expected = new SinkingRun().Run(source, null, memory);
        SinkingRun run = new();
        run.Run(source, options, memory).ShouldBe(expected);
        run._faults.ShouldBeEmpty();
        run.Counters!.CompiledSteps.ShouldBeGreaterThan(0);
        return run;
    }

    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        Checks.OnGraph(profile, version, stage, graph);
        if (stage == "dead-code")
        {
            Operations[profile] = [.. graph.Blocks.SelectMany(block => block.Nodes).Select(node => node.Op)];
        }
    }

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted) => Checks.OnCode(profile, version, emitted);

    private string Run(string source, TierOptions? options, long? memory)
    {
        StringBuilder output = new();
        HostServices host = new() { Output = new StringWriter(output) { NewLine = "\n" } };
        TierSettings? tiers = options is null ? null : new TierSettings(options.HotLoop, options.HotProc, options.HotExit);
        Engine interpreter = new(new InterpreterSettings(1_000, host, memory, Tiers: tiers));
        if (options is not null)
        {
            interpreter.UseTiers(recording => Controller(recording, options));
        }

        ModuleInstance module = interpreter.Link(ScriptCompiler.Compile(source, "sinking.lyra", 2).Module, "sinking", out _);
        try
        {
            interpreter.Run(module, new RunLimits(50_000_000, null, default));
        }
        catch (ScriptErrorException e)
        {
            output.Append($"{e.Error.ErrorKind}: {e.Error.Message}\n{string.Join('\n', e.Error.TraceLines())}");
        }

        return $"{output}\n{interpreter.StepsTaken} steps";
    }

    private TierController Controller(IRecordingHost host, TierOptions options)
    {
        TierController controller = new(host, options);
        controller.Compiler!.Listener = this;
        controller.Observer = e => _faults.AddRange(e.Detail.StartsWith(nameof(AbortReason.CompilerFault), StringComparison.Ordinal) ? [e.Detail] : []);
        Counters = controller.Counters;
        return controller;
    }
}
