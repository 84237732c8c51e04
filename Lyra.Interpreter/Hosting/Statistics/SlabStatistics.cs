namespace Lyra;

/// <summary>The state of one size class of the slab pools.</summary>
/// <param name="SlotBytes">The size of a slot in bytes.</param>
/// <param name="Slots">The number of slots.</param>
/// <param name="Used">The slots in use.</param>
/// <param name="Peak">The largest number of slots that were in use at once.</param>
/// <param name="Fragmentation">The share of slots that are free but can't be released, 0 to 1.</param>
public sealed record SlabStatistics(int SlotBytes, int Slots, int Used, int Peak, double Fragmentation);
