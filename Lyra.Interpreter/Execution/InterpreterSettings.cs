using System;
using System.Threading;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Execution;

/// <summary>The settings of an interpreter.</summary>
/// <param name="MaxFrames">The frame limit, 1 to 1,000,000.</param>
/// <param name="Host">The capabilities and services that the host provides.</param>
/// <param name="MaxMemoryBytes">The largest number of bytes that a script can reach; null for no limit.</param>
/// <param name="SlabSlots">The number of slots of a slab of the pool.</param>
/// <param name="IntegrityInterval">See <see cref="IntegrityChecks"/>.</param>
/// <param name="Tiers">The settings for compiling; null when nothing is compiled.</param>
internal sealed record InterpreterSettings(
    int MaxFrames,
    HostServices Host,
    long? MaxMemoryBytes = null,
    int SlabSlots = EngineDefaults.SlabSlots,
    int IntegrityInterval = EngineDefaults.IntegrityInterval,
    TierSettings? Tiers = null)
{
    /// <summary>The most bytes of one value.</summary>
    public long MaxValueBytes { get; init; } = long.MaxValue;

    /// <summary>The most elements of one container.</summary>
    public long MaxElements { get; init; } = long.MaxValue;

    /// <summary>Asked for a higher limit before a run ends at one; null for nobody.</summary>
    public Func<LyraNearLimit, long?>? OnNearLimit { get; init; }

    /// <summary>The sizes of the shared cache; null for no cache.</summary>
    public CacheSettings? Cache { get; init; } = CacheSettings.Default;

    /// <summary>The clock of time limits, with the frequency of <see cref="System.Diagnostics.Stopwatch"/>; tests replace it.</summary>
    public TimeProvider LimitClock { get; init; } = TimeProvider.System;

    /// <summary>Reports what happens in the engine; null in an interpreter that belongs to none.</summary>
    public EngineMonitor? Monitor { get; init; }

    /// <summary>The number of short strs that are kept to be returned again; 0 for none.</summary>
    public int TextSlots { get; init; } = TextTable.DefaultSlots;
}

/// <summary>The limits of one run.</summary>
/// <param name="Limits">The steps and the time.</param>
/// <param name="Cancellation">Ends the run from outside.</param>
internal readonly record struct RunLimits(LyraLimits Limits, CancellationToken Cancellation)
{
    /// <param name="maxSteps">The largest number of steps; null for no limit.</param>
    /// <param name="timeout">The longest time; null for no limit.</param>
    /// <param name="cancellation">Ends the run from outside.</param>
    public RunLimits(long? maxSteps, TimeSpan? timeout, CancellationToken cancellation)
        : this(new LyraLimits { MaxSteps = maxSteps, Timeout = timeout }, cancellation)
    {
    }

    /// <summary>The part of the time that was used before the run began, for compiling its source.</summary>
    public TimeSpan Used { get; init; }
}
