namespace Lyra.Runtime.Memory;

/// <summary>The statistics of one size class of a <see cref="SlabPool"/>.</summary>
/// <param name="SlotValues">The number of values in a slot, 16 bytes each.</param>
/// <param name="Slabs">The present number of slabs.</param>
/// <param name="Slots">The present number of slots.</param>
/// <param name="Used">The number of slots rented at present.</param>
/// <param name="Peak">The most slots rented at once since the pool was created or reset.</param>
/// <param name="RecentPeak">The most slots rented at once since <see cref="SlabPool.ResetRecentPeaks"/>.</param>
/// <param name="Fragmentation">The share of slots that are free, but in a slab with rented slots, 0 to 1.</param>
internal readonly record struct SlabClassStatistics(
    int SlotValues, int Slabs, int Slots, int Used, int Peak, int RecentPeak, double Fragmentation)
{
    public int SlotBytes => SlotValues * 16;
}

/// <summary>The statistics of a <see cref="SlabPool"/> at one moment.</summary>
/// <param name="Classes">The size classes, smallest first.</param>
/// <param name="Rentals">Rentals so far, those beyond the largest class included.</param>
/// <param name="Unpooled">Rentals beyond the largest class: plain arrays.</param>
/// <param name="DoubleReturns">Leases returned again after their rental had ended.</param>
/// <param name="ForeignReturns">Leases returned to a pool that did not give them, or has been reset since.</param>
internal sealed record SlabPoolStatistics(
    SlabClassStatistics[] Classes,
    long Rentals,
    long Unpooled,
    long DoubleReturns,
    long ForeignReturns);

/// <summary>A point in the sequence of a pool's rentals; see <see cref="SlabPool.LeaksSince"/>.</summary>
internal readonly record struct SlabCheckpoint(long Rental);
