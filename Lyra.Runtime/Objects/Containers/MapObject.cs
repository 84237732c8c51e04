using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A map. It keeps insertion order; a store under a present key keeps that key and its position.</summary>
internal sealed class MapObject() : HashTable(ValueKind.Map)
{
    /// <summary>The annotation of the map, or <see cref="BoundType.FrozenMap"/>; null when every key and value is accepted.</summary>
    public BoundType? Annotation;

    /// <summary>The annotation that keys are checked against; null when every key is accepted.</summary>
    public BoundType? KeyType => IsFrozen ? Annotation : Annotation?.Argument(0);

    /// <summary>The annotation that values are checked against; null when every value is accepted.</summary>
    public BoundType? ValueType => Annotation?.Argument(1);

    public override ValueKind Kind => ValueKind.Map;

    public override bool IsFrozen => Annotation?.Kind == SlotKind.Frozen;

    /// <summary>The annotation of maps of a type; null if it accepts every key and value.</summary>
    public static BoundType? AnnotationOf(BoundType type) => (type.Argument(0) ?? type.Argument(1)) is null ? null : type;

    /// <summary>An empty map with space for the pairs of a literal or record, which are added next. Charges it.</summary>
    /// <param name="context">The engine.</param>
    /// <param name="pairs">The number of pairs.</param>
    /// <param name="firstKey">The key of the first one: a map that begins with a str may share its keys with others.</param>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public static MapObject ForPairs(ScriptContext context, int pairs, in Value firstKey)
    {
        context.ChargeMemory(EmptyBytes);
        MapObject map = EngineStorage.TakeMap(context);
        int count = (int)Math.Min(pairs, context.MaxElements);
        if (firstKey.Ref is ScriptString && count <= MapShape.MaxKeys)
        {
            map.BeginShape(context, count);
        }
        else if (count > 0)
        {
            map.Reserve(context, count);
        }

        return map;
    }

    /// <summary>A map of keys that cost no steps, and a value for each. Charges it.</summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public static MapObject OfKeys(ScriptContext context, KnownKeys keys, ReadOnlySpan<Value> values) =>
        ReferenceEquals(keys.Shape.Owner, context.UsedMapShapes) && keys.Shape.Owner is not null
            ? OfShape(context, keys.Shape, values)
            : OfNewKeys(context, keys, values);

    /// <summary>Begins a map for keys that data gives, all of them strs: it may share its keys with others.</summary>
    /// <param name="context">The engine.</param>
    /// <param name="count">The number of keys for which there shall be room, at most <see cref="MapShape.MaxKeys"/>.</param>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public void BeginRecord(ScriptContext context, int count) => BeginShape(context, count);

    /// <summary>Appends a value under the last key of a shape, which has one key more than the map's.</summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public void Append(ScriptContext context, MapShape next, in Value value) => AppendShaped(context, next, value);

    /// <summary>
    /// Prepares for a key that the source writes as the name of a member: a map that begins with one may share its keys with others, as
    /// those of literals do. Does nothing to a map that has begun.
    /// </summary>
    public void BeginMembers(ScriptContext context)
    {
        if (IsNew && !IsFrozen)
        {
            BeginShape(context);
        }
    }

    /// <summary>Gets the state of a new map, after <see cref="HashTable.TryGiveUp"/>.</summary>
    public void BeginAgain()
    {
        Annotation = null;
        BeginTable();
    }

    /// <summary>The value under a key; false when the key is absent.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    /// <remarks>With a shape, the interpreter reads five keys in a loop 12 % faster than by <see cref="HashTable.Find"/>.</remarks>
    public bool TryGet(ScriptContext context, in Value key, out Value value) =>
        Shape is { } shape && key.Ref is ScriptString text
            ? TryReadShaped(PositionIn(context, shape, text, out _), out value)
            : TryRead(Find(context, key, out _), out value);

    /// <summary>The value under a key that the source names; false when it is absent.</summary>
    public bool TryGet(ScriptContext context, KnownKey key, out Value value)
    {
        context.Charge(Equality.ComparisonSteps(key.Text, key.Text));
        return TryRead(key.PositionIn(this), out value);
    }

    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    public bool ContainsKey(ScriptContext context, in Value key) => Find(context, key, out _) >= 0;

    /// <summary>Stores, key and value converted by <see cref="KeyType"/> and <see cref="ValueType"/>.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a refused value or a key that can't be hashed; a hook's error; a limit is
    /// exceeded.</exception>
    public void Set(ScriptContext context, in Value key, in Value value)
    {
        Value storedKey = key;
        Value storedValue = value;
        if (Annotation is not null)
        {
            Convert(context, KeyType, ref storedKey);
            Convert(context, ValueType, ref storedValue);
        }

        int position = Find(context, storedKey, out int hash);
        if (position >= 0)
        {
            ValueAt(position).Assign(storedValue);
            return;
        }

        Append(context, storedKey, storedValue, hash);
    }

    /// <summary>As <see cref="Set(ScriptContext, in Value, in Value)"/>, for a key that the source names.</summary>
    public void Set(ScriptContext context, KnownKey key, in Value value)
    {
        if (Annotation is null && key.PositionIn(this) is >= 0 and int position)
        {
            context.Charge(Equality.ComparisonSteps(key.Text, key.Text));
            ValueAt(position).Assign(value);
            return;
        }

        Set(context, Value.FromObject(key.Text), value);
    }

    /// <summary>Removes a key; false when it was absent.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    public bool Remove(ScriptContext context, in Value key)
    {
        RequireMutable();
        int position = Find(context, key, out _);
        if (position >= 0)
        {
            RemoveAt(context, position);
        }

        return position >= 0;
    }

    /// <summary>
    /// The entry at a position from 0 to EntryLimit - 1; false for a hole. Positions are stable while Version is unchanged.
    /// </summary>
    public bool TryEntryAt(int position, out Value key, out Value value)
    {
        bool isEntry = TryKeyAt(position, out key);
        value = isEntry ? ValueAt(position) : default;
        return isEntry;
    }

    private static MapObject OfShape(ScriptContext context, MapShape shape, ReadOnlySpan<Value> values)
    {
        context.ChargeMemory(EmptyBytes);
        MapObject map = EngineStorage.TakeMap(context);
        map.BeginShape(context, shape, values);
        return map;
    }

    private static MapObject OfNewKeys(ScriptContext context, KnownKeys keys, ReadOnlySpan<Value> values)
    {
        MapObject map = ForPairs(context, values.Length, Value.FromObject(keys.Texts[0]));
        for (int i = 0; i < values.Length; i++)
        {
            map.Set(context, Value.FromObject(keys.Texts[i]), values[i]);
        }

        // With a key twice, the map has fewer of them.
        if (map.Shape is { } shape && shape.Count == values.Length)
        {
            keys.Shape = shape;
        }

        return map;
    }

    private static void Convert(ScriptContext context, BoundType? type, ref Value value)
    {
        if (type is not null)
        {
            SlotCheck.Convert(context, type, ref value);
        }
    }

    private bool TryRead(int position, out Value value)
    {
        value = position >= 0 ? ValueAt(position) : default;
        return position >= 0;
    }
}
