namespace Lyra.Jit.Recording;

/// <summary>The limits at which a recording ends.</summary>
/// <param name="MaxIterations">Iterations of a loop that one recording observes.</param>
/// <param name="MaxCalls">Calls of a proc that are observed, each by a recording of its own.</param>
/// <param name="MaxChangingCalls">Calls of a proc that are observed while one of the last few has changed the profile.</param>
/// <param name="MaxSideIterations">Iterations that a side recording observes.</param>
/// <param name="MaxChangingIterations">Iterations that a recording observes while one of the last few has changed the profile.</param>
/// <param name="MaxInstructions">Instructions that one recording observes.</param>
/// <param name="MaxInnerIterations">Iterations of an inner loop that are observed at each entry; the others run without traps.</param>
/// <param name="MaxUnfollowed">Instructions of unfollowed frames that may trap during a recording.</param>
internal sealed record RecordingLimits(
    int MaxIterations = 12,
    int MaxCalls = 6,
    int MaxChangingCalls = 40,
    int MaxSideIterations = 4,
    int MaxChangingIterations = 200,
    int MaxInstructions = 3_000,
    int MaxInnerIterations = 8,
    int MaxUnfollowed = 1_000);
