using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Values;

/// <summary>
/// Walks everything that a script can reach and sums the bytes. It is iterative, so that the depth of a structure does not matter.
/// One per walk; not thread-safe.
/// </summary>
internal class HeapVisitor
{
    /// <summary>Visits between two calls of <see cref="Pulse"/>: about a millisecond.</summary>
    private const int Period = 1 << 15;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<ScriptObject> _pending = new();

    private int _visits;

    /// <summary>Called from time to time; it may throw to end the walk.</summary>
    public Action? Pulse { get; init; }

    /// <summary>Bytes of everything visited so far.</summary>
    public long Bytes { get; private set; }

    public void Visit(in Value value)
    {
        if (value.Ref is ScriptObject o)
        {
            Visit(o);
        }
    }

    public void Visit(ReadOnlySpan<Value> values)
    {
        foreach (ref readonly Value value in values)
        {
            Visit(value);
        }
    }

    public virtual void Visit(ScriptObject? o)
    {
        if (Pulse is not null && ++_visits % Period == 0)
        {
            Pulse();
        }

        if (o is not null && _seen.Add(o))
        {
            _pending.Push(o);
        }
    }

    /// <summary>Counts once a backing store that several objects may share.</summary>
    public void VisitShared(object? store, long bytes)
    {
        if (store is not null && _seen.Add(store))
        {
            Bytes += bytes;
        }
    }

    /// <summary>Visits everything that is reachable from the values passed in so far.</summary>
    public void Drain()
    {
        while (_pending.TryPop(out ScriptObject? o))
        {
            Bytes += o.OwnBytes;
            o.VisitReferences(this);
        }
    }
}
