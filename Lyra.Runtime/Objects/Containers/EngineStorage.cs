using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Caches;
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
/// is charged as if everything were new. The CLR inlines the methods that take an object into compiled code, up to where none is left.
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

    /// <summary>Lists with up to this many elements keep their arrays, if a literal can need them again.</summary>
    private const int LongestLiteral = 16;

    private readonly FreeObjects<ListObject> _lists = new(MostObjects);

    /// <summary>Lists with arrays of a strategy and length that only literals have; see <see cref="PlaceOf"/>.</summary>
    private readonly FreeObjects<ListObject>?[] _literals =
        new FreeObjects<ListObject>?[PlaceOf(ListStrategy.Values, LongestLiteral) + 1];

    private readonly FreeObjects<MapObject> _maps = new(MostObjects);
    private readonly FreeObjects<TupleObject>[] _tuples = [new(MostObjects), new(MostObjects), new(MostObjects), new(MostObjects)];
    private readonly List<Shape> _shapes = [];
    private FreeArrays? _arrays;
    private int _partsLeft;
    private long _made;

    /// <summary>The arrays of the engine. They are dropped when memory is scarce, and the objects with them.</summary>
    public FreeArrays Arrays => _arrays is { IsCurrent: true } arrays ? arrays : BeginAgain();

    /// <summary>The objects that were given back so far.</summary>
    public long GivenBack { get; private set; }

    /// <summary>The objects that were given back so far and used again.</summary>
    public long Reused { get; private set; }

    /// <summary>The objects that compiled code needed, and those of them that were given back before.</summary>
    public PoolCounts Counts => new(_made + Reused, Reused);

    /// <summary>
    /// The objects that were given back twice, and the lists that something used after their return: only a fault of the compiler can
    /// cause either.
    /// </summary>
    public long RefusedReturns { get; private set; }

    /// <summary>An empty list. The caller charges <see cref="ListObject.EmptyBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ListObject TakeList(ScriptContext context) =>
        context.Storage is { } storage && storage._lists.Take() is { } list && storage.TryReuse(list, ListStrategy.Empty, 0)
            ? list
            : MakeList(context.Storage);

    /// <summary>A list of this many elements, which have any content until the caller stores them. The caller charges it.</summary>
    /// <param name="context">The engine, which has storage.</param>
    /// <param name="strategy">How the elements are stored.</param>
    /// <param name="count">The number of elements, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ListObject TakeList(ScriptContext context, ListStrategy strategy, int count) =>
        count <= LongestLiteral && context.Storage is { } storage
            && storage._literals[PlaceOf(strategy, count)]?.Take() is { } list && storage.TryReuse(list, strategy, count)
            ? list
            : MakeList(context, strategy, count);

    /// <summary>An empty map. The caller charges <see cref="HashTable.EmptyBytes"/>.</summary>
    public static MapObject TakeMap(ScriptContext context)
    {
        if (context.Storage is not { } storage)
        {
            return new MapObject();
        }

        if (storage._maps.Take() is { } map)
        {
            storage.Reused++;
            map.BeginAgain();
            return map;
        }

        storage._made++;
        return new MapObject();
    }

    /// <summary>The arrays from which a sort takes a buffer of this length; null if none are kept.</summary>
    public ArrayFreeList<T>? BuffersFor<T>(int length) => length > LongestArray ? null
        : typeof(T) == typeof(Value) ? (ArrayFreeList<T>)(object)Arrays.Values
        : typeof(T) == typeof(double) ? (ArrayFreeList<T>)(object)Arrays.Floats
        : null;

    /// <summary>The registers of a generator, all nil.</summary>
    public static Value[] TakeRegisters(ScriptContext context, int count)
    {
        if (context.Storage is not { } storage)
        {
            return new Value[count];
        }

        Value[] registers = storage.Arrays.Values.Take(count, out bool isReused);
        context.Pools.Count(isReused);
        return registers;
    }

    /// <summary>A tuple of 1 to <see cref="TupleObject.MaxInline"/> elements, all nil. The caller charges its bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TupleObject TakeTuple(ScriptContext context, int count)
    {
        if (context.Storage is { } storage && storage._tuples[count - 1].Take() is { } tuple)
        {
            storage.Reused++;
            tuple.InlineSlot(0) = default;
            return tuple;
        }

        return MakeTuple(context.Storage, count);
    }

    /// <summary>An instance, all fields nil. The caller charges its bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StructObject TakeStruct(ScriptContext context, Shape shape)
    {
        if (context.Storage is { } storage && shape.FreeInstances?.Take() is { } instance)
        {
            storage.Reused++;
            instance.First = default;
            return instance;
        }

        return MakeStruct(context.Storage, shape);
    }

    /// <summary>
    /// Takes a list, map, tuple or instance of a struct that nothing refers to any more, its storage, and on further levels what it
    /// contains. Other objects, and those with an array of their own, are left to the garbage collector.
    /// </summary>
    public void GiveBack(ScriptObject dead, int levels) => BeginReturn().Keep(dead, levels);

    /// <summary>As <see cref="GiveBack(ScriptObject, int)"/>, for a list.</summary>
    public static void GiveBack(ScriptContext context, ListObject dead, int levels) =>
        context.Storage?.BeginReturn().Keep(dead, levels);

    /// <summary>As <see cref="GiveBack(ScriptObject, int)"/>, for a map.</summary>
    public static void GiveBack(ScriptContext context, MapObject dead, int levels) =>
        context.Storage?.BeginReturn().Keep(dead, levels);

    /// <summary>As <see cref="GiveBack(ScriptObject, int)"/>, for a tuple whose elements lie inline.</summary>
    public static void GiveBack(ScriptContext context, TupleObject dead, int levels) =>
        context.Storage?.BeginReturn().Keep(dead, levels);

    /// <summary>As <see cref="GiveBack(ScriptObject, int)"/>, for an instance whose fields lie inline.</summary>
    public static void GiveBack(ScriptContext context, StructObject dead, int levels) =>
        context.Storage?.BeginReturn().Keep(dead, levels);

    /// <summary>Drops what is kept.</summary>
    public void Drop()
    {
        _arrays = null;
        _lists.Drop();
        Array.Clear(_literals);
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

    /// <summary>The place in <see cref="_literals"/> of lists with this strategy, and as many elements as the array has places.</summary>
    private static int PlaceOf(ListStrategy strategy, int length) => ((int)strategy * LongestLiteral) + length - 1;

    /// <summary>Whether lists with arrays of this length are literals; the others grow by doubling from the first four places.</summary>
    private static bool IsOfLiteral(int length) => length is > 0 and <= LongestLiteral && length is not (4 or 8 or 16);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ListObject MakeList(EngineStorage? storage)
    {
        CountMade(storage);
        return new ListObject();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ListObject MakeList(ScriptContext context, ListStrategy strategy, int count)
    {
        ListObject list = TakeList(context);
        list.BeginWith(strategy, count, context.Storage?.Arrays);
        return list;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TupleObject MakeTuple(EngineStorage? storage, int count)
    {
        CountMade(storage);
        return TupleObject.Create(count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StructObject MakeStruct(EngineStorage? storage, Shape shape)
    {
        CountMade(storage);
        return StructObject.Create(shape);
    }

    private static void CountMade(EngineStorage? storage)
    {
        if (storage is not null)
        {
            storage._made++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReuse(ListObject list, ListStrategy strategy, int count)
    {
        if (list.TryBeginAgain(strategy, count))
        {
            Reused++;
            return true;
        }

        RefusedReturns++;
        return false;
    }

    private EngineStorage BeginReturn()
    {
        _partsLeft = MostParts;
        return this;
    }

    private void Keep(ListObject list, int levels)
    {
        if (levels > 1 && list.Strategy == ListStrategy.Values)
        {
            KeepParts(list.ItemsAs<Value>().AsSpan(0, list.Count), levels - 1);
        }

        if (!Accepts(!list.IsGivenUp))
        {
            return;
        }

        FreeArrays arrays = Arrays;
        int length = list.Items.Length;
        if (IsOfLiteral(length))
        {
            int place = PlaceOf(list.Strategy, length);
            list.GiveUp();
            (_literals[place] ?? NewPlace(place, length)).Keep(list);
        }
        else
        {
            list.GiveUp(arrays);
            _lists.Keep(list);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private FreeObjects<ListObject> NewPlace(int place, int length) =>
        _literals[place] = new(Math.Min(MostObjects, BytesOfLength / (length * Unsafe.SizeOf<Value>())));

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

        if (Accepts(instance.TryGiveUp()))
        {
            Shape shape = instance.Shape;
            (shape.FreeInstances ?? NewPlace(shape)).Keep(instance);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private FreeObjects<StructObject> NewPlace(Shape shape)
    {
        _shapes.Add(shape);
        return shape.FreeInstances = new(MostObjects);
    }

    /// <summary>
    /// What belongs to a dead object is dead as well. Compiled code has made all of it that can be given back. It looks at a limited number
    /// of parts, because no limit is checked meanwhile.
    /// </summary>
    private void KeepParts(ReadOnlySpan<Value> parts, int levels)
    {
        int looks = Math.Min(parts.Length, _partsLeft);
        _partsLeft -= looks;
        for (int i = 0; i < looks; i++)
        {
            // Ints, floats, bools and strs have no identity, and so nothing to give back.
            object? part = parts[i].Ref;
            if (ScriptObject.HasOwnIdentity(part))
            {
                Keep(part, levels);
            }
        }
    }

    private void Keep(object? dead, int levels)
    {
        if (ScriptObject.IsStruct(dead))
        {
            StructObject instance = Unsafe.As<StructObject>(dead!);
            if (instance.IsReusable)
            {
                Keep(instance, levels);
            }
        }
        else if (TupleObject.From(dead) is { } tuple)
        {
            if (tuple.IsReusable)
            {
                Keep(tuple, levels);
            }
        }
        else if (dead is ListObject list)
        {
            Keep(list, levels);
        }
        else if (dead is MapObject map)
        {
            Keep(map, levels);
        }
    }

    private bool Accepts(bool isFirstReturn)
    {
        if (isFirstReturn)
        {
            GivenBack++;
            return true;
        }

        RefusedReturns++;
        return false;
    }

    private FreeArrays BeginAgain()
    {
        Drop();
        return _arrays = new(shortestOfLists: 1, shortestOfTables: 1, LongestArray, BytesOfLength);
    }
}
