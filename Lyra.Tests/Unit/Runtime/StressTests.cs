using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime;

/// <summary>Large numbers of frames, cache operations and rented slots. The counters are exact, and the memory stays small.</summary>
public sealed class StressTests : IDisposable
{
    private const long MostBytes = 100_000_000;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("off")]
    [InlineData("on")]
    public async Task A_million_frames_are_pushed_and_popped_in_little_memory(string jit)
    {
        _folder.Write("main.lyra", Encoding.UTF8.GetBytes("""
            proc ping(n) { return if n == 0 { 0 } else { 1 + pong(n - 1) } }
            proc pong(n) { return if n == 0 { 0 } else { 1 + ping(n - 1) } }
            var frames = 0
            for i in 0..10_000 { frames += 1 + ping(99) }
            print(frames)
            """));
        CommandResult result = await LyraCommand.RunAsync(
            new CommandRun(["run", "--jit", jit, "--stats", "main.lyra"]) { Folder = _folder.Path, IsWatched = true });

        result.Err.ShouldNotContain("Error");
        result.Out.ShouldBe("1000000\n");
        result.Usage.PeakBytes.ShouldBeInRange(1, MostBytes);
        if (jit == "off")
        {
            result.Err.ShouldMatch(@"interpreter: calls +1,000,001\b");
        }
    }

    [Fact]
    public void A_hundred_thousand_cache_operations_keep_the_cache_bounded()
    {
        HashInlineCache cache = new();
        long hits = 0;
        for (int i = 0; i < 50_000; i++)
        {
            cache.Set(i % 10_000, i % 7, null, i);
            hits += cache.TryGet(i % 10_000, i % 7, out _, out int number) && number == i ? 1 : 0;
        }

        hits.ShouldBe(50_000);
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
        Random random = new(7);
        List<SlabLease> leases = [];
        for (int i = 0; i < 10_000; i++)
        {
            if (leases.Count > 200 || (leases.Count > 0 && random.Next(3) == 0))
            {
                int last = random.Next(leases.Count);
                pool.Return(leases[last]);
                leases.RemoveAt(last);
            }

            leases.Add(pool.Rent(random.Next(1, 257)));
        }

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
