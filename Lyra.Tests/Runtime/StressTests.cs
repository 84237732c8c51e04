using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Lyra.Bench.Suite.Micro;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime;

/// <summary>Large numbers of frames, cache operations and rented slots. The counters are exact, and the memory stays small.</summary>
public sealed class StressTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("off")]
    [InlineData("on")]
    public async Task A_million_frames_are_pushed_and_popped_in_little_memory(string jit)
    {
        _folder.Write("main.lyra", Encoding.UTF8.GetBytes(StressWork.FrameProgram));
        CommandResult result = await LyraCommand.RunAsync(
            new CommandRun(["run", "--jit", jit, "--stats", "main.lyra"]) { Folder = _folder.Path, IsWatched = true });

        result.Err.ShouldNotContain("Error");
        result.Out.ShouldBe("1000000\n");
        result.Usage.PeakBytes.ShouldBeInRange(1, StressWork.MostBytes);
        if (jit == "off")
        {
            result.Err.ShouldMatch(@"interpreter: calls +1,000,001\b");
        }
    }

    [Fact]
    public void A_hundred_thousand_cache_operations_keep_the_cache_bounded()
    {
        HashInlineCache cache = new();

        StressWork.UseCache(cache).ShouldBe(50_000);

        cache.Statistics.Lookups.ShouldBe(50_000);
        cache.Statistics.Hits.ShouldBe(50_000);
        cache.Statistics.Evictions.ShouldBeGreaterThan(40_000);
        cache.Statistics.Violations.ShouldBe(0);
        cache.Count.ShouldBeLessThanOrEqualTo(3_500);
    }

    [Fact]
    public void Ten_thousand_slots_of_mixed_classes_are_rented_and_returned()
    {
        SlabPool pool = new(slabSlots: 64, throwsOnMisuse: true);

        List<SlabLease> leases = StressWork.RentSlots(pool);

        pool.Snapshot().Rentals.ShouldBe(10_000);
        pool.SlotCounts.Used.ShouldBe(leases.Count);
        pool.SlotCounts.Slots.ShouldBeLessThanOrEqualTo(8 * 4 * 64);
        foreach (SlabLease lease in leases)
        {
            pool.Return(lease);
        }

        pool.SlotCounts.Used.ShouldBe(0);
        pool.RefusedReturns.ShouldBe(0);
        pool.Defragment();
        pool.SlotCounts.Slots.ShouldBe(0);
    }
}
