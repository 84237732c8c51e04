using System;
using System.Linq;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Claims;

/// <summary>The goals of the design about pools and memory.</summary>
internal static class PoolClaims
{
    private const double Megabyte = 1e6;

    /// <summary>What a compilation allocated before it had an arena, measured on 2026-11-26.</summary>
    private const double BytesWithoutArena = 437_000;

    public static readonly Claim[] All =
    [
        new("slab-rent", "Renting and returning a slot: 1 µs → 100–200 ns", ClaimSource.Design(200), ClaimBound.AtMost, "ns",
            "micro slabs: slab pool", static result => Slab(result, "slab pool")),
        new("slab-preallocated", "Less latency by slots that exist already", ClaimSource.Design(70), ClaimBound.AtLeast, "%",
            "micro slabs: slab pool, to new slab for each", static result =>
                100 * (1 - (Slab(result, "slab pool") / Slab(result, "new slab for each")))),
        new("slab-array", "Less overhead of allocation than that of a new array", ClaimSource.Design(70), ClaimBound.AtLeast, "%",
            "micro slabs: slab pool, to new array", static result => 100 * (1 - (Slab(result, "slab pool") / Slab(result, "new array"))))
        {
            Remark = "The pool saves 280 bytes for each array, which the collector would take back later; its time counts here.",
        },
        new("fragmentation", "Slots that stay free in slabs with rented slots", ClaimSource.Design(5), ClaimBound.AtMost, "%",
            "10,000 mixed rentals, the last three quarters returned in reverse as calls do, defragmented",
            static result => result.Fact(FactNames.Fragmentation)),
        new("fragmentation-less", "Fewer free slots by defragmentation", ClaimSource.Design(80), ClaimBound.AtLeast, "%",
            "the same rentals, before and after", static result =>
                100 * (1 - (result.Fact(FactNames.Fragmentation) / result.Fact(FactNames.FreeSlots)))),
        new("ints", "Ints that need no allocation: > 85 %", ClaimSource.Design(85), ClaimBound.AtLeast, "%",
            "micro registers: int addition, interpreted: additions without allocated bytes", static result =>
                result.MicroFigure("registers", "int addition", MicroWays.Interpreted) is { } figure
                    ? 100 * (1 - Math.Min(1, figure.Bytes / 16))
                    : null)
        {
            Remark = "Ints of 64 bits are values without objects, so there is no pool of them.",
        },
        new("strings", "Hits of the pool of strings: > 85 %", ClaimSource.Design(85), ClaimBound.AtLeast, "%",
            "`Statistics.Strings`: hits, of all strs that the programs at the size small make, where they make at least 100",
            static result => result.Fact(FactNames.TextHits)),
        new("engine-bytes", "Memory of a fresh engine: ≤ 4 KB", ClaimSource.Design(4_096), ClaimBound.AtMost, "bytes",
            "a new engine after a disposed one, whose stacks it takes", static result => result.Fact(FactNames.EngineBytes)),
        Pooled("lists", "Hits of the pool of lists: > 90 %", 90, FactNames.PooledListBytes,
            "bytes of the lists of Lyra.Bench/Pauses/matrices.lyra that low-pause mode does not allocate"),
        Pooled("pool-hits", "Hits of all pools: > 70 %", 70, FactNames.PooledBytes,
            "bytes of the four programs of Lyra.Bench/Pauses that low-pause mode does not allocate"),
        Pooled("pool-collections", "Fewer garbage collections by pools: 50 %", 50, FactNames.PooledCollections,
            "collections of the four programs of Lyra.Bench/Pauses in low-pause mode"),
        Pooled("pool-pauses", "Shorter pauses by pools: 50 %", 50, FactNames.PooledPauses,
            "total pause of the four programs of Lyra.Bench/Pauses in low-pause mode"),
        new("pool-time", "Time with pools, to without", ClaimSource.Design(1.05), ClaimBound.AtMost, "times",
            "geometric mean over the four programs of Lyra.Bench/Pauses in low-pause mode",
            static result => result.Fact(FactNames.PooledTime)),
        new("arenas", "Bytes that a compilation allocates from the collector, to the 437 KB without an arena", ClaimSource.Design(0.5),
            ClaimBound.AtMost, "times",
            "`Statistics.Jit.CompileBytes` for each of `TracesCompiled`, over the programs, run in this process",
            static result => result.Fact(FactNames.CompileBytes) / BytesWithoutArena),
        Fewer("collections", "Fewer garbage collections than on the baseline", 50, FactNames.Collections),
        Fewer("allocation", "Fewer allocated bytes than on the baseline", 70, FactNames.Allocated) with
        {
            Remark = "The bytes of all threads, the compiler's too.",
        },
        Fewer("memory", "Less memory than on the baseline", 15, FactNames.Live) with
        {
            Remark = "The bytes that are alive after the run, with the engine and its compiled code.",
        },
        Fewer("pauses", "Shorter pauses for garbage collection than on the baseline", 80, FactNames.Pauses),
        new("mean-pause", "A pause for garbage collection: < 100 µs", ClaimSource.Design(100), ClaimBound.AtMost, "µs",
            "total pause divided by the collections, over the programs, compiled, in this process",
            static result => result.Fact(FactNames.MeanPause)),
        new("peak", "Peak memory of 1,000,000 frames, 100,000 cache operations and 10,000 rentals",
            ClaimSource.Design(StressWork.MostBytes / Megabyte), ClaimBound.AtMost, "MB", "stress, in a process of its own",
            static result =>
                result.Stress.Count == 0 ? null : result.Stress.Max(figure => figure.PeakBytes) / Megabyte),
        new("leaks", "Slots that are rented and not returned", ClaimSource.Design(0), ClaimBound.Exactly, "slots",
            "200 runs in one engine", static result => result.Fact(FactNames.SlabLeaks)),
        new("engine-leaks", "Memory that a dropped engine keeps alive", ClaimSource.Design(100), ClaimBound.AtMost, "bytes",
            "200 engines", static result => result.Fact(FactNames.EngineLeak)),
    ];

    private static Claim Pooled(string id, string text, double wanted, string fact, string measurement) => new(
        id, text, ClaimSource.Design(wanted), ClaimBound.AtLeast, "%", measurement + ", compiled, of those in the default mode",
        result => 100 * (1 - result.Fact(fact)));

    private static Claim Fewer(string id, string text, double wanted, string fact) => new(
        id, text, ClaimSource.Design(wanted), ClaimBound.AtLeast, "%",
        "the programs at the size of the tiers in this process, compiled to on the baseline",
        result => 100 * (1 - result.Fact(fact)));

    private static double? Slab(BenchResult result, string operation) =>
        result.MicroFigure("slabs", operation, MicroWays.CSharp)?.Nanoseconds;
}
