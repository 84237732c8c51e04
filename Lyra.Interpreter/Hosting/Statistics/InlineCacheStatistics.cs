namespace Lyra;

/// <summary>Counters of the cache that all members and operations share.</summary>
/// <param name="Lookups">The number of lookups.</param>
/// <param name="Hits">The lookups that found an entry.</param>
/// <param name="Misses">The lookups that found none.</param>
/// <param name="Collisions">The entries of other keys that lookups compared with.</param>
/// <param name="Evictions">The entries removed in favor of others.</param>
public sealed record InlineCacheStatistics(long Lookups, long Hits, long Misses, long Collisions, long Evictions)
{
    /// <summary>Hits per lookup, 0 to 1; 0 before the first lookup.</summary>
    public double HitRate => Lookups == 0 ? 0 : (double)Hits / Lookups;

    /// <summary>The present number of entries.</summary>
    public int Entries { get; init; }

    /// <summary>The present number of entries per slot that has any; 0 without entries. A lookup passes those before its own.</summary>
    public double MeanChain { get; init; }

    /// <summary>The present number of entries of the fullest slot.</summary>
    public int LongestChain { get; init; }

    /// <summary>The counts since an earlier moment.</summary>
    internal InlineCacheStatistics Since(InlineCacheStatistics earlier) => new(
        Lookups - earlier.Lookups,
        Hits - earlier.Hits,
        Misses - earlier.Misses,
        Collisions - earlier.Collisions,
        Evictions - earlier.Evictions)
    {
        Entries = Entries,
        MeanChain = MeanChain,
        LongestChain = LongestChain,
    };
}
