using System;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Facts;

/// <summary>A measurement, which may give several facts.</summary>
/// <param name="Names">The names of its facts, with their units.</param>
/// <param name="Measure">Takes the values, in the order of the names.</param>
internal sealed record FactRow((string Name, string Unit)[] Names, Func<BenchOptions, double[]> Measure);
