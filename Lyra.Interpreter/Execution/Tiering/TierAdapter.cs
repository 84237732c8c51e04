using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Telemetry;
using Lyra.Jit.Recording;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>How a call without a frame has ended.</summary>
internal enum FramelessStep : byte
{
    /// <summary>Nothing was called or charged: the call needs a frame.</summary>
    NotCalled,

    /// <summary>It has returned.</summary>
    Returned,

    /// <summary>It has exited. Its frame was pushed, and the interpreter continues in the running frame.</summary>
    Exited,
}

/// <summary>
/// Connects the interpreter to the tier controller: passes on counters that reached zero, and gives the controller what it needs of the
/// interpreter. The controller is made when the first counter reaches zero, so that a program without hot code does not load the compiler's
/// library. For the same reason the types of that library occur only in methods that are never inlined.
/// </summary>
/// <param name="frames">The stacks.</param>
/// <param name="runner">Pops the frames whose compiled code has returned.</param>
/// <param name="coroutines">The running generators and tasks.</param>
/// <param name="unwinder">Propagates the errors of compiled code.</param>
/// <param name="settings">The settings for compiling; null when nothing is compiled.</param>
internal sealed class TierAdapter(
    FrameContext frames, IFrameRunner runner, CoroutineStack coroutines, Unwinder unwinder, TierSettings? settings)
{
    /// <summary>The frames that count while a proc runs that the host calls: its own, and that of the callback.</summary>
    private const int FramesOfHostCall = 2;

    private TierController? _controller;
    private SingleStepper? _stepper;
    private RegionFrames? _frameView;
    private bool _compilesHotCode = true;

    /// <summary>Whether Lyra itself has failed in a run: no compiled code is entered any more.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Receives the controller's events from its creation on.</summary>
    public JitEvents? Listener { get; set; }

    /// <summary>Whether anything has been hot so far. Unlike <see cref="Controller"/>, reading it loads no library.</summary>
    public bool HasController { get; private set; }

    /// <summary>Decides what is compiled and when; made at the first call.</summary>
    public TierController Controller => _controller ?? MakeController();

    /// <summary>Executes single instructions for compiled code.</summary>
    public SingleStepper Stepper => _stepper ??= new SingleStepper(frames, unwinder);

    /// <summary>The stacks as compiled code sees them.</summary>
    public IFrameHost FrameView => _frameView ??= new RegionFrames(frames, coroutines, this);

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    public bool CompilesHotCode
    {
        get => _compilesHotCode;
        set
        {
            _compilesHotCode = value && !IsAbandoned;
            if (HasController)
            {
                Switch();
            }
        }
    }

    /// <summary>Whether hot code must wait until the process is ready to record it.</summary>
    private bool IsWarmingUp => settings is { CompilesInBackground: true } && !TierWarmUp.IsReady();

    /// <summary>Ends compilation for good, including that in the background.</summary>
    public void Close()
    {
        if (HasController)
        {
            Stop();
        }
    }

    /// <summary>Replaces the controller of the settings. Call it before anything is hot.</summary>
    public void Use(Func<IRecordingHost, TierController> make)
    {
        _controller = make(new RecordingHost(this, frames));
        HasController = true;
    }

    /// <summary>
    /// Called when a loop is hot. The running frame is positioned at <paramref name="pc"/>, the start of the loop's body.
    /// </summary>
    /// <returns>The result for the loop over instructions; <see cref="LoopExit.None"/> to continue.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public LoopExit OnHotLoop(int loop, int pc)
    {
        if (!HasController && IsWarmingUp)
        {
            ref LoopState state = ref frames.Stack.Running.Closure.Code.Loops[loop];
            state.SetHeat(HeatThresholds.PollInterval(state.Count));
            return LoopExit.None;
        }

        return AfterStep(Controller.OnHotLoop(loop, pc));
    }

    /// <summary>
    /// Called when a frame was pushed whose proc is hot. If the proc is compiled, its code runs instead of the frame, which is popped when
    /// the code has returned. If the code exited early, other frames may be above this one.
    /// </summary>
    /// <returns>Whether the code has returned and the frame is popped.</returns>
    /// <exception cref="FailedRunException">An error has propagated out of this run of the loop.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool OnHotCall()
    {
        ref FrameStack stack = ref frames.Stack;
        ref Frame frame = ref stack.Running;
        if (IsTooEarly(frame.Closure.Code))
        {
            return false;
        }

        Value result = default;
        int framesLeft = frames.MayEnterRegion() ? frames.FramesLeft() - EntryCodes.Reserve : -1;
        switch (Controller.OnHotCall(new ProcCall(frames, stack.Registers, frame.Base, frame.Closure, framesLeft), ref result))
        {
            case ProcStep.Return when coroutines.IsRunningTaskSuspended:
                coroutines.PopSuspendedTask();
                return true;
            case ProcStep.Return:
                runner.PopReturned(result);
                return true;
            case ProcStep.Finish:
                Stepper.FinishCall();
                return false;
            case ProcStep.Continue:
                return false;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Called when a hot generator was resumed: its frame is the running one, and has executed nothing since.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void OnHotResume()
    {
        if (!frames.Stack.IsStepping && !IsTooEarly(frames.Stack.Running.Closure.Code))
        {
            Controller.OnHotResume();
        }
    }

    /// <summary>True when the compiled regions of a prototype are those that were installed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsIntact(LinkedPrototype code) => PrototypeTier.Of(code).IsIntact();

    /// <summary>
    /// Calls the compiled code of a proc as the outermost run if it is self-contained, without a frame. Its arguments are in the registers
    /// from 1 on.
    /// </summary>
    /// <exception cref="ScriptErrorException">A limit is reached.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public FramelessStep CallFrameless(Closure closure, ref Value result)
    {
        LinkedPrototype code = closure.Code;
        ref FrameStack stack = ref frames.Stack;
        int framesLeft = stack.FramesLeftAtRest(frames.WidestProc) - FramesOfHostCall - EntryCodes.Reserve;
        if (code.Entry is not HotRegion { SelfContained: { } region } hot || _controller is not { MayEnter: true } controller
            || framesLeft < 0 || 1 + code.RegisterCount > stack.Registers.Length)
        {
            return FramelessStep.NotCalled;
        }

        frames.Charge(code.EntryCost);
        code.Heat--;
        ProcCall call = new(frames, stack.Registers, 1, closure, framesLeft);
        ProcOutcome outcome = controller.CallSelfContained(region, call, ref result);
        if (outcome == ProcOutcome.Returned)
        {
            return FramelessStep.Returned;
        }

        stack.EnterNative(frames);
        stack.PushUncharged(closure, 1, 0, 0, FrameFlags.Entry);
        controller.OnFrameless(hot, region, outcome);
        return FramelessStep.Exited;
    }

    /// <summary>
    /// After an exception in <see cref="CallFrameless"/>, which only a fault of Lyra throws, or the CLR without memory: the error for it.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ErrorObject FaultOfRegion(Exception exception)
    {
        RegionRuntime.ExitSelfContained(frames);
        return ErrorObject.From(exception) ?? FaultFrom(exception);
    }

    /// <summary>
    /// Makes the error for a run in which Lyra itself failed. Compiled code may be the cause, so this engine no longer enters any.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ErrorObject FaultFrom(Exception exception)
    {
        Abandon();
        string what = $"{exception.GetType().Name}: {exception.Message}";
        return new ErrorObject(ErrorKinds.InternalError, $"internal error in Lyra ({what}); please report it")
        {
            Class = ErrorClass.Fault,
            HostException = exception,
        };
    }

    /// <summary>Stops entering compiled code, and compiling.</summary>
    private void Abandon()
    {
        IsAbandoned = true;
        _compilesHotCode = false;
        if (HasController)
        {
            Drop();
        }
    }

    /// <summary>Whether the process is not ready to record a hot proc, which then becomes hot again.</summary>
    private bool IsTooEarly(LinkedPrototype code)
    {
        if (HasController || !IsWarmingUp)
        {
            return false;
        }

        code.SetHeat(HeatThresholds.PollInterval(code.CallCount));
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TierController MakeController()
    {
        _controller = settings!.CreateController(new RecordingHost(this, frames));
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
    private LoopExit AfterStep(TierStep step)
    {
        if (step == TierStep.Continue)
        {
            return LoopExit.None;
        }

        LoopExit exit = Stepper.FinishPending();
        return exit == LoopExit.Refilled ? LoopExit.None : exit;
    }

    /// <summary>The services of the interpreter for recordings.</summary>
    private sealed class RecordingHost(TierAdapter adapter, FrameContext frames) : IRecordingHost
    {
        public IFrameHost Frames => adapter.FrameView;

        public IRecordingEvents? Events
        {
            set => frames.Events.Recording = value;
        }

        public bool ReportsCalls
        {
            set => frames.Stack.ReportsCalls = value;
        }

        public void WatchReturn(int frame) => frames.Stack.Frames[frame].Flags |= FrameFlags.Watched;
    }
}
