using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>Maps whose keys are those of a <see cref="MapShape"/>: they have values only.</summary>
internal abstract partial class HashTable
{
    /// <summary>The position of a key in a shape, which it charges as <see cref="Find"/> does; -1 when it is absent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static int PositionIn(ScriptContext context, MapShape shape, ScriptString key, out int hash)
    {
        context.Charge(Equality.ComparisonSteps(key, key));
        hash = key.HashCodeIn(context);
        return shape.PositionOf(key, hash);
    }

    /// <summary>Reads the value at a position in the shape; false for -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool TryReadShaped(int position, out Value value)
    {
        Value[] values = _values;
        bool isFound = (uint)position < (uint)values.Length;
        value = isFound ? values[position] : default;
        return isFound;
    }

    /// <summary>Whether it has neither keys nor storage, so that it may begin with either.</summary>
    protected bool IsNew => Count == 0 && Shape is null && _entries.Length == 0;

    /// <summary>Begins a map without keys with the shape of none.</summary>
    protected void BeginShape(ScriptContext context) => Shape = context.MapShapes.Root;

    /// <summary>Begins a map without keys, for this many that will be added at once, with the shape of none.</summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    protected void BeginShape(ScriptContext context, int count)
    {
        context.CheckElements(count);
        context.ChargeMemory(ValueBytes(count));
        context.Charge(count >> 2);
        BeginShape(context);
        _values = count == 0 ? [] : NewValues(context, count);
    }

    /// <summary>As <see cref="BeginShape(ScriptContext, int)"/>, with all keys of a shape and their values.</summary>
    protected void BeginShape(ScriptContext context, MapShape shape, ReadOnlySpan<Value> values)
    {
        BeginShape(context, values.Length);
        values.CopyTo(_values);
        Shape = shape;
        Count = values.Length;
        Version = values.Length;
    }

    private static long ValueBytes(int capacity) => 16L * capacity;

    private static Value[] NewValues(ScriptContext context, int count) =>
        context.Storage?.Arrays is { } kept ? kept.Values.Take(count, out _) : new Value[count];

    /// <summary>Appends a key that the shape does not have; false if there is no shape that also has this key.</summary>
    private bool TryAppendShaped(ScriptContext context, in Value key, Value value)
    {
        if (key.Ref is not ScriptString text || context.MapShapes.Next(Shape!, text) is not { } next)
        {
            return false;
        }

        AppendShaped(context, next, value);
        return true;
    }

    /// <summary>Appends a value under the last key of a shape, which has one key more than the present one.</summary>
    protected void AppendShaped(ScriptContext context, MapShape next, in Value value)
    {
        if (Count == _values.Length)
        {
            GrowValues(context);
        }

        _values[Count++] = value;
        Shape = next;
        Version++;
    }

    private void GrowValues(ScriptContext context)
    {
        context.CheckElements(Count + 1L);
        int capacity = Doubled(context, _values.Length);
        context.ChargeMemory(ValueBytes(capacity));
        context.Charge(Count >> 2);
        context.GrownArrays++;
        FreeArrays? freeArrays = FreeArrays.For(context, _values.Length, capacity, FreeArrays.ShortestOfLists);
        bool isReused = false;
        Value[] larger = freeArrays?.Values.Take(capacity, out isReused) ?? new Value[capacity];
        context.ReusedArrays += isReused ? 1 : 0;
        Array.Copy(_values, larger, Count);
        freeArrays?.Values.Keep(_values, Count);
        _values = larger;
    }

    /// <summary>Takes over the keys and values of a map with a shape. This table is empty, and the keys are charged.</summary>
    private void CopyShaped(ScriptContext context, HashTable source)
    {
        context.ChargeMemory(ValueBytes(source.Count));
        _values = NewValues(context, source.Count);
        Array.Copy(source._values, _values, source.Count);
        Shape = source.Shape;
        Count = source.Count;
        Version++;
    }

    /// <summary>
    /// Replaces the shape by a table with the same entries at the same positions. It changes nothing before that is complete.
    /// </summary>
    private void ExitShape(ScriptContext context)
    {
        MapShape shape = Shape!;
        int capacity = Math.Max(FirstCapacity, _values.Length);
        context.ChargeMemory(BytesFor(capacity, IndexSize(capacity)));
        context.Charge(Count >> 2);
        FreeArrays? kept = context.Storage?.Arrays;
        Entry[] entries = kept?.Entries.Take(capacity, out _) ?? new Entry[capacity];
        int[] index = NewIndex(IndexSize(capacity), kept?.Indices);
        for (int i = 0; i < shape.Count; i++)
        {
            ScriptString key = shape.KeyAt(i);
            entries[i] = new Entry { Key = Value.FromObject(key), Value = _values[i], Hash = key.HashCode };
            if (index.Length > 0)
            {
                Link(index, i, key.HashCode);
            }
        }

        _entries = entries;
        _index = index;
        _limit = shape.Count;
        _first = 0;
        Shape = null;
        _values = [];
    }
}
