namespace Lyra.Bench.Suite.Results;

/// <summary>A counter that differs from the stored one.</summary>
/// <param name="Program">The program.</param>
/// <param name="Counter">The counter.</param>
/// <param name="Before">The stored count; null if there is none.</param>
/// <param name="Now">The present count; null if there is none.</param>
internal sealed record CounterChange(string Program, string Counter, long? Before, long? Now);
