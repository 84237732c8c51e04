namespace Lyra.Bench.Suite.Facts;

/// <summary>A measured value that is no time of a program.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record BenchFact(string Name, double Value, string Unit);
