namespace Lyra.Runtime.Caches;

/// <summary>What was rented from pools, and how much of it had been in use before.</summary>
internal struct PoolCounts
{
    /// <summary>The arrays, objects, frames, text builders and slots that were taken, new ones included.</summary>
    public long Rented;

    /// <summary>Those of them that were not new.</summary>
    public long Reused;

    public PoolCounts(long rented, long reused)
    {
        Rented = rented;
        Reused = reused;
    }

    /// <summary>Counts one that was taken.</summary>
    public void Count(bool isReused)
    {
        Rented++;
        Reused += isReused ? 1 : 0;
    }

    public void Add(PoolCounts other)
    {
        Rented += other.Rented;
        Reused += other.Reused;
    }
}
