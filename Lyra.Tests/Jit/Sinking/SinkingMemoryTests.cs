using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Xunit;

namespace Lyra.Tests.Jit.Sinking;

/// <summary>The memory limit trips at the same allocation whether the objects are allocated or eliminated.</summary>
public sealed class SinkingMemoryTests
{
    private const string Growing = """
        struct Vec {
            x; y; z
            proc __add(self, o) { return Vec(self.x + o.x, self.y + o.y, self.z) }
        }
        var kept = []
        proc run(n) {
            var p = Vec(0, 0, (1, 2))
            var i = 0
            try {
                while i < n {
                    p = p + Vec(i, 1, nil)
                    var t = (p.x, i)
                    if i % 8 == 3 { kept.push("item ${t[0] - t[0]} ${i}") }
                    i += 1
                }
            } finally { print(i, p.x, p.y, length(kept)) }
        }
        try { run(100_000) } finally { kept = [1]; print("over") }
        """;

    private const string Lean = """
        struct Vec { x; y; proc __add(self, o) { return Vec(self.x + o.x, self.y + o.y) } }
        proc run(n) {
            var p = Vec(0, 0)
            var i = 0
            while i < n { p = p + Vec(i, 1); i += 1 }
            return (p.x, p.y)
        }
        for k in 0..4 { print(run(1_000)) }
        """;

    /// <summary>Limits a few bytes apart, so that the limit trips at each of the allocations of an iteration.</summary>
    [Fact]
    public void A_growing_heap_trips_at_the_same_allocation()
    {
        for (long limit = 60_000; limit < 60_400; limit += 13)
        {
            BothTiers.ShouldAgree(Growing, Options(), limit);
        }
    }

    /// <summary>Charges for eliminated objects do not accumulate, because a heap walk corrects them.</summary>
    [Fact]
    public void Garbage_does_not_count()
    {
        for (long limit = 14_000; limit < 50_000; limit += 3_001)
        {
            BothTiers.ShouldAgree(Lean, Options(), limit);
        }
    }

    [Fact]
    public void Limits_hold_exactly_in_spite_of_exits()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            BothTiers.ShouldAgree(Growing, TierOptions.Stressed(seed), 60_000 + (37 * seed));
        }
    }

    private static TierOptions Options() => new() { HotLoop = 20, HotProc = int.MaxValue, HotExit = 4 };
}
