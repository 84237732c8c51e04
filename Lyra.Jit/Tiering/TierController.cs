using System;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>How the interpreter is to go on after it asked the controller.</summary>
internal enum TierStep : byte
{
    /// <summary>With the running frame, wherever it stands now.</summary>
    GoOn,

    /// <summary>By settling what an instruction left behind that was executed for compiled code.</summary>
    Settle,
}

/// <summary>
/// Decides what an engine compiles. The interpreter counts loops and calls down and comes here when a count is through: a loop is then recorded,
/// compiled and entered; what fails waits twice as long for the next attempt. Exits that are taken often are recorded, too, and the region is compiled
/// again with what they brought. Nothing is given up for ever.
/// </summary>
internal sealed partial class TierController
{
    /// <summary>Failures from which on a loop counts as blacklisted.</summary>
    private const int BlacklistedAfter = 3;

    /// <summary>An entry into a loop's region takes this part of the threshold from the heat of the loop around it.</summary>
    private const int NestingShare = 16;

    private readonly IFrameHost _frames;
    private readonly TierOptions _options;
    private readonly Recorder _recorder;
    private readonly Func<RegionProfile, int, CompileResult> _compile;
    private readonly CompileQueue _queue = new();

    /// <summary>Steps of the regions that have ended.</summary>
    private long _creditedSteps;

    /// <summary>What the running recording is for.</summary>
    private HotRegion? _recorded;

    /// <param name="host">The interpreter.</param>
    /// <param name="options">When and how much is compiled.</param>
    public TierController(IRecordingHost host, TierOptions options)
        : this(host, options, new RegionCompiler(host.Frames, options.Limits, options.Stress))
    {
    }

    private TierController(IRecordingHost host, TierOptions options, RegionCompiler compiler)
        : this(host, options, compiler.Compile) => Compiler = compiler;

    /// <param name="host">The interpreter.</param>
    /// <param name="options">When and how much is compiled.</param>
    /// <param name="compile">Makes a region, of a given version, of a profile.</param>
    public TierController(IRecordingHost host, TierOptions options, Func<RegionProfile, int, CompileResult> compile)
    {
        _frames = host.Frames;
        _options = options;
        _compile = compile;
        _recorder = new Recorder(host, options.Limits, options.Recording);
        _frames.Context.EnsureExits();
        Counters = new TierCounters(_frames.Context);
    }

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>What makes the regions; null when a test does.</summary>
    public RegionCompiler? Compiler { get; }

    public TierCounters Counters { get; }

    /// <summary>Whether faults of the compiler are thrown, so that no test passes over them; otherwise each is a reason to give up.</summary>
    public bool ThrowsFaults { get; set; } = RegionCompiler.Checks is not null;

    /// <summary>Whether another thread compiles. Who looks at the stages of compilations sees them on the script's thread.</summary>
    private bool CompilesInBackground => _options.CompilesInBackground && Compiler?.Listener is null;

    /// <summary>Is told of everything that happens; null when nobody wants to know.</summary>
    public Action<TierEvent>? Observer { get; set; }

    /// <summary>Nothing more is compiled.</summary>
    public void Close()
    {
        IsOn = false;
        _queue.Close();
    }

    /// <summary>Nothing more is compiled, and a recording that runs is forgotten: something failed, so that nobody knows what it has seen.</summary>
    public void Abandon()
    {
        Close();
        if (_recorder.IsActive)
        {
            _recorder.Stop(AbortReason.CompilerFault);
            _recorded = null;
        }
    }

    /// <summary>The running frame has taken a back-edge, counted and charged it, and stands at the loop's body; the loop is hot.</summary>
    public TierStep OnHotLoop(int loop, int pc)
    {
        if (_recorder.IsActive)
        {
            _recorder.OnBackEdge();
            if (_recorder.IsWatching)
            {
                return TierStep.GoOn;
            }
        }

        LinkedPrototype code = _frames.ClosureOf(_frames.Top).Code;
        ref LoopState state = ref code.Loops[loop];
        if (!IsOn)
        {
            state.SetHeat(_options.HotLoop);
            return TierStep.GoOn;
        }

        HotRegion hot = PrototypeTier.Of(code).LoopOf(loop, pc, _options.Limits.MaxInlineDepth + 1);
        if (hot.Region is not null)
        {
            return Enter(hot);
        }

        if (hot.Pending is not null)
        {
            InstallPending(hot);
            return TierStep.GoOn;
        }

        StartLoop(hot);
        return TierStep.GoOn;
    }

    /// <summary>A hot proc was called: its frame is the running one and has executed nothing yet.</summary>
    public void OnHotCall()
    {
        LinkedPrototype code = _frames.ClosureOf(_frames.Top).Code;
        if (!_options.CompilesProcs)
        {
            code.SetHeat(long.MaxValue);
            return;
        }

        if (!IsOn || _recorder.IsWatching)
        {
            code.SetHeat(_options.HotProc);
            return;
        }

        HotRegion hot = PrototypeTier.Of(code).ProcOf(_options.Limits.MaxInlineDepth + 1);
        if (hot.Region is not null)
        {
            code.SetHeat(long.MaxValue);
            return;
        }

        if (hot.Pending is not null)
        {
            InstallPending(hot);
            return;
        }

        if (hot.IsWaiting)
        {
            Compile(hot);
            return;
        }

        if (IsForLoopAround(code, out bool isPending) && (isPending || !hot.WasPostponed))
        {
            hot.WasPostponed = true;
            code.SetHeat(8L * _options.HotProc);
            return;
        }

        code.SetHeat(_options.HotProc);
        if (hot.Waiting.Count == 0 && IsNotWorthEntering(code))
        {
            Rest(hot, _options.HotProc);
        }
        else if (Preempts(hot))
        {
            Record(hot, RegionKind.Entry);
        }
    }

    /// <summary>The running frame has come to a trap and stands at it.</summary>
    public TierStep OnTrap(int pc)
    {
        Settle(_recorder.OnTrap(pc));
        return TierStep.GoOn;
    }

    /// <inheritdoc cref="Recorder.OnPush"/>
    public void OnPush(bool isPlain, bool isEntry) => Settle(_recorder.OnPush(isPlain, isEntry));

    /// <inheritdoc cref="Recorder.OnReturn"/>
    public void OnReturn()
    {
        if (_recorder.IsActive)
        {
            _recorder.OnReturn();
        }
    }

    /// <inheritdoc cref="Recorder.OnRaise"/>
    public void OnRaise() => _recorder.OnRaise();

    /// <summary>The running frame goes on in a handler, or an error has left a run of the loop.</summary>
    public void OnUnwound(bool isHandled) => Settle(_recorder.OnFramesLost(AbortReason.RaisedOut, isHandled));

    /// <summary>A frame was suspended, or a whole run has ended.</summary>
    public void OnSuspended() => Settle(_recorder.OnFramesLost(AbortReason.Suspended, isError: false));

    /// <summary>
    /// Whether a small proc is called in a loop: that is compiled with the proc in it when it becomes hot itself.
    /// </summary>
    /// <param name="code">The proc, which is called now.</param>
    /// <param name="isPending">Whether a loop around the call is being compiled.</param>
    private bool IsForLoopAround(LinkedPrototype code, out bool isPending)
    {
        isPending = false;
        int caller = _frames.Top - 1;
        if (caller < 0 || code.Prototype.Code.Length > _options.Limits.MaxInlineInstructions)
        {
            return false;
        }

        LinkedPrototype around = _frames.ClosureOf(caller).Code;
        PrototypeTier tier = PrototypeTier.Of(around);
        int pc = _frames.PcOf(caller) - 1;
        bool isInLoop = false;
        for (int loop = 0; loop < tier.Loops.Count; loop++)
        {
            if (tier.Loops[loop].Contains(pc) && !ReferenceEquals(around, code))
            {
                isInLoop = true;
                isPending |= tier.IsPending(loop);
            }
        }

        return isInLoop;
    }

    private void StartLoop(HotRegion hot)
    {
        ref LoopState state = ref hot.Code.Loops[hot.Loop];
        state.SetHeat(_options.HotLoop);
        if (hot.IsWaiting)
        {
            Compile(hot);
        }
        else if (Preempts(hot))
        {
            Record(hot, RegionKind.Loop);
        }
    }

    /// <summary>Ends the recording that waits for what it has called, because that is hot itself. Not for what has failed before.</summary>
    /// <returns>Whether a recording of it can begin: none runs, and what the one that ended was good for is not the very region.</returns>
    private bool Preempts(HotRegion hot)
    {
        if (!_recorder.IsActive)
        {
            return true;
        }

        if (ReferenceEquals(_recorded, hot) && hot.Loop < 0)
        {
            // A recursive proc, called so often in the recorded call that this one is over sooner. What was recorded so far stays.
            _recorder.Stop(AbortReason.Preempted);
            return true;
        }

        if (hot.Failures > 0)
        {
            return false;
        }

        Settle(_recorder.Stop(AbortReason.Preempted));
        return hot.Region is null && hot.Pending is null;
    }

    private void Record(HotRegion hot, RegionKind kind)
    {
        hot.Profile ??= new RegionProfile(kind, hot.Code, hot.Loop, hot.RootPc);
        _recorded = hot;
        Counters.Started++;
        Report(TierEventKind.Hot, hot, string.Empty);
        _recorder.Begin(hot.Profile, hot.MaxDepth);
    }

    /// <summary>Makes of a recording that has ended what can be made of it.</summary>
    private void Settle(RecordingEnd? end)
    {
        if (end is null)
        {
            return;
        }

        HotRegion hot = _recorded!;
        _recorded = null;
        if (!ReferenceEquals(hot.Profile, end.Profile))
        {
            return;
        }

        if (end.IsSide)
        {
            SettleSide(hot, end);
            return;
        }

        if (end.Reason == AbortReason.TooLong && hot.Loop < 0 && hot.Passes > 0)
        {
            // The next call would be no shorter. What shorter ones showed, and this one until here, is enough to begin with.
            hot.Passes = _options.Recording.MaxCalls;
        }
        else if (end.Reason != AbortReason.None)
        {
            Abort(hot, end.Reason, end.Where);
            return;
        }

        hot.Passes += end.Passes;
        Report(TierEventKind.Recorded, hot, string.Empty);
        if (hot.Loop < 0 && hot.Passes < _options.Recording.MaxCalls)
        {
            hot.Code.SetHeat(0);
            return;
        }

        Compile(hot);
    }

    private void SettleSide(HotRegion hot, RecordingEnd end)
    {
        if (!end.IsNews)
        {
            return;
        }

        if (end.Reason != AbortReason.None)
        {
            Counters.CountAbort(end.Reason);
            Report(TierEventKind.Aborted, hot, end.Where.Length == 0 ? end.Reason.ToString() : $"{end.Reason}: {end.Where}");
            return;
        }

        Report(TierEventKind.Recorded, hot, "side");
        if (hot.CompileAt == long.MaxValue)
        {
            hot.CompileAt = hot.Exits + HotExits(hot.Region!);
        }
    }

    /// <summary>Gives up an attempt. One that another loop interrupted is repeated soon.</summary>
    private void Abort(HotRegion hot, AbortReason reason, string detail)
    {
        Counters.CountAbort(reason);
        Report(TierEventKind.Aborted, hot, detail.Length == 0 ? reason.ToString() : $"{reason}: {detail}");
        if (hot.Region is not null)
        {
            // A call with other arguments than the compiled code takes was recorded, and did not come to its end.
            return;
        }

        if (reason == AbortReason.Preempted)
        {
            SetHeat(hot, Threshold(hot) / 4);
            return;
        }

        PutOff(hot, reason);
    }

    private void PutOff(HotRegion hot, AbortReason reason, int weight = 1)
    {
        hot.Fail(reason, weight);
        SetHeat(hot, hot.WaitingHeat(Threshold(hot), _options.MaxDoublings));
        if (hot.Failures >= BlacklistedAfter && hot.Failures < BlacklistedAfter + weight)
        {
            Report(TierEventKind.Blacklisted, hot, $"after {hot.Failures} failures");
        }
    }

    private int Threshold(HotRegion hot) => hot.Loop < 0 ? _options.HotProc : _options.HotLoop;

    private static void SetHeat(HotRegion hot, long heat)
    {
        if (hot.Loop < 0)
        {
            hot.Code.SetHeat(heat);
            return;
        }

        hot.Code.Loops[hot.Loop].SetHeat(heat);
    }

    private void Report(TierEventKind kind, HotRegion hot, string detail) =>
        Observer?.Invoke(new TierEvent(kind, hot.Code, hot.RootPc, detail));
}
