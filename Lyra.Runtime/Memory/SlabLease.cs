using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Memory;

/// <summary>
/// Rented values, all nil at first. Valid until it is returned to the pool that gave it; the default is an empty lease that needs no
/// return.
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

    /// <summary>The values asked for; the slot behind them may be larger.</summary>
    public int Length { get; }

    /// <summary>The array that the values lie in.</summary>
    public Value[] Array => Slab?.Storage ?? [];

    /// <summary>Where in <see cref="Array"/> they start.</summary>
    public int Offset => Slab is null ? 0 : Slot * Slab.SlotValues;

    public Span<Value> Span => Slab is null ? default : Slab.Storage.AsSpan(Slot * Slab.SlotValues, Length);

    public Memory<Value> Memory => Slab is null ? default : Slab.Storage.AsMemory(Slot * Slab.SlotValues, Length);

    internal Slab? Slab { get; }

    internal int Slot { get; }

    /// <summary>
    /// The number of the rental, unique in the pool: a lease whose slot has been rented again is told from the new one by it.
    /// </summary>
    internal long Rental { get; }
}
