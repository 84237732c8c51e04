using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// A dictionary of the host in which a key is found without code of the host, memory or errors: keys are texts or ints that code of the
/// platform compares, values are those that <see cref="HostPlainValues"/> covers but enums, which an engine may have defined.
/// </summary>
internal sealed class PlainDictionary<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _source;

    /// <summary>Finds a text that is no .NET string; only where keys are texts.</summary>
    private readonly Dictionary<TKey, TValue>.AlternateLookup<ReadOnlySpan<char>> _texts;

    private PlainDictionary(Dictionary<TKey, TValue> source, Dictionary<TKey, TValue>.AlternateLookup<ReadOnlySpan<char>> texts)
    {
        _source = source;
        _texts = texts;
    }

    /// <summary>A dictionary whose keys are compared by the platform; null when it is no such dictionary.</summary>
    public static PlainDictionary<TKey, TValue>? Of(Dictionary<TKey, TValue> source)
    {
        if (!HostPlainValues.Covers(typeof(TValue)) || ScriptTypes.Plain(typeof(TValue)).IsEnum)
        {
            return null;
        }

        if (typeof(TKey) == typeof(string))
        {
            return source.TryGetAlternateLookup(out Dictionary<TKey, TValue>.AlternateLookup<ReadOnlySpan<char>> texts)
                ? new PlainDictionary<TKey, TValue>(source, texts)
                : null;
        }

        return typeof(TKey) == typeof(int) || typeof(TKey) == typeof(long) ? new PlainDictionary<TKey, TValue>(source, default) : null;
    }

    /// <summary>As <see cref="HostMap.TryPeek"/>.</summary>
    public bool TryPeek(in Value key, out bool found, out Value value)
    {
        (found, value) = (false, default);
        try
        {
            return TryFind(key, out found, out TValue? item) && (!found || HostPlainValues.TryWrite(item, out value));
        }
        catch (Exception)
        {
            // Any exception: another thread of the host changes the dictionary. The access is repeated by what reports it.
            return false;
        }
    }

    private bool TryFind(in Value key, out bool found, out TValue? item)
    {
        (found, item) = (false, default);
        if (typeof(TKey) == typeof(string))
        {
            if (key.Ref is not ScriptString text)
            {
                return false;
            }

            found = text.KnownText is { } known
                ? _source.TryGetValue(Unsafe.As<string, TKey>(ref known), out item)
                : _texts.TryGetValue(text.Span, out item);
            return true;
        }

        if (!key.IsInt)
        {
            return false;
        }

        long number = key.AsInt;
        if (typeof(TKey) == typeof(long))
        {
            found = _source.TryGetValue(Unsafe.As<long, TKey>(ref number), out item);
        }
        else if (number == (int)number)
        {
            int small = (int)number;
            found = _source.TryGetValue(Unsafe.As<int, TKey>(ref small), out item);
        }

        return true;
    }
}
