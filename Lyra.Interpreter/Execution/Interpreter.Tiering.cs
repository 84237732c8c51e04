using System;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// Where the interpreter hands over to the tier controller: countdowns that are through, traps, and what a recording wants to know. The controller is
/// made when the first countdown is through, so that a program which never gets hot does not load the compiler's library. For the same reason the types
/// of that library occur in methods only that are never inlined.
/// </content>
internal sealed partial class Interpreter
{
    private TierController? _tiers;

    /// <summary>Whether a recording runs.</summary>
    private bool _isRecording;

    /// <summary>Whether the recording wants to know of every frame that is pushed: no call takes the loop's fast path then.</summary>
    private bool _reportsCalls;

    private bool _compilesHotCode = true;
    private bool _hasAbandonedTiers;

    /// <summary>Who listens to the controller from its beginning.</summary>
    public JitEvents? Listener { get; set; }

    /// <summary>Whether anything has been hot so far. Besides the field, because to look at that loads its type.</summary>
    public bool HasTiers { get; private set; }

    /// <summary>What is compiled and when; made at the first call.</summary>
    public TierController Tiers => _tiers ?? MakeTiers();

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    public bool CompilesHotCode
    {
        get => _compilesHotCode;
        set
        {
            _compilesHotCode = value && !_hasAbandonedTiers;
            if (HasTiers)
            {
                SwitchTiers();
            }
        }
    }

    /// <summary>Whether what is hot has to wait until the process is ready to record it. Where Lyra is compiled ahead of time, it always is.</summary>
    private bool IsWarmingUp =>
#if LYRA_PRECOMPILED
        false;
#else
        _settings.Tiers is { CompilesInBackground: true } && !TierWarmUp.IsReady();
#endif

    /// <summary>Ends compiling for good: nothing of it goes on behind an engine's back.</summary>
    public void CloseTiers()
    {
        if (HasTiers)
        {
            StopTiers();
        }
    }

    /// <summary>Enters no compiled code any more, and compiles none.</summary>
    private void AbandonTiers()
    {
        _hasAbandonedTiers = true;
        _compilesHotCode = false;
        if (HasTiers)
        {
            DropTiers();
        }
    }

    /// <summary>Has another controller than that of the settings decide, from the first thing that gets hot on.</summary>
    public void UseTiers(Func<IRecordingHost, TierController> make)
    {
        _tiers = make(new RecordingHost(this));
        HasTiers = true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TierController MakeTiers()
    {
        _tiers = _settings.Tiers!.CreateController(new RecordingHost(this));
        HasTiers = true;
        Listener?.Observe(_tiers);
        SwitchTiers();
        return _tiers;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StopTiers() => _tiers!.Close();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DropTiers() => _tiers!.Abandon();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SwitchTiers() => _tiers!.IsOn = _compilesHotCode;

    /// <summary>A loop's head was passed that made the loop hot or spent the budget. The frame goes on at <paramref name="pc"/>, behind the head.</summary>
    /// <returns>What the loop is to return; <see cref="LoopExit.None"/> when it goes on.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnLoopHead(int loop, int pc) => OnBackEdge(loop, pc, pc, pc);

    /// <summary>As <see cref="OnLoopHead"/>, for the back-edge of a for loop, which jumps to <paramref name="pc"/>.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="pc">Where its body begins.</param>
    /// <param name="pcBehind">Behind the back-edge.</param>
    /// <remarks>An error of a limit is handled as one of the body's first instruction, so that the loop's iterator is closed.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnBackEdge(int loop, int pc, int pcBehind) => OnBackEdge(loop, pc, pcBehind, pc + 1);

    private LoopExit OnBackEdge(int loop, int pc, int pcBehind, int pcOfErrors)
    {
        bool isSpent = Budget < 0;
        if (isSpent)
        {
            SpendAtBackEdge(pcBehind, pcOfErrors);
        }

        _frames[_top].Pc = pc;
        LoopExit exit = _frames[_top].Closure.Code.Loops[loop].Heat < 0 ? OnHotLoop(loop, pc) : LoopExit.None;
        return isSpent && exit == LoopExit.None ? LoopExit.Refilled : exit;
    }

    /// <summary>Charges a back-edge outside of the loop over instructions; the running frame goes on at the body then.</summary>
    private void ChargeBackEdge(long cost, int pcBehind, int body)
    {
        if ((Budget -= cost) < 0)
        {
            SpendAtBackEdge(pcBehind, body + 1);
        }

        _frames[_top].Pc = body;
    }

    /// <summary>What stands first in a loop's body depends on the optimization level. So the trace of a limit's error begins at the back-edge.</summary>
    private void SpendAtBackEdge(int pcBehind, int pcOfErrors)
    {
        _frames[_top].Pc = pcBehind;
        try
        {
            OnBudgetSpent();
        }
        catch (ScriptErrorException e)
        {
            CaptureTrace(e.Error);
            _frames[_top].Pc = pcOfErrors;
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnHotLoop(int loop, int pc)
    {
        if (!HasTiers && IsWarmingUp)
        {
            ref LoopState state = ref _frames[_top].Closure.Code.Loops[loop];
            state.SetHeat(HeatThresholds.ToAskAgain(state.Count));
            return LoopExit.None;
        }

        return AfterStep(Tiers.OnHotLoop(loop, pc));
    }

    /// <summary>
    /// A frame was pushed whose proc is hot. Where the proc is compiled it is called in place of the frame, which is popped when it has returned; when it was
    /// left early, other frames may stand above this one.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnHotCall()
    {
        if (!HasTiers && IsWarmingUp)
        {
            LinkedPrototype code = _frames[_top].Closure.Code;
            code.SetHeat(HeatThresholds.ToAskAgain(code.CallCount));
            return;
        }

        Value result = default;
        if (!Tiers.OnHotCall(ref result))
        {
            return;
        }

        ref Frame frame = ref _frames[_top];
        if (frame.Flags == FrameFlags.None)
        {
            _top--;
            _stack[frame.ReturnSlot] = result;
            return;
        }

        LeaveSpecial(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Cold OnTrap() => ColdOf(AfterStep(Tiers.OnTrap(--_frames[_top].Pc)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit AfterStep(TierStep step)
    {
        if (step == TierStep.GoOn)
        {
            return LoopExit.None;
        }

        LoopExit exit = SettlePending();
        return exit == LoopExit.Refilled ? LoopExit.None : exit;
    }

    private static Cold ColdOf(LoopExit exit) => exit switch
    {
        LoopExit.Failed => Cold.Failed,
        LoopExit.Waiting => Cold.Waiting,
        _ => Cold.Reload,
    };

    /// <summary>Tells the recording of the frame that was pushed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReportCall(FrameFlags flags) => Tiers.OnPush((flags & ~(FrameFlags.Discard | FrameFlags.Generator)) == 0, (flags & FrameFlags.Entry) != 0);

    /// <summary>Tells the recording that a frame was left which it watches.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReportReturn() => Tiers.OnReturn();

    /// <summary>Tells the recording of an error in the running frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReportRaise() => Tiers.OnRaise();

    /// <summary>Tells the recording where an error went.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReportUnwound(bool isHandled)
    {
        if (_isRecording)
        {
            Tiers.OnUnwound(isHandled);
        }
    }

    /// <summary>Tells the recording that frames are gone without having returned.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReportSuspended() => Tiers.OnSuspended();

    /// <summary>What a recording wants of this interpreter.</summary>
    private sealed class RecordingHost(Interpreter owner) : IRecordingHost
    {
        public IFrameHost Frames => owner.FrameView;

        public bool IsRecording
        {
            set => owner._isRecording = value;
        }

        public bool ReportsCalls
        {
            set
            {
                owner._reportsCalls = value;
                owner.UpdateTopLimit();
            }
        }

        public void WatchReturn(int frame) => owner._frames[frame].Flags |= FrameFlags.Watched;
    }
}
