namespace Lyra.Bench.Suite.Running;

/// <summary>How far a measurement is.</summary>
/// <param name="Done">The runs that are done.</param>
/// <param name="Total">All runs.</param>
internal readonly record struct BenchProgress(int Done, int Total);
