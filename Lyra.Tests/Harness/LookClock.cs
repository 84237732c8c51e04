using System;
using System.Diagnostics;

namespace Lyra.Tests.Harness;

/// <summary>
/// A clock of time limits that advances by a fixed time at each look. A run reaches its limit after a number of looks, on a busy machine
/// too.
/// </summary>
/// <param name="step">The time that passes at each look; zero for a clock that only <see cref="Advance"/> moves.</param>
internal sealed class LookClock(TimeSpan step) : TimeProvider
{
    private long _now;

    /// <summary>A clock by which 10 looks take as long as a limit.</summary>
    public static LookClock Of(TimeSpan limit) => new(limit / 10);

    /// <summary>Whether looks don't advance the clock.</summary>
    public bool IsStopped { get; set; }

    public void Advance(TimeSpan time) => _now += (long)(time.TotalSeconds * Stopwatch.Frequency);

    public override long GetTimestamp()
    {
        if (!IsStopped)
        {
            Advance(step);
        }

        return _now;
    }
}
