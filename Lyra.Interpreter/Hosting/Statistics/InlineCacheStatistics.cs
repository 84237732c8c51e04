namespace Lyra;

/// <summary>What a cache has done.</summary>
/// <param name="Lookups">Questions asked.</param>
/// <param name="Hits">Those that it answered.</param>
/// <param name="Misses">Those that it did not.</param>
/// <param name="Collisions">Entries of other keys that lookups passed.</param>
/// <param name="Evictions">Entries dropped to make room.</param>
public sealed record InlineCacheStatistics(long Lookups, long Hits, long Misses, long Collisions, long Evictions)
{
    /// <summary>Hits per lookup, 0 to 1; 0 before the first.</summary>
    public double HitRate => Lookups == 0 ? 0 : (double)Hits / Lookups;
}
