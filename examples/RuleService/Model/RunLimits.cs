using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using Lyra;

namespace RuleService.Model;

/// <summary>The limits of a tenant's scripts. A job carries those that its tenant had when it was submitted.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RunLimits(
    long MaxSteps = 10_000_000, int TimeoutMs = 2_000, long MaxMemoryBytes = 32L << 20, int MaxFrames = 1_000)
{
    /// <summary>The highest limits that a tenant can get.</summary>
    public static readonly RunLimits Highest = new(10_000_000_000, 30_000, 1L << 30, 100_000);

    public LyraLimits ToLyra() => new()
    {
        MaxSteps = MaxSteps,
        Timeout = TimeSpan.FromMilliseconds(TimeoutMs),
        MaxMemoryBytes = MaxMemoryBytes,
        MaxFrames = MaxFrames,
    };

    /// <summary>Says which limits are outside their bounds.</summary>
    public IEnumerable<string> Faults()
    {
        (string Name, long Value, long Lowest, long Highest)[] limits =
        [
            ("maxSteps", MaxSteps, 1_000, Highest.MaxSteps),
            ("timeoutMs", TimeoutMs, 10, Highest.TimeoutMs),
            ("maxMemoryBytes", MaxMemoryBytes, 1 << 20, Highest.MaxMemoryBytes),
            ("maxFrames", MaxFrames, 10, Highest.MaxFrames),
        ];
        foreach ((string name, long value, long lowest, long highest) in limits)
        {
            if (value < lowest || value > highest)
            {
                yield return $"{name} is {value} and must be {lowest} to {highest}.";
            }
        }
    }
}
