using System;

namespace Lyra;

/// <summary>How far a <see cref="TierCheck"/> has come.</summary>
/// <param name="Runs">Runs done.</param>
/// <param name="Total">All runs, as far as is known; it grows once, when the guards have been counted.</param>
public readonly record struct TierCheckProgress(int Runs, int Total);

/// <summary>How a <see cref="TierCheck"/> runs a program. Immutable; change one with a <c>with</c> expression.</summary>
public sealed record TierCheckOptions
{
    /// <summary>
    /// The options of the engines: limits, capabilities, modules, optimization level. The mode of the compiler, its thresholds and the output are the
    /// check's own. <see cref="LyraOptions.Input"/> is read once, and all runs get what the first one read. In place of <see cref="TimeProvider.System"/>
    /// scripts get a clock that begins with each run and moves by the same whenever it is looked at, so that a program that measures time or sleeps does the same in
    /// every run. A timeout bounds the first run alone.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LyraOptions Engine { get; init => field = value ?? throw new ArgumentNullException(nameof(Engine)); } = LyraOptions.Default;

    /// <summary>
    /// Makes the engine of a run, from the options that it is given or a copy of them with changes in what is not the check's own; here a host defines what
    /// its scripts use. It is called once for each run, one after the other, so objects of the host that scripts change have to be made in it.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Func<LyraOptions, LyraEngine> CreateEngine { get; init => field = value ?? throw new ArgumentNullException(nameof(CreateEngine)); } =
        static options => new LyraEngine(options);

    /// <summary>Decides which guards fail where there are more than <see cref="MaxGuards"/>, and at which of its passings each fails.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Guards that are made to fail at most, each in a run of its own; 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxGuards { get; init => field = NotNegative(value, nameof(MaxGuards)); } = 100;

    /// <summary>After this time no further run with a failing guard begins; null for no bound, which is the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? MaxTime
    {
        get;
        init => field = value is not { } time || time > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTime), value, "The time must be positive; use null for no bound.");
    }

    /// <summary>Iterations after which a loop is hot; 8 by default, so that short programs are compiled too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotLoopThreshold { get; init => field = Positive(value, nameof(HotLoopThreshold)); } = 8;

    /// <summary>Calls after which a proc is hot; 8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotProcThreshold { get; init => field = Positive(value, nameof(HotProcThreshold)); } = 8;

    /// <summary>Exits through a guard after which its way out is compiled too; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotExitThreshold { get; init => field = Positive(value, nameof(HotExitThreshold)); } = 3;

    /// <summary>Is told after each run how far the check has come; null when nobody wants to know.</summary>
    public IProgress<TierCheckProgress>? Progress { get; init; }

    private static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A threshold must be positive.");

    private static int NotNegative(int value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "The number of guards can't be negative.");
}
