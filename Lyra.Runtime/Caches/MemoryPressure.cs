using System;
using System.Threading;

namespace Lyra.Runtime.Caches;

/// <summary>
/// Notices that memory is scarce: after a garbage collection of the oldest generation that leaves the machine, or the container, under high
/// memory load. Then what is kept for later use only is dropped. It costs nothing between such collections.
/// </summary>
internal static class MemoryPressure
{
    /// <summary>The newest; each has the one before it. A multicast delegate would make the CLR compile a method at the start.</summary>
    private static Trimmed? _newest;

    private static int _epoch;
    private static int _isWatching;

    /// <summary>
    /// Changes each time when memory is scarce. Storage that belongs to a thread or an engine is dropped when it is used next.
    /// </summary>
    public static int Epoch => Volatile.Read(ref _epoch);

    /// <summary>Adds what drops storage that is shared by threads. It is called on any thread, at any time, and must not throw.</summary>
    public static void OnScarce(Action trim)
    {
        Trimmed? before;
        do
        {
            before = Volatile.Read(ref _newest);
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _newest, new Trimmed(trim, before), before), before));

        if (Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            _ = new Watch();
        }
    }

    /// <summary>Drops what is kept for later use.</summary>
    public static void Trim()
    {
        Interlocked.Increment(ref _epoch);
        for (Trimmed? trimmed = Volatile.Read(ref _newest); trimmed is not null; trimmed = trimmed.Before)
        {
            trimmed.Trim();
        }
    }

    private static bool IsScarce()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo(GCKind.Any);
        return memory.HighMemoryLoadThresholdBytes > 0 && memory.MemoryLoadBytes >= memory.HighMemoryLoadThresholdBytes;
    }

    /// <summary>Something that is dropped when memory is scarce.</summary>
    private sealed class Trimmed(Action trim, Trimmed? before)
    {
        public Action Trim { get; } = trim;

        public Trimmed? Before { get; } = before;
    }

    /// <summary>
    /// An object that nothing refers to. Its finalizer runs after a collection and makes it wait for the next one; once it has reached the
    /// oldest generation, only collections of that generation find it.
    /// </summary>
    private sealed class Watch
    {
        ~Watch()
        {
            if (IsScarce())
            {
                Trim();
            }

            if (!Environment.HasShutdownStarted)
            {
                GC.ReRegisterForFinalize(this);
            }
        }
    }
}
