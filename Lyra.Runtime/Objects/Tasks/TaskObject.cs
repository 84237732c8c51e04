using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>The state of a task.</summary>
internal enum TaskState : byte
{
    /// <summary>Queued or suspended.</summary>
    Pending,

    /// <summary>Its frame is on the stack.</summary>
    Running,

    /// <summary>It has a result.</summary>
    Finished,

    /// <summary>It has an error.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>What happens when a task that another one waits for is finished.</summary>
/// <param name="waiter">The task that waits.</param>
/// <param name="finished">The finished one.</param>
internal delegate void TaskContinuation(TaskObject waiter, TaskObject finished);

/// <summary>A task: an async call, a spawned call, a timer, a channel operation or a task of the host.</summary>
internal sealed class TaskObject(string name) : OwnedObject
{
    /// <summary>Bytes that a task takes: 96 itself, the others for its places in the queues of the event loop.</summary>
    public const long Bytes = 128;

    /// <summary>Bytes of a continuation: the delegate, what it captures, and its entry in a list that grows by doubling.</summary>
    public const long ContinuationBytes = 160;

    /// <summary>Bytes of what a group does when it is cancelled.</summary>
    public const long CancellationBytes = 128;

    /// <summary>The task's name in reports.</summary>
    public readonly string Name = name;

    public TaskState State;

    /// <summary>Whether its entry in the ready queue represents the top level of a run, which waits for a task.</summary>
    public bool IsTopLevel;

    /// <summary>The result of a finished task, the error of one that failed, or the members of a group that is neither.</summary>
    public Value Result;

    /// <summary>The task that this one waits for, if any. Cancelling this task cancels it too.</summary>
    public TaskObject? WaitsFor;

    /// <summary>
    /// Whether a receive found its channel closed and empty. A loop over the channel uses it to distinguish the end from a nil that was
    /// sent.
    /// </summary>
    public bool IsEndOfChannel;

    /// <summary>Set by cancel: the task ends at its current or next await.</summary>
    public bool IsCancelRequested;

    /// <summary>Whether the task was awaited, so that its error has been seen.</summary>
    public bool IsObserved;

    /// <summary>Its frame or its call: a task has at most one of them.</summary>
    private object? _work;

    /// <summary>The first task that waits for this one; most tasks have no other.</summary>
    private TaskObject? _waiter;

    /// <summary>What happens for <see cref="_waiter"/> when this task is finished.</summary>
    private TaskContinuation? _continuation;

    /// <summary>What few tasks have; null for the others.</summary>
    private Extras? _extras;

    /// <summary>The error of a task that failed; set it before the state.</summary>
    public ErrorObject? Error
    {
        get => State == TaskState.Failed ? (ErrorObject)Result.Ref! : null;
        set => Result = Value.FromObject(value);
    }

    /// <summary>The suspended frame, for a task that runs script code.</summary>
    public GeneratorObject? Frame
    {
        get => _work as GeneratorObject;
        set => _work = value;
    }

    /// <summary>For a spawned call of anything but an async proc: the callee and arguments, called when the task's turn comes.</summary>
    public SpawnedCall? Call
    {
        get => _work as SpawnedCall;
        set => _work = value;
    }

    /// <summary>Notifies a group that its result is no longer needed; null when there is nothing to notify.</summary>
    public Action? OnCancel
    {
        get => _extras?.OnCancel;
        set => (_extras ??= new Extras()).OnCancel = value;
    }

    public bool IsDone => State is TaskState.Finished or TaskState.Failed or TaskState.Cancelled;

    public override ValueKind Kind => ValueKind.Task;

    public override long OwnBytes => Bytes + (OnCancel is null ? 0 : CancellationBytes) + ArgumentBytes(Call?.Arguments.Length ?? 0)
        + (ContinuationBytes * ((_waiter is null ? 0 : 1) + (_extras?.Waiters?.Count ?? 0)));

    /// <summary>The task for the frame of an async proc, which is made here if it does not exist yet.</summary>
    public static TaskObject Of(GeneratorObject coroutine) =>
        coroutine.Task ??= new TaskObject(coroutine.Closure.Prototype.Name) { Frame = coroutine };

    /// <summary>
    /// A queued call of a proc with complete arguments; for a generator a finished task, because making the iterator runs no script code.
    /// The caller has charged <see cref="SpawnBytes"/>.
    /// </summary>
    public static TaskObject Spawned(ScriptContext context, Closure closure, ReadOnlySpan<Value> arguments)
    {
        bool isGenerator = closure.Code.Kind == ProcKind.Generator;
        GeneratorObject coroutine = isGenerator ? GeneratorObject.New(context, closure) : context.TaskFrames.Take(closure);
        arguments.CopyTo(coroutine.Registers);
        return isGenerator ? Finished(closure.Prototype.Name, Value.FromObject(coroutine)) : Of(coroutine);
    }

    /// <summary>The bytes of a spawned call of a proc: its frame and its task.</summary>
    public static long SpawnBytes(LinkedPrototype code) => GeneratorObject.BytesFor(code.RegisterCount) + Bytes;

    /// <summary>A finished task, which the caller has charged.</summary>
    public static TaskObject Finished(string name, in Value result) => new(name) { State = TaskState.Finished, Result = result };

    /// <summary>The bytes of a spawned call's arguments while it waits for its turn.</summary>
    public static long ArgumentBytes(int arguments) => 16L * arguments;

    /// <summary>Adds what the event loop's thread does when the task finishes.</summary>
    public void Add(TaskObject waiter, TaskContinuation continuation)
    {
        if (_waiter is null)
        {
            _waiter = waiter;
            _continuation = continuation;
            return;
        }

        _extras ??= new Extras();
        (_extras.Waiters ??= []).Add((waiter, continuation));
    }

    /// <summary>
    /// Forgets what only an unfinished task has, then runs what was added, in the order of the additions. Its state is set already.
    /// </summary>
    public void RunContinuations()
    {
        List<(TaskObject Waiter, TaskContinuation Action)>? others = _extras?.Waiters;
        _work = null;
        WaitsFor = null;
        _extras = null;
        if (_waiter is not { } waiter)
        {
            return;
        }

        TaskContinuation action = _continuation!;
        _waiter = null;
        _continuation = null;
        action(waiter, this);
        if (others is null)
        {
            return;
        }

        foreach ((TaskObject next, TaskContinuation continuation) in others)
        {
            continuation(next, this);
        }
    }

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(Result);
        visitor.Visit(Frame);
        visitor.Visit(WaitsFor);
        if (Call is { } call)
        {
            visitor.Visit(call.Callee);
            visitor.Visit(call.Arguments.AsSpan());
        }

        visitor.Visit(_waiter);
        if (_extras?.Waiters is not { } others)
        {
            return;
        }

        foreach ((TaskObject waiter, _) in others)
        {
            visitor.Visit(waiter);
        }
    }

    /// <summary>The further tasks that wait for a task, and what a group does when it is cancelled.</summary>
    private sealed class Extras
    {
        public List<(TaskObject Waiter, TaskContinuation Action)>? Waiters;

        public Action? OnCancel;
    }
}
