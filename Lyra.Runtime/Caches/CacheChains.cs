namespace Lyra.Runtime.Caches;

/// <summary>The lengths of the chains of a <see cref="HashInlineCache"/> at one moment.</summary>
/// <param name="UsedSlots">The slots that have a chain.</param>
/// <param name="Entries">The entries of all chains.</param>
/// <param name="Longest">The entries of the longest chain.</param>
internal readonly record struct CacheChains(int UsedSlots, int Entries, int Longest)
{
    /// <summary>Entries per chain; 0 without entries.</summary>
    public double Mean => UsedSlots == 0 ? 0 : (double)Entries / UsedSlots;
}
