using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Memory;

/// <summary>
/// A lease of values, initially nil. It is valid until it is returned to its pool. The default is an empty lease that needs no return.
/// </summary>
internal readonly struct SlabLease
{
    internal SlabLease(Slab slab, int slot, int length, long rental)
    {
        Slab = slab;
        Slot = slot;
        Length = length;
        Rental = rental;
    }

    /// <summary>The number of values requested; the slot may be larger.</summary>
    public int Length { get; }

    /// <summary>The array that contains the values.</summary>
    public Value[] Array => Slab?.Storage ?? [];

    /// <summary>The index of the first value in <see cref="Array"/>.</summary>
    public int Offset => Slab is null ? 0 : Slot * Slab.SlotValues;

    public Span<Value> Span => Slab is null ? default : Slab.Storage.AsSpan(Slot * Slab.SlotValues, Length);

    public Memory<Value> Memory => Slab is null ? default : Slab.Storage.AsMemory(Slot * Slab.SlotValues, Length);

    internal Slab? Slab { get; }

    internal int Slot { get; }

    /// <summary>
    /// The number of the rental, unique in the pool. It distinguishes a lease that has ended from the present lease of the same slot.
    /// </summary>
    internal long Rental { get; }
}
