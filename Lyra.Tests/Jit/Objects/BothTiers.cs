using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Shouldly;

namespace Lyra.Tests.Jit.Objects;

/// <summary>
/// Runs a program in the interpreter alone and with loops that are compiled early. The output, how it ends and its steps must agree. Every
/// stage of each compilation is verified.
/// </summary>
internal sealed class BothTiers : ICompileListener
{
    private const long DefaultSteps = 50_000_000;

    private static readonly CompileChecks Checks = new();

    private readonly List<string> _faults = [];
    private TierCounters? _counters;

    private BothTiers()
    {
    }

    /// <summary>The opcodes for which the compiled regions call the interpreter.</summary>
    public HashSet<Opcode> Interpreted { get; } = [];

    /// <summary>The nodes of the regions after each run of the dead-code pass.</summary>
    public List<IrNode> Nodes { get; } = [];

    public TierCounters Counters => _counters!;

    /// <summary>What the program printed, how it ended, and its steps.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The compilations with a loop that computes several iterations at once.</summary>
    public int VectorLoops { get; private set; }

    /// <summary>The methods of the region that has most.</summary>
    public int MostMethods { get; private set; }

    /// <summary>The operations of the last version of each region.</summary>
    public Dictionary<RegionProfile, List<IrOp>> Operations { get; } = [];

    /// <summary>
    /// Runs the program in both tiers and compares. Repeats this for each threshold, the number of iterations after which loops are
    /// compiled.
    /// </summary>
    /// <returns>The last run.</returns>
    public static BothTiers ShouldAgree(string source, params int[] thresholds) => ShouldAgreeWithin(DefaultSteps, source, thresholds);

    /// <summary>Like <see cref="ShouldAgree(string, int[])"/>, with a limit of steps.</summary>
    public static BothTiers ShouldAgreeWithin(long maxSteps, string source, params int[] thresholds)
    {
        string expected = new BothTiers().Run(source, null, maxSteps, null);
        BothTiers run = new();
        foreach (int threshold in thresholds.Length == 0 ? [2, 7, 30] : thresholds)
        {
            run = new BothTiers();
            TierOptions options = new() { HotLoop = threshold, HotProc = int.MaxValue, HotExit = 2 };
            run.Run(source, options, maxSteps, null).ShouldBe(expected, $"compiled after {threshold} rounds");
            run.ShouldHaveRunCompiled();
            run.Counters.Compiled.ShouldBeGreaterThan(0);
            run.Output = expected;
        }

        return run;
    }

    /// <summary>Like <see cref="ShouldAgree(string, int[])"/>, with these options and a memory limit in bytes.</summary>
    public static BothTiers ShouldAgree(string source, TierOptions options, long? memory = null)
    {
        string expected = new BothTiers().Run(source, null, DefaultSteps, memory);
        BothTiers run = new();
        run.Run(source, options, DefaultSteps, memory).ShouldBe(expected);
        run.ShouldHaveRunCompiled();
        return run;
    }

    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        Checks.OnGraph(profile, version, stage, graph);
        if (stage == "loop-vectors")
        {
            VectorLoops += graph.Blocks.Exists(block => block.Nodes.Exists(node => node.Op == IrOp.TakeSteps)) ? 1 : 0;
        }

        if (stage != "dead-code")
        {
            return;
        }

        Operations[profile] = [];
        foreach (IrNode node in graph.Blocks.SelectMany(block => block.Nodes))
        {
            Nodes.Add(node);
            Operations[profile].Add(node.Op);
            if (node.Op == IrOp.CallInterpreter)
            {
                Interpreted.Add(node.Exit!.Innermost.Code.Prototype.Code[node.Exit.Innermost.Pc].Op);
            }
        }
    }

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
    {
        MostMethods = Math.Max(MostMethods, emitted.Methods.Count());
        Checks.OnCode(profile, version, emitted);
    }

    private void ShouldHaveRunCompiled()
    {
        _faults.ShouldBeEmpty();
        Counters.CompiledSteps.ShouldBeGreaterThan(0, string.Join(", ", Counters.Aborts().Keys));
    }

    private string Run(string source, TierOptions? options, long maxSteps, long? memory) =>
        new ScriptRun(source, new ScriptSetup { Tiers = options, Controller = Controller, MaxSteps = maxSteps, MaxMemory = memory })
            .Behaviour;

    private TierController Controller(IRecordingHost host, TierOptions options)
    {
        TierController controller = new(host, options);
        controller.Compiler.Listener = this;
        controller.Observer = e =>
            _faults.AddRange(e.Detail.StartsWith(nameof(AbortReason.CompilerFault), StringComparison.Ordinal) ? [e.Detail] : []);
        _counters = controller.Counters;
        return controller;
    }
}
