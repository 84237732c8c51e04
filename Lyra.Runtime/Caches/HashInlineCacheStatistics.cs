namespace Lyra.Runtime.Caches;

/// <summary>What a <see cref="HashInlineCache"/> has done so far.</summary>
/// <param name="Lookups">Questions asked.</param>
/// <param name="Misses">Those without an answer.</param>
/// <param name="Collisions">Entries of other keys that lookups passed in their chains.</param>
/// <param name="Evictions">Entries dropped to make room.</param>
/// <param name="Checks">Checksums verified.</param>
/// <param name="Violations">Checksums that were wrong.</param>
/// <param name="Count">Entries now.</param>
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
