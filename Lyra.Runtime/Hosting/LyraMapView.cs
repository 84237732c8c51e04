using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>The host's read-only, live view of a map, in insertion order. Like the engine, it is used by one thread at a time.</summary>
internal sealed class LyraMapView(MapObject source) : IReadOnlyDictionary<LyraValue, LyraValue>
{
    /// <summary>The map that the view shows.</summary>
    public MapObject Source { get; } = source;

    public int Count => Source.Count;

    public IEnumerable<LyraValue> Keys
    {
        get
        {
            foreach (KeyValuePair<LyraValue, LyraValue> entry in this)
            {
                yield return entry.Key;
            }
        }
    }

    public IEnumerable<LyraValue> Values
    {
        get
        {
            foreach (KeyValuePair<LyraValue, LyraValue> entry in this)
            {
                yield return entry.Value;
            }
        }
    }

    public LyraValue this[LyraValue key] =>
        TryGetValue(key, out LyraValue value) ? value : throw new KeyNotFoundException($"The map has no key {key}.");

    public bool ContainsKey(LyraValue key) => TryGetValue(key, out _);

    public bool TryGetValue(LyraValue key, [MaybeNullWhen(false)] out LyraValue value)
    {
        try
        {
            bool found = Source.TryGet(DetachedContext.ForComparing(Value.FromObject(Source), key.Raw), key.Raw, out Value raw);
            value = Shown(raw);
            return found;
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw LyraException.From(error);
        }
    }

    public IEnumerator<KeyValuePair<LyraValue, LyraValue>> GetEnumerator()
    {
        int version = Source.Version;
        for (int position = 0; position < Source.EntryLimit; position++)
        {
            if (Source.Version != version)
            {
                throw new InvalidOperationException("The map changed its size while it was iterated over.");
            }

            if (Source.TryEntryAt(position, out Value key, out Value value))
            {
                yield return new KeyValuePair<LyraValue, LyraValue>(Shown(key), Shown(value));
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the literal form of the map.</summary>
    public override string ToString() => new LyraValue(Value.FromObject(Source)).ToString();

    private LyraValue Shown(in Value value)
    {
        EngineBoundary.ExitFrom(Source, value);
        return new LyraValue(value);
    }
}
