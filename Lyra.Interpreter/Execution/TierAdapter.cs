using System;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Recording;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Where the interpreter hands over to the tier controller: counters that reached zero, traps, and what a recording is told. The controller
/// is made when the first counter reaches zero, so that a program which never gets hot does not load the compiler's library. For the same
/// reason the types of that library occur only in methods that are never inlined.
/// </summary>
internal sealed class TierAdapter(Interpreter interpreter, TierSettings? settings)
{
    private TierController? _controller;
    private bool _compilesHotCode = true;
    private bool _isAbandoned;

    /// <summary>Whether a recording runs.</summary>
    public bool IsRecording { get; private set; }

    /// <summary>Listens to the controller from its beginning.</summary>
    public JitEvents? Listener { get; set; }

    /// <summary>Whether anything has been hot so far. Reading it, unlike reading <see cref="Controller"/>, loads nothing.</summary>
    public bool HasController { get; private set; }

    /// <summary>Decides what is compiled and when; made at the first call.</summary>
    public TierController Controller => _controller ?? MakeController();

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    public bool CompilesHotCode
    {
        get => _compilesHotCode;
        set
        {
            _compilesHotCode = value && !_isAbandoned;
            if (HasController)
            {
                Switch();
            }
        }
    }

    /// <summary>
    /// Whether hot code has to wait until the process is ready to record it. Where Lyra is compiled ahead of time, it always is.
    /// </summary>
    private bool IsWarmingUp =>
#if LYRA_PRECOMPILED
        false;
#else
        settings is { CompilesInBackground: true } && !TierWarmUp.IsReady();
#endif

    /// <summary>Ends compiling for good. Nothing of it continues in the background.</summary>
    public void Close()
    {
        if (HasController)
        {
            Stop();
        }
    }

    /// <summary>Has another controller than that of the settings decide, from the first thing that gets hot on.</summary>
    public void Use(Func<IRecordingHost, TierController> make)
    {
        _controller = make(new RecordingHost(this, interpreter));
        HasController = true;
    }

    /// <summary>A loop is hot whose body begins at <paramref name="pc"/>, where the running frame stands.</summary>
    /// <returns>What the loop over instructions is to return; <see cref="LoopExit.None"/> when it goes on.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public LoopExit OnHotLoop(int loop, int pc)
    {
        if (!HasController && IsWarmingUp)
        {
            ref LoopState state = ref interpreter.Stack.Running.Closure.Code.Loops[loop];
            state.SetHeat(HeatThresholds.ToAskAgain(state.Count));
            return LoopExit.None;
        }

        return AfterStep(Controller.OnHotLoop(loop, pc));
    }

    /// <summary>
    /// A frame was pushed whose proc is hot. If the proc is compiled, its code runs in place of the frame, which is popped when the code
    /// has returned. If the code exited early, other frames may stand above this one.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void OnHotCall()
    {
        if (!HasController && IsWarmingUp)
        {
            LinkedPrototype code = interpreter.Stack.Running.Closure.Code;
            code.SetHeat(HeatThresholds.ToAskAgain(code.CallCount));
            return;
        }

        Value result = default;
        if (Controller.OnHotCall(ref result))
        {
            interpreter.PopReturned(result);
        }
    }

    /// <summary>The running frame has come to a trap of a recording, at which it stands.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public LoopExit OnTrap(int pc) => AfterStep(Controller.OnTrap(pc));

    /// <summary>Tells the recording of the frame that was pushed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportCall(FrameFlags flags) =>
        Controller.OnPush((flags & ~(FrameFlags.Discard | FrameFlags.Generator)) == 0, (flags & FrameFlags.Entry) != 0);

    /// <summary>Tells the recording that a frame was left which it watches.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportReturn() => Controller.OnReturn();

    /// <summary>Tells the recording of an error in the running frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportRaise() => Controller.OnRaise();

    /// <summary>Tells the recording, if one still runs, where an error went.</summary>
    public void ReportUnwound(bool isHandled)
    {
        if (IsRecording)
        {
            TellUnwound(isHandled);
        }
    }

    /// <summary>Tells the recording, if one runs, that frames are gone without having returned.</summary>
    public void ReportSuspended()
    {
        if (IsRecording)
        {
            TellSuspended();
        }
    }

    /// <summary>
    /// The end of a run in which Lyra itself failed. Compiled code may be to blame, so this engine enters none of it any more.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ErrorObject FaultFrom(Exception exception)
    {
        Abandon();
        string what = $"{exception.GetType().Name}: {exception.Message}";
        return new ErrorObject(ErrorKinds.InternalError, $"Lyra failed, not the script ({what}); please report it")
        {
            Class = ErrorClass.Fault,
            HostException = exception,
        };
    }

    /// <summary>Enters no compiled code any more, and compiles none.</summary>
    private void Abandon()
    {
        _isAbandoned = true;
        _compilesHotCode = false;
        if (HasController)
        {
            Drop();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TierController MakeController()
    {
        _controller = settings!.CreateController(new RecordingHost(this, interpreter));
        HasController = true;
        Listener?.Observe(_controller);
        Switch();
        return _controller;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Stop() => _controller!.Close();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drop() => _controller!.Abandon();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Switch() => _controller!.IsOn = _compilesHotCode;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellUnwound(bool isHandled) => Controller.OnUnwound(isHandled);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellSuspended() => Controller.OnSuspended();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit AfterStep(TierStep step)
    {
        if (step == TierStep.GoOn)
        {
            return LoopExit.None;
        }

        LoopExit exit = interpreter.Stepper.SettlePending();
        return exit == LoopExit.Refilled ? LoopExit.None : exit;
    }

    /// <summary>What a recording asks of the interpreter.</summary>
    private sealed class RecordingHost(TierAdapter adapter, Interpreter interpreter) : IRecordingHost
    {
        public IFrameHost Frames => interpreter.FrameView;

        public bool IsRecording
        {
            set => adapter.IsRecording = value;
        }

        public bool ReportsCalls
        {
            set => interpreter.Stack.ReportsCalls = value;
        }

        public void WatchReturn(int frame) => interpreter.Stack.Frames[frame].Flags |= FrameFlags.Watched;
    }
}
