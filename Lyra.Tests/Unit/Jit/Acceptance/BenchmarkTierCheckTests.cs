using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Acceptance;

/// <summary>The benchmark programs, at tiny sizes, in both tiers and with a few of their guards failing.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class BenchmarkTierCheckTests
{
    private const int MaxGuards = 6;

    public static TheoryData<string> Programs => [.. BenchmarkProgram.All().Select(program => program.File)];

    [Theory]
    [MemberData(nameof(Programs))]
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
        result.CompiledShare.ShouldBeGreaterThan(0.25, result.ToString());
        result.GuardsFailed.ShouldBe(MaxGuards);
    }

    /// <summary>A size at which all loops become hot and no program takes long.</summary>
    private static int SizeOf(string name) => name switch
    {
        "binarytrees" => 8,
        "closures" => 8,
        "collatz" => 80,
        "fannkuch" => 5,
        "fib" => 12,
        "heapsort" => 100,
        "levenshtein" => 20,
        "mandelbrot" => 8,
        "matmul" => 8,
        "nbody" => 40,
        "queens" => 5,
        "richards" => 60,
        "shapes" => 10,
        "sieve" => 500,
        "spectralnorm" => 8,
        "strbuild" => 30,
        "towers" => 6,
        "wordcount" => 200,
        _ => 10,
    };
}
