using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Memory;

/// <summary>One array divided into slots of one size, with a list of the free slots.</summary>
internal sealed class Slab
{
    private readonly long[] _rentals;
    private readonly int[] _nextFree;
    private int _firstFree;

    public Slab(SlabClass? owner, int slotValues, int slots)
    {
        Owner = owner;
        SlotValues = slotValues;
        Storage = new Value[slotValues * slots];
        _rentals = new long[slots];
        _nextFree = new int[slots];
        for (int slot = 0; slot < slots; slot++)
        {
            _nextFree[slot] = slot + 1 < slots ? slot + 1 : -1;
        }
    }

    /// <summary>
    /// The size class that the slab belongs to; null for a lease larger than the largest class, and after the pool has released the slab.
    /// </summary>
    public SlabClass? Owner { get; set; }

    public int SlotValues { get; }

    public Value[] Storage { get; }

    public int Slots => _rentals.Length;

    /// <summary>The number of slots rented at present.</summary>
    public int Used { get; private set; }

    public bool IsFull => Used == Slots;

    /// <summary>Rents a free slot and stores the number of the rental. The slab must not be full.</summary>
    public int Rent(long rental)
    {
        int slot = _firstFree;
        _firstFree = _nextFree[slot];
        _rentals[slot] = rental;
        Used++;
        return slot;
    }

    /// <summary>Clears and frees a slot. Returns false, and does nothing, when that rental has already ended.</summary>
    public bool TryReturn(int slot, long rental)
    {
        if (_rentals[slot] != rental)
        {
            return false;
        }

        _rentals[slot] = 0;
        Array.Clear(Storage, slot * SlotValues, SlotValues);
        _nextFree[slot] = _firstFree;
        _firstFree = slot;
        Used--;
        return true;
    }

    /// <summary>The number of slots whose rental began after the given one and has not ended.</summary>
    public int CountRentedAfter(long rental)
    {
        int count = 0;
        foreach (long each in _rentals)
        {
            count += each > rental ? 1 : 0;
        }

        return count;
    }

    /// <summary>Sorts the free slots by position, so that the next rentals are adjacent.</summary>
    public void SortFreeSlots()
    {
        _firstFree = -1;
        for (int slot = Slots - 1; slot >= 0; slot--)
        {
            if (_rentals[slot] == 0)
            {
                _nextFree[slot] = _firstFree;
                _firstFree = slot;
            }
        }
    }
}
