using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Code that is generic over the types of a dictionary's keys and values; see <see cref="TypedCode"/>.</summary>
internal abstract class TypedPair
{
    /// <summary>By the type of the keys, then by that of the values.</summary>
    private static readonly TypeTable<TypeTable<TypedPair>> Known = new();

    /// <exception cref="NotSupportedException">The program is compiled ahead of time and has no such code.</exception>
    public static TypedPair For(Type key, Type value) =>
        Known.GetOrAdd(key, static _ => new TypeTable<TypedPair>()).GetOrAdd(value, type => Make(key, type));

    /// <summary>Copies a map to a <see cref="Dictionary{TKey, TValue}"/>.</summary>
    public abstract bool ToDictionary(in Value value, ScriptContext? context, out object? result);

    /// <summary>An <see cref="IDictionary{TKey, TValue}"/> as a script uses it in place.</summary>
    public abstract ScriptObject WrapDictionary(object source);

    /// <summary>An <see cref="IReadOnlyDictionary{TKey, TValue}"/> as a script uses it in place.</summary>
    public abstract ScriptObject WrapReadOnlyDictionary(object source);

    private static TypedPair Make(Type key, Type value)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            return (TypedPair)Activator.CreateInstance(typeof(TypedPair<,>).MakeGenericType(key, value))!;
        }

        if (key == typeof(string))
        {
            return TypedCode.For(value).FromStrings;
        }

        return key.IsValueType || value.IsValueType
            ? throw new NotSupportedException(
                $"This program is compiled ahead of time, and has no code for dictionaries from {key} to {value}. Use keys of type string.")
            : (TypedPair)Activator.CreateInstance(typeof(TypedReferencePair<,>).MakeGenericType(key, value))!;
    }
}

/// <summary>The code for one pair of types.</summary>
internal class TypedPair<TKey, TValue> : TypedPair
    where TKey : notnull
{
    public override bool ToDictionary(in Value value, ScriptContext? context, out object? result)
    {
        result = null;
        if (value.Ref is not MapObject map)
        {
            return false;
        }

        HostContainers.Charge(context, map.Count, HostContainers.EntryBytes + Unsafe.SizeOf<(TKey, TValue)>());
        Dictionary<TKey, TValue> copy = new(map.Count);
        for (int position = 0; position < map.EntryLimit; position++)
        {
            if (!map.TryEntryAt(position, out Value key, out Value item))
            {
                continue;
            }

            EngineBoundary.ExitFrom(map, key);
            EngineBoundary.ExitFrom(map, item);
            if (!HostReader.TryRead(key, context, out TKey? readKey) || readKey is null
                || !HostReader.TryRead(item, context, out TValue? readItem))
            {
                return false;
            }

            copy[readKey] = readItem!;
        }

        result = copy;
        return true;
    }

    public override ScriptObject WrapDictionary(object source) => new HostDictionary<TKey, TValue>((IDictionary<TKey, TValue>)source);

    public override ScriptObject WrapReadOnlyDictionary(object source) =>
        new HostReadOnlyDictionary<TKey, TValue>((IReadOnlyDictionary<TKey, TValue>)source);
}

/// <summary>The code for reference types. Native AOT compiles it once for all of them.</summary>
internal sealed class TypedReferencePair<TKey, TValue> : TypedPair<TKey, TValue>
    where TKey : class
    where TValue : class;
