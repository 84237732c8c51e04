namespace Lyra.Bench.Suite.Results;

/// <summary>How the time of a program in a column differs from a stored one.</summary>
/// <param name="Program">The program.</param>
/// <param name="Column">The column.</param>
/// <param name="Before">The stored time divided by the time of the calibration loop then.</param>
/// <param name="Now">The present time divided by the time of the calibration loop now.</param>
/// <param name="Limit">The share by which the program may become slower without failing the comparison.</param>
internal sealed record BenchChange(string Program, string Column, double Before, double Now, double Limit = BenchChange.Failure)
{
    /// <summary>The share by which a program may become slower without a notice.</summary>
    public const double Notice = 0.05;

    /// <summary>The limit by default.</summary>
    public const double Failure = 0.10;

    /// <summary>The limit for one program beside another build: the noise of three rounds.</summary>
    public const double PairedFailure = 0.30;

    /// <summary>The share by which the program became slower; negative if it became faster.</summary>
    public double Share => (Now / Before) - 1;

    public bool IsFailure => Share >= Limit;

    public bool IsNotice => Share >= Notice && !IsFailure;

    public bool IsImprovement => Share <= -Notice;
}
