using System.Linq;
using Lyra.Bench.Suite;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>
/// The share of member accesses that need no search of a type's or the library's members, in the benchmark programs at the small size.
/// Accesses are counted exactly by a profile, over both tiers; each search of members is a miss of the shared cache.
/// </summary>
public sealed class CacheHitTests
{
    /// <summary>The operations that have a cache site.</summary>
    private static readonly string[] WithSite = ["GetField", "SetField", "CallMethod", "LoadMethod"];

    public static TheoryData<string, JitMode> Programs
    {
        get
        {
            TheoryData<string, JitMode> rows = [];
            foreach (BenchProgram program in BenchProgram.All())
            {
                rows.Add(program.Name, JitMode.Off);
                rows.Add(program.Name, JitMode.On);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void More_than_95_percent_hit_a_site_or_the_table(string name, JitMode mode)
    {
        BenchProgram program = BenchProgram.All().Single(row => row.Name == name);
        using LyraEngine engine = new(LyraOptions.Default with { Jit = mode });
        using LyraProfiler profiler = engine.Profile(ProfileLevel.Basic);
        engine.Run(BenchProgram.Declarations(name), name + ".lyra");
        engine.Call("run", program.Small.N);

        long accesses = profiler.Snapshot().Opcodes.Where(row => WithSite.Contains(row.Name)).Sum(row => row.Count);
        long misses = engine.Statistics.InlineCache.Misses;

        if (accesses == 0)
        {
            misses.ShouldBe(0);
            return;
        }

        (1 - ((double)misses / accesses)).ShouldBeGreaterThan(0.95, $"{misses} of {accesses} accesses");
    }
}
