using System;

namespace Lyra.Runtime.Execution;

/// <summary>What the countdowns of a module's loops and procs begin with.</summary>
/// <param name="BackEdges">Back-edges before the one that makes a loop hot.</param>
/// <param name="Calls">Calls before the one that makes a proc hot.</param>
internal readonly record struct HeatThresholds(long BackEdges, long Calls)
{
    /// <summary>Where nothing is compiled: no countdown ever ends.</summary>
    public static readonly HeatThresholds Never = new(long.MaxValue, long.MaxValue);

    /// <summary>Of what waits for another thread, the share of its back-edges or calls so far after which it asks again.</summary>
    private const int AskShare = 8;

    /// <summary>The most back-edges or calls after which it asks again.</summary>
    private const int MaxAsk = 256;

    /// <summary>
    /// The heat of what waits for another thread. What has run for long asks less often, so that waiting costs neither much of the script's time nor lasts
    /// much longer than the other thread takes.
    /// </summary>
    /// <param name="count">Back-edges or calls so far.</param>
    public static long ToAskAgain(long count) => Math.Clamp(count / AskShare, 1, MaxAsk);
}
