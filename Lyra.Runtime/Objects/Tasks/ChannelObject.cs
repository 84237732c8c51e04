using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A channel between tasks (language.md §9 "Channels"). It buffers up to <c>capacity</c> values. When it is full, a send returns a task
/// that finishes when a receiver takes the value or the buffer has space for it. Values are received in the order of their sends, even
/// if the channel is closed in between. Receivers are served in the order of their receives. Only the engine's thread uses it.
/// </summary>
internal sealed class ChannelObject(int capacity) : OwnedObject
{
    /// <summary>The bytes of a queued value or task, including its part of the queue's array.</summary>
    private const int EntryBytes = 48;

    private const long ObjectBytes = 264;

    private readonly Queue<Value> _values = new();
    private readonly Queue<(TaskObject Task, Value Value)> _senders = new();
    private readonly Queue<TaskObject> _receivers = new();

    public int Capacity { get; } = capacity;

    public bool IsClosed { get; private set; }

    /// <summary>The number of values that can be received at once.</summary>
    public int Count => _values.Count + _senders.Count;

    public override ValueKind Kind => ValueKind.Channel;

    /// <summary>Includes the capacity of the queues, which a channel keeps when it is emptied.</summary>
    public override long OwnBytes => ObjectBytes + (16L * _values.Capacity) + (24L * _senders.Capacity) + (8L * _receivers.Capacity);

    /// <summary>Returns the task of a send. It is finished at once when a receiver waits or the buffer has space.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the channel is closed.</exception>
    public TaskObject Send(ScriptContext context, in Value value)
    {
        if (IsClosed)
        {
            throw Throw.ValueError("send: the channel is closed");
        }

        if (CanBuffer())
        {
            SendNow(context, value);
            return TaskObject.Finished("send", Value.Nil);
        }

        context.ChargeMemory(EntryBytes);
        TaskObject sender = context.Tasks.CreatePending("send");
        _senders.Enqueue((sender, value));
        return sender;
    }

    /// <summary>
    /// Sends a value to a channel that is open and has room, and charges as <see cref="Send"/>, which makes a finished task.
    /// </summary>
    public void SendNow(ScriptContext context, in Value value)
    {
        if (TryTakeReceiver(out TaskObject? receiver))
        {
            context.Tasks.Complete(receiver, value);
        }
        else
        {
            context.ChargeMemory(EntryBytes);
            _values.Enqueue(value);
        }

        context.ChargeMemory(TaskObject.Bytes);
    }

    /// <summary>Returns a task for the next value; for nil when the channel is closed and empty.</summary>
    public TaskObject Receive(ScriptContext context)
    {
        if (TryPeek(out _))
        {
            return TaskObject.Finished("recv", ReceiveNow(context));
        }

        if (IsClosed)
        {
            context.ChargeMemory(TaskObject.Bytes);
            TaskObject end = TaskObject.Finished("recv", Value.Nil);
            end.IsEndOfChannel = true;
            return end;
        }

        context.ChargeMemory(EntryBytes);
        TaskObject receiver = context.Tasks.CreatePending("recv");
        _receivers.Enqueue(receiver);
        return receiver;
    }

    /// <summary>Ends sending; values sent before still arrive. Receivers for which no value is left get nil.</summary>
    public void Close(ScriptContext context)
    {
        IsClosed = true;
        while (TryTakeReceiver(out TaskObject? receiver))
        {
            receiver.IsEndOfChannel = true;
            context.Tasks.Complete(receiver, Value.Nil);
        }
    }

    /// <summary>The value that a receive would give at once; false when there is none. Cancelled senders are forgotten.</summary>
    public bool TryPeek(out Value value)
    {
        if (_values.TryPeek(out value))
        {
            return true;
        }

        while (_senders.TryPeek(out (TaskObject Task, Value Value) sender))
        {
            if (!sender.Task.IsDone)
            {
                value = sender.Value;
                return true;
            }

            _senders.Dequeue();
        }

        return false;
    }

    /// <summary>Whether a send is finished at once. Cancelled receivers are forgotten.</summary>
    public bool CanBuffer()
    {
        while (_values.Count >= Capacity)
        {
            if (!_receivers.TryPeek(out TaskObject? receiver))
            {
                return false;
            }

            if (!receiver.IsDone)
            {
                return true;
            }

            _receivers.Dequeue();
        }

        return true;
    }

    /// <summary>
    /// Takes the next value, which there is, and completes the send that waited for the space. Charges as <see cref="Receive"/>, which
    /// makes a finished task.
    /// </summary>
    public Value ReceiveNow(ScriptContext context)
    {
        bool wasBuffered = _values.TryDequeue(out Value value);
        if (TryTakeSender(out (TaskObject Task, Value Value) sender))
        {
            if (wasBuffered)
            {
                _values.Enqueue(sender.Value);
            }
            else
            {
                value = sender.Value;
            }

            context.Tasks.Complete(sender.Task, Value.Nil);
        }

        context.ChargeMemory(TaskObject.Bytes);
        return value;
    }

    /// <summary>The waiting values in the order in which they will be received, without those of cancelled senders.</summary>
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

    /// <summary>A cancelled task stays in its queue until its turn comes; then it is skipped.</summary>
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
