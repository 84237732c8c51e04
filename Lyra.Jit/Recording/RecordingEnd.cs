using Lyra.Jit.Profiles;

namespace Lyra.Jit.Recording;

/// <summary>The outcome of a recording.</summary>
/// <param name="Profile">The profile that it extended.</param>
/// <param name="IsSide">Whether it began at an exit.</param>
/// <param name="Failure">The reason why the profile can't be used; null when it can.</param>
/// <param name="Iterations">Complete iterations or calls that it observed.</param>
/// <param name="Observed">Instructions of these iterations or calls; of the part that it saw if none is complete.</param>
/// <param name="IsChanged">Whether it changed the profile.</param>
/// <param name="Where">For people: the instruction of the script at which it failed or an error left it; empty otherwise.</param>
internal sealed record RecordingEnd(
    RegionProfile Profile, bool IsSide, AbortReason? Failure, int Iterations, int Observed, bool IsChanged, string Where);
