using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>Runs of the loop and the way of an error out of it: handlers, finally blocks, frames that end with an error, traces.</content>
internal sealed partial class Interpreter
{
    /// <summary>The index of the frame with which the innermost run of the loop began: errors of that run go no further.</summary>
    private int _entry;

    /// <summary>The error that left the innermost run.</summary>
    private ErrorObject? _failure;

    /// <summary>Runs the loop until the frame at index <paramref name="entry"/> is left, or something in this run waits or yields.</summary>
    /// <exception cref="ScriptErrorException">An error left that frame; it and all above it are gone.</exception>
    private LoopExit RunToExit(int entry)
    {
        LoopExit exit = TryRunToExit(entry);
        return exit != LoopExit.Failed ? exit : throw new ScriptErrorException(_failure!);
    }

    /// <summary>
    /// As <see cref="RunToExit"/>, but an error that left the frame is reported and in <see cref="_failure"/>; of a nested frame also one that stays in
    /// its task, with null there.
    /// </summary>
    private LoopExit TryRunToExit(int entry)
    {
        int outerEntry = _entry;
        int protectedCount = _protected.Count;
        _entry = entry;
        try
        {
            while (true)
            {
                LoopExit exit = ExecuteOnce(protectedCount);
                if (exit != LoopExit.Refilled)
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

    /// <summary>One entry of the loop; an error from C# code is brought to its handler, or reported as <see cref="LoopExit.Failed"/>.</summary>
    private LoopExit ExecuteOnce(int protectedCount)
    {
        try
        {
            return SingleStep is null ? Execute() : ExecuteSingly(SingleStep);
        }
        catch (Exception e)
        {
            // All, on purpose: what is no error of the script is a fault of Lyra, and the host is to hear of it as of every end of a run.
            PassTime(CatchTime);

            // The builtin that threw did not come to its Unprotect.
            UnprotectTo(protectedCount);
            return Unwind(ErrorFrom(e) ?? FaultFrom(e)) ? LoopExit.Refilled : LoopExit.Failed;
        }
    }

    /// <summary>The steps that take as long as it takes the CLR to throw and catch an exception, some 20 µs.</summary>
    private const int CatchTime = 2_000;

    /// <summary>What an exception of C# code raises in the script; null when it is none of the script's.</summary>
    private static ErrorObject? ErrorFrom(Exception exception) => exception switch
    {
        ScriptErrorException e => e.Error,
        OutOfMemoryException or InsufficientExecutionStackException => MemoryRefused(),
        _ => null,
    };

    /// <summary>
    /// The end of a run in which Lyra itself failed. Compiled code may be to blame: this engine enters none of it any more.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ErrorObject FaultFrom(Exception exception)
    {
        AbandonTiers();
        return new ErrorObject(ErrorKinds.InternalError, $"Lyra failed, not the script ({exception.GetType().Name}: {exception.Message}); please report it")
        {
            Class = ErrorClass.Fault,
            HostException = exception,
        };
    }

    /// <summary>The CLR refused what the limits allowed: the script is stopped like by a limit, the process goes on.</summary>
    private static ErrorObject MemoryRefused() => new(ErrorKinds.LimitExceeded, "the process has no memory left")
    {
        Class = ErrorClass.Limit,
        Limit = LimitKind.Memory,
    };

    /// <summary><c>throw</c>, and the throwing on at the end of a finally block.</summary>
    /// <returns>Whether a handler of this run takes the error.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ThrowValue(in Value value) => Unwind(ErrorOf(value));

    /// <summary>The error that throwing a value raises.</summary>
    private static ErrorObject ErrorOf(in Value value) => value.Ref switch
    {
        ErrorObject error => error,
        ScriptString text => new ErrorObject(ErrorKinds.Error, text.Text),
        _ => new ErrorObject(ErrorKinds.TypeError, $"only an error or a str can be thrown, not a value of type {Throw.TypeName(value)}"),
    };

    /// <summary>
    /// Takes an error from the running frame outwards to the first handler of this run that wants it. Frames that none holds are popped.
    /// </summary>
    /// <returns>
    /// False when the error leaves the entry frame; it is then in <see cref="_failure"/>, unless it stays in the task of a nested entry frame.
    /// </returns>
    private bool Unwind(ErrorObject error)
    {
        if (!error.HasTrace && error.Class != ErrorClass.IteratorClose)
        {
            CaptureTrace(error);
        }

        if (!_isRecording)
        {
            return PopToHandler(error, out _);
        }

        ReportRaise();
        bool goesOn = PopToHandler(error, out bool isHandled);
        ReportUnwound(isHandled);
        return goesOn;
    }

    /// <summary>As <see cref="Unwind"/>, whose traces and reports it leaves to it.</summary>
    /// <param name="error">What is thrown.</param>
    /// <param name="isHandled">Whether a handler of the frame that runs next takes it.</param>
    private bool PopToHandler(ErrorObject error, out bool isHandled)
    {
        isHandled = true;
        while (_top >= _entry)
        {
            if (error.Class != ErrorClass.Fault && FindHandler(ref error))
            {
                return true;
            }

            bool wasEntry = _top == _entry;
            bool wasNested = (_frames[_top].Flags & FrameFlags.Nested) != 0;
            bool contained = PopFailedFrame(error);
            if (wasEntry)
            {
                _failure = contained && wasNested ? null : error;
                isHandled = false;
                return false;
            }

            if (contained)
            {
                isHandled = false;
                return true;
            }
        }

        _failure = error;
        isHandled = false;
        return false;
    }

    /// <summary>Looks for a handler in the running frame and sets the frame to it.</summary>
    private bool FindHandler(ref ErrorObject error)
    {
        HandlerInfo[] handlers = _frames[_top].Closure.Prototype.Handlers;
        int pc = _frames[_top].Pc - 1;
        for (int i = 0; i < handlers.Length; i++)
        {
            HandlerInfo handler = handlers[i];
            if (!handler.Covers(pc))
            {
                continue;
            }

            int position = _frames[_top].Base + handler.Register;
            switch (handler.Kind)
            {
                case HandlerKind.CatchBody:
                    RecordCause(error, _stack[position].Ref as ErrorObject);
                    break;
                case HandlerKind.CloseIterator:
                    error = CloseAfterError(position, error);
                    break;
                case HandlerKind.FinallyBody:
                    error = Weightier(PendingAt(position), error);
                    break;
                case HandlerKind.Catch when error.IsCatchable:
                    _stack[position] = Value.FromObject(error);
                    _frames[_top].Pc = handler.HandlerPc;
                    return true;
                case HandlerKind.Finally:
                    NoteEnding(error);
                    _stack[position].SetInt(-1);
                    _stack[position + 1] = Value.FromObject(error);
                    _frames[_top].Pc = handler.HandlerPc;
                    return true;
            }
        }

        return false;
    }

    /// <summary>The caught error becomes the cause of another one that leaves its catch block; never of itself, not even at a distance.</summary>
    private static void RecordCause(ErrorObject error, ErrorObject? caught)
    {
        if (caught is null || error.Cause is not null || !error.IsCatchable)
        {
            return;
        }

        for (ErrorObject? e = caught; e is not null; e = e.Cause)
        {
            if (ReferenceEquals(e, error))
            {
                return;
            }
        }

        error.Cause = caught;
    }

    /// <summary>The error with which the finally block was entered whose registers are at a position of the stack; null when it was by none.</summary>
    private ErrorObject? PendingAt(int position) => _stack[position] is { IsInt: true, Bits: -1 } ? _stack[position + 1].Ref as ErrorObject : null;

    /// <summary>
    /// What goes on when one error arises on the way of another, in a finally block: the later one, unless a script could stop so what it must not.
    /// </summary>
    private static ErrorObject Weightier(ErrorObject? first, ErrorObject later) => first is not null && WeightOf(first) > WeightOf(later) ? first : later;

    private static int WeightOf(ErrorObject error) => error.Class switch
    {
        ErrorClass.Fault => 4,
        ErrorClass.Limit => 3,
        ErrorClass.Cancellation => error.Limit is null ? 1 : 3,
        ErrorClass.Exit => 2,
        _ => 0,
    };

    /// <summary>
    /// Closes the iterator of a loop that an error leaves; an error of its finally blocks takes the place of the first, unless that is the weightier.
    /// </summary>
    private ErrorObject CloseAfterError(int position, ErrorObject error)
    {
        try
        {
            CloseLoopIterator(position);
            return error;
        }
        catch (ScriptErrorException e)
        {
            return Weightier(error, e.Error);
        }
    }

    /// <summary>Pops the running frame, which an error leaves.</summary>
    /// <returns>Whether the error ends here, because it is that of a task: its caller goes on.</returns>
    private bool PopFailedFrame(ErrorObject error)
    {
        FrameFlags flags = _frames[_top].Flags;
        _top--;
        if ((flags & FrameFlags.Module) != 0)
        {
            _importing.RemoveAt(_importing.Count - 1);
        }

        if ((flags & (FrameFlags.Generator | FrameFlags.Task)) == 0)
        {
            return false;
        }

        GeneratorObject coroutine = PopCoroutine();
        coroutine.IsDone = true;
        if ((flags & FrameFlags.Task) == 0)
        {
            return false;
        }

        FinishTaskWithError(PopTask(), error);
        return !EndsRun(error);
    }

    /// <summary>Whether an error ends the whole run even where it arises in a task: a limit, an exit, a fault, a cancellation by the host.</summary>
    private static bool EndsRun(ErrorObject error) =>
        error.Class is ErrorClass.Limit or ErrorClass.Exit or ErrorClass.Fault || (error.Class == ErrorClass.Cancellation && error.Limit is not null);

    private GeneratorObject PopCoroutine()
    {
        GeneratorObject coroutine = _coroutines[^1];
        _coroutines.RemoveAt(_coroutines.Count - 1);
        coroutine.IsRunning = false;
        return coroutine;
    }

    private TaskObject PopTask()
    {
        TaskObject task = _tasks[^1];
        _tasks.RemoveAt(_tasks.Count - 1);
        return task;
    }

    /// <summary>Records the frames from the running one outwards; a task that the event loop runs has nothing below it.</summary>
    private void CaptureTrace(ErrorObject error)
    {
        int bottom = _top;
        while (bottom > 0 && (_frames[bottom].Flags & (FrameFlags.Task | FrameFlags.Entry)) != (FrameFlags.Task | FrameFlags.Entry))
        {
            bottom--;
        }

        int count = _top - bottom + 1;
        int inner = count <= ErrorObject.MaxTrace ? count : ErrorObject.MaxTrace / 3 * 2;
        TraceEntry[] entries = new TraceEntry[Math.Min(count, ErrorObject.MaxTrace)];
        for (int i = 0; i < entries.Length; i++)
        {
            int index = i < inner ? _top - i : bottom + (entries.Length - 1 - i);
            entries[i] = new TraceEntry(_frames[index].Closure.Prototype, _frames[index].Pc - 1);
        }

        error.SetTrace(entries, count - entries.Length);
    }

    /// <summary>A return from a frame that is more than a plain call.</summary>
    /// <returns>Whether the loop is to be left.</returns>
    private bool LeaveSpecial(in Value value)
    {
        Value result = value;
        FrameFlags flags = _frames[_top].Flags;
        int returnSlot = _frames[_top].ReturnSlot;
        _top--;
        if ((flags & (FrameFlags.Generator | FrameFlags.Task)) != 0)
        {
            GeneratorObject coroutine = PopCoroutine();
            coroutine.IsDone = true;
            if ((flags & FrameFlags.Task) != 0)
            {
                FinishTask(PopTask(), result);
            }
        }
        else if ((flags & FrameFlags.Module) != 0)
        {
            result = FinishImport();
        }

        if ((flags & (FrameFlags.Entry | FrameFlags.Task)) == FrameFlags.Entry)
        {
            _result = result;
        }

        if ((flags & (FrameFlags.Entry | FrameFlags.Discard | FrameFlags.Generator | FrameFlags.Task)) == 0)
        {
            _stack[returnSlot] = result;
        }

        if ((flags & FrameFlags.Watched) != 0)
        {
            ReportReturn();
        }

        return (flags & (FrameFlags.Entry | FrameFlags.Nested)) != 0;
    }

    private static void ThrowUsedBeforeDeclaration(string name) =>
        throw Throw.ValueError($"'{name}' is used before its declaration has run");

    private static void ThrowNoMatch(in Value value) =>
        throw Throw.Error(ErrorKinds.MatchError, $"no arm of the match fits the value, which is of type {Throw.TypeName(value)}");
}
