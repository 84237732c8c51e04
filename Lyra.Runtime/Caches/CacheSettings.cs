namespace Lyra.Runtime.Caches;

/// <summary>The sizes of a <see cref="HashInlineCache"/>. <c>LyraOptions</c> documents the defaults for the host.</summary>
/// <param name="Slots">The number of slots of the table, a power of two.</param>
/// <param name="Kept">The number of entries that remain after an eviction.</param>
/// <param name="EvictFrom">The number of entries that makes the next insertion evict.</param>
/// <param name="CheckEvery">The number of hits between two verifications of a checksum.</param>
internal readonly record struct CacheSettings(int Slots, int Kept, int EvictFrom, int CheckEvery)
{
    public const int DefaultSlots = 4_096;
    public const int DefaultKept = 3_000;
    public const int DefaultEvictFrom = 3_500;
    public const int DefaultCheckEvery = 100;

    /// <summary>The sizes of an engine with default options.</summary>
    public static CacheSettings Default => new(DefaultSlots, DefaultKept, DefaultEvictFrom, DefaultCheckEvery);
}
