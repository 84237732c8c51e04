using Lyra.Jit.Profiles;

namespace Lyra.Jit.Recording;

/// <summary>How a recording ended.</summary>
/// <param name="Profile">The profile that it added to.</param>
/// <param name="IsSide">Whether it began at an exit.</param>
/// <param name="Failure">Why the profile can't be used; null when it can.</param>
/// <param name="Iterations">Iterations or calls that it saw from their beginning to their end.</param>
/// <param name="IsChanged">Whether it changed the profile.</param>
/// <param name="Where">For people: the instruction of the script at which it failed; empty when it did not.</param>
internal sealed record RecordingEnd(RegionProfile Profile, bool IsSide, AbortReason? Failure, int Iterations, bool IsChanged, string Where);
