using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Runs the loop, and propagates errors: handlers, finally blocks, frames that end with an error, traces. Runs nest when builtins call
/// back.
/// </summary>
/// <param name="frames">The stacks.</param>
/// <param name="runner">Runs the frames.</param>
/// <param name="heap">Clears the stacks after a walk.</param>
/// <param name="limiter">The limits of the run.</param>
/// <param name="modules">The imports that an error may end.</param>
/// <param name="coroutines">The generators and tasks that an error may end.</param>
/// <param name="eventLoop">Gets the errors of tasks.</param>
internal sealed class Unwinder(
    FrameContext frames,
    IFrameRunner runner,
    HeapWalk heap,
    RunLimiter limiter,
    ModuleTable modules,
    CoroutineStack coroutines,
    EventLoop eventLoop)
{
    /// <summary>The steps that take as long as the CLR needs to throw and catch an exception, some 20 µs.</summary>
    public const int CatchTime = 2_000;

    /// <summary>Frames and handlers that are searched between two looks at the clock: a fraction of a millisecond.</summary>
    private const int SearchesPerCheck = 100_000;

    /// <summary>The searches that take as long as closing an iterator, whose code runs in a run of its own.</summary>
    private const int SearchesPerClose = 500;

    /// <summary>The searches that take as long as throwing and catching an exception.</summary>
    private const int SearchesPerCatch = 10_000;

    /// <summary>The searches that take as long as storing a frame in a trace, some 50 ns with the garbage collector's share.</summary>
    private const int SearchesPerEntry = 25;

    /// <summary>The steps that take as long as storing a frame in a trace.</summary>
    private const int EntryTime = 5;

    /// <summary>
    /// The index of the frame with which the innermost run of the loop began. Errors of that run do not propagate beyond it.
    /// </summary>
    private int _entry;

    /// <summary>Frames and handlers searched since the engine was made, and the time of other work in the same unit.</summary>
    private long _searches;

    /// <summary><see cref="_searches"/> at the last look at the clock.</summary>
    private long _searchesAtLook;

    /// <summary>Runs the loop until the frame at index <paramref name="entry"/> ends, or a frame of this run waits or yields.</summary>
    /// <exception cref="ScriptErrorException">An error propagated out of that frame; it and all frames above it were popped.</exception>
    /// <param name="entry">The index of the frame.</param>
    /// <param name="isCall">Whether the frame was just pushed, so that compiled code may run instead.</param>
    public LoopExit RunToExit(int entry, bool isCall = false)
    {
        LoopExit exit = TryRunToExit(entry, isCall);
        return exit != LoopExit.Failed ? exit : throw new ScriptErrorException(frames.Failure!);
    }

    /// <summary>
    /// Runs the first frame of the outermost run, until it ends. As <see cref="RunToExit"/>, for the calls of the host, each of which is a
    /// run: no step is armed, and no other run of the loop is in progress.
    /// </summary>
    /// <param name="isCall">Whether the frame was just pushed, so that compiled code may run instead.</param>
    public void RunHostCall(bool isCall)
    {
        heap.SweepIfDue(limiter);
        LoopExit exit = ExecuteOnce(protectedCount: 0, isCall);
        if (exit is not (LoopExit.Returned or LoopExit.Failed))
        {
            exit = TryRunToExit(entry: 0);
        }

        if (exit == LoopExit.Failed)
        {
            throw new ScriptErrorException(frames.Failure!);
        }
    }

    /// <summary>
    /// As <see cref="RunToExit"/>, but an error that propagated out of the frame is returned as <see cref="LoopExit.Failed"/> and stored in
    /// <see cref="FrameContext.Failure"/>. For a nested frame, an error that stays in its task is returned too, with null there.
    /// </summary>
    /// <param name="entry">The index of the frame.</param>
    /// <param name="isCall">Whether the frame was just pushed, so that compiled code may run instead.</param>
    public LoopExit TryRunToExit(int entry, bool isCall = false)
    {
        (LinkedPrototype?, Instruction[]) step = frames.Stack.Disarm();
        try
        {
            return RunLoop(entry, isCall);
        }
        finally
        {
            frames.Stack.Rearm(step);
        }
    }

    /// <summary>
    /// As <see cref="TryRunToExit"/>, for a single step that is armed. The frame at index <paramref name="entry"/> may not exist.
    /// </summary>
    /// <param name="entry">The index of the frame.</param>
    /// <param name="isCall">Whether the frame was just pushed, so that compiled code may run instead.</param>
    public LoopExit RunLoop(int entry, bool isCall = false)
    {
        int outerEntry = _entry;
        int protectedCount = frames.ProtectedCount;
        _entry = entry;
        try
        {
            while (true)
            {
                heap.SweepIfDue(limiter);
                LoopExit exit = ExecuteOnce(protectedCount, isCall);
                isCall = false;
                if (exit == LoopExit.Stepped && frames.Stack.Top >= entry)
                {
                    // In a test: the first instruction of a frame that the step has pushed was reached.
                    frames.Stack.Disarm();
                }
                else if (exit != LoopExit.Refilled)
                {
                    return exit;
                }
            }
        }
        finally
        {
            _entry = outerEntry;
        }
    }

    /// <summary>
    /// Propagates an error from the running frame outwards to the first handler of this run that handles it. All frames in between are
    /// popped.
    /// </summary>
    /// <returns>
    /// False when the error propagates out of the entry frame; it is then in <see cref="FrameContext.Failure"/>, unless it stays in the
    /// task of a nested entry frame.
    /// </returns>
    public bool Unwind(ErrorObject error)
    {
        if (frames.Stack.IsStepping && frames.Stack.Top < _entry)
        {
            // The error of a single step stays pending; it is propagated later from the place where it was raised.
            frames.Failure = error;
            return false;
        }

        if (!error.HasTrace && error.Class != ErrorClass.IteratorClose)
        {
            CaptureTrace(error);
            error = Charge(error);
        }

        if (!frames.Events.IsRecorded)
        {
            return PopToHandler(error, out _);
        }

        frames.Events.ReportRaise();
        bool goesOn = PopToHandler(error, out bool isHandled);
        frames.Events.ReportUnwound(isHandled);
        return goesOn;
    }

    /// <summary>Throws an error at the position of the frame on top.</summary>
    /// <param name="entry">The frame beyond which the error does not propagate.</param>
    /// <param name="error">The error.</param>
    /// <returns>Whether a handler handles it, so that the frame must continue.</returns>
    public bool UnwindFrom(int entry, ErrorObject error)
    {
        int outerEntry = _entry;
        _entry = entry;
        try
        {
            return Unwind(error);
        }
        finally
        {
            _entry = outerEntry;
        }
    }

    /// <summary>Records the frames from the running one outwards. A task that the event loop runs has no caller.</summary>
    public void CaptureTrace(ErrorObject error)
    {
        (TraceEntry[] entries, int omitted) = Trace();
        error.SetTrace(entries, omitted);
    }

    /// <summary>The lines of the trace that an error would have now.</summary>
    public IReadOnlyList<string> TraceTexts()
    {
        ErrorObject here = new(ErrorKinds.LimitExceeded, "");
        CaptureTrace(here);
        return [.. here.TraceLines()];
    }

    /// <summary>The frames from the running one outwards, and the number of those left out in the middle.</summary>
    public (TraceEntry[] Entries, int Omitted) Trace()
    {
        Frame[] all = frames.Stack.Frames;
        int top = frames.Stack.Top;
        int bottom = frames.Stack.TraceBottom();
        int count = top - bottom + 1;
        TraceEntry[] entries = new TraceEntry[Math.Min(count, ErrorObject.MaxTrace)];
        _searches += entries.Length * SearchesPerEntry;
        frames.PassTime(entries.Length * EntryTime);

        int most = count <= ErrorObject.MaxTrace ? count : ErrorObject.InnermostOfTrace;
        int inner = 0;
        for (; top >= bottom && inner < most; top--)
        {
            if (!all[top].Closure.Prototype.IsHidden)
            {
                entries[inner++] = EntryOf(all[top]);
            }
        }

        int outer = 0;
        for (; bottom <= top && inner + outer < entries.Length; bottom++)
        {
            if (!all[bottom].Closure.Prototype.IsHidden)
            {
                outer++;
                entries[^outer] = EntryOf(all[bottom]);
            }
        }

        if (inner + outer < entries.Length)
        {
            Array.Copy(entries, entries.Length - outer, entries, inner, outer);
            Array.Resize(ref entries, inner + outer);
        }

        return (entries, top - bottom + 1);
    }

    private static TraceEntry EntryOf(in Frame frame) => new(frame.Closure.Prototype, frame.Pc - 1);

    /// <summary>
    /// Charges an error when it is first thrown, because most C# code makes errors without a context. The errors that end a run are not
    /// charged.
    /// </summary>
    /// <returns>The error that propagates: the given one, or that of a limit.</returns>
    private ErrorObject Charge(ErrorObject error)
    {
        if (ScriptErrors.EndsRun(error))
        {
            return error;
        }

        try
        {
            frames.ChargeMemory(error.BytesOfThrow);
            return error;
        }
        catch (ScriptErrorException e)
        {
            CaptureTrace(e.Error);
            return e.Error;
        }
    }

    /// <summary>
    /// Enters the loop once, or the compiled code of a hot proc that was just called. An error from C# code is propagated to its handler,
    /// or returned as <see cref="LoopExit.Failed"/>.
    /// </summary>
    private LoopExit ExecuteOnce(int protectedCount, bool isCall)
    {
        try
        {
            if (isCall && frames.Stack.Running.Closure.Code is { Heat: < 0, Kind: not ProcKind.Generator })
            {
                return runner.CallCompiled() ? LoopExit.Returned : LoopExit.Refilled;
            }

            return frames.Stack.TrapsCallees && !frames.Stack.IsStepping ? runner.ExecuteReplaced() : runner.Execute();
        }
        catch (FailedRunException)
        {
            return LoopExit.Failed;
        }
        catch (Exception e)
        {
            // Every exception: one that is not a script error is a fault of Lyra. The host gets it like every other end of a run.
            frames.PassTime(CatchTime);
            _searches += SearchesPerCatch;

            // The builtin that threw did not call Unprotect.
            frames.UnprotectTo(protectedCount);
            return Unwind(ErrorObject.From(e) ?? runner.FaultFrom(e)) ? LoopExit.Refilled : LoopExit.Failed;
        }
    }

    /// <summary>As <see cref="Unwind"/>, without traces and reports.</summary>
    /// <param name="error">The error.</param>
    /// <param name="isHandled">Whether a handler of the frame that runs next handles it.</param>
    private bool PopToHandler(ErrorObject error, out bool isHandled)
    {
        ref FrameStack stack = ref frames.Stack;
        isHandled = true;
        bool searches = MaySearch(error);

        // Unwinding inside an iterator that this loop closes may look at the clock, too. This loop must see for itself that time is over.
        long searchesAtLook = _searchesAtLook;
        while (stack.Top >= _entry)
        {
            _searches += 1 + stack.Running.Closure.Prototype.Handlers.Length;
            if (_searches - searchesAtLook >= SearchesPerCheck)
            {
                _searchesAtLook = searchesAtLook = _searches;
                error = CheckClock(error);
                searches = MaySearch(error);
            }

            stack.Running.Closure.Code.Prototype.Counts?.NoteRaised(stack.Running.Pc - 1);
            if (searches && FindHandler(ref error))
            {
                return true;
            }

            bool wasEntry = stack.Top == _entry;
            bool wasNested = (stack.Running.Flags & FrameFlags.Nested) != 0;
            bool contained = PopFailedFrame(error);
            if (wasEntry)
            {
                frames.Failure = contained && wasNested ? null : error;
                isHandled = false;
                return false;
            }

            if (contained)
            {
                isHandled = false;
                return true;
            }
        }

        frames.Failure = error;
        isHandled = false;
        return false;
    }

    /// <summary>
    /// Whether handlers may handle an error. After a fault none runs; and none after the extra time that a limit grants to finally blocks,
    /// which would otherwise not end if each of a million short ones ran.
    /// </summary>
    private bool MaySearch(ErrorObject error) =>
        error.Class != ErrorClass.Fault && !(ScriptErrors.IsLimitOfRun(error) && limiter.IsTimeOver);

    /// <summary>
    /// Checks the clock during the search: unwinding charges no steps, but there may be a million frames with any number of handlers.
    /// </summary>
    /// <returns>The error that propagates: the given one, or that of the time limit or a cancellation.</returns>
    private ErrorObject CheckClock(ErrorObject error)
    {
        if (error.Class == ErrorClass.Fault || ScriptErrors.IsLimitOfRun(error))
        {
            return error;
        }

        try
        {
            frames.CheckClock();
            return error;
        }
        catch (ScriptErrorException e)
        {
            CaptureTrace(e.Error);
            return e.Error;
        }
    }

    /// <summary>Searches a handler in the running frame and continues the frame there.</summary>
    private bool FindHandler(ref ErrorObject error)
    {
        ref FrameStack stack = ref frames.Stack;
        HandlerInfo[] handlers = stack.Running.Closure.Prototype.Handlers;
        int pc = stack.Running.Pc - 1;
        foreach (HandlerInfo handler in handlers)
        {
            if (!handler.Covers(pc))
            {
                continue;
            }

            int position = stack.Running.Base + handler.Register;
            switch (handler.Kind)
            {
                case HandlerKind.CatchBody:
                    ScriptErrors.RecordCause(error, stack.Registers[position].Ref as ErrorObject);
                    break;
                case HandlerKind.CloseIterator:
                    error = CloseAfterError(position, error);
                    break;
                case HandlerKind.FinallyBody:
                    error = ScriptErrors.HigherPrecedence(PendingAt(position), error);
                    break;
                case HandlerKind.Catch when error.IsCatchable:
                    stack.Registers[position] = Value.FromObject(error);
                    stack.Running.Pc = handler.HandlerPc;
                    return true;
                case HandlerKind.Finally:
                    limiter.NoteEnding(error);
                    stack.Registers[position].SetInt(-1);
                    stack.Registers[position + 1] = Value.FromObject(error);
                    stack.Running.Pc = handler.HandlerPc;
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The error with which a finally block was entered; null when it was entered without one. The block's registers are at the position.
    /// </summary>
    private ErrorObject? PendingAt(int position)
    {
        Value[] registers = frames.Stack.Registers;
        return registers[position] is { IsInt: true, Bits: -1 } ? registers[position + 1].Ref as ErrorObject : null;
    }

    /// <summary>
    /// Closes the iterator of a loop that an error ends. An error of its finally blocks replaces the first, unless that has precedence.
    /// </summary>
    public ErrorObject CloseAfterError(int position, ErrorObject error)
    {
        _searches += SearchesPerClose;
        try
        {
            ElementSources.CloseIterator(frames, position);
            return error;
        }
        catch (ScriptErrorException e)
        {
            _searches += SearchesPerCatch;
            return ScriptErrors.HigherPrecedence(error, e.Error);
        }
    }

    /// <summary>Pops the running frame because of an error.</summary>
    /// <returns>Whether the error ends here, because it belongs to a task: then the caller continues.</returns>
    private bool PopFailedFrame(ErrorObject error)
    {
        FrameFlags flags = frames.Stack.Running.Flags;
        frames.Stack.Running.Closure.Code.Prototype.Counts?.NoteUnwound();
        frames.Stack.Top--;
        if ((flags & FrameFlags.Module) != 0)
        {
            modules.AbandonImport();
        }

        if ((flags & (FrameFlags.Generator | FrameFlags.Task)) == 0 || coroutines.End(flags) is not { } task)
        {
            return false;
        }

        eventLoop.Fail(task, error);
        return !ScriptErrors.EndsRun(error);
    }
}
