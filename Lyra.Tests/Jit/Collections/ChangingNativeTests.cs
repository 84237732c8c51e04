using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>
/// Library procs that change a list, and search or sort with hooks: compiled code calls their handlers unless the hooks that they call
/// exist.
/// </summary>
public sealed class ChangingNativeTests
{
    private static readonly Dictionary<string, string> Direct = new()
    {
        ["extend"] = """
            let xs = []
            var n = 0
            for i in 0..900 {
                xs.extend([i, i + 1])
                xs.extend((i, "a"))
                xs.extend(0..3)
                xs.extend("bc")
                xs.extend({"k": 1})
                n += length(xs)
                if length(xs) > 60 { xs.clear() }
            }
            print(n, xs)
            """,
        ["extend of typed lists"] = """
            let xs: [u8] = []
            let ys: [u8] = [3, 250]
            var n = 0
            for i in 0..900 {
                xs.extend(ys)
                xs.extend([i, 7])
                xs.extend(i..i + 2)
                xs.extend(xs)
                n += xs[length(xs) - 1] + length(xs)
                if length(xs) > 60 { xs.clear() }
            }
            print(n, xs)
            """,
        ["fill"] = """
            let xs = [1, 2, 3]
            var n = 0
            for i in 0..900 { xs.fill(i); n += xs[2]; xs.fill(0.5); xs.fill(0) }
            print(n, xs)
            """,
        ["remove and search of instances with an order"] = """
            struct Card { suit; rank; proc __lt(self, o) { return self.rank < o.rank } }
            let cards = list((0..8).map(i => Card("c", i)))
            var n = 0
            for i in 0..900 {
                let card = cards[i % 8]
                n += cards.index(card) + (if cards.contains(card) { 1 } else { 0 }) + cards.count(card)
                cards.remove(card)
                cards.push(card)
            }
            print(n, cards.map(c => c.rank))
            """,
        ["sort by plain keys"] = """
            struct P { x; proc __eq(self, o) { return self.x == o.x }; proc __lt(self, o) { return self.x > o.x } }
            var n = 0
            for i in 0..500 {
                let ps = [P(i % 7), P(i % 3), P(i % 5)]
                ps.sort(p => p.x)
                n += ps[0].x * 100 + ps[2].x
                n += sorted(ps, p => -p.x)[0].x
            }
            print(n)
            """,
        ["clocks"] = """
            import time
            var n = 0
            for i in 0..900 { if time.monotonic() >= 0 { n += length(time.iso(i)) } }
            print(n)
            """,
    };

    private static readonly Dictionary<string, string> WithHooks = new()
    {
        ["search of instances with equality"] = """
            struct P { x; proc __eq(self, o) { return self.x == o.x }; proc __hash(self) { return hash(self.x) } }
            let ps = [P(1), P(2), P(3)]
            var n = 0
            for i in 0..600 {
                n += ps.index(P(1 + i % 3)) + ps.count(P(2))
                ps.remove(P(1 + i % 3))
                ps.push(P(1 + i % 3))
            }
            print(n, ps.map(p => p.x))
            """,
        ["sort by keys with an order"] = """
            struct K { x; proc __lt(self, o) { return self.x < o.x } }
            var n = 0
            for i in 0..300 {
                let xs = [i % 7, i % 3, i % 5]
                xs.sort(x => K(x))
                n += xs[0] * 100 + xs[2]
            }
            print(n)
            """,
        ["extend by iterators"] = """
            struct Pair { a; proc __iter(self) { return [self.a, self.a] } }
            proc gen(n) { yield n; yield n + 1 }
            var n = 0
            for i in 0..400 {
                let xs = [i]
                xs.extend(gen(i))
                xs.extend(Pair(i))
                xs.extend(gen(i).map(x => x * 2))
                for x in xs { n += x }
            }
            print(n)
            """,
        ["an element that a typed list refuses"] = """
            var n = 0
            for i in 0..400 {
                let xs: [int] = [1]
                try { xs.extend(if i % 90 == 5 { [2, "no"] } else { [2, 3] }) } catch e { n += length(e.message) }
                try { xs.extend(if i % 90 == 7 { (2, "no") } else { (2, 3) }) } catch e { n += length(e.message) }
                try { xs.extend(if i % 90 == 9 { i } else { [4] }) } catch e { n += length(e.message) }
                n += length(xs)
            }
            print(n)
            """,
        ["a list that grows"] = """
            let xs = []
            var n = 0
            try { while true { xs.extend((n, 2.5)); xs.extend([n, nil]); n += 1 } } finally { print(n, length(xs)) }
            """,
    };

    public static TheoryData<string> Names => [.. Direct.Keys];

    public static TheoryData<string> AllNames => [.. Direct.Keys.Concat(WithHooks.Keys)];

    private static string SourceOf(string name) => Direct.GetValueOrDefault(name) ?? WithHooks[name];

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiled_code_calls_the_handler(string name)
    {
        TierCounters counters = TwoTiers.ShouldAgree(Direct[name], TwoTiers.After(20));

        counters.Entries.ShouldBeGreaterThan(0);
        counters.CallOuts.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Both_tiers_agree(string name)
    {
        RunLimits limit = new(200_000, null, default);
        TwoTiers.ShouldAgree(SourceOf(name), TwoTiers.After(3), limit).Compiled.ShouldBeGreaterThan(0);
        for (int seed = 1; seed <= 3; seed++)
        {
            TwoTiers.ShouldAgree(SourceOf(name), TierOptions.Stressed(seed), limit);
        }

        foreach (long steps in new long[] { 331, 701, 1_234, 2_503, 4_801 })
        {
            TwoTiers.ShouldAgree(SourceOf(name), TwoTiers.After(5), new RunLimits(steps, null, default));
        }
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(41_000)]
    [InlineData(77_000)]
    [InlineData(200_000)]
    public void The_memory_limit_stops_at_the_same_place(long memory) =>
        TwoTiers.ShouldAgree(WithHooks["a list that grows"], TwoTiers.After(5), null, memory).Entries.ShouldBeGreaterThan(0);
}
