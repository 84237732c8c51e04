namespace Lyra.Runtime.Caches;

/// <summary>Counters of a <see cref="HashInlineCache"/>.</summary>
/// <param name="Lookups">The number of lookups.</param>
/// <param name="Misses">Lookups that found no entry.</param>
/// <param name="Collisions">Entries of other keys that lookups passed in their chains.</param>
/// <param name="Evictions">Entries evicted for new ones.</param>
/// <param name="Checks">The number of checksums verified.</param>
/// <param name="Violations">The number of checksums that did not match.</param>
/// <param name="Count">The present number of entries.</param>
internal readonly record struct HashInlineCacheStatistics(
    long Lookups,
    long Misses,
    long Collisions,
    long Evictions,
    long Checks,
    long Violations,
    int Count)
{
    public long Hits => Lookups - Misses;

    /// <summary>Hits per lookup; 0 before the first.</summary>
    public double HitRate => Lookups == 0 ? 0 : (double)Hits / Lookups;
}
