using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>Where a task stands.</summary>
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

/// <summary>A task: an async call, a spawned call, a timer, a channel operation or a task of the host.</summary>
internal sealed class TaskObject(string name) : ScriptObject
{
    /// <summary>Names it in reports.</summary>
    public readonly string Name = name;

    public TaskState State;

    /// <summary>Whether it stands in the ready queue for the top level of a run, which waits for a task.</summary>
    public bool IsTopLevel;

    public Value Result;

    public ErrorObject? Error;

    /// <summary>The suspended frame, for a task that runs script code.</summary>
    public GeneratorObject? Frame;

    /// <summary>The task that this one waits for, if any: cancelling ends it too.</summary>
    public TaskObject? WaitsFor;

    /// <summary>For a receive that found its channel closed and empty, so that a loop over the channel can tell the end from a nil that was sent.</summary>
    public bool IsEndOfChannel;

    /// <summary>Set by cancel: the task is to end at the await where it stands, or at its next one.</summary>
    public bool IsCancelRequested;

    /// <summary>For a spawned call of anything but an async proc: what is called once the task's turn comes, and its arguments.</summary>
    public (Value Callee, Value[] Arguments)? Call;

    /// <summary>Whether anyone has awaited it, so that its error was heard of.</summary>
    public bool IsObserved;

    /// <summary>Run on the event loop's thread when it finishes, each with the task that goes on then.</summary>
    public List<(TaskObject Waiter, Action<TaskObject> Action)>? Continuations;

    /// <summary>Tells a timer or host task that nobody wants it any more; null when there is nothing to tell.</summary>
    public Action? OnCancel;

    public bool IsDone => State >= TaskState.Finished;

    public override ValueKind Kind => ValueKind.Task;

    public override string TypeName => "task";

    public override long OwnBytes => 104;

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

        if (Continuations is null)
        {
            return;
        }

        foreach ((TaskObject waiter, _) in Continuations)
        {
            visitor.Visit(waiter);
        }
    }
}
