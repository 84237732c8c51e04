using System.IO;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>
/// Programs as users write them run compiled soon, leave compiled code rarely, and are compiled a bounded number of times. The counters are
/// those of ten runs, warm-up included, so no time is measured.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class UserProgramTests
{
    private const int Runs = 10;

    /// <summary>
    /// The kind of the program, its file, its size, the least percentage of steps in compiled code, the most exits and call-outs among a
    /// million steps, and the most regions and versions compiled.
    /// </summary>
    public static TheoryData<string, string, int, int, int, int> Programs() => new()
    {
        { "tokenizer", "Unseen/calculator", 200, 90, 400, 40 },
        { "pretty printer", "Acceptance/user/pretty", 400, 97, 60, 21 },
        { "expression tree", "Programs/exprtree", 2_000, 98, 20, 25 },
        { "event queue", "Unseen/elevators", 20_000, 97, 300, 14 },
        { "matrix of lists", "Unseen/gauss", 400, 95, 90, 60 },
        { "LRU cache", "Programs/lrucache", 100_000, 98, 50, 6 },
        { "text processing", "Unseen/typeset", 300, 90, 250, 40 },
        { "game with closures", "Unseen/adventure", 20_000, 97, 130, 27 },
        { "functional pipeline", "Unseen/grades", 600, 90, 280, 40 },
        { "memo maps with tuple keys", "Acceptance/user/memodp", 20, 97, 40, 28 },
    };

    [Theory]
    [SweepData(nameof(Programs))]
    public void Counters_stay_in_bounds(string kind, string program, int size, int share, int exits, int compiled)
    {
        using WarmProgram warm = new(Repository.PathOf("Lyra.Bench"), program + ".lyra", compilesInBackground: false);
        for (int run = 0; run < Runs; run++)
        {
            warm.Call(size);
        }

        JitStatistics jit = warm.Jit;
        string context = $"{kind}: {jit}";
        jit.Steps.ShouldBeGreaterThan(3_000_000, context);
        (jit.CompiledSteps * 100 / jit.Steps).ShouldBeGreaterThanOrEqualTo(share, context);
        ((jit.Deoptimizations + jit.CallOuts) * 1_000_000 / jit.Steps).ShouldBeLessThanOrEqualTo(exits, context);
        jit.TracesCompiled.ShouldBeLessThanOrEqualTo(compiled, context);
    }
}
