namespace Lyra;

/// <summary>One size class of the slab pools.</summary>
/// <param name="SlotBytes">The size of a slot.</param>
/// <param name="Slots">Slots that there are.</param>
/// <param name="Used">Those in use.</param>
/// <param name="Peak">Most that were in use at once.</param>
/// <param name="Fragmentation">The share of slots that are free but can't be given back, 0 to 1.</param>
public sealed record SlabStatistics(int SlotBytes, int Slots, int Used, int Peak, double Fragmentation);
