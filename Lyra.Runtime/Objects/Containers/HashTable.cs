using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The storage of maps and sets: entries in insertion order and, above <see cref="MaxUnindexed"/> entries, a table of positions with
/// linear probing that is at most half full. A removed entry leaves a hole among the entries, but none in the table, which is closed by
/// shifting back. The entries are compacted when holes outnumber them.
/// A slot of the table has, above the bits of the position, those of the key's hash, so that a probe rarely reads another key's entry.
/// A map with a <see cref="MapShape"/> has none of these, only its values; it gets them with the first key that its shape can't have.
/// </summary>
/// <remarks>
/// <see cref="Equality.AreSameKey"/> compares keys: <c>1</c> and <c>1.0</c> are one key. Hashes are seeded per process
/// (<see cref="Hashing.KeyHash(ScriptContext, in Value)"/>); scripts can't observe the seed, because order is insertion order. A key's
/// hooks may run script code during a lookup; if that changes this table, the lookup ends with ConcurrentModification. Model: the compact
/// dict of PyPy and CPython.
/// </remarks>
internal abstract partial class HashTable(ValueKind kind) : OwnedObject(kind)
{
    /// <summary>Up to this many entries are searched one by one.</summary>
    private const int MaxUnindexed = 8;

    private const int FirstCapacity = 4;
    private const int MaxCapacity = 1 << 29;

    /// <summary>Bytes that an empty map or set takes.</summary>
    public const long EmptyBytes = 88;

    /// <summary>The version of a table that was given back.</summary>
    private const int GivenUp = -1;

    /// <summary>With fewer holes than this, compacting is not worth it.</summary>
    private const int MinHoles = 32;

    private Entry[] _entries = [];

    /// <summary>
    /// A power of two of slots: 0 where there is none, otherwise <c>(hash &amp; ~mask) | (position + 1)</c>. As the table is at most half
    /// full, a position takes fewer bits than the mask has.
    /// </summary>
    private int[] _index = [];

    /// <summary>The values of a map with a shape, whose positions are those of the keys there.</summary>
    private Value[] _values = [];

    private int _limit;
    private int _first;

    /// <summary>
    /// A key, its value (unused in a set) and the key's hash. A hole has the unset marker as its key, and as its hash the number of further
    /// holes that are known to follow it.
    /// </summary>
    internal struct Entry
    {
        public Value Key;
        public Value Value;
        public int Hash;
    }

    /// <summary>The comparison of a probe. Structs implement it, so that each probe loop is compiled separately.</summary>
    private interface IKeyMatcher
    {
        bool Matches(in Entry candidate, int hash);
    }

    /// <summary>The number of stored keys.</summary>
    public int Count { get; private set; }

    /// <summary>Changes when a key is added or removed, and only then.</summary>
    public int Version { get; private set; }

    /// <summary>The keys, where maps share them; null for a table of its own.</summary>
    public MapShape? Shape { get; private set; }

    /// <summary>The end of the positions in use; some below it may be holes.</summary>
    public int EntryLimit => Shape is null ? _limit : Count;

    /// <summary>Whether nothing can change the table any more.</summary>
    public abstract bool IsFrozen { get; }

    public override long OwnBytes => EmptyBytes + BytesFor(_entries.Length, _index.Length) + ValueBytes(_values.Length);

    /// <summary>The first position at or after the given one that holds an entry; -1 when there is none.</summary>
    /// <remarks>
    /// Each run of holes is walked once: its first hole then says how long it is. An entry always follows, as holes at the end are removed.
    /// So all searches together take time in proportion to the removals, and cost no steps.
    /// </remarks>
    public int NextPosition(int position)
    {
        if (Shape is not null)
        {
            return position < Count ? Math.Max(position, 0) : -1;
        }

        int start = Math.Max(position, _first);
        int next = start;
        while (next < _limit && _entries[next].Key.IsUnset)
        {
            next += 1 + _entries[next].Hash;
        }

        if (next - start > 1)
        {
            _entries[start].Hash = next - start - 1;
        }

        return next < _limit ? next : -1;
    }

    /// <summary>The key or element at a position; false where there is none.</summary>
    public bool TryKeyAt(int position, out Value key)
    {
        bool isEntry = IsEntry(position);
        key = !isEntry ? default : Shape is { } shape ? Value.FromObject(shape.KeyAt(position)) : _entries[position].Key;
        return isEntry;
    }

    /// <summary>The position of an int key; -1 when it is absent.</summary>
    public int PositionOf(long key) => Probe(new IntMatcher(key), Hashing.KeyHash(key));

    /// <summary>The position of a tuple of two ints as a key; -1 when it is absent.</summary>
    public int PositionOf(long first, long second) => Probe(new PairMatcher(first, second), Hashing.KeyHash(first, second));

    /// <summary>The position of a tuple of three ints as a key; -1 when it is absent.</summary>
    public int PositionOf(long first, long second, long third) =>
        Probe(new TripleMatcher(first, second, third), Hashing.KeyHash(first, second, third));

    /// <summary>
    /// The position of a tuple of two or three ints, as <see cref="Hashing.IntsOf"/> tells, -1 when it is absent; false for another tuple.
    /// </summary>
    public bool TryPositionOf(TupleObject tuple, out int position)
    {
        int ints = Hashing.IntsOf(tuple, out long first, out long second, out long third);
        position = ints switch
        {
            2 => PositionOf(first, second),
            3 => PositionOf(first, second, third),
            _ => -1,
        };
        return ints > 0;
    }

    /// <summary>The position of a str key; -1 when it is absent. The caller has charged it.</summary>
    public int PositionOf(ScriptString key)
    {
        int hash = key.HashCode;
        return Shape is { } shape ? shape.PositionOf(key, hash) : Probe(new TextMatcher(key), hash);
    }

    /// <summary>The position of a key; -1 when it is absent. Positions are stable while <see cref="Version"/> is unchanged.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    public int PositionOf(ScriptContext context, in Value key) => Find(context, key, out _);

    /// <summary>
    /// Makes room in a new table for a few keys that will be added at once. It takes as many steps as growing to that size does.
    /// </summary>
    public void Reserve(ScriptContext context, int count)
    {
        context.CheckElements(count);
        context.ChargeMemory(BytesFor(count, IndexSize(count)));
        context.Charge(count >> 2);
        if (context.Storage?.Arrays is { } kept)
        {
            Rebuild(context, kept.Entries.Take(count, out _), kept.Indices);
        }
        else
        {
            Rebuild(context, new Entry[count]);
        }
    }

    /// <summary>
    /// Takes over all entries of another table, whose keys keep their hashes. This table must be empty and accept every key and value.
    /// </summary>
    public void CopyFrom(ScriptContext context, HashTable source)
    {
        int count = source.Count;
        if (count == 0)
        {
            return;
        }

        context.CheckElements(count);
        context.Charge(count);
        if (source.Shape is not null)
        {
            CopyShaped(context, source);
            return;
        }

        int former = source._entries.Length;
        int capacity = count > former >> 2 ? former : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(FirstCapacity, count));
        context.ChargeMemory(BytesFor(capacity, IndexSize(capacity)));
        if (capacity == former && count == source._limit)
        {
            _index = Pieces.ToArray<int>(context, source._index);
            _entries = Pieces.ToArray<Entry>(context, source._entries.AsSpan(0, count), capacity);
            _limit = count;
        }
        else
        {
            Fill(context, source, new Entry[capacity]);
        }

        Count = count;
        Version++;
    }

    /// <summary>Removes everything and releases the storage, in the low-pause mode to the engine.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a frozen table.</exception>
    public void Clear(ScriptContext context)
    {
        RequireMutable();
        Release(FreeArrays.ForEmptied(context));
        Version++;
    }

    /// <summary>
    /// Gives up the storage, so that the table can begin again. Nothing may refer to the table, except for its next user. False, and
    /// nothing changes, if it has done so already.
    /// </summary>
    public bool TryGiveUp(FreeArrays freeArrays)
    {
        if (Version == GivenUp)
        {
            return false;
        }

        Release(freeArrays);
        Version = GivenUp;
        return true;
    }

    private void Release(FreeArrays? freeArrays)
    {
        freeArrays?.Values.Keep(_values, Math.Min(Count, _values.Length));
        Shape = null;
        _values = [];
        freeArrays?.Entries.Keep(_entries, _limit);
        freeArrays?.Indices.Keep(_index, _index.Length);
        _entries = [];
        _index = [];
        _limit = 0;
        _first = 0;
        Count = 0;
    }

    /// <summary>Gets the state of a new table, after <see cref="TryGiveUp"/>.</summary>
    protected void BeginTable() => Version = 0;

    public override void VisitReferences(HeapVisitor visitor)
    {
        for (int i = 0; Shape is { } shape && i < Count; i++)
        {
            visitor.Visit(shape.KeyAt(i));
            visitor.Visit(_values[i]);
        }

        for (int i = 0; i < _limit; i++)
        {
            visitor.Visit(_entries[i].Key);
            visitor.Visit(_entries[i].Value);
        }
    }

    /// <exception cref="ScriptErrorException">TypeError for a frozen table.</exception>
    protected void RequireMutable()
    {
        if (IsFrozen)
        {
            throw Throw.Frozen(TypeName);
        }
    }

    /// <summary>The value at a position that holds an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Value ValueAt(int position)
    {
        Value[] values = _values;
        return ref (uint)position < (uint)values.Length ? ref values[position] : ref _entries[position].Value;
    }

    protected bool IsEntry(int position) => Shape is not null ? (uint)position < (uint)Count
        : (uint)position < (uint)_limit && !_entries[position].Key.IsUnset;

    /// <summary>The position of a key; -1 when it is absent. <paramref name="hash"/> receives the key's hash.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a key that can't be hashed; whatever a hook throws.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected int Find(ScriptContext context, in Value key, out int hash)
    {
        if (key.Ref is ScriptString text)
        {
            if (Shape is { } shape)
            {
                return PositionIn(context, shape, text, out hash);
            }

            context.Charge(Equality.ComparisonSteps(text, text));
            hash = text.HashCodeIn(context);
            return Probe(new TextMatcher(text), hash);
        }

        if (key.IsInt)
        {
            hash = Hashing.KeyHash(key.AsInt);
            return Probe(new IntMatcher(key.AsInt), hash);
        }

        return FindOther(context, key, out hash);
    }

    /// <summary>Appends an entry for a key that <see cref="Find"/> did not find.</summary>
    /// <exception cref="ScriptErrorException">ValueError when no table can be that large; a limit is exceeded.</exception>
    protected void Append(ScriptContext context, in Value key, in Value value, int hash)
    {
        if (_limit == _entries.Length)
        {
            if (Shape is null || !TryAppendShaped(context, key, value))
            {
                GrowAndAppend(context, key, value, hash);
            }

            return;
        }

        int position = _limit++;
        ref Entry entry = ref _entries[position];
        entry.Key = key;
        entry.Value = value;
        entry.Hash = hash;
        Count++;
        Version++;
        if (_index.Length > 0)
        {
            Link(_index, position, hash);
        }
    }

    /// <summary>Removes the entry at a position.</summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    protected void RemoveAt(ScriptContext context, int position)
    {
        if (Shape is { } shape && position < shape.Count - 1)
        {
            ExitShape(context);
        }

        Version++;
        Count--;
        if (Shape is not null)
        {
            Shape = Shape.Parent;
            _values[position] = default;
            return;
        }

        if (_index.Length == 0)
        {
            _limit--;
            Array.Copy(_entries, position + 1, _entries, position, _limit - position);
            _entries[_limit] = default;
            return;
        }

        Unlink(position);
        _entries[position] = new Entry { Key = Value.Unset };
        TrimHoles();
        if (_limit - Count > Count + MinHoles)
        {
            Compact();
        }
    }

    private static long BytesFor(int capacity, int index) => (40L * capacity) + (4L * index);

    private static int IndexSize(int capacity) => capacity <= MaxUnindexed ? 0 : (int)BitOperations.RoundUpToPowerOf2(2 * (uint)capacity);

    private static int Taken(int position, int hash, int mask) => (hash & ~mask) | (position + 1);

    private static int PositionIn(int taken, int mask) => (taken & mask) - 1;

    private int FindOther(ScriptContext context, in Value key, out int hash)
    {
        if (TupleObject.From(key.Ref) is { } tuple)
        {
            return FindTuple(context, key, tuple, out hash);
        }

        Value canonical = Hashing.CanonicalKey(key);
        if (canonical.IsInt)
        {
            hash = Hashing.KeyHash(canonical.AsInt);
            return Probe(new IntMatcher(canonical.AsInt), hash);
        }

        hash = Hashing.KeyHash(context, key);
        return Probe(new AnyMatcher(this, context, key), hash);
    }

    private int FindTuple(ScriptContext context, in Value key, TupleObject tuple, out int hash)
    {
        switch (Hashing.IntsOf(tuple, out long first, out long second, out long third))
        {
            case 2:
                hash = Hashing.KeyHash(first, second);
                return Probe(new PairMatcher(first, second), hash);
            case 3:
                hash = Hashing.KeyHash(first, second, third);
                return Probe(new TripleMatcher(first, second, third), hash);
            default:
                hash = Hashing.KeyHashOfOthers(context, tuple);
                return Probe(new AnyMatcher(this, context, key), hash);
        }
    }

    private int Probe<TMatcher>(TMatcher matcher, int hash)
        where TMatcher : struct, IKeyMatcher
    {
        Entry[] entries = _entries;
        int[] index = _index;
        if (index.Length == 0)
        {
            for (int i = 0; i < _limit; i++)
            {
                if (matcher.Matches(entries[i], hash))
                {
                    return i;
                }
            }

            return -1;
        }

        int mask = index.Length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            int taken = index[slot];
            if (taken == 0)
            {
                return -1;
            }

            int position = PositionIn(taken, mask);
            if (((taken ^ hash) & ~mask) == 0 && matcher.Matches(entries[position], hash))
            {
                return position;
            }
        }
    }

    // By value, because the arguments may lie in the array that is replaced.
    private void GrowAndAppend(ScriptContext context, Value key, Value value, int hash)
    {
        if (Shape is not null)
        {
            ExitShape(context);
        }

        if (_limit == _entries.Length)
        {
            Grow(context);
        }

        Append(context, key, value, hash);
    }

    private static int Doubled(ScriptContext context, int length) =>
        (int)Math.Min(context.MaxElements, Math.Max(FirstCapacity, 2 * length));

    private void Grow(ScriptContext context)
    {
        bool hasManyHoles = Count < _limit - (_limit >> 2);
        context.CheckElements(Count + 1L);
        int capacity = hasManyHoles ? _entries.Length : Doubled(context, _entries.Length);
        if (capacity == _entries.Length)
        {
            context.Charge(_limit >> 2);
            Compact();
            return;
        }

        context.ChargeMemory(BytesFor(capacity, IndexSize(capacity)));
        context.Charge(_limit >> 2);
        if (capacity > MaxCapacity)
        {
            throw Throw.CannotExist("a map or set", MaxCapacity, "keys");
        }

        context.GrownArrays++;
        if (FreeArrays.For(context, _entries.Length, capacity, FreeArrays.ShortestOfTables) is { } freeArrays)
        {
            context.ReusedArrays += RebuildReused(context, capacity, freeArrays) ? 1 : 0;
        }
        else
        {
            Rebuild(context, new Entry[capacity]);
        }
    }

    /// <summary>
    /// As <see cref="Rebuild"/> with a larger array, which is one that is kept if there is one; tells whether it is.
    /// </summary>
    private bool RebuildReused(ScriptContext context, int capacity, FreeArrays freeArrays)
    {
        Entry[] larger = freeArrays.Entries.Take(capacity, out bool isReused);
        Entry[] former = _entries;
        int formerLimit = _limit;
        int[] formerIndex = _index;
        Rebuild(context, larger, freeArrays.Indices);
        freeArrays.Entries.Keep(former, formerLimit);
        if (!ReferenceEquals(formerIndex, _index))
        {
            freeArrays.Indices.Keep(formerIndex, formerIndex.Length);
        }

        return isReused;
    }

    /// <summary>
    /// Copies the entries without holes into another array, with looks at the clock, and rebuilds the table. It changes nothing before both
    /// are complete.
    /// </summary>
    private void Rebuild(ScriptContext context, Entry[] target, ArrayFreeList<int>? indices = null) =>
        Fill(context, this, target, indices);

    /// <summary>As <see cref="Rebuild"/>, with the entries of a table, which may be this one.</summary>
    private void Fill(ScriptContext context, HashTable source, Entry[] target, ArrayFreeList<int>? indices = null)
    {
        int to = 0;
        for (int from = source._first; from < source._limit; from++)
        {
            if (!source._entries[from].Key.IsUnset)
            {
                target[to++] = source._entries[from];
                Pieces.Look(context, to);
            }
        }

        int[] index = NewIndex(IndexSize(target.Length), indices);
        for (int i = 0; index.Length > 0 && i < to; i++)
        {
            Link(index, i, target[i].Hash);
            Pieces.Look(context, i);
        }

        _entries = target;
        _index = index;
        _limit = to;
        _first = 0;
    }

    /// <summary>Removes the holes.</summary>
    private void Compact()
    {
        Entry[] entries = _entries;
        int to = 0;
        for (int from = _first; from < _limit; from++)
        {
            if (!entries[from].Key.IsUnset)
            {
                entries[to++] = entries[from];
            }
        }

        Array.Clear(entries, to, _limit - to);
        _limit = to;
        _first = 0;
        Array.Clear(_index);
        for (int i = 0; _index.Length > 0 && i < to; i++)
        {
            Link(_index, i, entries[i].Hash);
        }
    }

    private static int[] NewIndex(int size, ArrayFreeList<int>? indices)
    {
        if (size == 0)
        {
            return [];
        }

        if (indices is null)
        {
            return new int[size];
        }

        int[] index = indices.Take(size, out bool isReused);
        if (isReused)
        {
            Array.Clear(index);
        }

        return index;
    }

    private static void Link(int[] index, int position, int hash)
    {
        int mask = index.Length - 1;
        int slot = hash & mask;
        while (index[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        index[slot] = Taken(position, hash, mask);
    }

    /// <summary>
    /// Removes a position from the table and closes the gap: entries displaced past it move back (Knuth, algorithm 6.4 R).
    /// </summary>
    private void Unlink(int position)
    {
        int[] index = _index;
        int mask = index.Length - 1;
        int hash = _entries[position].Hash;
        int gap = hash & mask;
        while (index[gap] != Taken(position, hash, mask))
        {
            gap = (gap + 1) & mask;
        }

        for (int slot = (gap + 1) & mask; index[slot] != 0; slot = (slot + 1) & mask)
        {
            int home = _entries[PositionIn(index[slot], mask)].Hash & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask))
            {
                index[gap] = index[slot];
                gap = slot;
            }
        }

        index[gap] = 0;
    }

    /// <summary>Removes holes at both ends, so that repeated removal of the first or last entry stays cheap.</summary>
    private void TrimHoles()
    {
        while (_limit > _first && _entries[_limit - 1].Key.IsUnset)
        {
            _entries[--_limit] = default;
        }

        while (_first < _limit && _entries[_first].Key.IsUnset)
        {
            _first++;
        }

        if (Count == 0)
        {
            Array.Clear(_entries, 0, _first);
            _first = 0;
            _limit = 0;
        }
    }

    private readonly struct TextMatcher(ScriptString key) : IKeyMatcher
    {
        public bool Matches(in Entry candidate, int hash) =>
            candidate.Hash == hash && candidate.Key.Ref is ScriptString text && text.ContentEquals(key);
    }

    private readonly struct IntMatcher(long key) : IKeyMatcher
    {
        /// <summary>Compares the keys only: the hash is in another cache line as often as not.</summary>
        public bool Matches(in Entry candidate, int hash) => Equals(key, candidate.Key);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Equals(long key, in Value candidate) =>
            candidate.IsInt ? candidate.AsInt == key
                : candidate.IsFloat ? Equality.AreEqual(key, candidate.AsFloat)
                : candidate.Ref is HostObject<decimal> exact && exact.Value == key;
    }

    private readonly struct PairMatcher(long first, long second) : IKeyMatcher
    {
        public bool Matches(in Entry candidate, int hash) =>
            candidate.Hash == hash && TupleObject.From(candidate.Key.Ref) is { Items: [var a, var b] }
                && IntMatcher.Equals(first, a) && IntMatcher.Equals(second, b);
    }

    private readonly struct TripleMatcher(long first, long second, long third) : IKeyMatcher
    {
        public bool Matches(in Entry candidate, int hash) =>
            candidate.Hash == hash && TupleObject.From(candidate.Key.Ref) is { Items: [var a, var b, var c] }
                && IntMatcher.Equals(first, a) && IntMatcher.Equals(second, b) && IntMatcher.Equals(third, c);
    }

    private struct AnyMatcher(HashTable table, ScriptContext context, Value key) : IKeyMatcher
    {
        private const int FreeCandidates = 8;

        private int _candidates;

        public bool Matches(in Entry candidate, int hash)
        {
            if (candidate.Hash != hash)
            {
                return false;
            }

            // Few keys have the same hash, unless a script's __hash or an attack on the seed makes many collide.
            if (++_candidates > FreeCandidates)
            {
                context.Charge(1);
            }

            int version = table.Version;
            bool isSame = Equality.AreSameKey(context, key, candidate.Key);
            if (table.Version != version)
            {
                throw Throw.Error(ErrorKinds.ConcurrentModification, "__eq of a key changed the map or set during the lookup");
            }

            return isSame;
        }
    }
}
