using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Memory;

/// <summary>One array cut into slots of one size, with the list of those that are free.</summary>
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

    /// <summary>The class it serves; null for a lease beyond the largest class, and after the pool has let go of it.</summary>
    public SlabClass? Owner { get; set; }

    public int SlotValues { get; }

    public Value[] Storage { get; }

    public int Slots => _rentals.Length;

    /// <summary>Slots rented now.</summary>
    public int Used { get; private set; }

    public bool IsFull => Used == Slots;

    /// <summary>Takes a free slot, under the number of its rental. Only when it is not full.</summary>
    public int Rent(long rental)
    {
        int slot = _firstFree;
        _firstFree = _nextFree[slot];
        _rentals[slot] = rental;
        Used++;
        return slot;
    }

    /// <summary>Clears a slot and makes it free; false, and nothing happens, when that rental has already ended.</summary>
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

    /// <summary>Slots whose rental began after the given one and has not ended.</summary>
    public int CountRentedAfter(long rental)
    {
        int count = 0;
        foreach (long each in _rentals)
        {
            count += each > rental ? 1 : 0;
        }

        return count;
    }

    /// <summary>Puts the free slots in the order in which they lie, so that the next rentals lie side by side.</summary>
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
