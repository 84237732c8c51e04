namespace Lyra.Bench.Suite.Results;

/// <summary>One run of a program.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Seconds">The time of its work, if it is measured.</param>
/// <param name="Reason">Why it is not measured.</param>
internal readonly record struct BenchSample(SampleState State, double Seconds, string Reason)
{
    /// <summary>The exit code of a program that the stack baseline does not support.</summary>
    public const int Unsupported = 2;

    public static BenchSample Failed(SampleState state, string reason) => new(state, 0, reason);
}
