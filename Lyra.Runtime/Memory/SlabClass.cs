using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Memory;

/// <summary>
/// All slabs of one slot size. Slabs with a free slot are on a stack, so that renting and returning access one slab only.
/// </summary>
internal sealed class SlabClass(SlabPool pool, int slotValues, int slabSlots)
{
    private readonly List<Slab> _slabs = [];
    private readonly Stack<Slab> _available = [];
    private int _used;
    private int _peak;
    private int _recentPeak;

    public SlabPool Pool { get; } = pool;

    public int Slots => _slabs.Count * slabSlots;

    /// <summary>The slots rented at present.</summary>
    public int Used => _used;

    private int SlotBytes => slotValues * 16;

    public SlabLease Rent(int length, long rental)
    {
        if (!_available.TryPeek(out Slab? slab))
        {
            slab = new Slab(this, slotValues, slabSlots);
            _slabs.Add(slab);
            _available.Push(slab);
            Pool.Grown++;
            Pool.Observer?.OnGrown(SlotBytes, slabSlots);
        }

        SlabLease lease = new(slab, slab.Rent(rental), length, rental);
        if (slab.IsFull)
        {
            _available.Pop();
        }

        if (++_used > _recentPeak)
        {
            _recentPeak = _used;
            _peak = Math.Max(_peak, _used);
        }

        return lease;
    }

    /// <summary>Ends a rental; false when it had already ended.</summary>
    public bool TryReturn(Slab slab, int slot, long rental)
    {
        bool wasFull = slab.IsFull;
        if (!slab.TryReturn(slot, rental))
        {
            return false;
        }

        _used--;
        if (wasFull)
        {
            _available.Push(slab);
        }

        return true;
    }

    /// <summary>
    /// Releases empty slabs and lets later rentals fill the fullest of the others first, so that more of them become empty. Rented slots
    /// never move. Returns the number of slabs released.
    /// </summary>
    public int Defragment()
    {
        int released = _slabs.RemoveAll(static slab =>
        {
            bool isEmpty = slab.Used == 0;
            slab.Owner = isEmpty ? null : slab.Owner;
            return isEmpty;
        });
        _slabs.Sort(static (a, b) => a.Used.CompareTo(b.Used));
        _available.Clear();
        foreach (Slab slab in _slabs)
        {
            slab.SortFreeSlots();
            if (!slab.IsFull)
            {
                _available.Push(slab);
            }
        }

        if (released > 0)
        {
            Pool.Observer?.OnTrimmed(SlotBytes, released * slabSlots);
        }

        return released;
    }

    /// <summary>Releases every slab. Returning a lease of one of them later is a foreign return.</summary>
    public void Reset()
    {
        foreach (Slab slab in _slabs)
        {
            slab.Owner = null;
        }

        _slabs.Clear();
        _available.Clear();
        _used = 0;
        _peak = 0;
        _recentPeak = 0;
    }

    /// <summary>Begins <see cref="SlabClassStatistics.RecentPeak"/> anew.</summary>
    public void ResetRecentPeak() => _recentPeak = _used;

    public int CountRentedAfter(long rental)
    {
        int count = 0;
        foreach (Slab slab in _slabs)
        {
            count += slab.CountRentedAfter(rental);
        }

        return count;
    }

    public SlabClassStatistics Snapshot()
    {
        int stranded = 0;
        foreach (Slab slab in _slabs)
        {
            stranded += slab.Used > 0 ? slab.Slots - slab.Used : 0;
        }

        double fragmentation = Slots == 0 ? 0 : (double)stranded / Slots;
        return new SlabClassStatistics(slotValues, _slabs.Count, Slots, _used, _peak, _recentPeak, fragmentation);
    }
}
