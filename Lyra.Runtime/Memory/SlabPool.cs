using System;
using System.Numerics;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Memory;

/// <summary>
/// Pooled storage for short-lived arrays of values whose lifetime is known: the argument windows of hooks and builtins, returned in a
/// <c>finally</c>. Eight size classes from 2 to 256 values (32 B to 4 KB); renting and returning are O(1) and allocate nothing once a class
/// has enough slabs. Each engine has one pool; only its thread uses it. Reuse is not observable: a slot is cleared when it is returned, and
/// a lease that is returned twice or to the wrong pool is refused.
/// </summary>
/// <remarks>
/// Suspended generators and tasks keep their registers in arrays of their own. A script may drop one at any time, and its slot would never
/// be returned; one that the script keeps would keep a whole slab alive, hundreds of times the memory that the limit counts for it. Rented
/// registers would not be faster either: measured, a loop over a generator took the same time, async calls 12 % longer, and dropped
/// generators 5 to 15 % longer.
/// </remarks>
internal sealed class SlabPool
{
    public const int ClassCount = 8;
    public const int SmallestSlot = 2;
    public const int LargestSlot = SmallestSlot << (ClassCount - 1);

    private readonly SlabClass[] _classes = new SlabClass[ClassCount];
    private readonly bool _throwsOnMisuse;
    private long _rentals;
    private long _unpooled;
    private long _doubleReturns;
    private long _foreignReturns;

    /// <param name="slabSlots">
    /// The number of slots of a slab. The first slab of a class is created at its first rental, further slabs on demand.
    /// </param>
    /// <param name="throwsOnMisuse">Whether an invalid return throws; it is always counted. Null means: only in Debug builds.</param>
    public SlabPool(int slabSlots = EngineDefaults.SlabSlots, bool? throwsOnMisuse = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slabSlots);
        for (int i = 0; i < ClassCount; i++)
        {
            _classes[i] = new SlabClass(this, SmallestSlot << i, slabSlots);
        }

#if DEBUG
        _throwsOnMisuse = throwsOnMisuse ?? true;
#else
        _throwsOnMisuse = throwsOnMisuse ?? false;
#endif
    }

    /// <summary>The slabs that were made, each because a rental found no free slot.</summary>
    public long Grown { get; set; }

    /// <summary>The rentals so far, and those of them that got a slot of a slab that existed.</summary>
    public PoolCounts Counts => new(_rentals, _rentals - _unpooled - Grown);

    /// <summary>Receives growth; null when nothing listens.</summary>
    public ISlabObserver? Observer { get; init; }

    /// <summary>The slots of all classes, and the rented ones of them.</summary>
    public (int Slots, int Used) SlotCounts
    {
        get
        {
            int slots = 0;
            int used = 0;
            foreach (SlabClass each in _classes)
            {
                slots += each.Slots;
                used += each.Used;
            }

            return (slots, used);
        }
    }

    /// <summary>Leases returned twice or to the wrong pool.</summary>
    public long RefusedReturns => _doubleReturns + _foreignReturns;

    /// <summary>
    /// Rents storage for a number of values, all nil. More than <see cref="LargestSlot"/> values get an array of their own.
    /// </summary>
    public SlabLease Rent(int values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(values);
        long rental = ++_rentals;
        if (values <= LargestSlot)
        {
            return _classes[ClassOf(values)].Rent(values, rental);
        }

        _unpooled++;
        Slab single = new(null, values, 1);
        return new SlabLease(single, single.Rent(rental), values, rental);
    }

    /// <summary>Ends a rental. Neither the lease nor a span obtained from it may be used afterwards.</summary>
    /// <exception cref="InvalidOperationException">
    /// The rental has already ended or belongs to another pool, and the pool throws on misuse.
    /// </exception>
    public void Return(in SlabLease lease)
    {
        Slab? slab = lease.Slab;
        if (slab is null)
        {
            return;
        }

        bool isUnpooled = slab.SlotValues > LargestSlot;
        if (!isUnpooled && slab.Owner?.Pool != this)
        {
            _foreignReturns++;
            ThrowOnMisuse("A slab lease was returned to a pool that did not issue it.");
            return;
        }

        if (!(isUnpooled ? slab.TryReturn(lease.Slot, lease.Rental) : slab.Owner!.TryReturn(slab, lease.Slot, lease.Rental)))
        {
            _doubleReturns++;
            ThrowOnMisuse("A slab lease was returned twice.");
        }
    }

    /// <summary>Releases empty slabs; returns how many.</summary>
    public int Defragment()
    {
        int released = 0;
        foreach (SlabClass each in _classes)
        {
            released += each.Defragment();
        }

        return released;
    }

    /// <summary>Releases all slabs, even those with rented slots: returning such a lease later is a foreign return.</summary>
    public void Reset()
    {
        foreach (SlabClass each in _classes)
        {
            each.Reset();
        }
    }

    /// <summary>Begins <see cref="SlabClassStatistics.RecentPeak"/> of all classes anew.</summary>
    public void ResetRecentPeaks()
    {
        foreach (SlabClass each in _classes)
        {
            each.ResetRecentPeak();
        }
    }

    public SlabCheckpoint Checkpoint() => new(_rentals);

    /// <summary>
    /// The number of slots, per class, that were rented since the checkpoint and not returned. All 0 when nothing leaked.
    /// </summary>
    public int[] LeaksSince(SlabCheckpoint checkpoint)
    {
        int[] leaks = new int[ClassCount];
        for (int i = 0; i < ClassCount; i++)
        {
            leaks[i] = _classes[i].CountRentedAfter(checkpoint.Rental);
        }

        return leaks;
    }

    public SlabPoolStatistics Snapshot()
    {
        SlabClassStatistics[] classes = new SlabClassStatistics[ClassCount];
        for (int i = 0; i < ClassCount; i++)
        {
            classes[i] = _classes[i].Snapshot();
        }

        return new SlabPoolStatistics(classes, _rentals, _unpooled, _doubleReturns, _foreignReturns);
    }

    /// <summary>The smallest class whose slots hold this many values.</summary>
    private static int ClassOf(int values) => values <= SmallestSlot ? 0 : BitOperations.Log2((uint)(values - 1));

    private void ThrowOnMisuse(string message)
    {
        if (_throwsOnMisuse)
        {
            throw new InvalidOperationException(message);
        }
    }
}
