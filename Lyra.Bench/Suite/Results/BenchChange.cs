namespace Lyra.Bench.Suite.Results;

/// <summary>How the time of a program in a column differs from a stored one.</summary>
/// <param name="Program">The program.</param>
/// <param name="Column">The column.</param>
/// <param name="Before">The stored time divided by the time of the calibration loop then.</param>
/// <param name="Now">The present time divided by the time of the calibration loop now.</param>
internal sealed record BenchChange(string Program, string Column, double Before, double Now)
{
    /// <summary>The share by which a program may become slower without a notice.</summary>
    public const double Notice = 0.05;

    /// <summary>The share by which a program may become slower without failing the comparison.</summary>
    public const double Failure = 0.10;

    /// <summary>The share by which the program became slower; negative if it became faster.</summary>
    public double Share => (Now / Before) - 1;

    public bool IsFailure => Share >= Failure;

    public bool IsNotice => Share is >= Notice and < Failure;

    public bool IsImprovement => Share <= -Notice;
}
