using System;
using Lyra.Runtime.Execution;

namespace Lyra;

/// <summary>
/// The limits on the resources of scripts. Immutable. Each <c>Run</c> or <c>Call</c> of the host starts with a full budget of steps and
/// time. The memory limit counts everything that the engine's scripts can reach, whichever run allocated it.
/// </summary>
public sealed record LyraLimits
{
    /// <summary>The largest value of <see cref="MaxFrames"/>.</summary>
    public const int HighestMaxFrames = 1_000_000;

    /// <summary>
    /// The largest number of nested calls, 1 to 1,000,000; 10,000 by default. One more throws <c>StackOverflow</c>, which a script can
    /// catch.
    /// </summary>
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
    } = EngineDefaults.MaxFrames;

    /// <summary>
    /// The largest number of steps of a run; null, the default, for no limit. A step pays for one bytecode instruction; a branch costs as
    /// much as its longest path. Compiled code takes the same number of steps as the interpreter.
    /// </summary>
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

    /// <summary>The longest time of a run, including the compilation of its source; null, the default, for no limit.</summary>
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

    /// <summary>
    /// The largest number of bytes that the engine's scripts can reach at one time, in objects, strings, big ints, containers and frames;
    /// null, the default, for half of what the process may use (<see cref="GCMemoryInfo.TotalAvailableMemoryBytes"/>). A limit that the
    /// process can't fulfil is lowered. A script also ends when the process would be left with less than 256 MB, or than a quarter of its
    /// memory if that is less.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long? MaxMemoryBytes
    {
        get;
        init
        {
            if (value <= 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(MaxMemoryBytes), value, "The memory limit must be positive; use null for half of what the process may use.");
            }

            field = value;
        }
    }

    /// <summary>
    /// The largest number of bytes that one str, big int or container, or the working memory of one operation, may take; null, the default,
    /// for no limit besides <see cref="MaxMemoryBytes"/>. A container grows by doubling its storage, and takes both while it grows.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1,024.</exception>
    public long? MaxValueBytes
    {
        get;
        init => field = value is null or >= EngineDefaults.LeastMaxValueBytes
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxValueBytes), value, "The limit on the bytes of a value must be at least 1,024; use null for none.");
    }

    /// <summary>
    /// The largest number of elements of a list, tuple, map, set or byte buffer that scripts make; null, the default, for no limit. What
    /// the host passes in may have more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 16.</exception>
    public int? MaxElements
    {
        get;
        init => field = value is null or >= 16
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxElements), value, "The limit on the elements of a value must be at least 16; use null for none.");
    }
}
