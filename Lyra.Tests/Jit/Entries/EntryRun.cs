using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;

namespace Lyra.Tests.Jit.Entries;

/// <summary>A script run with or without compiled procs: its output, how it ended, what it was charged, and the compiled procs.</summary>
internal sealed class EntryRun
{
    private readonly ScriptRun _run;

    private EntryRun(string source, EntryLimits limits, bool isCompiled)
    {
        TierOptions options = new()
        {
            HotLoop = limits.HotLoop,
            HotProc = 20,
            HotExit = 4,
            Stress = limits.StressSeed is { } seed
            ? new StressPlan(seed) : null
        };
        _run = new ScriptRun(source, new ScriptSetup
        {
            Tiers = isCompiled ? options : null,
            Controller = NewController,
            MaxFrames = limits.MaxFrames,
            MaxMemory = limits.MaxMemory,
            MaxSteps = limits.MaxSteps,
            Timeout = limits.Timeout,
            Cancellation = limits.Cancellation,
            LimitClock = limits.Timeout is { } timeout ? LookClock.Of(timeout) : TimeProvider.System,
            Looked = limits.Looked,
        });
    }

    public TierController? Controller => _run.Controller;

    public List<TierEvent> Events { get; } = [];

    public ErrorObject? Error => _run.Error;

    public long Steps => _run.Steps;

    public string Output => _run.Output;

    public TierCounters Counters => Controller!.Counters;

    public static EntryRun Interpreted(string source, EntryLimits? limits = null) => new(source, limits ?? new EntryLimits(), false);

    public static EntryRun Compiled(string source, EntryLimits? limits = null) => new(source, limits ?? new EntryLimits(), true);

    /// <summary>
    /// Runs a script without and with the compiler: output, errors, traces and steps must agree, and the named procs must have executed at
    /// least this share of the steps as compiled code.
    /// </summary>
    /// <returns>The run with the compiler.</returns>
    public static EntryRun Agree(string source, string[] procs, double share = 0.5, EntryLimits? limits = null)
    {
        EntryRun interpreted = Interpreted(source, limits);
        EntryRun compiled = Compiled(source, limits);
        compiled._run.Behaviour.ShouldBe(interpreted._run.Behaviour, compiled.Error?.HostException?.ToString());
        compiled.Counters.Aborts().ShouldNotContainKey("CompilerFault", compiled.Log);
        foreach (string proc in procs)
        {
            compiled.VersionsOf(proc).ShouldBeGreaterThan(0, compiled.Log);
        }

        compiled.Counters.Entries.ShouldBeGreaterThan(0, compiled.Log);
        compiled.Counters.CompiledSteps.ShouldBeGreaterThanOrEqualTo((long)(share * compiled.Steps), compiled.Log);
        return compiled;
    }

    private TierController NewController(IRecordingHost host, TierOptions options)
    {
        TierController controller = new(host, options) { Observer = Events.Add };
        controller.Compiler.Listener = new CompileChecks();
        return controller;
    }

    /// <summary>The number of versions that were compiled of a proc region.</summary>
    public int VersionsOf(string proc) => Events.Count(e => e.Kind == TierEventKind.Compiled && e.Code.Prototype.Name == proc && e.Pc == 0);

    /// <summary>The number of exits from compiled code at an operation.</summary>
    public int ExitsAt(string operation) => Events.Count(e =>
        e.Kind is TierEventKind.Deoptimized or TierEventKind.LimitCheck && e.Detail == operation);

    /// <summary>The first events of the run, for the message of a failed test.</summary>
    public string Log => string.Join('\n', Events.Take(200).Select(e => $"{e.Kind} {e.Code.Prototype.Name} @{e.Pc} {e.Detail}"));
}

/// <summary>The limits under which a script runs.</summary>
internal sealed record EntryLimits
{
    public int MaxFrames { get; init; } = 10_000;

    public long? MaxMemory { get; init; }

    public long? MaxSteps { get; init; }

    public TimeSpan? Timeout { get; init; }

    public CancellationToken Cancellation { get; init; }

    /// <summary>Called at each look at the clock, which then advances by a fiftieth of the timeout.</summary>
    public Action<long>? Looked { get; init; }

    /// <summary>The seed that decides which guards fail on purpose; null if none do.</summary>
    public int? StressSeed { get; init; }

    /// <summary>
    /// Back-edges after which a loop is hot. The default is larger than any count in the tests, so that only procs are compiled.
    /// </summary>
    public int HotLoop { get; init; } = 1_000_000;
}
