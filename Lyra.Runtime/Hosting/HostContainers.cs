using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Copies script containers to .NET arrays, lists, sets, dictionaries and tuples.</summary>
internal static class HostContainers
{
    /// <summary>Bytes of an array without elements, and of the object that holds it.</summary>
    private const int ArrayBytes = 64;

    /// <summary>Bytes of an entry in a .NET hash table besides its key and value: the hash, the next entry and the bucket.</summary>
    public const int EntryBytes = 12;

    /// <summary>Bytes of a value in an array.</summary>
    private const int ValueBytes = 16;

    /// <summary>Returns the converter to a container type; null when script values can't be copied to that type.</summary>
    public static HostConverter? ConverterFor(Type type)
    {
        if (type.IsSZArray)
        {
            return TypedCode.For(type.GetElementType()!).ToArray;
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        Type[] arguments = type.GetGenericArguments();
        if (type.IsAssignableTo(typeof(ITuple)) && type.Namespace == nameof(System))
        {
            return TupleConverter(type, arguments);
        }

        if (definition == typeof(IEnumerable<>) && arguments[0] != typeof(LyraValue))
        {
            return TypedCode.For(arguments[0]).ToSequence;
        }

        if (definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>) || definition == typeof(IEnumerable<>))
        {
            return arguments[0] == typeof(LyraValue) ? ReadView : TypedCode.For(arguments[0]).ToArray;
        }

        if (definition == typeof(List<>) || definition == typeof(IList<>) || definition == typeof(ICollection<>))
        {
            return TypedCode.For(arguments[0]).ToList;
        }

        if (definition == typeof(HashSet<>) || definition == typeof(ISet<>) || definition == typeof(IReadOnlySet<>))
        {
            return TypedCode.For(arguments[0]).ToSet;
        }

        if (definition == typeof(IReadOnlyDictionary<,>) && arguments[0] == typeof(LyraValue) && arguments[1] == typeof(LyraValue))
        {
            return static (in value, _, out result) => value.Ref is MapObject map
                ? HostConverters.Found(new LyraMapView(map), out result)
                : HostConverters.NotFound(out result);
        }

        return definition == typeof(Dictionary<,>) || definition == typeof(IDictionary<,>) || definition == typeof(IReadOnlyDictionary<,>)
            ? TypedPair.For(arguments[0], arguments[1]).ToDictionary
            : null;
    }

    /// <summary>Charges the storage of a copy before it is allocated, and a step for each element.</summary>
    /// <param name="context">Pays for it.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="elementBytes">The bytes of an element, with <see cref="EntryBytes"/> in a hash table.</param>
    public static void Charge(ScriptContext? context, int count, int elementBytes)
    {
        context?.Charge(count);
        context?.ChargeCopy(ArrayBytes + ((long)count * elementBytes));
    }

    /// <summary>Copies a set to a .NET set.</summary>
    public static HashSet<LyraValue> CopySet(ScriptContext? context, SetObject set)
    {
        Charge(context, set.Count, EntryBytes + ValueBytes);
        HashSet<LyraValue> copy = new(set.Count);
        for (int position = 0; position < set.EntryLimit; position++)
        {
            if (set.TryEntryAt(position, out Value item))
            {
                EngineBoundary.ExitFrom(set, item);
                copy.Add(new LyraValue(item));
            }
        }

        return copy;
    }

    private static bool ReadView(in Value value, ScriptContext? context, out object? result)
    {
        if (LyraListView.Fits(value))
        {
            return HostConverters.Found(new LyraListView((ScriptObject)value.Ref!), out result);
        }

        return value.Ref is SetObject set ? HostConverters.Found(CopySet(context, set), out result) : HostConverters.NotFound(out result);
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,,>))]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The attributes above keep the constructors of tuples.")]
    private static object MakeTuple(Type type, object?[] items) => Activator.CreateInstance(type, items)!;

    private static HostConverter TupleConverter(Type type, Type[] arguments) => (in value, context, out result) =>
    {
        if (value.Ref is not TupleObject tuple || tuple.Count != arguments.Length || arguments.Length > 7)
        {
            return HostConverters.NotFound(out result);
        }

        Charge(context, arguments.Length, ValueBytes);
        object?[] items = new object?[arguments.Length];
        for (int i = 0; i < items.Length; i++)
        {
            EngineBoundary.ExitFrom(tuple, tuple.Items[i]);
            if (!HostReader.TryRead(tuple.Items[i], arguments[i], context, out items[i]))
            {
                return HostConverters.NotFound(out result);
            }
        }

        return HostConverters.Found(MakeTuple(type, items), out result);
    };

    /// <summary>Returns the elements of a list, tuple, set, range or byte buffer; null when the value is none of these.</summary>
    public static Value[]? Items(in Value value, ScriptContext? context)
    {
        if (value.Ref is SetObject set)
        {
            context?.ChargeCopy(ArrayBytes + ((long)set.Count * ValueBytes));
            return SetItems(set);
        }

        if (!LyraListView.Fits(value) || value.Ref is RangeObject { Count: > int.MaxValue })
        {
            return null;
        }

        LyraListView view = new((ScriptObject)value.Ref!);
        context?.ChargeCopy(ArrayBytes + ((long)view.Count * ValueBytes));
        Value[] items = new Value[view.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = view[i].Raw;
        }

        return items;
    }

    private static Value[] SetItems(SetObject set)
    {
        Value[] items = new Value[set.Count];
        int count = 0;
        for (int position = 0; position < set.EntryLimit; position++)
        {
            if (set.TryEntryAt(position, out Value item))
            {
                EngineBoundary.ExitFrom(set, item);
                items[count++] = item;
            }
        }

        return items;
    }
}
