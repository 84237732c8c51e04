using System;
using System.Collections;
using System.Collections.Generic;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Makes values through which scripts use collections of the host in place.</summary>
internal static class HostCollections
{
    /// <summary>The collections that are used in place, the more capable ones before those that they derive from.</summary>
    private static readonly (Type Interface, Func<Type[], Maker> Maker)[] Kinds =
    [
        (typeof(IDictionary<,>), static types => TypedPair.For(types[0], types[1]).WrapDictionary),
        (typeof(IReadOnlyDictionary<,>), static types => TypedPair.For(types[0], types[1]).WrapReadOnlyDictionary),
        (typeof(ISet<>), static types => TypedCode.For(types[0]).WrapSet),
        (typeof(IReadOnlySet<>), static types => TypedCode.For(types[0]).WrapReadOnlySet),
        (typeof(IList<>), static types => TypedCode.For(types[0]).WrapList),
        (typeof(IReadOnlyList<>), static types => TypedCode.For(types[0]).WrapReadOnlyList),
        (typeof(IEnumerable<>), static types => TypedCode.For(types[0]).WrapSequence),
        (typeof(IAsyncEnumerable<>), static types => TypedCode.For(types[0]).WrapAsyncSequence),
    ];

    private static readonly TypeTable<Maker?> Makers = new();

    private delegate ScriptObject Maker(object source);

    /// <summary>A value for a collection; false for an object that is none.</summary>
    public static bool TryWrap(object? source, out Value value)
    {
        Maker? maker = source is null or string or LyraListView or LyraMapView ? null : Makers.GetOrAdd(source.GetType(), MakerFor);
        value = maker is null ? default : Value.FromObject(maker(source!));
        return maker is not null;
    }

    private static Maker? MakerFor(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Memory<>))
        {
            return TypedCode.For(type.GetGenericArguments()[0]).WrapMemory;
        }

        foreach ((Type definition, Func<Type[], Maker> maker) in Kinds)
        {
            if (HostInterfaces.Find(type, definition) is { } found)
            {
                return maker(found.GetGenericArguments());
            }
        }

        return typeof(IEnumerable).IsAssignableFrom(type) ? WrapUntyped : null;
    }

    private static ScriptObject WrapUntyped(object source)
    {
        return new HostSequence<object?>(Typed((IEnumerable)source));

        static IEnumerator<object?> Typed(IEnumerable items)
        {
            foreach (object? item in items)
            {
                yield return item;
            }
        }
    }
}
