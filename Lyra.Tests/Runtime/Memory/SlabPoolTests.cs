using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Memory;

public class SlabPoolTests
{
    private readonly SlabPool _pool = new(slabSlots: 4, throwsOnMisuse: true);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(128, 128)]
    [InlineData(129, 256)]
    [InlineData(256, 256)]
    public void A_rental_takes_the_smallest_slot_that_holds_it(int values, int slot)
    {
        SlabLease lease = _pool.Rent(values);
        lease.Length.ShouldBe(values);
        lease.Span.Length.ShouldBe(values);
        lease.Memory.Length.ShouldBe(values);
        _pool.Snapshot().Classes.Single(c => c.Used == 1).SlotValues.ShouldBe(slot);
    }

    [Fact]
    public void The_classes_go_from_32_bytes_to_4_KB()
    {
        _pool.Snapshot().Classes.Select(c => c.SlotBytes).ShouldBe([32, 64, 128, 256, 512, 1024, 2048, 4096]);
        new SlabPool().Rent(1).Array.Length.ShouldBe(2 * 256);
    }

    [Fact]
    public void Leases_do_not_overlap()
    {
        List<SlabLease> leases = [];
        for (int i = 0; i < 50; i++)
        {
            SlabLease lease = _pool.Rent(3);
            lease.Span.Fill(Value.FromInt(i));
            leases.Add(lease);
        }

        for (int i = 0; i < 50; i++)
        {
            leases[i].Span.ToArray().ShouldAllBe(v => v.AsInt == i);
            leases[i].Array[leases[i].Offset].AsInt.ShouldBe(i);
        }
    }

    [Fact]
    public void Contents_of_a_lease_never_appear_in_the_next()
    {
        SlabLease first = _pool.Rent(2);
        first.Span.Fill(Value.FromText("secret"));
        _pool.Return(first);
        SlabLease second = _pool.Rent(2);
        second.Offset.ShouldBe(first.Offset);
        second.Span.ToArray().ShouldAllBe(v => v.IsNil);
    }

    [Fact]
    public void A_lease_returned_twice_is_refused_and_counted()
    {
        SlabLease lease = _pool.Rent(2);
        _pool.Return(lease);
        Should.Throw<InvalidOperationException>(() => _pool.Return(lease)).Message.ShouldContain("twice");
        _pool.Snapshot().DoubleReturns.ShouldBe(1);
    }

    [Fact]
    public void A_stale_lease_does_not_end_the_rental_that_has_its_slot_now()
    {
        SlabPool pool = new(4, throwsOnMisuse: false);
        SlabLease stale = pool.Rent(2);
        pool.Return(stale);
        SlabLease current = pool.Rent(2);
        current.Span[0] = Value.FromInt(7);
        pool.Return(stale);
        pool.Snapshot().DoubleReturns.ShouldBe(1);
        current.Span[0].AsInt.ShouldBe(7);
        pool.Rent(2).Offset.ShouldNotBe(current.Offset);
    }

    [Fact]
    public void A_foreign_lease_is_refused_and_counted()
    {
        SlabLease foreign = new SlabPool().Rent(2);
        Should.Throw<InvalidOperationException>(() => _pool.Return(foreign)).Message.ShouldContain("did not issue");
        _pool.Snapshot().ForeignReturns.ShouldBe(1);
        new SlabPool(4, throwsOnMisuse: false).Return(foreign);
    }

    [Fact]
    public void An_empty_lease_needs_no_return()
    {
        _pool.Return(default);
        default(SlabLease).Span.Length.ShouldBe(0);
        default(SlabLease).Array.ShouldBeEmpty();
        _pool.Snapshot().ForeignReturns.ShouldBe(0);
    }

    [Fact]
    public void A_rental_beyond_the_largest_class_is_a_plain_array()
    {
        SlabLease large = _pool.Rent(257);
        large.Span.Length.ShouldBe(257);
        large.Array.Length.ShouldBe(257);
        _pool.Return(large);
        _pool.Snapshot().Unpooled.ShouldBe(1);
        _pool.Snapshot().Classes.ShouldAllBe(c => c.Slots == 0);
        Should.Throw<InvalidOperationException>(() => _pool.Return(large));
    }

    [Fact]
    public void Statistics_report_slots_use_peak_and_fragmentation()
    {
        SlabLease[] leases = [.. Enumerable.Range(0, 6).Select(_ => _pool.Rent(2))];
        _pool.Return(leases[0]);
        SlabClassStatistics smallest = _pool.Snapshot().Classes[0];
        smallest.ShouldBe(new SlabClassStatistics(2, 2, 8, 5, 6, 6, 3.0 / 8));
        foreach (SlabLease lease in leases[1..])
        {
            _pool.Return(lease);
        }

        _pool.Snapshot().Classes[0].ShouldBe(new SlabClassStatistics(2, 2, 8, 0, 6, 6, 0));
        _pool.Snapshot().Rentals.ShouldBe(6);
    }

    [Fact]
    public void Resetting_the_recent_peaks_keeps_the_peaks()
    {
        SlabLease[] leases = [.. Enumerable.Range(0, 3).Select(_ => _pool.Rent(2))];
        _pool.Return(leases[0]);
        _pool.ResetRecentPeaks();
        _pool.Snapshot().Classes[0].ShouldSatisfyAllConditions(c => c.Peak.ShouldBe(3), c => c.RecentPeak.ShouldBe(2));
        _pool.Rent(2);
        _pool.Rent(2);
        _pool.Snapshot().Classes[0].ShouldSatisfyAllConditions(c => c.Peak.ShouldBe(4), c => c.RecentPeak.ShouldBe(4));
    }

    [Fact]
    public void Defragmenting_frees_empty_slabs_and_fills_the_fullest_first()
    {
        SlabLease[] leases = [.. Enumerable.Range(0, 12).Select(_ => _pool.Rent(2))];
        foreach (int i in (int[])[0, 1, 2, 4, 8, 9, 10, 11])
        {
            _pool.Return(leases[i]);
        }

        _pool.Defragment().ShouldBe(1);
        SlabLease next = _pool.Rent(2);
        next.Array.ShouldBeSameAs(leases[5].Array);
        next.Offset.ShouldBe(0);
        _pool.Snapshot().Classes[0].Slabs.ShouldBe(2);
    }

    [Fact]
    public void After_a_reset_old_leases_are_foreign()
    {
        SlabLease lease = _pool.Rent(2);
        _pool.Reset();
        _pool.Snapshot().Classes[0].ShouldBe(new SlabClassStatistics(2, 0, 0, 0, 0, 0, 0));
        Should.Throw<InvalidOperationException>(() => _pool.Return(lease));
        _pool.Rent(2).Span.Length.ShouldBe(2);
    }

    [Fact]
    public void A_checkpoint_finds_what_was_not_returned_since()
    {
        SlabLease before = _pool.Rent(2);
        SlabCheckpoint checkpoint = _pool.Checkpoint();
        SlabLease leaked = _pool.Rent(2);
        SlabLease returned = _pool.Rent(2);
        _pool.Rent(100);
        _pool.Return(returned);
        _pool.LeaksSince(checkpoint).ShouldBe([1, 0, 0, 0, 0, 0, 1, 0]);
        _pool.Return(leaked);
        _pool.Return(before);
        _pool.LeaksSince(checkpoint).ShouldBe([0, 0, 0, 0, 0, 0, 1, 0]);
    }

    [Fact]
    public void Renting_and_returning_allocate_nothing()
    {
        SlabPool pool = new();
        RentAndReturn(pool, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RentAndReturn(pool, 1_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Random_use_keeps_every_lease_its_own()
    {
        Random random = new(7);
        Dictionary<int, SlabLease> live = [];
        for (int step = 0; step < 20_000; step++)
        {
            if (random.Next(100) < 52 || live.Count == 0)
            {
                SlabLease lease = _pool.Rent(random.Next(1, 300));
                lease.Span.ToArray().ShouldAllBe(v => v.IsNil);
                lease.Span.Fill(Value.FromInt(step));
                live.Add(step, lease);
                continue;
            }

            (int id, SlabLease old) = live.ElementAt(random.Next(Math.Min(live.Count, 20)));
            old.Span.IndexOfAnyExceptInt(id).ShouldBe(-1);
            _pool.Return(old);
            live.Remove(id);
            if (step % 1_000 == 0)
            {
                _pool.Defragment();
            }
        }

        _pool.Snapshot().Classes.Sum(c => c.Used).ShouldBe(live.Values.Count(l => l.Length <= 256));
    }

    private static void RentAndReturn(SlabPool pool, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            SlabLease a = pool.Rent(2);
            SlabLease b = pool.Rent(200);
            pool.Return(a);
            pool.Return(b);
        }
    }
}

internal static class ValueSpans
{
    public static int IndexOfAnyExceptInt(this Span<Value> values, long expected)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].IsInt || values[i].AsInt != expected)
            {
                return i;
            }
        }

        return -1;
    }
}
