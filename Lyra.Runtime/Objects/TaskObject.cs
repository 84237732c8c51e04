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
    /// <summary>Bytes that a task takes: 136 itself, the others for its places in the queues of the event loop.</summary>
    public const long Bytes = 168;

    /// <summary>Bytes of a continuation: the delegate, what it captures, and its entry in a list that grows by doubling.</summary>
    public const long ContinuationBytes = 160;

    /// <summary>The task's name in reports.</summary>
    public readonly string Name = name;

    public TaskState State;

    /// <summary>Whether its entry in the ready queue represents the top level of a run, which waits for a task.</summary>
    public bool IsTopLevel;

    public Value Result;

    public ErrorObject? Error;

    /// <summary>The suspended frame, for a task that runs script code.</summary>
    public GeneratorObject? Frame;

    /// <summary>The task that this one waits for, if any. Cancelling this task cancels it too.</summary>
    public TaskObject? WaitsFor;

    /// <summary>
    /// Whether a receive found its channel closed and empty. A loop over the channel uses it to distinguish the end from a nil that was
    /// sent.
    /// </summary>
    public bool IsEndOfChannel;

    /// <summary>Set by cancel: the task ends at its current or next await.</summary>
    public bool IsCancelRequested;

    /// <summary>For a spawned call of anything but an async proc: the callee and arguments, called when the task's turn comes.</summary>
    public (Value Callee, Value[] Arguments)? Call;

    /// <summary>Whether the task was awaited, so that its error has been seen.</summary>
    public bool IsObserved;

    /// <summary>The first task that waits for this one and what happens when this one is finished; most tasks have no other.</summary>
    private (TaskObject Waiter, TaskContinuation Action)? _first;

    private List<(TaskObject Waiter, TaskContinuation Action)>? _others;

    /// <summary>Notifies a timer or host task that its result is no longer needed; null when there is nothing to notify.</summary>
    public Action? OnCancel;

    public bool IsDone => State is TaskState.Finished or TaskState.Failed or TaskState.Cancelled;

    public override ValueKind Kind => ValueKind.Task;

    public override string TypeName => "task";

    public override long OwnBytes =>
        Bytes + ArgumentBytes(Call?.Arguments.Length ?? 0) + (ContinuationBytes * ((_first is null ? 0 : 1) + (_others?.Count ?? 0)));

    /// <summary>The task for the frame of an async proc, which is made here if it does not exist yet.</summary>
    public static TaskObject Of(GeneratorObject coroutine) =>
        coroutine.Task ??= new TaskObject(coroutine.Closure.Prototype.Name) { Frame = coroutine };

    /// <summary>
    /// A queued call of a proc with complete arguments; for a generator a finished task, because making the iterator runs no script code.
    /// The caller has charged <see cref="SpawnBytes"/>.
    /// </summary>
    public static TaskObject Spawned(Closure closure, ReadOnlySpan<Value> arguments)
    {
        Value[] registers = new Value[closure.Code.RegisterCount];
        arguments.CopyTo(registers);
        GeneratorObject coroutine = new(closure, registers);
        return closure.Code.Kind == ProcKind.Generator
            ? Finished(closure.Prototype.Name, Value.FromObject(coroutine))
            : Of(coroutine);
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
        if (_first is null)
        {
            _first = (waiter, continuation);
        }
        else
        {
            (_others ??= []).Add((waiter, continuation));
        }
    }

    /// <summary>Runs and forgets what was added, in the order of the additions.</summary>
    public void RunContinuations()
    {
        if (_first is not var (waiter, action))
        {
            return;
        }

        List<(TaskObject Waiter, TaskContinuation Action)>? others = _others;
        _first = null;
        _others = null;
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
        visitor.Visit(Error);
        visitor.Visit(Frame);
        visitor.Visit(WaitsFor);
        if (Call is { } call)
        {
            visitor.Visit(call.Callee);
            visitor.Visit(call.Arguments.AsSpan());
        }

        visitor.Visit(_first?.Waiter);
        if (_others is null)
        {
            return;
        }

        foreach ((TaskObject waiter, _) in _others)
        {
            visitor.Visit(waiter);
        }
    }
}
