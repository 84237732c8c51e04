using System;
using System.Threading;

namespace Lyra.Runtime.Caches;

/// <summary>
/// Notices that memory is scarce: after a garbage collection of the oldest generation that leaves the machine, or the container, under high
/// memory load. Then what is kept for later use only is dropped. It costs nothing between such collections.
/// </summary>
internal static class MemoryPressure
{
    private static Action? _trims;
    private static int _epoch;
    private static int _isWatching;

    /// <summary>
    /// Changes each time when memory is scarce. Storage that belongs to a thread or an engine is dropped when it is used next.
    /// </summary>
    public static int Epoch => Volatile.Read(ref _epoch);

    /// <summary>Adds what drops storage that is shared by threads. It is called on any thread, at any time, and must not throw.</summary>
    public static void OnScarce(Action trim)
    {
        Action? before;
        do
        {
            before = Volatile.Read(ref _trims);
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _trims, before + trim, before), before));

        if (Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            _ = new Watch();
        }
    }

    /// <summary>Drops what is kept for later use.</summary>
    public static void Trim()
    {
        Interlocked.Increment(ref _epoch);
        Volatile.Read(ref _trims)?.Invoke();
    }

    private static bool IsScarce()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo(GCKind.Any);
        return memory.HighMemoryLoadThresholdBytes > 0 && memory.MemoryLoadBytes >= memory.HighMemoryLoadThresholdBytes;
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
