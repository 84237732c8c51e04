namespace Lyra.Bench.Suite;

/// <summary>A program's argument and the result that it must give.</summary>
internal readonly record struct BenchWork(long N, double Expected);
