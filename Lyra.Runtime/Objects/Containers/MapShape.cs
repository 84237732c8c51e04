using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The keys of maps, all strs, in the order in which they were added. Maps that got the same keys in the same order share a shape, and hold
/// only their values. It never changes, but for the shapes that begin with it.
/// </summary>
/// <remarks>
/// Source: the maps of Self (Chambers, Ungar and Lee, "An Efficient Implementation of Self", 1989), with the tree of transitions that V8
/// calls hidden classes.
/// </remarks>
internal sealed class MapShape
{
    /// <summary>Maps with more keys have a table of their own.</summary>
    public const int MaxKeys = 64;

    /// <summary>Up to this many keys are searched one by one.</summary>
    private const int MaxUnindexed = 4;

    private const int FirstCapacity = 4;

    private const byte NoPosition = byte.MaxValue;

    /// <summary>The shape of no map: what a cache holds before its first map.</summary>
    public static readonly MapShape None = new(null, null, [], 0);

    /// <summary>The keys and their hashes. The first shape with one more key puts it into the same array, if that has room.</summary>
    private readonly Key[] _keys;

    /// <summary>A power of two of slots with positions, found by the hash of a key and linear probing; empty for few keys.</summary>
    private readonly byte[] _index;

    /// <summary>The shape that was made last with one more key.</summary>
    private MapShape? _next;

    /// <summary>All shapes with one more key; null while there is one at most.</summary>
    private Dictionary<ScriptString, MapShape>? _others;

    private MapShape(MapShapes? owner, MapShape? parent, Key[] keys, int count)
    {
        Owner = owner;
        Parent = parent;
        Count = count;
        _keys = keys;
        _index = count > MaxUnindexed ? IndexOf(keys.AsSpan(0, count)) : [];
    }

    private readonly record struct Key(ScriptString Text, int Hash);

    /// <summary>The tree that it belongs to.</summary>
    public MapShapes? Owner { get; }

    /// <summary>The shape without the last key; null for the one without keys.</summary>
    public MapShape? Parent { get; }

    public int Count { get; }

    /// <summary>The shape with one more key that was made last; null while there is none.</summary>
    public MapShape? Last => _next;

    /// <summary>The number of shapes with one more key.</summary>
    public int NextCount => _others?.Count ?? (_next is null ? 0 : 1);

    /// <summary>The bytes of a shape with this many keys, and of its place in the tree.</summary>
    public static long BytesFor(int keys) => 120 + (16L * keys) + (keys > MaxUnindexed ? IndexSize(keys) : 0);

    /// <summary>The shape without keys of a tree.</summary>
    public static MapShape Root(MapShapes owner) => new(owner, null, [], 0);

    public ScriptString KeyAt(int position) => _keys[position].Text;

    /// <summary>The position of a key; -1 when it is absent.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    public int PositionOf(ScriptString key, int hash)
    {
        if (Count > MaxUnindexed)
        {
            return IndexedPositionOf(key, hash);
        }

        for (int i = 0; i < Count; i++)
        {
            if (_keys[i].Hash == hash && _keys[i].Text.ContentEquals(key))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The shape with one more key, if there is one.</summary>
    public bool TryGetNext(ScriptString key, [NotNullWhen(true)] out MapShape? next)
    {
        next = _next;
        if (next is not null && next.KeyAt(Count).ContentEquals(key))
        {
            return true;
        }

        next = null;
        return _others?.TryGetValue(key, out next) == true;
    }

    /// <summary>Makes the shape with one more key, which it does not have and which has no such shape.</summary>
    public MapShape Add(ScriptString key)
    {
        Key[] keys = _keys;
        if (_next is not null || Count == keys.Length)
        {
            keys = new Key[Math.Max(FirstCapacity, Count == keys.Length ? 2 * Count : keys.Length)];
            _keys.AsSpan(0, Count).CopyTo(keys);
        }

        keys[Count] = new Key(key, key.HashCode);
        MapShape added = new(Owner, this, keys, Count + 1);
        if (_next is { } first)
        {
            _others ??= new(TextComparer.Instance) { [first.KeyAt(Count)] = first };
            _others.Add(key, added);
        }

        _next = added;
        return added;
    }

    private static int IndexSize(int keys) => (int)BitOperations.RoundUpToPowerOf2(2 * (uint)keys);

    private static byte[] IndexOf(ReadOnlySpan<Key> keys)
    {
        byte[] index = new byte[IndexSize(keys.Length)];
        Array.Fill(index, NoPosition);
        int mask = index.Length - 1;
        for (int i = 0; i < keys.Length; i++)
        {
            int slot = keys[i].Hash & mask;
            while (index[slot] != NoPosition)
            {
                slot = (slot + 1) & mask;
            }

            index[slot] = (byte)i;
        }

        return index;
    }

    private int IndexedPositionOf(ScriptString key, int hash)
    {
        byte[] index = _index;
        int mask = index.Length - 1;
        for (int slot = hash & mask; index[slot] != NoPosition; slot = (slot + 1) & mask)
        {
            ref readonly Key candidate = ref _keys[index[slot]];
            if (candidate.Hash == hash && candidate.Text.ContentEquals(key))
            {
                return index[slot];
            }
        }

        return -1;
    }

    private sealed class TextComparer : IEqualityComparer<ScriptString>
    {
        public static readonly TextComparer Instance = new();

        public bool Equals(ScriptString? x, ScriptString? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && x.ContentEquals(y));

        public int GetHashCode(ScriptString text) => text.HashCode;
    }
}
