namespace Lyra.Runtime.Memory;

/// <summary>One size class of a <see cref="SlabPool"/>.</summary>
/// <param name="SlotValues">Values a slot holds, 16 bytes each.</param>
/// <param name="Slabs">Slabs now.</param>
/// <param name="Slots">Slots now.</param>
/// <param name="Used">Slots rented now.</param>
/// <param name="Peak">Most slots rented at once since the pool was made or reset.</param>
/// <param name="Fragmentation">The share of slots that are free but in a slab which is held by others, 0 to 1.</param>
internal readonly record struct SlabClassStatistics(int SlotValues, int Slabs, int Slots, int Used, int Peak, double Fragmentation)
{
    public int SlotBytes => SlotValues * 16;
}

/// <summary>A <see cref="SlabPool"/> at one moment.</summary>
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

/// <summary>A moment in a pool's life; see <see cref="SlabPool.LeaksSince"/>.</summary>
internal readonly record struct SlabCheckpoint(long Rental);
