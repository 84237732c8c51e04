using System;

namespace Lyra;

/// <summary>The progress of a <see cref="TierCheck"/>.</summary>
/// <param name="Runs">The number of finished runs.</param>
/// <param name="Total">The number of all runs. It grows once, when the guards have been counted.</param>
public readonly record struct TierCheckProgress(int Runs, int Total);

/// <summary>How a <see cref="TierCheck"/> runs a script. Immutable; derive a changed copy by a <c>with</c> expression.</summary>
public sealed record TierCheckOptions
{
    /// <summary>
    /// The options of the engines: limits, capabilities, modules, optimization level. The check sets <see cref="LyraOptions.Jit"/>, the
    /// thresholds and <see cref="LyraOptions.Output"/> itself. It reads <see cref="LyraOptions.Input"/> once and gives each run the same
    /// text. It replaces <see cref="TimeProvider.System"/> by a clock that starts over with each run and advances by a fixed time whenever
    /// it is read, so that scripts that measure time or sleep are deterministic. A timeout applies to the first run only.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LyraOptions Engine { get; init => field = value ?? throw new ArgumentNullException(nameof(Engine)); } = LyraOptions.Default;

    /// <summary>
    /// Creates the engine of a run from the given options, or from a copy with changes to options that the check does not set. Define here
    /// what the script uses. It is called once for each run; create objects that the script changes in it.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Func<LyraOptions, LyraEngine> CreateEngine
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(CreateEngine));
    } = static options => new LyraEngine(options);

    /// <summary>
    /// The seed that selects the guards to fail when there are more than <see cref="MaxGuards"/>, and the execution at which each fails; 1
    /// by default.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>The largest number of guards to fail, each in its own run; 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxGuards { get; init => field = NotNegative(value, nameof(MaxGuards)); } = 100;

    /// <summary>The time after which no new run with a failing guard starts; null, the default, for no bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? MaxTime
    {
        get;
        init => field = value is not { } time || time > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTime), value, "The time must be positive; use null for no bound.");
    }

    /// <summary>The number of iterations after which a loop is hot; 8 by default, so that short scripts are compiled too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotLoopThreshold { get; init => field = Positive(value, nameof(HotLoopThreshold)); } = 8;

    /// <summary>The number of calls after which a proc is hot; 8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotProcThreshold { get; init => field = Positive(value, nameof(HotProcThreshold)); } = 8;

    /// <summary>The number of exits through one guard after which the code behind the exit is compiled too; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotExitThreshold { get; init => field = Positive(value, nameof(HotExitThreshold)); } = 3;

    /// <summary>Receives the progress after each run; null, the default, for none.</summary>
    public IProgress<TierCheckProgress>? Progress { get; init; }

    private static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A threshold must be positive.");

    private static int NotNegative(int value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "The number of guards can't be negative.");
}
