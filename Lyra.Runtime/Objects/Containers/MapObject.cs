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
    /// <summary>The annotation that keys are checked against; null when every key is accepted.</summary>
    public BoundType? KeyType;

    /// <summary>The annotation that values are checked against; null when every value is accepted.</summary>
    public BoundType? ValueType;

    public override ValueKind Kind => ValueKind.Map;

    public override bool IsFrozen => KeyType?.Kind == SlotKind.Frozen;

    /// <summary>An empty map with space for the pairs of a literal. Charges it.</summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public static MapObject ForLiteral(ScriptContext context, int pairs)
    {
        context.ChargeMemory(EmptyBytes);
        MapObject map = EngineStorage.TakeMap(context);
        if (pairs > 0)
        {
            map.Reserve(context, (int)Math.Min(pairs, context.MaxElements));
        }

        return map;
    }

    /// <summary>Gets the state of a new map, after <see cref="HashTable.TryGiveUp"/>.</summary>
    public void BeginAgain()
    {
        KeyType = null;
        ValueType = null;
        BeginTable();
    }

    /// <summary>The value under a key; false when the key is absent.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    public bool TryGet(ScriptContext context, in Value key, out Value value) => TryRead(Find(context, key, out _), out value);

    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    public bool ContainsKey(ScriptContext context, in Value key) => Find(context, key, out _) >= 0;

    /// <summary>Stores, key and value converted by <see cref="KeyType"/> and <see cref="ValueType"/>.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a refused value or a key that can't be hashed; a hook's error; a limit is
    /// exceeded.</exception>
    public void Set(ScriptContext context, in Value key, in Value value)
    {
        Value storedKey = key;
        Value storedValue = value;
        if (KeyType is not null)
        {
            SlotCheck.Convert(context, KeyType, ref storedKey);
        }

        if (ValueType is not null)
        {
            SlotCheck.Convert(context, ValueType, ref storedValue);
        }

        int position = Find(context, storedKey, out int hash);
        if (position >= 0)
        {
            EntryAt(position).Value.Assign(storedValue);
            return;
        }

        Append(context, storedKey, storedValue, hash);
    }

    /// <summary>Removes a key; false when it was absent.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    public bool Remove(ScriptContext context, in Value key)
    {
        RequireMutable();
        int position = Find(context, key, out _);
        if (position >= 0)
        {
            RemoveAt(position);
        }

        return position >= 0;
    }

    /// <summary>
    /// The entry at a position from 0 to EntryLimit - 1; false for a hole. Positions are stable while Version is unchanged.
    /// </summary>
    public bool TryEntryAt(int position, out Value key, out Value value)
    {
        if (!IsEntry(position))
        {
            key = default;
            value = default;
            return false;
        }

        ref Entry entry = ref EntryAt(position);
        key = entry.Key;
        value = entry.Value;
        return true;
    }

    /// <summary>The value at a position that holds an entry.</summary>
    public ref Value ValueAt(int position) => ref EntryAt(position).Value;

    private bool TryRead(int position, out Value value)
    {
        value = position >= 0 ? EntryAt(position).Value : default;
        return position >= 0;
    }
}
