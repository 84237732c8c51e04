using System;
using System.Collections.Generic;
using System.Reflection;
using Lyra.Runtime.Caches;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Caches;

public class HashInlineCacheTests
{
    [Fact]
    public void Returns_the_value_stored_under_both_halves_of_the_key()
    {
        HashInlineCache cache = new();
        object one = new();
        cache.Set(1, 2, one, 10);
        cache.Set(2, 1, null, 20);
        Get(cache, 1, 2).ShouldBe((true, one, 10));
        Get(cache, 2, 1).ShouldBe((true, null, 20));
        Get(cache, 1, 1).ShouldBe((false, null, 0));
        cache.Set(1, 2, null, 11);
        Get(cache, 1, 2).ShouldBe((true, null, 11));
        cache.Count.ShouldBe(2);
        cache.Statistics.ShouldBe(cache.Statistics with { Lookups = 4, Misses = 1 });
        cache.Statistics.Hits.ShouldBe(3);
        cache.Statistics.HitRate.ShouldBe(0.75);
    }

    [Fact]
    public void Keys_of_one_slot_are_chained()
    {
        HashInlineCache cache = new(slots: 1, kept: 10, evictFrom: 20);
        for (int i = 0; i < 8; i++)
        {
            cache.Set(i, i, null, i);
        }

        for (int i = 0; i < 8; i++)
        {
            Get(cache, i, i).ShouldBe((true, null, i));
        }

        cache.Statistics.Collisions.ShouldBe(28);
        cache.Remove(3, 3).ShouldBeTrue();
        cache.Remove(3, 3).ShouldBeFalse();
        Get(cache, 3, 3).Found.ShouldBeFalse();
        Get(cache, 2, 2).Found.ShouldBeTrue();
        Get(cache, 4, 4).Found.ShouldBeTrue();
    }

    [Fact]
    public void Chains_are_measured()
    {
        HashInlineCache cache = new(slots: 2, kept: 100, evictFrom: 200);
        cache.MeasureChains().ShouldBe(default);
        cache.MeasureChains().Mean.ShouldBe(0);
        for (int i = 0; i < 64; i++)
        {
            cache.Set(i, i * 7, null, i);
        }

        CacheChains chains = cache.MeasureChains();
        chains.UsedSlots.ShouldBe(2);
        chains.Entries.ShouldBe(64);
        chains.Mean.ShouldBe(32);
        chains.Longest.ShouldBeInRange(32, 63);
        for (int i = 0; i < 64; i++)
        {
            cache.Remove(i, i * 7);
        }

        cache.MeasureChains().ShouldBe(default);
    }

    [Fact]
    public void The_table_starts_small_and_keeps_its_entries_when_it_grows()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        HashInlineCache cache = new();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2_000);

        for (int i = 0; i < CacheSettings.DefaultKept; i++)
        {
            cache.Set(1, i, null, i);
        }

        for (int i = 0; i < CacheSettings.DefaultKept; i++)
        {
            cache.TryGet(1, i, out _, out int number).ShouldBeTrue();
            number.ShouldBe(i);
        }

        cache.MeasureChains().Mean.ShouldBeLessThan(2);
        cache.Remove(1, 7).ShouldBeTrue();
        cache.TryGet(1, 7, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void From_3500_entries_on_the_500_least_recently_used_are_evicted()
    {
        HashInlineCache cache = new();
        for (int i = 0; i < 3_500; i++)
        {
            cache.Set(i, 0, null, i);
        }

        cache.Count.ShouldBe(3_500);
        for (int i = 0; i < 1_000; i++)
        {
            Get(cache, i, 0).Found.ShouldBeTrue();
        }

        cache.Set(9_999, 0, null, 1);
        cache.Count.ShouldBe(3_001);
        cache.Statistics.Evictions.ShouldBe(500);
        for (int i = 0; i < 1_000; i++)
        {
            Get(cache, i, 0).ShouldBe((true, null, i));
        }

        Get(cache, 9_999, 0).Found.ShouldBeTrue();
        cache.Statistics.Checks.ShouldBeGreaterThanOrEqualTo(500);
        cache.Statistics.Violations.ShouldBe(0);
    }

    [Fact]
    public void Random_use_agrees_with_a_dictionary_within_the_bounds()
    {
        Random random = new(11);
        HashInlineCache cache = new(slots: 64, kept: 100, evictFrom: 150, checkEvery: 3);
        Dictionary<(long, long), int> model = [];
        for (int i = 0; i < 50_000; i++)
        {
            (long Operation, long Signature) key = (random.Next(40), random.Next(10));
            (bool found, _, int number) = Get(cache, key.Operation, key.Signature);
            if (found)
            {
                number.ShouldBe(model[key]);
            }
            else
            {
                cache.Set(key.Operation, key.Signature, null, i);
                model[key] = i;
                Get(cache, key.Operation, key.Signature).Number.ShouldBe(i);
            }

            if (i % 97 == 0)
            {
                cache.Remove(key.Operation, key.Signature);
            }

            cache.Count.ShouldBeLessThanOrEqualTo(150);
        }

        cache.Statistics.Violations.ShouldBe(0);
        cache.Statistics.Evictions.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_damaged_entry_is_dropped_and_counted_at_its_next_check()
    {
        HashInlineCache cache = new(checkEvery: 1);
        cache.Set(5, 6, "answer", 7);
        Damage(cache, "Number", 8);
        Get(cache, 5, 6).Found.ShouldBeFalse();
        cache.Count.ShouldBe(0);
        cache.Statistics.ShouldBe(new HashInlineCacheStatistics(1, 1, 0, 0, 1, 1, 0));
        cache.Set(5, 6, "answer", 7);
        Get(cache, 5, 6).ShouldBe((true, "answer", 7));
    }

    [Fact]
    public void A_damaged_payload_is_noticed()
    {
        HashInlineCache cache = new(checkEvery: 1);
        cache.Set(5, 6, new object(), 7);
        Damage(cache, "Payload", new object());
        Get(cache, 5, 6).Found.ShouldBeFalse();
        cache.Statistics.Violations.ShouldBe(1);
    }

    [Fact]
    public void Checks_are_sampled()
    {
        HashInlineCache cache = new();
        cache.Set(5, 6, null, 7);
        for (int i = 0; i < 1_000; i++)
        {
            Get(cache, 5, 6);
        }

        cache.Statistics.Checks.ShouldBe(10);
    }

    [Fact]
    public void An_entry_whose_key_is_damaged_is_found_by_eviction()
    {
        HashInlineCache cache = new(slots: 16, kept: 2, evictFrom: 4);
        for (int i = 0; i < 4; i++)
        {
            cache.Set(i, 0, null, i);
        }

        Damage(cache, "Operation", 1000L);
        cache.Set(4, 0, null, 4);
        cache.Statistics.Violations.ShouldBe(1);
        cache.Count.ShouldBe(3);
        Get(cache, 4, 0).Found.ShouldBeTrue();
    }

    [Fact]
    public void Clearing_forgets_entries_and_keeps_statistics()
    {
        HashInlineCache cache = new();
        cache.Set(1, 1, null, 1);
        Get(cache, 1, 1);
        cache.Clear();
        Get(cache, 1, 1).Found.ShouldBeFalse();
        cache.Count.ShouldBe(0);
        cache.Statistics.Lookups.ShouldBe(2);
        cache.Set(1, 1, null, 2);
        Get(cache, 1, 1).Number.ShouldBe(2);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        HashInlineCache cache = new();
        cache.Set(1, 1, this, 1);
        Get(cache, 1, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            cache.TryGet(1, 1, out _, out _);
            cache.TryGet(2, 1, out _, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Senseless_sizes_are_refused()
    {
        Should.Throw<ArgumentException>(() => new HashInlineCache(slots: 1000));
        Should.Throw<ArgumentException>(() => new HashInlineCache(kept: 0));
        Should.Throw<ArgumentException>(() => new HashInlineCache(kept: 10, evictFrom: 10));
        Should.Throw<ArgumentException>(() => new HashInlineCache(checkEvery: 0));
    }

    private static (bool Found, object? Payload, int Number) Get(HashInlineCache cache, long operation, long signature)
    {
        bool found = cache.TryGet(operation, signature, out object? payload, out int number);
        return (found, payload, number);
    }

    /// <summary>Overwrites a field of the first entry, as a stray write would.</summary>
    private static void Damage(HashInlineCache cache, string field, object value)
    {
        Array entries = (Array)typeof(HashInlineCache)
            .GetField("_entries", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(cache)!;
        object entry = entries.GetValue(0)!;
        entry.GetType().GetField(field)!.SetValue(entry, value);
        entries.SetValue(entry, 0);
    }
}
