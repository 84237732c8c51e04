using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Values;

/// <summary>
/// Walks everything that a script can reach and sums the bytes. It is iterative, so that the depth of a structure does not matter.
/// One per walk; not thread-safe.
/// </summary>
/// <param name="seen">An empty set, which the walk fills.</param>
internal class HeapVisitor(ReferenceSet seen)
{
    /// <summary>Visits between two calls of <see cref="Pulse"/>: about a millisecond.</summary>
    private const int Period = 1 << 15;

    private readonly Stack<ScriptObject> _pending = new();

    private int _visits;

    public HeapVisitor()
        : this(new ReferenceSet())
    {
    }

    /// <summary>Called from time to time; it may throw to end the walk.</summary>
    public Action? Pulse { get; init; }

    /// <summary>The bytes that the engine keeps for an object outside of it; null when they are not counted.</summary>
    public Func<object, long>? BytesBeside { get; init; }

    /// <summary>Gets the bytes by the names of types, with the texts and stores behind them; null if nobody asks for them.</summary>
    public IDictionary<string, long>? BytesByType { get; init; }

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

        if (o is not null && seen.Add(o))
        {
            _pending.Push(o);
        }
    }

    /// <summary>
    /// Counts once a backing store that several objects may share; whether this is its first visit, so that its content must be visited.
    /// </summary>
    public bool VisitShared(object? store, long bytes)
    {
        bool isFirst = store is not null && seen.Add(store);
        Bytes += isFirst ? bytes : 0;
        return isFirst;
    }

    /// <summary>Counts a .NET string, which several objects may share.</summary>
    public void VisitText(string? text) => VisitShared(text, text is null ? 0 : ScriptObject.TextBytes(text));

    /// <summary>Visits everything that is reachable from the values passed in so far.</summary>
    public void Drain()
    {
        while (_pending.TryPop(out ScriptObject? o))
        {
            long before = Bytes;
            Bytes += o.OwnBytes + (BytesBeside?.Invoke(o) ?? 0);
            o.VisitReferences(this);
            if (BytesByType is not null)
            {
                BytesByType.TryGetValue(o.TypeName, out long bytes);
                BytesByType[o.TypeName] = bytes + Bytes - before;
            }
        }
    }
}
