namespace Lyra.Bench.Suite.Baseline;

/// <summary>What a new closure captures: a local variable of the running proc, or one of its own captures.</summary>
internal readonly record struct StackCapture(bool FromLocal, int Index);
