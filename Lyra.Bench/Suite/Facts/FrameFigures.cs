using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Lyra.Bench.Suite.Facts;

/// <summary>What the frames of a program cost: calls of its <c>run</c> from C#, as a game makes them.</summary>
/// <param name="Bytes">The bytes that the thread allocated.</param>
/// <param name="Collections">The garbage collections of each generation.</param>
/// <param name="Paused">The milliseconds of all pauses.</param>
/// <param name="LongestPause">Those of the longest.</param>
/// <param name="SlowFrame">The milliseconds of a frame of which one in a thousand takes longer.</param>
/// <param name="PeakBytes">The largest heap after a collection.</param>
/// <param name="Milliseconds">The time of all frames.</param>
/// <param name="Rented">What the frames took from the pools of the engine.</param>
/// <param name="Reused">What of it had been in use before.</param>
internal sealed record FrameFigures(
    long Bytes,
    int[] Collections,
    double Paused,
    double LongestPause,
    double SlowFrame,
    long PeakBytes,
    double Milliseconds,
    long Rented,
    long Reused)
{
    /// <summary>Measures a number of frames.</summary>
    /// <param name="engine">The engine, which has run the program.</param>
    /// <param name="size">The argument of a frame.</param>
    /// <param name="frames">Their number.</param>
    public static FrameFigures Measure(LyraEngine engine, int size, int frames)
    {
        PoolStatistics pools = engine.Statistics.Pools;
        GC.Collect();
        int[] collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        TimeSpan paused = GC.GetTotalPauseDuration();
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        List<double> times = new(frames);
        double longest = 0;
        long peak = 0;
        long start = Stopwatch.GetTimestamp();
        for (int frame = 0; frame < frames; frame++)
        {
            int before = GC.CollectionCount(0);
            long frameStart = Stopwatch.GetTimestamp();
            engine.Call("run", size);
            times.Add(Stopwatch.GetElapsedTime(frameStart).TotalMilliseconds);
            if (GC.CollectionCount(0) != before)
            {
                GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
                longest = Math.Max(longest, last.PauseDurations[0].TotalMilliseconds);
                peak = Math.Max(peak, last.HeapSizeBytes);
            }
        }

        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        collections = [.. collections.Select((count, generation) => GC.CollectionCount(generation) - count)];
        times.Sort();
        PoolStatistics after = engine.Statistics.Pools;
        return new FrameFigures(
            bytes,
            collections,
            (GC.GetTotalPauseDuration() - paused).TotalMilliseconds,
            longest,
            times[(int)(0.999 * (times.Count - 1))],
            peak,
            time,
            after.Rented - pools.Rented,
            after.Reused - pools.Reused);
    }

    /// <summary>The least of each figure of two measurements.</summary>
    public FrameFigures Least(FrameFigures other) => new(
        Math.Min(Bytes, other.Bytes),
        [.. Collections.Zip(other.Collections, Math.Min)],
        Math.Min(Paused, other.Paused),
        Math.Min(LongestPause, other.LongestPause),
        Math.Min(SlowFrame, other.SlowFrame),
        Math.Min(PeakBytes, other.PeakBytes),
        Math.Min(Milliseconds, other.Milliseconds),
        Rented,
        Reused);
}
