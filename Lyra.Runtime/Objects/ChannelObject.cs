using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A channel between tasks (language.md §12 "Tasks"): up to <c>capacity</c> values wait in it; beyond that a send is a task that finishes
/// when its value has found a receiver or room. Values are received in the order of their sends, whatever closes in between. Receivers are
/// served in the order they came. Used by the engine's thread only.
/// </summary>
internal sealed class ChannelObject(int capacity) : ScriptObject
{
    /// <summary>What a queued value or task costs, its part of the queue's array included.</summary>
    private const int EntryBytes = 48;

    private readonly Queue<Value> _values = new();
    private readonly Queue<(TaskObject Task, Value Value)> _senders = new();
    private readonly Queue<TaskObject> _receivers = new();

    public int Capacity { get; } = capacity;

    public bool IsClosed { get; private set; }

    /// <summary>Values that a receive would find at once.</summary>
    public int Count => _values.Count + _senders.Count;

    public override ValueKind Kind => ValueKind.Channel;

    public override string TypeName => "channel";

    public override long OwnBytes => 200 + (EntryBytes * ((long)_values.Count + _senders.Count + _receivers.Count));

    /// <summary>A task that is finished at once where somebody waits for a value or there is room.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the channel is closed.</exception>
    public TaskObject Send(ScriptContext context, in Value value)
    {
        if (IsClosed)
        {
            throw Throw.ValueError("send: the channel is closed");
        }

        if (TryTakeReceiver(out TaskObject? receiver))
        {
            context.Tasks.Complete(receiver, value);
            return Finished(context, "send", Value.Nil);
        }

        context.ChargeMemory(EntryBytes);
        if (_values.Count < Capacity)
        {
            _values.Enqueue(value);
            return Finished(context, "send", Value.Nil);
        }

        TaskObject sender = context.Tasks.CreatePending("send");
        _senders.Enqueue((sender, value));
        return sender;
    }

    /// <summary>A task for the next value; of a closed empty channel, for nil.</summary>
    public TaskObject Receive(ScriptContext context)
    {
        if (TryTake(context, out Value value))
        {
            return Finished(context, "recv", value);
        }

        if (IsClosed)
        {
            TaskObject end = Finished(context, "recv", Value.Nil);
            end.IsEndOfChannel = true;
            return end;
        }

        context.ChargeMemory(EntryBytes);
        TaskObject receiver = context.Tasks.CreatePending("recv");
        _receivers.Enqueue(receiver);
        return receiver;
    }

    /// <summary>No further value may be sent; those sent before still arrive. Whoever waits for one that can't come gets nil.</summary>
    public void Close(ScriptContext context)
    {
        IsClosed = true;
        while (TryTakeReceiver(out TaskObject? receiver))
        {
            receiver.IsEndOfChannel = true;
            context.Tasks.Complete(receiver, Value.Nil);
        }
    }

    /// <summary>Takes the next value if there is one; a sender that waited for the room is served.</summary>
    public bool TryTake(ScriptContext context, out Value value)
    {
        if (_values.TryDequeue(out value))
        {
            if (TryTakeSender(out (TaskObject Task, Value Value) next))
            {
                _values.Enqueue(next.Value);
                context.Tasks.Complete(next.Task, Value.Nil);
            }

            return true;
        }

        if (!TryTakeSender(out (TaskObject Task, Value Value) sender))
        {
            return false;
        }

        value = sender.Value;
        context.Tasks.Complete(sender.Task, Value.Nil);
        return true;
    }

    /// <summary>The values that wait, in the order in which they will be received, without those of senders that were cancelled.</summary>
    public IEnumerable<Value> Waiting()
    {
        foreach (Value value in _values)
        {
            yield return value;
        }

        foreach ((TaskObject task, Value value) in _senders)
        {
            if (!task.IsDone)
            {
                yield return value;
            }
        }
    }

    public override void VisitReferences(HeapVisitor visitor)
    {
        foreach (Value value in _values)
        {
            visitor.Visit(value);
        }

        foreach ((TaskObject task, Value value) in _senders)
        {
            visitor.Visit(task);
            visitor.Visit(value);
        }

        foreach (TaskObject receiver in _receivers)
        {
            visitor.Visit(receiver);
        }
    }

    private static TaskObject Finished(ScriptContext context, string name, in Value result)
    {
        TaskObject task = new(name) { State = TaskState.Finished, Result = result };
        context.ChargeMemory(task.OwnBytes);
        return task;
    }

    /// <summary>A cancelled task stays in its queue until its turn comes, and is passed over then.</summary>
    private bool TryTakeReceiver([NotNullWhen(true)] out TaskObject? receiver)
    {
        while (_receivers.TryDequeue(out receiver))
        {
            if (!receiver.IsDone)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryTakeSender(out (TaskObject Task, Value Value) sender)
    {
        while (_senders.TryDequeue(out sender))
        {
            if (!sender.Task.IsDone)
            {
                return true;
            }
        }

        return false;
    }
}
