using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Makes values through which scripts use collections of the host in place.</summary>
internal static class HostCollections
{
    /// <summary>The collections that are used in place, the more capable ones before those that they derive from.</summary>
    private static readonly (Type Interface, Type Maker)[] Kinds =
    [
        (typeof(IDictionary<,>), typeof(DictionaryMaker<,>)),
        (typeof(IReadOnlyDictionary<,>), typeof(ReadOnlyDictionaryMaker<,>)),
        (typeof(ISet<>), typeof(SetMaker<>)),
        (typeof(IReadOnlySet<>), typeof(ReadOnlySetMaker<>)),
        (typeof(IList<>), typeof(ListMaker<>)),
        (typeof(IReadOnlyList<>), typeof(ReadOnlyListMaker<>)),
        (typeof(IEnumerable<>), typeof(SequenceMaker<>)),
        (typeof(IAsyncEnumerable<>), typeof(AsyncSequenceMaker<>)),
    ];

    private static readonly ConcurrentDictionary<Type, Maker?> Makers = new();

    /// <summary>A value for a collection; false for an object that is none.</summary>
    public static bool TryWrap(object? source, out Value value)
    {
        Maker? maker = source is null or string or LyraListView or LyraMapView ? null : Makers.GetOrAdd(source.GetType(), MakerFor);
        value = maker is null ? default : Value.FromObject(maker.Make(source!));
        return maker is not null;
    }

    private static Maker? MakerFor(Type type)
    {
        if (NumbersMakerFor(type) is { } numbers)
        {
            return numbers;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Memory<>))
        {
            return Instance(typeof(MemoryMaker<>), type.GetGenericArguments());
        }

        foreach ((Type definition, Type maker) in Kinds)
        {
            Type? found = Array.Find(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);
            if (found is not null)
            {
                return Instance(maker, found.GetGenericArguments());
            }
        }

        return typeof(IEnumerable).IsAssignableFrom(type) ? new UntypedMaker() : null;
    }

    private static Maker? NumbersMakerFor(Type type) =>
        type == typeof(long[]) || type == typeof(List<long>) ? new NumbersMaker<long>()
        : type == typeof(double[]) || type == typeof(List<double>) ? new NumbersMaker<double>()
        : null;

    private static Maker Instance(Type maker, Type[] arguments) => (Maker)Activator.CreateInstance(maker.MakeGenericType(arguments))!;

    private abstract class Maker
    {
        public abstract ScriptObject Make(object source);
    }

    private sealed class DictionaryMaker<TKey, TValue> : Maker
        where TKey : notnull
    {
        public override ScriptObject Make(object source) => new HostDictionary<TKey, TValue>((IDictionary<TKey, TValue>)source);
    }

    private sealed class ReadOnlyDictionaryMaker<TKey, TValue> : Maker
        where TKey : notnull
    {
        public override ScriptObject Make(object source) =>
            new HostReadOnlyDictionary<TKey, TValue>((IReadOnlyDictionary<TKey, TValue>)source);
    }

    private sealed class SetMaker<T> : Maker
    {
        public override ScriptObject Make(object source) => new HostSet<T>((ISet<T>)source);
    }

    private sealed class ReadOnlySetMaker<T> : Maker
    {
        public override ScriptObject Make(object source) => new HostReadOnlySet<T>((IReadOnlySet<T>)source);
    }

    private sealed class ListMaker<T> : Maker
    {
        public override ScriptObject Make(object source) => source is T[] array ? new HostMemory<T>(array, array)
            : new HostList<T>((IList<T>)source);
    }

    private sealed class ReadOnlyListMaker<T> : Maker
    {
        public override ScriptObject Make(object source) => new HostReadOnlyList<T>((IReadOnlyList<T>)source);
    }

    private sealed class SequenceMaker<T> : Maker
    {
        public override ScriptObject Make(object source) => new HostSequence<T>(((IEnumerable<T>)source).GetEnumerator());
    }

    private sealed class AsyncSequenceMaker<T> : Maker
    {
        public override ScriptObject Make(object source) => new HostAsyncSequence<T>((IAsyncEnumerable<T>)source);
    }

    private sealed class MemoryMaker<T> : Maker
    {
        public override ScriptObject Make(object source) => source switch
        {
            Memory<long> ints when MemoryMarshal.TryGetArray<long>(ints, out ArraySegment<long> part) =>
                new HostNumbers<long>(part, source),
            Memory<double> floats when MemoryMarshal.TryGetArray<double>(floats, out ArraySegment<double> part) =>
                new HostNumbers<double>(part, source),
            _ => new HostMemory<T>((Memory<T>)source),
        };
    }

    private sealed class NumbersMaker<T> : Maker
        where T : unmanaged
    {
        public override ScriptObject Make(object source) =>
            source is T[] array ? new HostNumbers<T>(array, array) : new HostNumbers<T>((List<T>)source);
    }

    private sealed class UntypedMaker : Maker
    {
        public override ScriptObject Make(object source) => new HostSequence<object?>(Typed((IEnumerable)source));

        private static IEnumerator<object?> Typed(IEnumerable source)
        {
            foreach (object? item in source)
            {
                yield return item;
            }
        }
    }
}
