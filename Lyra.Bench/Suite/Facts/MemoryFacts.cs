using System;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Micro;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra.Bench.Suite.Facts;

/// <summary>Slots, leaks and checks.</summary>
internal static class MemoryFacts
{
    private const int Runs = 200;
    private const int Keys = 1_000;
    private const int Hits = 10_000;

    private const string Work = """
        struct Vector { x; y; proc __add(self, o) { return Vector(self.x + o.x, self.y + o.y) } }
        var sum = Vector(0, 0)
        for i in 0..100 { sum = sum + Vector(i, 1) }
        [3, 1, 2].map(x => x + sum.x)
        """;

    /// <summary>
    /// After mixed rentals of which the last three quarters are returned in reverse, as calls do: the percentage of free slots, and that of
    /// slots that stay free after <see cref="SlabPool.Defragment"/>, because their slabs have rented slots.
    /// </summary>
    public static double[] Fragmentation()
    {
        SlabPool pool = new();
        Random random = new(7);
        SlabLease[] leases = [.. Enumerable.Range(0, StressWork.Rentals).Select(_ => pool.Rent(random.Next(1, SlabPool.LargestSlot + 1)))];
        foreach (SlabLease lease in leases.Skip(leases.Length / 4).Reverse())
        {
            pool.Return(lease);
        }

        double free = FreeShare(pool);
        pool.Defragment();
        return [free, FreeShare(pool)];
    }

    /// <summary>The slots that 200 runs have not returned, and the bytes that each of 200 dropped engines keeps alive.</summary>
    public static double[] Leaks()
    {
        LyraScript script = LyraScript.Compile(Work, "work.lyra");
        using LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
        for (int i = 0; i < Runs; i++)
        {
            engine.Run(script);
        }

        UseEngines(script);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        UseEngines(script);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        return [engine.Statistics.Slabs.Sum(slab => slab.Used), Math.Max(0, (double)(after - before) / Runs)];
    }

    /// <summary>The percentage of the strs of a split and of the keys of parsed objects that the table of texts has returned.</summary>
    public static double TextHits()
    {
        using LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
        engine.Run(
            """
            import json
            for i in 0..1000 { "the quick ${i} jumps over the lazy dog".split(" ") }
            for i in 0..1000 { json.parse("{\"name\": ${i}, \"price\": 1.5, \"tags\": []}") }
            """,
            "texts.lyra");
        StringStatistics strings = engine.Statistics.Strings;
        return 100.0 * strings.Hits / (strings.Hits + strings.Interned);
    }

    /// <summary>The bytes that a new engine allocates, which takes the stacks of a disposed one.</summary>
    public static double EngineBytes()
    {
        double smallest = double.MaxValue;
        for (int i = 0; i < Runs; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using LyraEngine engine = new();
            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return smallest;
    }

    /// <summary>The checks that a number of hits cause.</summary>
    public static double Checks(int checkEvery)
    {
        HashInlineCache cache = new(checkEvery: checkEvery);
        for (int key = 0; key < Keys; key++)
        {
            cache.Set(key, key, null, key);
        }

        for (int i = 0; i < Hits; i++)
        {
            cache.TryGet(i % Keys, i % Keys, out _, out _);
        }

        return cache.Statistics.Checks;
    }

    private static void UseEngines(LyraScript script)
    {
        for (int i = 0; i < Runs; i++)
        {
            using LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
            engine.Run(script);
        }
    }

    private static double FreeShare(SlabPool pool)
    {
        (int slots, int used) = pool.SlotCounts;
        return slots == 0 ? 0 : 100.0 * (slots - used) / slots;
    }
}
