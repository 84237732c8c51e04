using System;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Claims;

/// <summary>A published figure, and the measurement that checks it.</summary>
/// <param name="Id">A short name, unique.</param>
/// <param name="Text">What is claimed.</param>
/// <param name="Source">Where, and the wanted value.</param>
/// <param name="Bound">How the measured value is compared with it.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Measurement">What is measured, and by which command if not by this one.</param>
/// <param name="Measure">Reads the measured value from a result; null if the result does not have it.</param>
internal sealed record Claim(
    string Id, string Text, ClaimSource Source, ClaimBound Bound, string Unit, string Measurement, Func<BenchResult, double?> Measure)
{
    /// <summary>Reads the value of the other tier, for claims that both tiers could fulfil; null for others.</summary>
    public Func<BenchResult, double?>? OtherTier { get; init; }

    /// <summary>What exists instead, what was tried, or how the measurement differs from the claim.</summary>
    public string Remark { get; init; } = string.Empty;

    /// <summary>A claim without a measurement.</summary>
    public static double? Nothing(BenchResult result) => null;
}
