namespace Lyra.Bench.Suite.Claims;

/// <summary>How a claim compares the measured value with the wanted one.</summary>
internal enum ClaimBound
{
    AtMost,
    AtLeast,
    Exactly,
}
