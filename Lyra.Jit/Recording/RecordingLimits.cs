namespace Lyra.Jit.Recording;

/// <summary>When a recording has seen enough.</summary>
/// <param name="MaxPasses">Passes through a loop.</param>
/// <param name="MaxCalls">Calls of a proc, each recorded for itself.</param>
/// <param name="MaxSidePasses">Passes of a recording that begins at an exit.</param>
/// <param name="MaxFreshPasses">Passes while one of the last few has brought something new.</param>
/// <param name="MaxInstructions">Instructions in all passes together.</param>
/// <param name="MaxRounds">Rounds of an inner loop, each time it is entered; the others run unrecorded.</param>
/// <param name="MaxStrays">Instructions of frames that do not belong to the recording, which each cost a trap.</param>
internal sealed record RecordingLimits(
    int MaxPasses = 12, int MaxCalls = 6, int MaxSidePasses = 4, int MaxFreshPasses = 200, int MaxInstructions = 3_000, int MaxRounds = 8, int MaxStrays = 1_000);
