using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Entries;

/// <summary>A script run with compiled procs, or without; what it printed, how it ended, what it cost, and what was compiled.</summary>
internal sealed class EntryRun
{
    private readonly StringBuilder _output = new();

    private EntryRun(string source, EntryLimits limits, bool isCompiled)
    {
        using StringWriter writer = new(_output) { NewLine = "\n" };
        TierOptions options = new() { HotLoop = limits.HotLoop, HotProc = 20, HotExit = 4, Stress = limits.StressSeed is { } seed ? new StressPlan(seed) : null };
        TierSettings settings = new(options.HotLoop, options.HotProc, options.HotExit);
        HostServices host = new() { Output = writer };
        Engine engine = new(new InterpreterSettings(limits.MaxFrames, host, limits.MaxMemory, Tiers: isCompiled ? settings : null));
        if (isCompiled)
        {
            engine.UseTiers(recording => Controller = new TierController(recording, options) { Observer = Events.Add });
            Controller!.Compiler!.Listener = new CompileChecks();
        }

        ModuleInstance module = engine.Link(ScriptCompiler.Compile(source, "entries.lyra", 2).Module, "entries", out _);
        try
        {
            engine.Run(module, new RunLimits(limits.MaxSteps, limits.Timeout, limits.Cancellation));
        }
        catch (ScriptErrorException e)
        {
            Error = e.Error;
            writer.WriteLine($"!! {e.Error} | {string.Join(" <- ", e.Error.TraceLines())}");
        }

        Steps = engine.StepsTaken;
    }

    public TierController? Controller { get; private set; }

    public List<TierEvent> Events { get; } = [];

    public ErrorObject? Error { get; }

    public long Steps { get; }

    public string Output => _output.ToString();

    public TierCounters Counters => Controller!.Counters;

    public static EntryRun Interpreted(string source, EntryLimits? limits = null) => new(source, limits ?? new EntryLimits(), false);

    public static EntryRun Compiled(string source, EntryLimits? limits = null) => new(source, limits ?? new EntryLimits(), true);

    /// <summary>
    /// Runs a script without and with the compiler: output, errors, traces and steps must be the same, and the named procs must have run as compiled code
    /// for at least a part of the steps.
    /// </summary>
    /// <returns>The run with the compiler.</returns>
    public static EntryRun Agree(string source, string[] procs, double share = 0.5, EntryLimits? limits = null)
    {
        EntryRun interpreted = Interpreted(source, limits);
        EntryRun compiled = Compiled(source, limits);
        compiled.Output.ShouldBe(interpreted.Output);
        compiled.Steps.ShouldBe(interpreted.Steps);
        compiled.Counters.Aborts().ShouldNotContainKey("CompilerFault", compiled.Log);
        foreach (string proc in procs)
        {
            compiled.VersionsOf(proc).ShouldBeGreaterThan(0, compiled.Log);
        }

        compiled.Counters.Entries.ShouldBeGreaterThan(0, compiled.Log);
        compiled.Counters.CompiledSteps.ShouldBeGreaterThanOrEqualTo((long)(share * compiled.Steps), compiled.Log);
        return compiled;
    }

    /// <summary>How often a proc was compiled as such.</summary>
    public int VersionsOf(string proc) => Events.Count(e => e.Kind == TierEventKind.Compiled && e.Code.Prototype.Name == proc && e.Pc == 0);

    /// <summary>Times that compiled code was left at an operation.</summary>
    public int ExitsAt(string operation) => Events.Count(e => e.Kind == TierEventKind.Deoptimized && e.Detail == operation);

    /// <summary>What happened, for the message of a failed test.</summary>
    public string Log => string.Join('\n', Events.Take(200).Select(e => $"{e.Kind} {e.Code.Prototype.Name} @{e.Pc} {e.Detail}"));
}

/// <summary>Under which limits a script runs.</summary>
internal sealed record EntryLimits
{
    public int MaxFrames { get; init; } = 10_000;

    public long? MaxMemory { get; init; }

    public long? MaxSteps { get; init; }

    public TimeSpan? Timeout { get; init; }

    public CancellationToken Cancellation { get; init; }

    /// <summary>Decides which guards fail on purpose; null when none do.</summary>
    public int? StressSeed { get; init; }

    /// <summary>Back-edges after which a loop is hot; beyond what the tests count where only procs are to be compiled.</summary>
    public int HotLoop { get; init; } = 1_000_000;
}
