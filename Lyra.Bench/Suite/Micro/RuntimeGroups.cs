using System;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Micro;

/// <summary>The parts of the runtime by themselves, called from C#.</summary>
internal static class RuntimeGroups
{
    /// <summary>The entries of the cache and of the list that it is compared with.</summary>
    private const int Entries = 1_000;

    private const int SlotValues = 16;

    private static readonly LyraScript Sum = LyraScript.Compile("1 + 2", "sum.lyra");

    private static readonly LyraOptions Interpreted = LyraOptions.Default with { Jit = JitMode.Off };

    public static readonly MicroGroup[] All =
    [
        new("frames", "one frame pushed and popped",
        [
            new("frame stack", static () => new StressWork().PushFrames),
        ]),
        new("cache", "one lookup among 1,000 entries",
        [
            new("hit", static () => Lookups(int.MaxValue)),
            new("hit, each verified", static () => Lookups(1)),
            new("hit, one in 100 verified", static () => Lookups(100)),
            new("linear list", LinearLookups),
        ]),
        new("slabs", "storage for 16 values, rented and returned, or allocated",
        [
            new("slab pool", static () => Rentals(new SlabPool())),
            new("new array", NewArrays),
            new("new slab for each", static () => RentalsOfNewSlabs(new SlabPool())),
        ]),
        new("engines", "one new engine that runs the script 1 + 2, compiled before except in the first row",
        [
            new("new engine, from source", static () => static () => Repeat(EnginesFromSource)),
            new("new engine", static () => static () => Repeat(static () => Engines(LyraOptions.Default))),
            new("new engine, embedded", static () => static () => Repeat(static () => Engines(LyraOptions.Embedded))),
            new("new engine, jit off", static () => static () => Repeat(static () => Engines(Interpreted))),
        ]),
    ];

    /// <summary>Keys in an order that a list can't predict, as lookups of members have.</summary>
    private static long KeyOf(int i) => (i * 7919L) % Entries;

    private static Action Lookups(int checkEvery)
    {
        HashInlineCache cache = new(checkEvery: checkEvery);
        for (int key = 0; key < Entries; key++)
        {
            cache.Set(key, key, null, key);
        }

        return () =>
        {
            long sum = 0;
            for (int i = 0; i < MicroVariant.Operations; i++)
            {
                long key = KeyOf(i);
                sum += cache.TryGet(key, key, out _, out int number) ? number : -1;
            }

            GC.KeepAlive(sum);
        };
    }

    private static Action LinearLookups()
    {
        (long Operation, long Signature, int Number)[] list = new (long, long, int)[Entries];
        for (int key = 0; key < Entries; key++)
        {
            list[key] = (key, key, key);
        }

        return () =>
        {
            long sum = 0;
            for (int i = 0; i < MicroVariant.Operations; i++)
            {
                sum += FindLinearly(list, KeyOf(i));
            }

            GC.KeepAlive(sum);
        };
    }

    private static int FindLinearly((long Operation, long Signature, int Number)[] list, long key)
    {
        foreach ((long operation, long signature, int number) in list)
        {
            if (operation == key && signature == key)
            {
                return number;
            }
        }

        return -1;
    }

    private static Action Rentals(SlabPool pool) => () =>
    {
        for (int i = 0; i < MicroVariant.Operations; i++)
        {
            SlabLease lease = pool.Rent(SlotValues);
            lease.Span[0].SetInt(i);
            pool.Return(lease);
        }
    };

    private static Action NewArrays() => static () =>
    {
        for (int i = 0; i < MicroVariant.Operations; i++)
        {
            Value[] values = new Value[SlotValues];
            values[0].SetInt(i);
            GC.KeepAlive(values);
        }
    };

    /// <summary>Each rental makes a slab, because the pool has given back the one before.</summary>
    private static Action RentalsOfNewSlabs(SlabPool pool) => () =>
    {
        for (int i = 0; i < MicroVariant.Operations; i++)
        {
            SlabLease lease = pool.Rent(SlotValues);
            lease.Span[0].SetInt(i);
            pool.Return(lease);
            pool.Defragment();
        }
    };

    private static void Repeat(Action work)
    {
        for (int i = 0; i < MicroVariant.Operations; i++)
        {
            work();
        }
    }

    private static void Engines(LyraOptions options)
    {
        using LyraEngine engine = new(options);
        engine.Run(Sum);
    }

    private static void EnginesFromSource()
    {
        using LyraEngine engine = new();
        engine.Run("1 + 2");
    }
}
