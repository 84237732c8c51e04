using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Caches;

/// <summary>
/// The cache behind the inline caches of both tiers. It maps an operation and a signature (of types, or a shape) to an object and a number.
/// Each engine has one; only its thread uses it.
/// <para>
/// A slot of the table is the head of a chain of entries in one array, so that no entry is allocated by itself. The table starts small,
/// because most engines use few entries, and doubles until it has all its slots. Each use stamps the entry with the number of lookups so
/// far, so that a hit moves nothing. When the cache has <c>evictFrom</c> entries, the next insertion sorts
/// them by stamp and evicts the least recently used until <c>kept</c> are left. Each entry has a checksum of its key and its answer, which
/// is verified at every <c>checkEvery</c>th hit and at eviction. A damaged entry is dropped and counted; the lookup is then a miss, and the
/// caller computes the answer again.
/// </para>
/// </summary>
internal sealed class HashInlineCache
{
    private const int InitialSlots = 64;
    private const int InitialEntries = 8;
    private const int None = -1;

    private readonly int _mostSlots;
    private readonly int _kept;
    private readonly int _evictFrom;
    private readonly int _checkEvery;
    private int[] _slots;
    private Entry[] _entries = new Entry[InitialEntries];
    private int _free = None;
    private int _next;
    private int _count;
    private int _untilCheck;
    private long _lookups;
    private long _misses;
    private long _collisions;
    private long _evictions;
    private long _checks;
    private long _violations;

    public HashInlineCache(in CacheSettings settings)
        : this(settings.Slots, settings.Kept, settings.EvictFrom, settings.CheckEvery)
    {
    }

    /// <param name="slots">The number of slots of the full table, a power of two.</param>
    /// <param name="kept">The number of entries that remain after an eviction.</param>
    /// <param name="evictFrom">The number of entries that makes the next insertion evict.</param>
    /// <param name="checkEvery">The number of hits between two verifications of a checksum.</param>
    public HashInlineCache(
        int slots = CacheSettings.DefaultSlots,
        int kept = CacheSettings.DefaultKept,
        int evictFrom = CacheSettings.DefaultEvictFrom,
        int checkEvery = CacheSettings.DefaultCheckEvery)
    {
        if (!BitOperations.IsPow2(slots))
        {
            throw new ArgumentException("The number of slots must be a power of two.", nameof(slots));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(kept);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(evictFrom, kept);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(checkEvery);
        _mostSlots = slots;
        _slots = EmptySlots(Math.Min(slots, InitialSlots));
        _kept = kept;
        _evictFrom = evictFrom;
        _checkEvery = checkEvery;
        _untilCheck = checkEvery;
    }

    /// <summary>Receives evictions; null when nothing listens.</summary>
    public ICacheObserver? Observer { get; init; }

    /// <summary>The present number of entries.</summary>
    public int Count => _count;

    /// <summary>The damaged entries found so far.</summary>
    public long Violations => _violations;

    public HashInlineCacheStatistics Statistics => new(_lookups, _misses, _collisions, _evictions, _checks, _violations, _count);

    /// <summary>The answer stored for a key; false when there is none. Allocates nothing.</summary>
    public bool TryGet(long operation, long signature, out object? payload, out int number) =>
        TryGet(CacheKey.Djb2(operation, signature), operation, signature, out payload, out number);

    /// <summary>As the other overload, for a caller that knows the key's hash (<see cref="CacheKey"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(uint hash, long operation, long signature, out object? payload, out int number)
    {
        long now = ++_lookups;
        Entry[] entries = _entries;
        int[] slots = _slots;
        int index = slots[(int)(hash & (uint)(slots.Length - 1))];
        while ((uint)index < (uint)entries.Length)
        {
            ref Entry entry = ref entries[index];
            if (entry.Operation == operation && entry.Signature == signature)
            {
                if (--_untilCheck <= 0 && !IsIntact(index))
                {
                    break;
                }

                entry.LastUse = now;
                payload = entry.Payload;
                number = entry.Number;
                return true;
            }

            _collisions++;
            index = entry.Next;
        }

        _misses++;
        payload = null;
        number = 0;
        return false;
    }

    /// <summary>Stores the answer for a key and replaces an earlier one.</summary>
    public void Set(long operation, long signature, object? payload, int number)
    {
        int index = Find(operation, signature);
        if (index == None)
        {
            if (_count >= _evictFrom)
            {
                Evict();
            }
            else if (_count >= _slots.Length / 2 && _slots.Length < _mostSlots)
            {
                Grow();
            }

            index = NewEntry();
            _entries[index].Operation = operation;
            _entries[index].Signature = signature;
            Link(index);
            _count++;
        }

        ref Entry entry = ref _entries[index];
        entry.Payload = payload;
        entry.Number = number;
        entry.LastUse = _lookups;
        entry.IsUsed = true;
        entry.Checksum = entry.ComputeChecksum();
    }

    /// <summary>Removes a key; false when it was not there.</summary>
    public bool Remove(long operation, long signature)
    {
        int index = Find(operation, signature);
        if (index == None)
        {
            return false;
        }

        Drop(index);
        return true;
    }

    /// <summary>Measures the chains: time in proportion to the slots and entries.</summary>
    public CacheChains MeasureChains()
    {
        int used = 0;
        int longest = 0;
        foreach (int head in _slots)
        {
            int length = 0;
            for (int index = head; index != None; index = _entries[index].Next)
            {
                length++;
            }

            used += length > 0 ? 1 : 0;
            longest = Math.Max(longest, length);
        }

        return new CacheChains(used, _count, longest);
    }

    /// <summary>Removes all entries; the statistics remain.</summary>
    public void Clear()
    {
        Observer?.OnCleared(_count);
        Array.Fill(_slots, None);
        Array.Clear(_entries);
        _free = None;
        _next = 0;
        _count = 0;
    }

    private ref int SlotOf(long operation, long signature) =>
        ref _slots[(int)(CacheKey.Djb2(operation, signature) & (uint)(_slots.Length - 1))];

    private int Find(long operation, long signature)
    {
        int index = SlotOf(operation, signature);
        while (index != None && (_entries[index].Operation != operation || _entries[index].Signature != signature))
        {
            index = _entries[index].Next;
        }

        return index;
    }

    private static int[] EmptySlots(int count)
    {
        int[] slots = new int[count];
        Array.Fill(slots, None);
        return slots;
    }

    /// <summary>Doubles the slots.</summary>
    private void Grow()
    {
        _slots = EmptySlots(_slots.Length * 2);
        for (int i = 0; i < _next; i++)
        {
            if (_entries[i].IsUsed)
            {
                Link(i);
            }
        }
    }

    /// <summary>Makes an entry the first of its slot's chain.</summary>
    private void Link(int index)
    {
        ref Entry entry = ref _entries[index];
        ref int head = ref SlotOf(entry.Operation, entry.Signature);
        entry.Next = head;
        head = index;
    }

    private int NewEntry()
    {
        if (_free != None)
        {
            int index = _free;
            _free = _entries[index].Next;
            return index;
        }

        if (_next == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Min(_entries.Length * 2, _evictFrom));
        }

        return _next++;
    }

    /// <summary>Verifies an entry and drops it when it is damaged.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsIntact(int index)
    {
        _untilCheck = _checkEvery;
        if (Check(index))
        {
            return true;
        }

        Drop(index);
        return false;
    }

    private bool Check(int index)
    {
        _checks++;
        bool isIntact = _entries[index].Checksum == _entries[index].ComputeChecksum();
        _violations += isIntact ? 0 : 1;
        return isIntact;
    }

    private void Drop(int index)
    {
        Unlink(index);
        _entries[index] = new Entry { Next = _free };
        _free = index;
        _count--;
    }

    /// <summary>Removes an entry from its chain. If its key is damaged, every chain is searched.</summary>
    private void Unlink(int index)
    {
        if (TryUnlink(ref SlotOf(_entries[index].Operation, _entries[index].Signature), index))
        {
            return;
        }

        for (int slot = 0; slot < _slots.Length && !TryUnlink(ref _slots[slot], index); slot++)
        {
        }
    }

    private bool TryUnlink(ref int head, int index)
    {
        ref int link = ref head;
        while (link != None)
        {
            if (link == index)
            {
                link = _entries[index].Next;
                return true;
            }

            link = ref _entries[link].Next;
        }

        return false;
    }

    /// <summary>Drops the least recently used entries until <see cref="_kept"/> are left, and verifies each of those it drops.</summary>
    private void Evict()
    {
        long[] stamps = new long[_count];
        int[] indices = new int[_count];
        int found = 0;
        for (int i = 0; i < _next; i++)
        {
            if (_entries[i].IsUsed)
            {
                stamps[found] = _entries[i].LastUse;
                indices[found++] = i;
            }
        }

        Array.Sort(stamps, indices);
        int surplus = _count - _kept;
        for (int i = 0; i < surplus; i++)
        {
            Check(indices[i]);
            Drop(indices[i]);
            _evictions++;
        }

        Observer?.OnEvicted(surplus);
    }

    private struct Entry
    {
        public long Operation;
        public long Signature;
        public object? Payload;
        public long LastUse;
        public int Number;

        /// <summary>The next entry of the slot's chain, or of the free list.</summary>
        public int Next;

        public uint Checksum;
        public bool IsUsed;

        public readonly uint ComputeChecksum()
        {
            ulong mixed = (ulong)Operation * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 32) ^ (ulong)Signature) * 0xD6E8FEB86659FD93;
            mixed = (mixed ^ (mixed >> 32) ^ (uint)Number) * 0xD6E8FEB86659FD93;
            mixed = (mixed ^ (mixed >> 32) ^ (uint)RuntimeHelpers.GetHashCode(Payload)) * 0x9E3779B97F4A7C15;
            return (uint)(mixed >> 32);
        }
    }
}
