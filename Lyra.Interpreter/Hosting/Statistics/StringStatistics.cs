namespace Lyra;

/// <summary>Counters of the strs of up to 64 code units that the engine keeps to return them again.</summary>
/// <param name="Interned">The strs that were made and kept.</param>
/// <param name="Hits">The strs that were not made, because an equal one was kept.</param>
public sealed record StringStatistics(long Interned, long Hits);
