using System;

namespace Lyra.Runtime.Execution;

/// <summary>The initial values of the countdowns of a module's loops and procs.</summary>
/// <param name="BackEdges">Back-edges before the one that makes a loop hot.</param>
/// <param name="Calls">Calls before the one that makes a proc hot.</param>
internal readonly record struct HeatThresholds(long BackEdges, long Calls)
{
    /// <summary>For engines that compile nothing: no countdown ever ends.</summary>
    public static readonly HeatThresholds Never = new(long.MaxValue, long.MaxValue);

    /// <summary>A loop or proc that waits for another thread polls again after this share of its back-edges or calls so far.</summary>
    private const int PollShare = 8;

    /// <summary>The most back-edges or calls until it polls again.</summary>
    private const int MaxPollInterval = 256;

    /// <summary>
    /// The heat of a loop or proc that waits for another thread. The longer it has run, the less often it polls. So polling takes little of
    /// the script's time, and the wait lasts little longer than the other thread needs.
    /// </summary>
    /// <param name="count">Back-edges or calls so far.</param>
    public static long PollInterval(long count) => Math.Clamp(count / PollShare, 1, MaxPollInterval);
}
