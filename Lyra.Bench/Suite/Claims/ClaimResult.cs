namespace Lyra.Bench.Suite.Claims;

/// <summary>A claim with its measured value.</summary>
/// <param name="Id">The name of the claim.</param>
/// <param name="Text">What is claimed.</param>
/// <param name="Place">Where it is claimed.</param>
/// <param name="Measurement">What was measured.</param>
/// <param name="Bound">How the values are compared.</param>
/// <param name="Wanted">The wanted value.</param>
/// <param name="Unit">The unit of both values.</param>
/// <param name="Measured">The measured value; null without a measurement.</param>
/// <param name="Verdict">Whether the measurement shows the claim.</param>
/// <param name="Remark">What exists instead, or what was tried; empty if nothing is to say.</param>
internal sealed record ClaimResult(
    string Id,
    string Text,
    string Place,
    string Measurement,
    ClaimBound Bound,
    double Wanted,
    string Unit,
    double? Measured,
    ClaimVerdict Verdict,
    string Remark)
{
    /// <summary>The measured value divided by the wanted one; null without a measurement, or if the wanted value is 0.</summary>
    public double? Ratio => Wanted == 0 ? null : Measured / Wanted;
}
