using System;
using System.Threading;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>What an interpreter is made with.</summary>
/// <param name="MaxFrames">The frame limit, 1 to 1,000,000.</param>
/// <param name="Host">What the host grants and provides.</param>
/// <param name="MaxMemoryBytes">Bytes a script can reach at most; null for no limit.</param>
/// <param name="SlabSlots">Slots of a slab of the pool.</param>
/// <param name="Tiers">When what is compiled; null where nothing is.</param>
internal sealed record InterpreterSettings(
    int MaxFrames, HostServices Host, long? MaxMemoryBytes = null, int SlabSlots = EngineDefaults.SlabSlots, TierSettings? Tiers = null);

/// <summary>The limits of one run.</summary>
/// <param name="MaxSteps">Steps at most; null for no limit.</param>
/// <param name="Timeout">Time at most; null for no limit.</param>
/// <param name="Cancellation">Ends the run from outside.</param>
internal readonly record struct RunLimits(long? MaxSteps, TimeSpan? Timeout, CancellationToken Cancellation)
{
    /// <summary>How much of the timeout is over when the run begins, because its source was compiled first.</summary>
    public TimeSpan Used { get; init; }
}
