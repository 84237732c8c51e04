using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>Tasks: await, spawn, and how a suspended task comes back onto the stack.</content>
internal sealed partial class Interpreter
{
    /// <summary>The event loop, for the embedding API.</summary>
    public EventLoop EventLoop => _eventLoop;

    private Advance AwaitTask(int target, in Value awaited)
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

        _stack[_frames[_top].Base + target].Assign(value);
        return Advance.Value;
    }

    private static Value ResultOf(TaskObject task) => task.State switch
    {
        TaskState.Finished => task.Result,
        TaskState.Failed => throw new ScriptErrorException(task.Error!),
        _ => throw Throw.Error(ErrorKinds.Cancelled, $"the awaited task {task.Name} was cancelled"),
    };

    /// <summary>
    /// Suspends what runs until a task is finished; the instruction is then executed again. A task's frame leaves the stack; the top level of a
    /// module stays where it is, and the run goes on with other tasks above it.
    /// </summary>
    private Advance SuspendFor(TaskObject awaited)
    {
        FrameFlags flags = _frames[_top].Flags;
        if ((flags & FrameFlags.Task) == 0)
        {
            if (_frames[_top].Closure.Code.Kind != ProcKind.Module || _mainTask is not { } main)
            {
                throw Throw.TypeError("a task that is not finished can be awaited in an async proc or at the top level only");
            }

            _frames[_top].Pc--;
            _eventLoop.WhenFinished(awaited, main, _ => _eventLoop.Enqueue(main));
            return Advance.Waiting;
        }

        TaskObject self = _tasks[^1];
        if (self.IsCancelRequested)
        {
            throw new ScriptErrorException(TaskCancellation());
        }

        SuspendTop(_frames[_top].Pc - 1);
        PopTask();
        self.State = TaskState.Pending;
        self.WaitsFor = awaited;
        _eventLoop.WhenFinished(awaited, self, _ => Requeue(self, awaited));
        return (flags & (FrameFlags.Entry | FrameFlags.Nested)) != 0 ? Advance.Waiting : Advance.FramePushed;
    }

    /// <summary>Queues a task whose awaited one is finished, unless it was cancelled meanwhile and is queued already.</summary>
    private void Requeue(TaskObject task, TaskObject awaited)
    {
        if (!task.IsDone && !task.IsCancelRequested && ReferenceEquals(task.WaitsFor, awaited))
        {
            _eventLoop.Enqueue(task);
        }
    }

    private static ErrorObject TaskCancellation() => new(ErrorKinds.Cancelled, "the task was cancelled") { Class = ErrorClass.Cancellation };

    private void FinishTask(TaskObject task, in Value result) => _eventLoop.Complete(task, result);

    private void FinishTaskWithError(TaskObject task, ErrorObject error) => _eventLoop.Fail(task, error);

    private void Spawn(int window, CallDescriptor descriptor, int count)
    {
        (Value target, Value[] arguments) = BindDescriptor(window, descriptor, count);
        TaskObject task = target.Ref is Closure closure ? SpawnClosure(closure, arguments) : SpawnNative((NativeProc)target.Ref!, arguments);
        if (!task.IsDone)
        {
            _eventLoop.Enqueue(task);
        }

        _stack[window] = Value.FromObject(task);
    }

    /// <summary>A queued task for a script proc; for a generator a finished one, because making its iterator runs nothing.</summary>
    private TaskObject SpawnClosure(Closure closure, Value[] arguments)
    {
        ChargeMemory(72 + (16L * closure.Code.RegisterCount));
        Value[] registers = new Value[closure.Code.RegisterCount];
        arguments.CopyTo(registers, 0);
        GeneratorObject coroutine = new(closure, registers);
        if (closure.Code.Kind != ProcKind.Generator)
        {
            return NewTask(coroutine);
        }

        TaskObject task = _eventLoop.CreatePending(closure.Prototype.Name);
        _eventLoop.Complete(task, Value.FromObject(coroutine));
        return task;
    }

    private TaskObject SpawnNative(NativeProc native, Value[] arguments)
    {
        ChargeMemory(104 + (16L * arguments.Length));
        return new TaskObject(native.Intrinsic.Name) { Call = (Value.FromObject(native), arguments) };
    }

    /// <summary>Gives a ready task its turn. Its errors stay in it, except those that end the run.</summary>
    /// <exception cref="ScriptErrorException">A limit was passed, the host cancelled, or the script exits.</exception>
    private void RunTask(TaskObject task)
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

            ResumeTask(task);
        }
        catch (ScriptErrorException e) when (!EndsRun(e.Error))
        {
            // It is the task's result; whoever awaits the task hears of it, else the end of the run does.
            _eventLoop.Fail(task, e.Error);
        }
    }

    private void RunSpawnedCall(TaskObject task, in Value callee, Value[] arguments)
    {
        task.State = TaskState.Running;
        task.Call = null;
        Value result = Invoke(callee, arguments);
        if (result.Ref is TaskObject inner)
        {
            inner.IsObserved = true;
            task.State = TaskState.Pending;
            task.WaitsFor = inner;
            _eventLoop.WhenFinished(inner, task, done => Follow(task, done));
            return;
        }

        _eventLoop.Complete(task, result);
    }

    /// <summary>A spawned call gave a task of its own: the outer one ends as the inner one does.</summary>
    private void Follow(TaskObject task, TaskObject inner)
    {
        if (inner.State == TaskState.Finished)
        {
            _eventLoop.Complete(task, inner.Result);
            return;
        }

        _eventLoop.Fail(task, inner.Error ?? TaskCancellation());
    }

    private void ResumeTask(TaskObject task)
    {
        GeneratorObject coroutine = task.Frame!;
        PushGenerator(coroutine, FrameFlags.Task | FrameFlags.Entry);
        int entry = _top;
        task.State = TaskState.Running;
        task.WaitsFor = null;
        _tasks.Add(task);
        if (task.IsCancelRequested && !RaiseAtAwait(entry, TaskCancellation()))
        {
            return;
        }

        RunToExit(entry);
    }

    /// <summary>Throws an error at the await (or for over a channel) that the frame on top would execute again.</summary>
    /// <returns>Whether a handler took it, so that the frame is to be run on.</returns>
    private bool RaiseAtAwait(int entry, ErrorObject error)
    {
        _frames[_top].Pc++;
        return UnwindFrom(entry, error);
    }

    /// <summary>Throws an error at where the frame on top stands.</summary>
    /// <returns>Whether a handler took it, so that the frame is to be run on.</returns>
    private bool UnwindFrom(int entry, ErrorObject error)
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

    private Advance AdvanceChannel(ChannelObject channel, int position, bool isPair)
    {
        TaskObject receive = _stack[position + 2].Ref as TaskObject ?? channel.Receive(this);
        receive.IsObserved = true;
        if (!receive.IsDone)
        {
            _stack[position + 2] = Value.FromObject(receive);
            return SuspendFor(receive);
        }

        _stack[position + 2].SetInt(0);
        if (receive.IsEndOfChannel)
        {
            return Advance.End;
        }

        Value value = ResultOf(receive);
        long index = ++_stack[position + 1].Bits;
        StoreElement(position, isPair, Value.FromInt(index), value, false);
        return Advance.Value;
    }
}
