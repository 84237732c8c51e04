using System;
using System.Collections;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>The host's read-only, live view of a list, tuple, range or byte buffer. Used by one thread at a time.</summary>
internal sealed class LyraListView(ScriptObject source) : IReadOnlyList<LyraValue>
{
    /// <summary>The object that the view shows.</summary>
    public ScriptObject Source { get; } = source;

    public int Count => Source switch
    {
        ListObject list => list.Count,
        TupleObject tuple => tuple.Count,
        BytesObject bytes => bytes.Items.Length,
        RangeObject range => (int)Math.Min(range.Count, int.MaxValue),
        _ => 0,
    };

    public LyraValue this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, $"The index must be at least 0 and below the count, {Count}.");
            }

            return ValueAt(index);
        }
    }

    public static bool Fits(in Value value) => value.Ref is ListObject or TupleObject or RangeObject or BytesObject;

    public IEnumerator<LyraValue> GetEnumerator()
    {
        int count = Count;
        for (int i = 0; i < count; i++)
        {
            if (Count != count)
            {
                throw new InvalidOperationException("The list changed its size while it was iterated over.");
            }

            yield return ValueAt(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the literal form of the object.</summary>
    public override string ToString() => new LyraValue(Value.FromObject(Source)).ToString();

    private LyraValue ValueAt(int index)
    {
        Value value = At(index);
        EngineBoundary.ExitFrom(Source, value);
        return new LyraValue(value);
    }

    private Value At(int index) => Source switch
    {
        ListObject list => list.Get(index),
        TupleObject tuple => tuple.Items[index],
        BytesObject bytes => Value.FromInt(bytes.Items[index]),
        RangeObject range => ItemOf(range, index),
        _ => default,
    };

    private static Value ItemOf(RangeObject range, int index)
    {
        try
        {
            return range.ItemAt(DetachedContext.ForScriptValues, index);
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw LyraException.From(error);
        }
    }
}
