using System;

namespace Lyra;

/// <summary>
/// What a script may use up. Immutable. Each <c>Run</c> or <c>Call</c> from the host begins with a full budget of steps and time; memory is
/// what the engine's scripts can reach, whichever run made it.
/// </summary>
public sealed record LyraLimits
{
    /// <summary>The largest <see cref="MaxFrames"/>.</summary>
    public const int HighestMaxFrames = 1_000_000;

    /// <summary>The deepest nesting of calls, 1 to 1,000,000; 10,000 by default. Beyond it <c>StackOverflow</c> is thrown, which a script may catch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside these bounds.</exception>
    public int MaxFrames
    {
        get;
        init
        {
            if (value is < 1 or > HighestMaxFrames)
            {
                throw new ArgumentOutOfRangeException(nameof(MaxFrames), value, "The frame limit is 1 to 1,000,000.");
            }

            field = value;
        }
    } = 10_000;

    /// <summary>The steps of a run, roughly bytecode instructions, the same in both tiers; null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long? MaxSteps
    {
        get;
        init
        {
            if (value <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(MaxSteps), value, "The step limit must be positive; use null for none.");
            }

            field = value;
        }
    }

    /// <summary>The time a run may take, compilation included; null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? Timeout
    {
        get;
        init
        {
            if (value <= TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(nameof(Timeout), value, "The timeout must be positive; use null for none.");
            }

            field = value;
        }
    }

    /// <summary>The bytes that scripts of the engine can reach at a time: objects, strings, big ints, containers, frames; null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long? MaxMemoryBytes
    {
        get;
        init
        {
            if (value <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(MaxMemoryBytes), value, "The memory limit must be positive; use null for none.");
            }

            field = value;
        }
    }
}
