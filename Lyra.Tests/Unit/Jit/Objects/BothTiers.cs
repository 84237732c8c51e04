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
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Objects;

/// <summary>
/// A program in the interpreter alone and with its loops compiled early: what it prints, how it ends and the steps that it takes must be the same.
/// Every stage of each compilation is verified.
/// </summary>
internal sealed class BothTiers : ICompileListener
{
    private static readonly CompileChecks Checks = new();

    private readonly List<string> _faults = [];
    private TierCounters? _counters;

    private BothTiers()
    {
    }

    /// <summary>What the interpreter executes for the regions that were compiled.</summary>
    public HashSet<Opcode> Interpreted { get; } = [];

    /// <summary>Operations that are left in the regions.</summary>
    public List<IrNode> Nodes { get; } = [];

    public TierCounters Counters => _counters!;

    /// <summary>Runs the program in both tiers and compares, with the loops compiled after so many rounds each.</summary>
    /// <returns>The last run.</returns>
    public static BothTiers ShouldAgree(string source, params int[] thresholds) => ShouldAgreeWithin(50_000_000, source, thresholds);

    /// <summary>As <see cref="ShouldAgree"/>, with a limit of steps.</summary>
    public static BothTiers ShouldAgreeWithin(long maxSteps, string source, params int[] thresholds)
    {
        string expected = new BothTiers().Run(source, 0, maxSteps);
        BothTiers run = new();
        foreach (int threshold in thresholds.Length == 0 ? [2, 7, 30] : thresholds)
        {
            run = new BothTiers();
            run.Run(source, threshold, maxSteps).ShouldBe(expected, $"compiled after {threshold} rounds");
            run._faults.ShouldBeEmpty();
            run.Counters.Compiled.ShouldBeGreaterThan(0);
            run.Counters.CompiledSteps.ShouldBeGreaterThan(0);
        }

        return run;
    }

    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        Checks.OnGraph(profile, version, stage, graph);
        if (stage != "dead-code")
        {
            return;
        }

        foreach (IrNode node in graph.Blocks.SelectMany(block => block.Nodes))
        {
            Nodes.Add(node);
            if (node.Op == IrOp.Interpret)
            {
                Interpreted.Add(node.Exit!.Innermost.Code.Prototype.Code[node.Exit.Innermost.Pc].Op);
            }
        }
    }

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted) => Checks.OnCode(profile, version, emitted);

    private string Run(string source, int threshold, long maxSteps)
    {
        StringBuilder output = new();
        TierSettings? tiers = threshold == 0 ? null : new TierSettings(threshold, int.MaxValue, 2);
        HostServices host = new() { Output = new StringWriter(output) { NewLine = "\n" } };
        Engine interpreter = new(new InterpreterSettings(500, host, Tiers: tiers));
        if (tiers is not null)
        {
            interpreter.UseTiers(recording => Controller(recording, threshold));
        }

        ModuleInstance module = interpreter.Link(ScriptCompiler.Compile(source, "both.lyra", 2).Module, "both", out _);
        try
        {
            interpreter.Run(module, new RunLimits(maxSteps, null, default));
        }
        catch (ScriptErrorException e)
        {
            output.Append(e.Error.Kind).Append(": ").Append(e.Error.Message).Append('\n').Append(TraceOf(e.Error));
        }

        return $"{output}\n{interpreter.StepsTaken} steps";
    }

    private static string TraceOf(ErrorObject error) =>
        string.Join('\n', (error.Trace ?? []).Select(t => $"  {t.Prototype.Name}:{t.Prototype.PositionAt(t.Pc)}"));

    private TierController Controller(IRecordingHost host, int threshold)
    {
        TierOptions options = new() { HotLoop = threshold, HotProc = int.MaxValue, HotExit = 2 };
        TierController controller = new(host, options);
        controller.Compiler!.Listener = this;
        controller.Observer = e => _faults.AddRange(e.Detail.StartsWith(nameof(AbortReason.CompilerFault), StringComparison.Ordinal) ? [e.Detail] : []);
        _counters = controller.Counters;
        return controller;
    }
}
