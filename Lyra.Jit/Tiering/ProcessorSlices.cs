using System;
using System.Diagnostics;

namespace Lyra.Jit.Tiering;

/// <summary>
/// On a single processor, gives the compiler's thread most of the time while a region is being compiled: the script's thread waits in
/// slices. Left to the system, each of the two threads gets half, and the region is ready twice as late; if the script's thread waited for
/// the whole compilation, it would stop for tens of milliseconds.
/// </summary>
/// <param name="counters">The slices count as time for which compilation stopped the script.</param>
internal sealed class ProcessorSlices(TierCounters counters)
{
    /// <summary>The longest time for which the script's thread waits.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);

    /// <summary>The time for which it executes the script between two slices.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(0.5);

    private long _resumedAt;

    /// <summary>Waits for a compilation, unless the script has just waited.</summary>
    public void Give(CompileJob job)
    {
        if (job.IsDone || Stopwatch.GetElapsedTime(_resumedAt) < Between)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        job.Await(Slice);
        _resumedAt = Stopwatch.GetTimestamp();
        counters.CompileTime += Stopwatch.GetElapsedTime(start, _resumedAt);
    }
}
