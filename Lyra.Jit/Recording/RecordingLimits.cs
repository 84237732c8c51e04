namespace Lyra.Jit.Recording;

/// <summary>The limits at which a recording ends.</summary>
internal sealed record RecordingLimits
{
    /// <summary>Iterations of a loop that one recording observes.</summary>
    public int MaxIterations { get; init; } = 12;

    /// <summary>Calls of a proc that are observed, each by a recording of its own.</summary>
    public int MaxCalls { get; init; } = 6;

    /// <summary>Calls of a proc that are observed while one of the last few has changed the profile.</summary>
    public int MaxChangingCalls { get; init; } = 40;

    /// <summary>Iterations that a side recording observes.</summary>
    public int MaxSideIterations { get; init; } = 4;

    /// <summary>Instructions without news after which a side recording ends: the path from the exit has met known ones.</summary>
    public int MaxSideRepeats { get; init; } = 400;

    /// <summary>Iterations that a recording observes while one of the last few has changed the profile.</summary>
    public int MaxChangingIterations { get; init; } = 200;

    /// <summary>Instructions that one recording observes.</summary>
    public int MaxInstructions { get; init; } = 3_000;

    /// <summary>Iterations of an inner loop that are observed at each entry; the others run without traps.</summary>
    public int MaxInnerIterations { get; init; } = 8;

    /// <summary>How many times as much one recording observes where it meets a switch with many targets.</summary>
    public int DispatchFactor { get; init; } = 8;

    /// <summary>Instructions of unfollowed frames that may trap during a recording.</summary>
    public int MaxUnfollowed { get; init; } = 1_000;
}
