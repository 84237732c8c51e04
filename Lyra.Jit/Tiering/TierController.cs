using System;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Tiering;

/// <summary>How the interpreter continues after a call of the controller.</summary>
internal enum TierStep : byte
{
    /// <summary>With the running frame at its current position.</summary>
    Continue,

    /// <summary>By propagating what a call-out of compiled code left pending, such as an error.</summary>
    Finish,
}

/// <summary>How the interpreter continues after the call of a hot proc.</summary>
internal enum ProcStep : byte
{
    /// <summary>With the running frame at its current position; it may be another frame than before.</summary>
    Continue,

    /// <summary>The proc has returned: the running frame must be popped.</summary>
    Return,

    /// <summary>As <see cref="TierStep.Finish"/>.</summary>
    Finish,
}

/// <summary>
/// Decides what an engine records, compiles and enters. The interpreter counts the heat of loops and procs down, and calls the controller
/// when a counter goes below zero. What happens then depends on the state of the loop or proc: see <see cref="TierTransitions"/>.
/// </summary>
internal sealed class TierController
{
    /// <summary>A proc that waits for a loop around its calls becomes hot after this many times its threshold.</summary>
    private const int PostponedThresholds = 8;

    private readonly TierServices _services;
    private readonly RecordingCoordinator _recordings;
    private readonly CompilationCoordinator _compilations;
    private readonly LoopEntries _loops;
    private readonly ProcEntries _procs;

    /// <param name="host">The interpreter.</param>
    /// <param name="options">When and how much is compiled.</param>
    public TierController(IRecordingHost host, TierOptions options)
        : this(host, options, NewCompiler(host, options))
    {
    }

    /// <param name="host">The interpreter.</param>
    /// <param name="options">When and how much is compiled.</param>
    /// <param name="compile">Makes a region from a profile and a version number, instead of the compiler.</param>
    public TierController(IRecordingHost host, TierOptions options, Func<RegionProfile, int, CompileResult> compile)
        : this(host, options, NewCompiler(host, options), compile)
    {
    }

    private static RegionCompiler NewCompiler(IRecordingHost host, TierOptions options) =>
        new(
            host.Frames,
            options.Limits,
            options.Stress,
            options.ChecksCompiler ? new CompileChecks() : null,
            options.Chaos,
            host.Frames.Context.Storage is not null);

    private TierController(IRecordingHost host, TierOptions options, RegionCompiler compiler)
        : this(host, options, compiler, compiler.Compile)
    {
    }

    private TierController(
        IRecordingHost host, TierOptions options, RegionCompiler compiler, Func<RegionProfile, int, CompileResult> compile)
    {
        TierServices services = new(host.Frames, options, compiler);
        services.Frames.Context.EnsureExits();
        StepAccounting accounting = new(services.Counters);
        _services = services;
        _recordings = new RecordingCoordinator(host, services);
        RegionDrops drops = new(services);
        _compilations = new CompilationCoordinator(services, _recordings, drops, compile);
        _recordings.Compilations = _compilations;
        ExitPolicy exits = new(services, _recordings, _compilations);
        _procs = new ProcEntries(services, _recordings, _compilations, exits, drops, accounting);
        _loops = new LoopEntries(services, _recordings, _compilations, exits, drops, _procs, accounting);
    }

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    public bool IsOn
    {
        get => _services.IsOn;
        set => _services.IsOn = value;
    }

    /// <summary>Compiles regions; null in a test that supplies its own regions.</summary>
    public RegionCompiler Compiler => _services.Compiler;

    public TierCounters Counters => _services.Counters;

    /// <inheritdoc cref="CompilationCoordinator.ThrowsFaults"/>
    public bool ThrowsFaults
    {
        get => _compilations.ThrowsFaults;
        set => _compilations.ThrowsFaults = value;
    }

    /// <inheritdoc cref="TierLog.Observer"/>
    public Action<TierEvent>? Observer
    {
        get => _services.Log.Observer;
        set => _services.Log.Observer = value;
    }

    /// <summary>Stops all compilation.</summary>
    public void Close()
    {
        IsOn = false;
        _compilations.Close();
    }

    /// <summary>Stops all compilation and drops a running recording: after an internal fault, its observations can't be trusted.</summary>
    public void Abandon()
    {
        Close();
        _recordings.Abandon();
    }

    /// <summary>
    /// Called when a loop is hot. The running frame has taken, counted and charged a back-edge, and is positioned at the loop's body.
    /// </summary>
    public TierStep OnHotLoop(int loop, int pc)
    {
        if (_recordings.IsActive)
        {
            _recordings.OnBackEdge();
            if (_recordings.IsWatching)
            {
                return TierStep.Continue;
            }
        }

        LinkedPrototype code = RunningCode();
        if (!IsOn)
        {
            code.Loops[loop].SetHeat(_services.Options.HotLoop);
            return TierStep.Continue;
        }

        HotRegion hot = PrototypeTier.Of(code).LoopOf(loop, pc);
        if (hot.Installed is not null)
        {
            return _loops.Enter(hot);
        }

        if (hot.State.Job is { } job)
        {
            _compilations.InstallIfDone(hot, job);
            return TierStep.Continue;
        }

        hot.SetHeat(_services.Options.HotLoop);
        if (hot.IsWaitingForCallee)
        {
            _compilations.Compile(hot);
        }
        else
        {
            _recordings.RecordIfPossible(hot);
        }

        return TierStep.Continue;
    }

    /// <summary>
    /// Called when a hot proc was called. Its frame is the running one, and has executed nothing yet. A compiled proc is called in place of
    /// the frame.
    /// </summary>
    /// <param name="call">The frame and its surroundings.</param>
    /// <param name="result">The result of the call, if it has returned.</param>
    public ProcStep OnHotCall(in ProcCall call, ref Value result)
    {
        LinkedPrototype code = call.Closure.Code;
        if (code.Entry is HotRegion hot && IsOn)
        {
            // The calls of a recording run interpreted; those after it must find the proc as hot as before.
            return _recordings.IsWatching ? ProcStep.Continue : _procs.TryEnter(hot, call, ref result);
        }

        OnHotCall(code);
        return ProcStep.Continue;
    }

    /// <summary>Whether compiled code may be entered: it is switched on, and no recording observes the calls.</summary>
    public bool MayEnter => IsOn && !_recordings.IsWatching;

    /// <inheritdoc cref="ProcEntries.CallSelfContained"/>
    public ProcOutcome CallSelfContained(Region region, in ProcCall call, ref Value result) =>
        _procs.CallSelfContained(region, call, ref result);

    /// <inheritdoc cref="ProcEntries.OnFrameless"/>
    public void OnFrameless(HotRegion hot, Region region, ProcOutcome outcome) => _procs.OnFrameless(hot, region, outcome);

    /// <summary>
    /// Called when the interpreter has resumed a hot generator, whose frame is the running one. Only compiled loops enter the compiled code
    /// of generators.
    /// </summary>
    public void OnHotResume() => OnHotCall(RunningCode());

    /// <summary>
    /// Called when a compiled proc exited whose compiled caller will continue. Its frames are in the interpreter's stacks, which executes
    /// them next.
    /// </summary>
    public void OnCalleeExit() => _procs.OnUnwound();

    private LinkedPrototype RunningCode() => _services.Frames.ClosureOf(_services.Frames.Top).Code;

    private void OnHotCall(LinkedPrototype code)
    {
        if (!_services.Options.CompilesProcs)
        {
            code.SetHeat(HeatThresholds.Never.Calls);
            return;
        }

        if (!IsOn || _recordings.IsWatching)
        {
            code.SetHeat(_services.Options.HotProc);
            return;
        }

        HotRegion hot = PrototypeTier.Of(code).ProcOf();
        if (hot.Installed is not null)
        {
            code.SetHeat(HeatThresholds.Never.Calls);
        }
        else if (hot.State.Job is { } job)
        {
            _compilations.InstallIfDone(hot, job);
        }
        else if (hot.IsWaitingForCallee)
        {
            _compilations.Compile(hot);
        }
        else
        {
            OnHotProc(hot);
        }
    }

    /// <summary>
    /// Handles a proc without a region that is hot. A small proc that is called in a loop waits once, and waits while that loop is being
    /// compiled, because inlining it there is better. It does not wait if compiled code calls it, for which each call is a call-out.
    /// </summary>
    private void OnHotProc(HotRegion hot)
    {
        int threshold = _services.Options.HotProc;
        (bool isInLoop, bool isCompiling) = hot.Code.IsCalledIndirectly ? default : LoopAround(hot.Code);
        if (isInLoop && (isCompiling || !hot.WasPostponed))
        {
            hot.WasPostponed = true;
            hot.SetHeat((long)PostponedThresholds * threshold);
            return;
        }

        hot.SetHeat(threshold);
        if (hot.Links.Waiting.Count == 0 && !hot.Code.IsCalledIndirectly && !hot.Code.IsCalledByHost
            && ProcEntries.IsTooSmallToEnter(hot.Code))
        {
            _procs.BackOff(hot, threshold);
            return;
        }

        _recordings.RecordIfPossible(hot);
    }

    /// <summary>Whether a proc that may be inlined is called inside a loop, and whether such a loop is being compiled.</summary>
    /// <param name="code">The proc, whose frame is the running one.</param>
    private (bool IsInLoop, bool IsCompiling) LoopAround(LinkedPrototype code)
    {
        IFrameHost frames = _services.Frames;
        int caller = frames.Top - 1;
        if (caller < 0 || code.Prototype.Code.Length > _services.Options.Limits.MaxInlineInstructions)
        {
            return default;
        }

        LinkedPrototype around = frames.ClosureOf(caller).Code;
        return ReferenceEquals(around, code) ? default : PrototypeTier.Of(around).LoopsAt(
            frames.PcOf(caller) - 1, countsDelayed: _services.Frames.Context.Regions.Depth == 0);
    }
}
