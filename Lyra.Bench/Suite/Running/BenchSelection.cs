using System;

namespace Lyra.Bench.Suite.Running;

/// <summary>A word that selects what <c>lyra bench</c> measures.</summary>
/// <param name="Name">The word.</param>
/// <param name="Parts">What it selects.</param>
internal sealed record BenchSelection(string Name, BenchParts Parts)
{
    /// <summary>What is measured without such a word.</summary>
    public const BenchParts Default = BenchParts.Ratios | BenchParts.Speedups;

    /// <summary>What the claims need.</summary>
    public const BenchParts Claims = BenchParts.Ratios | BenchParts.Micro | BenchParts.Counters | BenchParts.Facts;

    public static readonly BenchSelection[] All =
    [
        new("all", BenchParts.Programs | BenchParts.Micro | BenchParts.Counters),
        new("performance", BenchParts.Times),
        new("speedup", BenchParts.Speedups),
        new("regression", BenchParts.Times | BenchParts.Counters | BenchParts.Regression),
        new("micro", BenchParts.Micro),
    ];

    public static BenchSelection? Find(string name) => Array.Find(All, selection => selection.Name == name);
}
