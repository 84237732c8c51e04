using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The storage that an engine keeps for its next objects, so that it makes less garbage: arrays that growing containers have given up, and
/// lists, maps, tuples and instances of structs that compiled code has found dead. Engines in the mode
/// <c>LyraMemoryMode.LowPause</c> have one.
/// </summary>
/// <remarks>
/// Reuse can't be observed: an object is given back only where nothing can refer to it any more, and gets the state of a new one. Memory
/// is charged as if everything were new.
/// </remarks>
internal sealed class EngineStorage
{
    /// <summary>The longest array that is kept: 256 KB of values.</summary>
    private const int LongestArray = 16_384;

    /// <summary>The most bytes of arrays of one class and length.</summary>
    private const int BytesOfLength = 1 << 16;

    /// <summary>The most objects of a kind: lists, maps, tuples of a length, and instances of a struct.</summary>
    private const int MostObjects = 1_024;

    /// <summary>The most parts that are given back with one object, on all levels.</summary>
    private const int MostParts = 4_096;

    private readonly FreeObjects<ListObject> _lists = new(MostObjects);
    private readonly FreeObjects<MapObject> _maps = new(MostObjects);
    private readonly FreeObjects<TupleObject>[] _tuples = [new(MostObjects), new(MostObjects), new(MostObjects), new(MostObjects)];
    private readonly List<Shape> _shapes = [];
    private FreeArrays? _arrays;
    private int _partsLeft;

    /// <summary>The arrays of the engine. They are dropped when memory is scarce, and the objects with them.</summary>
    public FreeArrays Arrays => _arrays is { IsCurrent: true } arrays ? arrays : BeginAgain();

    /// <summary>The objects that were given back so far.</summary>
    public long GivenBack { get; private set; }

    /// <summary>The objects that were given back so far and used again.</summary>
    public long Reused { get; private set; }

    /// <summary>The objects that were given back twice, which only a fault of the compiler can cause.</summary>
    public long RefusedReturns { get; private set; }

    /// <summary>An empty list. The caller charges <see cref="ListObject.EmptyBytes"/>.</summary>
    public static ListObject TakeList(ScriptContext context)
    {
        if (context.Storage is { } storage && storage._lists.Take() is { } list)
        {
            storage.Reused++;
            list.BeginAgain();
            return list;
        }

        return new ListObject();
    }

    /// <summary>A list of the values of an array, which it takes over. The caller charges both.</summary>
    public static ListObject TakeList(ScriptContext context, Array items, ListStrategy strategy)
    {
        ListObject list = TakeList(context);
        list.Items = items;
        list.Strategy = strategy;
        list.Count = items.Length;
        return list;
    }

    /// <summary>An empty map. The caller charges <see cref="HashTable.EmptyBytes"/>.</summary>
    public static MapObject TakeMap(ScriptContext context)
    {
        if (context.Storage is { } storage && storage._maps.Take() is { } map)
        {
            storage.Reused++;
            map.BeginAgain();
            return map;
        }

        return new MapObject();
    }

    /// <summary>An array of ints, whose elements may have any values.</summary>
    public static long[] TakeInts(ScriptContext context, int length) =>
        context.Storage?.Arrays.Ints.Take(length, out _) ?? new long[length];

    /// <summary>An array of floats, whose elements may have any values.</summary>
    public static double[] TakeFloats(ScriptContext context, int length) =>
        context.Storage?.Arrays.Floats.Take(length, out _) ?? new double[length];

    /// <summary>An array of bools, whose elements may have any values.</summary>
    public static bool[] TakeBools(ScriptContext context, int length) =>
        context.Storage?.Arrays.Bools.Take(length, out _) ?? new bool[length];

    /// <summary>An array of values, all nil.</summary>
    public static Value[] TakeValues(ScriptContext context, int length) =>
        context.Storage?.Arrays.Values.Take(length, out _) ?? new Value[length];

    /// <summary>A tuple of 1 to <see cref="TupleObject.MaxInline"/> elements, all nil. The caller charges its bytes.</summary>
    public static TupleObject TakeTuple(ScriptContext context, int count)
    {
        if (context.Storage is { } storage && storage._tuples[count - 1].Take() is { } tuple)
        {
            storage.Reused++;
            tuple.InlineSlot(0) = default;
            return tuple;
        }

        return TupleObject.Create(count);
    }

    /// <summary>An instance, all fields nil. The caller charges its bytes.</summary>
    public static StructObject TakeStruct(ScriptContext context, Shape shape)
    {
        if (context.Storage is { } storage && shape.FreeInstances?.Take() is { } instance)
        {
            storage.Reused++;
            instance.First = default;
            return instance;
        }

        return StructObject.Create(shape);
    }

    /// <summary>
    /// Takes a list, map, tuple or instance of a struct that nothing refers to any more, its storage, and on further levels what it
    /// contains. Other objects, and those with an array of their own, are left to the garbage collector.
    /// </summary>
    public void GiveBack(ScriptObject dead, int levels)
    {
        _partsLeft = MostParts;
        Keep(dead, levels);
    }

    /// <summary>Drops what is kept.</summary>
    public void Drop()
    {
        _arrays = null;
        _lists.Drop();
        _maps.Drop();
        foreach (FreeObjects<TupleObject> tuples in _tuples)
        {
            tuples.Drop();
        }

        ForgetShapes();
    }

    /// <summary>Drops the instances of structs, whose modules are gone.</summary>
    public void ForgetShapes()
    {
        foreach (Shape shape in _shapes)
        {
            shape.FreeInstances = null;
        }

        _shapes.Clear();
    }

    private void Keep(ListObject list, int levels)
    {
        if (levels > 1 && list.Strategy == ListStrategy.Values)
        {
            KeepParts(list.Values.AsSpan(0, list.Count), levels - 1);
        }

        if (Accepts(list.TryGiveUp(Arrays)))
        {
            _lists.Keep(list);
        }
    }

    private void Keep(MapObject map, int levels)
    {
        for (int i = 0; levels > 1 && i < map.EntryLimit && _partsLeft > 0; i++)
        {
            if (map.TryEntryAt(i, out Value key, out Value value))
            {
                KeepParts([key, value], levels - 1);
            }
        }

        if (Accepts(map.TryGiveUp(Arrays)))
        {
            _maps.Keep(map);
        }
    }

    private void Keep(TupleObject tuple, int levels)
    {
        if (levels > 1)
        {
            KeepParts(tuple.Items, levels - 1);
        }

        int count = tuple.Count;
        if (Accepts(tuple.TryGiveUp()))
        {
            _tuples[count - 1].Keep(tuple);
        }
    }

    private void Keep(StructObject instance, int levels)
    {
        if (levels > 1)
        {
            KeepParts(instance.Fields, levels - 1);
        }

        if (!Accepts(instance.TryGiveUp()))
        {
            return;
        }

        Shape shape = instance.Shape;
        if (shape.FreeInstances is null)
        {
            shape.FreeInstances = new(MostObjects);
            _shapes.Add(shape);
        }

        shape.FreeInstances.Keep(instance);
    }

    /// <summary>
    /// What belongs to a dead object is dead as well. Compiled code has made all of it that can be given back. It looks at a limited number
    /// of parts, because no limit is checked meanwhile.
    /// </summary>
    private void KeepParts(ReadOnlySpan<Value> parts, int levels)
    {
        for (int i = 0; i < parts.Length && _partsLeft > 0; i++)
        {
            _partsLeft--;
            Keep(parts[i].Ref, levels);
        }
    }

    private void Keep(object? dead, int levels)
    {
        if (dead is ListObject list)
        {
            Keep(list, levels);
        }
        else if (dead is MapObject map)
        {
            Keep(map, levels);
        }
        else if (TupleObject.From(dead) is { IsReusable: true } tuple)
        {
            Keep(tuple, levels);
        }
        else if (ScriptObject.IsStruct(dead) && dead is StructObject { IsReusable: true } instance)
        {
            Keep(instance, levels);
        }
    }

    private bool Accepts(bool isFirstReturn)
    {
        GivenBack += isFirstReturn ? 1 : 0;
        RefusedReturns += isFirstReturn ? 0 : 1;
        return isFirstReturn;
    }

    private FreeArrays BeginAgain()
    {
        Drop();
        return _arrays = new(shortestOfLists: 1, shortestOfTables: 1, LongestArray, BytesOfLength);
    }
}
