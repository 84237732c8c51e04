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

    public static readonly Claim[] All =
    [
        new("slab-rent", "Renting and returning a slot: 1 µs → 100–200 ns", ClaimSource.Design(200), ClaimBound.AtMost, "ns",
            "micro slabs: slab pool", static result => Slab(result, "slab pool")),
        new("slab-preallocated", "Less latency by slots that exist already", ClaimSource.Design(70), ClaimBound.AtLeast, "%",
            "micro slabs: slab pool, to new pool for each", static result =>
                100 * (1 - (Slab(result, "slab pool") / Slab(result, "new pool for each")))),
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
            "1,000 sentences split, of whose 8 words one differs, and 1,000 objects parsed",
            static result => result.Fact(FactNames.TextHits)),
        new("engine-bytes", "Memory of a fresh engine: ≤ 4 KB", ClaimSource.Design(4_096), ClaimBound.AtMost, "bytes",
            "a new engine after a disposed one, whose stacks it takes", static result => result.Fact(FactNames.EngineBytes)),
        NotBuilt("lists", "Hits of the pool of lists: > 90 %", 90,
            "Storage of lists is allocated by .NET. Tried: micro allocation shows the bytes of each list."),
        NotBuilt("pool-hits", "Hits of all pools: > 70 %", 70,
            "There is no sum over all pools: strs, argument windows and stacks of engines have counters of their own."),
        NotBuilt("arenas", "Arenas from which a compilation allocates its storage", 1,
            "Compilations allocate their IR by .NET, on another thread.") with { Unit = "arenas" },
        Fewer("collections", "Fewer garbage collections than on the baseline", 50, FactNames.Collections),
        Fewer("allocation", "Fewer allocated bytes than on the baseline", 70, FactNames.Allocated),
        Fewer("memory", "Less memory than on the baseline", 15, FactNames.Heap),
        Fewer("pauses", "Shorter pauses for garbage collection than on the baseline", 80, FactNames.Pauses),
        new("peak", "Peak memory of 1,000,000 frames, 100,000 cache operations and 10,000 rentals",
            ClaimSource.Design(StressWork.MostBytes / Megabyte), ClaimBound.AtMost, "MB", "stress, in a process of its own",
            static result =>
                result.Stress.Count == 0 ? null : result.Stress.Max(figure => figure.PeakBytes) / Megabyte),
        new("leaks", "Slots that are rented and not returned", ClaimSource.Design(0), ClaimBound.Exactly, "slots",
            "200 runs in one engine", static result => result.Fact(FactNames.SlabLeaks)),
        new("engine-leaks", "Memory that a dropped engine keeps alive", ClaimSource.Design(100), ClaimBound.AtMost, "bytes",
            "200 engines", static result => result.Fact(FactNames.EngineLeak)),
    ];

    private static Claim NotBuilt(string id, string text, double wanted, string remark) =>
        new(id, text, ClaimSource.Design(wanted), ClaimBound.AtLeast, "%", "not built", Claim.Nothing) { Remark = $"Not built. {remark}" };

    private static Claim Fewer(string id, string text, double wanted, string fact) => new(
        id, text, ClaimSource.Design(wanted), ClaimBound.AtLeast, "%", "the programs in one process, compiled and on the baseline",
        result => 100 * (1 - result.Fact(fact)));

    private static double? Slab(BenchResult result, string operation) =>
        result.MicroFigure("slabs", operation, MicroWays.CSharp)?.Nanoseconds;
}
