using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>The benchmark programs, at tiny sizes, in both tiers and with a few of their guards failing.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class BenchmarkTierCheckTests
{
    private const int MaxGuards = 6;

    public static TheoryData<string> Programs => [.. BenchmarkProgram.All().Select(program => program.File)];

    [Theory]
    [SweepData(nameof(Programs))]
    public void A_program_does_the_same_whichever_tier_runs_it(string file)
    {
        int size = SizeOf(Path.GetFileNameWithoutExtension(file));
        TierCheckOptions options = new()
        {
            MaxGuards = MaxGuards,
            Engine = new LyraOptions { Arguments = [size.ToString(CultureInfo.InvariantCulture)], Capabilities = LyraCapabilities.Clock },
        };

        TierCheckResult result = TierCheck.Run(File.ReadAllText(Path.Combine(BenchmarkProgram.Folder, file)), file, options);

        result.Verdict.ShouldBe(TierVerdict.Agree, result.ToString());
        bool isCompilable = BenchmarkProgram.All().Single(program => program.File == file).IsCompilable;
        result.CompiledShare.ShouldBeGreaterThan(isCompilable ? 0.25 : 0, result.ToString());
        result.GuardsFailed.ShouldBe(Math.Min(MaxGuards, result.GuardsExecuted));
    }

    /// <summary>A size at which all loops become hot and no program takes long.</summary>
    private static int SizeOf(string name) => name switch
    {
        "binarytrees" => 8,
        "closures" => 8,
        "collatz" => 80,
        "csvagg" => 20,
        "dijkstra" => 4,
        "exprtree" => 3,
        "fannkuch" => 5,
        "fib" => 12,
        "genpipeline" => 1000,
        "hashint" => 300,
        "heapsort" => 100,
        "jsonparse" => 40,
        "jsonroundtrip" => 1,
        "levenshtein" => 20,
        "life" => 3,
        "linkedlist" => 2,
        "lrucache" => 200,
        "mandelbrot" => 8,
        "matmul" => 8,
        "nbody" => 40,
        "permute" => 5,
        "pidigits" => 150,
        "pipeline" => 40,
        "queens" => 5,
        "quicksort" => 200,
        "raytrace" => 5,
        "regexscan" => 150,
        "richards" => 60,
        "sha256" => 1,
        "shapes" => 10,
        "sieve" => 500,
        "spectralnorm" => 8,
        "stackvm" => 6,
        "strbuild" => 30,
        "strhash" => 10,
        "tak" => 1,
        "tasks" => 2000,
        "towers" => 6,
        "wordcount" => 200,
        _ => 10,
    };
}
