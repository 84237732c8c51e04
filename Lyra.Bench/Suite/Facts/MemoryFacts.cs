using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Micro;
using Lyra.Runtime.Memory;

namespace Lyra.Bench.Suite.Facts;

/// <summary>Slots, leaks and checks.</summary>
internal static class MemoryFacts
{
    private const int Runs = 200;
    private const int FewestStrs = 100;
    private const double Elements = 100_000;

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
    /// <param name="use">Called with each engine before it is dropped.</param>
    public static double[] Leaks(Action<LyraEngine> use)
    {
        LyraScript script = LyraScript.Compile(Work, "work.lyra");
        using LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
        for (int i = 0; i < Runs; i++)
        {
            engine.Run(script);
        }

        UseEngines(script, use);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        UseEngines(script, use);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        return [engine.Statistics.Slabs.Sum(slab => slab.Used), Math.Max(0, (double)(after - before) / Runs)];
    }

    /// <summary>
    /// The percentage of strs that the programs would have made at run time, if an equal one had not been kept, among those programs at the
    /// small size that make at least 100.
    /// </summary>
    public static double TextHits(IReadOnlyList<BenchProgram> programs)
    {
        long hits = 0;
        long all = 0;
        foreach (BenchProgram program in programs)
        {
            using LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
            engine.Run(BenchProgram.Declarations(program.Name), program.Name + ".lyra");
            engine.Call("run", program.Small.N);
            StringStatistics strings = engine.Statistics.Strings;
            if (strings.Hits + strings.Interned >= FewestStrs)
            {
                hits += strings.Hits;
                all += strings.Hits + strings.Interned;
            }
        }

        return all == 0 ? double.NaN : 100.0 * hits / all;
    }

    /// <summary>The bytes of an int in a list of 100,000, and of a value in a list of ints and strs.</summary>
    public static double[] ElementBytes() =>
    [
        ElementBytes("let xs = list(0..100_000)"),
        ElementBytes("let xs = list(0..100_000).map(i => if i % 2 == 0 { i } else { \"a\" })"),
    ];

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

    private static double ElementBytes(string script)
    {
        using LyraEngine engine = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        engine.Run(script, "list.lyra");
        double bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(engine);
        return bytes / Elements;
    }

    private static void UseEngines(LyraScript script, Action<LyraEngine> use)
    {
        for (int i = 0; i < Runs; i++)
        {
            using LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
            engine.Run(script);
            use(engine);
        }
    }

    private static double FreeShare(SlabPool pool)
    {
        (int slots, int used) = pool.SlotCounts;
        return slots == 0 ? 0 : 100.0 * (slots - used) / slots;
    }
}
