using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Await, spawn, and the resumption of suspended tasks, for the loop and the event loop.</summary>
internal sealed class TaskRunner
{
    private readonly FrameContext _frames;
    private readonly CoroutineStack _coroutines;
    private readonly CallBinder _binder;
    private readonly Unwinder _unwinder;
    private readonly TaskContinuation _follow;
    private readonly TaskContinuation _enqueue;

    public TaskRunner(FrameContext frames, EventLoop loop, CoroutineStack coroutines, CallBinder binder, Unwinder unwinder)
    {
        _frames = frames;
        Loop = loop;
        _coroutines = coroutines;
        _binder = binder;
        _unwinder = unwinder;
        _follow = Follow;
        _enqueue = (main, _) => Loop.Enqueue(main);
    }

    /// <summary>Represents the top level that waits for a task in the ready queue; one per run, null outside of runs.</summary>
    public TaskObject? MainTask { get; set; }

    /// <summary>The queues of the tasks.</summary>
    public EventLoop Loop { get; }

    /// <summary>The result of a finished task.</summary>
    /// <exception cref="ScriptErrorException">It failed or was cancelled.</exception>
    public static Value ResultOf(TaskObject task) => task.State switch
    {
        TaskState.Finished => task.Result,
        TaskState.Failed => throw new ScriptErrorException(task.Error!),
        _ => throw Throw.Error(ErrorKinds.Cancelled, $"the awaited task {task.Name} was cancelled"),
    };

    /// <summary>The instruction <c>await</c> of the running frame. The target is one of its registers.</summary>
    public Advance Await(int target, in Value awaited)
    {
        Value value = awaited;
        if (value.Ref is TaskObject task)
        {
            task.IsObserved = true;
            if (!task.IsDone)
            {
                return SuspendFor(task);
            }

            value = ResultOf(task);
        }

        _frames.Stack.Registers[_frames.Stack.Running.Base + target].Assign(value);
        return Advance.Value;
    }

    /// <summary>
    /// Suspends the running frame until a task is finished; the instruction is then executed again. A task's frame is popped. The top level
    /// of a module stays on the stack, and the run continues with other tasks above it.
    /// </summary>
    public Advance SuspendFor(TaskObject awaited)
    {
        _frames.ChargeMemory(TaskObject.ContinuationBytes);
        ref Frame frame = ref _frames.Stack.Running;
        FrameFlags flags = frame.Flags;
        if ((flags & FrameFlags.Task) == 0)
        {
            if (frame.Closure.Code.Kind != ProcKind.Module || MainTask is not { } main)
            {
                throw Throw.TypeError("an unfinished task can only be awaited in an async proc or at the top level");
            }

            frame.Pc--;
            Loop.WhenFinished(awaited, main, _enqueue);
            return Advance.Waiting;
        }

        TaskObject self = _coroutines.CurrentTask;
        if (self.IsCancelRequested)
        {
            throw new ScriptErrorException(ScriptErrors.TaskCancellation());
        }

        _coroutines.Suspend(frame.Pc - 1);
        _coroutines.PopTask();
        Loop.Suspend(self, awaited);
        return (flags & (FrameFlags.Entry | FrameFlags.Nested)) != 0 ? Advance.Waiting : Advance.FramePushed;
    }

    /// <summary>The instruction <c>spawn</c>, whose callee and arguments are in the registers from <paramref name="window"/> on.</summary>
    public void Spawn(int window, CallDescriptor descriptor, int count)
    {
        TaskObject task = IsComplete(window, descriptor, count)
            ? SpawnClosure((Closure)_frames.Stack.Registers[window].Ref!, _frames.Stack.Registers.AsSpan(window + 1, count))
            : SpawnBound(window, descriptor, count);
        if (!task.IsDone)
        {
            Loop.Enqueue(task);
        }

        _frames.Stack.Registers[window] = Value.FromObject(task);
    }

    /// <summary>A new task for the frame of an async proc.</summary>
    public TaskObject NewTask(GeneratorObject coroutine)
    {
        _frames.ChargeMemory(TaskObject.Bytes);
        return TaskObject.Of(coroutine);
    }

    /// <summary>Runs a ready task. Its errors become its result, except those that end the run.</summary>
    /// <exception cref="ScriptErrorException">A limit was exceeded, the host cancelled, or the script exits.</exception>
    public void Run(TaskObject task)
    {
        if (task.IsDone)
        {
            return;
        }

        try
        {
            if (task.Call is { } call)
            {
                RunSpawnedCall(task, call.Callee, call.Arguments);
                return;
            }

            Resume(task);
        }
        catch (ScriptErrorException e) when (!ScriptErrors.EndsRun(e.Error))
        {
            // The error is the task's result: raised where the task is awaited, or else at the end of the run.
            Loop.Fail(task, e.Error);
        }
    }

    /// <summary>
    /// Throws an error at the await (or for over a channel or an async sequence) that the frame on top would execute again. The sequence is
    /// closed: the handlers of the loop cover its body only.
    /// </summary>
    /// <returns>Whether a handler handles it, so that the frame must continue.</returns>
    public bool RaiseAtAwait(int entry, ErrorObject error)
    {
        ref Frame frame = ref _frames.Stack.Running;
        Instruction awaiting = frame.Closure.Prototype.Code[frame.Pc++];
        int position = frame.Base + awaiting.A;
        if (awaiting.Op is Opcode.ForEach or Opcode.ForEachPair && _frames.Stack.Registers[position].Ref is HostAsyncSequence)
        {
            error = _unwinder.CloseAfterError(position, error);
        }

        return _unwinder.UnwindFrom(entry, error);
    }

    /// <summary>Whether the arguments are those of the proc, in its order: then the spawn needs no list of them.</summary>
    private bool IsComplete(int window, CallDescriptor descriptor, int count) =>
        !descriptor.HasSpread && descriptor.Names.Length == 0
        && _frames.Stack.Registers[window].Ref is Closure closure && closure.Code.CompleteCount == count;

    private TaskObject SpawnBound(int window, CallDescriptor descriptor, int count)
    {
        (Value target, Value[] arguments) = _binder.Bind(window, descriptor, count);
        return target.Ref is Closure closure ? SpawnClosure(closure, arguments) : SpawnNative((NativeProc)target.Ref!, arguments);
    }

    private TaskObject SpawnClosure(Closure closure, ReadOnlySpan<Value> arguments)
    {
        _frames.ChargeMemory(TaskObject.SpawnBytes(closure.Code));
        return TaskObject.Spawned(_frames, closure, arguments);
    }

    private TaskObject SpawnNative(NativeProc native, Value[] arguments)
    {
        _frames.ChargeMemory(TaskObject.Bytes + TaskObject.ArgumentBytes(arguments.Length));
        return new TaskObject(native.Intrinsic.Name) { Call = new SpawnedCall(Value.FromObject(native), arguments) };
    }

    private void RunSpawnedCall(TaskObject task, in Value callee, Value[] arguments)
    {
        task.State = TaskState.Running;
        task.Call = null;
        Value result = _frames.Invoke(callee, arguments);
        if (result.Ref is TaskObject inner)
        {
            inner.IsObserved = true;
            _frames.ChargeMemory(TaskObject.ContinuationBytes);
            task.State = TaskState.Pending;
            task.WaitsFor = inner;
            Loop.WhenFinished(inner, task, _follow);
            return;
        }

        Loop.Complete(task, result);
    }

    /// <summary>A spawned call returned a task: the outer task ends in the same way as this one.</summary>
    private void Follow(TaskObject task, TaskObject inner)
    {
        if (inner.State == TaskState.Finished)
        {
            Loop.Complete(task, inner.Result);
            return;
        }

        Loop.Fail(task, inner.Error ?? ScriptErrors.TaskCancellation());
    }

    private void Resume(TaskObject task)
    {
        _coroutines.Resume(task.Frame!, FrameFlags.Task | FrameFlags.Entry);
        int entry = _frames.Stack.Top;
        task.WaitsFor = null;
        _coroutines.PushTask(task);
        bool isCancelled = task.IsCancelRequested;
        if (!isCancelled || RaiseAtAwait(entry, ScriptErrors.TaskCancellation()))
        {
            // A handler of the cancellation is not a place at which compiled code resumes.
            _unwinder.RunToExit(entry, isCall: !isCancelled);
        }
    }
}
