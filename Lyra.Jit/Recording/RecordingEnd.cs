namespace Lyra.Jit.Recording;

/// <summary>How a recording ended.</summary>
/// <param name="Profile">What it added to.</param>
/// <param name="IsSide">Whether it began at an exit.</param>
/// <param name="Reason">Why nothing can be made of it; <see cref="AbortReason.None"/> when something can.</param>
/// <param name="Passes">Passes seen from their beginning to their end.</param>
/// <param name="IsNews">Whether it saw anything that the profile did not hold before.</param>
/// <param name="Where">For people: the instruction of the script at which it was given up; empty when it was not.</param>
internal sealed record RecordingEnd(RegionProfile Profile, bool IsSide, AbortReason Reason, int Passes, bool IsNews, string Where);
