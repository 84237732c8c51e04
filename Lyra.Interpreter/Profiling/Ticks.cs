using System;
using System.Diagnostics;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>Converts units of <see cref="Stopwatch"/>.</summary>
internal static class Ticks
{
    private static readonly double Nanoseconds = 1e9 / Stopwatch.Frequency;

    public static TimeSpan Time(long ticks) => TimeSpan.FromSeconds((double)ticks / Stopwatch.Frequency);

    /// <summary>The figures of a distribution; null if it is empty.</summary>
    public static ProfiledTimes? Times(TimeHistogram? histogram) => histogram is null or { Count: 0 }
        ? null
        : new ProfiledTimes(
            histogram.Count,
            histogram.Sum * Nanoseconds,
            histogram.Min * Nanoseconds,
            histogram.Max * Nanoseconds,
            histogram.Sum * Nanoseconds / histogram.Count,
            histogram.Percentile(0.5) * Nanoseconds,
            histogram.Percentile(0.95) * Nanoseconds,
            histogram.Percentile(0.99) * Nanoseconds);
}
