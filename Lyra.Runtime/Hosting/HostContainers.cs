using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Copies script containers to .NET arrays, lists, sets, dictionaries and tuples.</summary>
internal static class HostContainers
{
    private const int ValueBytes = 16;

    /// <summary>Returns the converter to a container type; null when script values can't be copied to that type.</summary>
    public static HostConverter? ConverterFor(Type type)
    {
        if (type.IsSZArray)
        {
            return Make(typeof(Sequences<>), type.GetElementType()!).ToArray;
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        Type[] arguments = type.GetGenericArguments();
        if (type.IsAssignableTo(typeof(ITuple)))
        {
            return TupleConverter(type, arguments);
        }

        if (definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>) || definition == typeof(IEnumerable<>))
        {
            return arguments[0] == typeof(LyraValue) ? ReadView : Make(typeof(Sequences<>), arguments).ToArray;
        }

        if (definition == typeof(List<>) || definition == typeof(IList<>) || definition == typeof(ICollection<>))
        {
            return Make(typeof(Sequences<>), arguments).ToList;
        }

        if (definition == typeof(HashSet<>) || definition == typeof(ISet<>) || definition == typeof(IReadOnlySet<>))
        {
            return Make(typeof(Sequences<>), arguments).ToSet;
        }

        if (definition == typeof(IReadOnlyDictionary<,>) && arguments[0] == typeof(LyraValue) && arguments[1] == typeof(LyraValue))
        {
            return static (in value, _, out result) => value.Ref is MapObject map
                ? HostConverters.Found(new LyraMapView(map), out result)
                : HostConverters.NotFound(out result);
        }

        return definition == typeof(Dictionary<,>) || definition == typeof(IDictionary<,>) || definition == typeof(IReadOnlyDictionary<,>)
            ? Make(typeof(Dictionaries<,>), arguments).ToDictionary
            : null;
    }

    /// <summary>Copies a set to a .NET set.</summary>
    public static HashSet<LyraValue> CopySet(SetObject set)
    {
        HashSet<LyraValue> copy = new(set.Count);
        for (int position = 0; position < set.EntryLimit; position++)
        {
            if (set.TryEntryAt(position, out Value item))
            {
                EngineBoundary.LeaveFrom(set, item);
                copy.Add(new LyraValue(item));
            }
        }

        return copy;
    }

    private static Copier Make(Type definition, params Type[] arguments) =>
        (Copier)Activator.CreateInstance(definition.MakeGenericType(arguments))!;

    private static bool ReadView(in Value value, ScriptContext? context, out object? result)
    {
        if (LyraListView.Fits(value))
        {
            return HostConverters.Found(new LyraListView((ScriptObject)value.Ref!), out result);
        }

        return value.Ref is SetObject set ? HostConverters.Found(CopySet(set), out result) : HostConverters.NotFound(out result);
    }

    private static HostConverter TupleConverter(Type type, Type[] arguments) => (in value, context, out result) =>
    {
        if (value.Ref is not TupleObject tuple || tuple.Count != arguments.Length || arguments.Length > 7)
        {
            return HostConverters.NotFound(out result);
        }

        object?[] items = new object?[arguments.Length];
        for (int i = 0; i < items.Length; i++)
        {
            EngineBoundary.LeaveFrom(tuple, tuple.Items[i]);
            if (!HostReader.TryRead(tuple.Items[i], arguments[i], context, out items[i]))
            {
                return HostConverters.NotFound(out result);
            }
        }

        return HostConverters.Found(Activator.CreateInstance(type, items), out result);
    };

    /// <summary>Returns the elements of a list, tuple, set, range or byte buffer; null when the value is none of these.</summary>
    private static Value[]? Items(in Value value, ScriptContext? context)
    {
        if (value.Ref is SetObject set)
        {
            context?.ChargeMemory((long)set.Count * ValueBytes);
            return SetItems(set);
        }

        if (!LyraListView.Fits(value) || value.Ref is RangeObject { Count: > int.MaxValue })
        {
            return null;
        }

        LyraListView view = new((ScriptObject)value.Ref!);
        context?.ChargeMemory((long)view.Count * ValueBytes);
        Value[] items = new Value[view.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = view[i].Raw;
        }

        return items;
    }

    private static Value[] SetItems(SetObject set)
    {
        List<Value> items = new(set.Count);
        for (int position = 0; position < set.EntryLimit; position++)
        {
            if (set.TryEntryAt(position, out Value item))
            {
                EngineBoundary.LeaveFrom(set, item);
                items.Add(item);
            }
        }

        return [.. items];
    }

    /// <summary>Copies to containers of one element type. A subclass may support only some of the containers.</summary>
    private abstract class Copier
    {
        public virtual bool ToArray(in Value value, ScriptContext? context, out object? result) => HostConverters.NotFound(out result);

        public virtual bool ToList(in Value value, ScriptContext? context, out object? result) => HostConverters.NotFound(out result);

        public virtual bool ToSet(in Value value, ScriptContext? context, out object? result) => HostConverters.NotFound(out result);

        public virtual bool ToDictionary(in Value value, ScriptContext? context, out object? result) => HostConverters.NotFound(out result);
    }

    private sealed class Sequences<T> : Copier
    {
        public override bool ToArray(in Value value, ScriptContext? context, out object? result)
        {
            result = Read(value, context);
            return result is not null;
        }

        public override bool ToList(in Value value, ScriptContext? context, out object? result)
        {
            result = Read(value, context) is { } items ? new List<T>(items) : null;
            return result is not null;
        }

        public override bool ToSet(in Value value, ScriptContext? context, out object? result)
        {
            result = value.Ref is SetObject && Read(value, context) is { } items ? new HashSet<T>(items) : null;
            return result is not null;
        }

        private static T[]? Read(in Value value, ScriptContext? context)
        {
            if (Items(value, context) is not { } items)
            {
                return null;
            }

            T[] copy = new T[items.Length];
            for (int i = 0; i < items.Length; i++)
            {
                if (!HostReader.TryRead(items[i], context, out T? item))
                {
                    return null;
                }

                copy[i] = item!;
            }

            return copy;
        }
    }

    private sealed class Dictionaries<TKey, TValue> : Copier
        where TKey : notnull
    {
        public override bool ToDictionary(in Value value, ScriptContext? context, out object? result)
        {
            result = null;
            if (value.Ref is not MapObject map)
            {
                return false;
            }

            context?.ChargeMemory(2L * map.Count * ValueBytes);
            Dictionary<TKey, TValue> copy = new(map.Count);
            for (int position = 0; position < map.EntryLimit; position++)
            {
                if (!map.TryEntryAt(position, out Value key, out Value item))
                {
                    continue;
                }

                EngineBoundary.LeaveFrom(map, key);
                EngineBoundary.LeaveFrom(map, item);
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
    }
}
