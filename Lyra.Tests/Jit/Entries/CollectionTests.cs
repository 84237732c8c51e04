using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>The collections are structs in Lyra, so their methods run compiled, in line with the code that calls them.</summary>
public sealed class CollectionTests
{
    [Theory]
    [InlineData("let d = collections.deque()", "d.push(i); d.pushFront(-i); t += d.pop() + d.popFront(); d.push(i); t += d[0] + d.last()")]
    [InlineData("let h = collections.heap()", "h.push(i * 7919 % 3001); if i % 2 == 1 { t = (t * 31 + h.pop()) % 1000003 }")]
    [InlineData("let c = collections.counter()", "c[i % 7] += 1; c.add(i % 5); t += c[i % 11]")]
    [InlineData("let s = collections.sortedSet(0..200)", "t += (s.floor(i % 300) ?? 0) + (s.ceiling(i % 190) ?? 0)")]
    [InlineData("let b = collections.bitset(640)", "b.flip(i % 640); if b[i * 31 % 640] { t += 1 }")]
    public void Methods_run_compiled(string make, string body)
    {
        EntryRun run = EntryRun.Agree(
            $"import collections\n{make}\nvar t = 0\nfor i in 0..6000 {{ {body} }}\nprint(t)",
            [],
            share: 0.6,
            new EntryLimits { HotLoop = 50 });

        run.Error.ShouldBeNull();
        run.Counters.CallOuts.ShouldBeLessThan(run.Steps / 40, run.Log);
    }

    [Theory]
    [InlineData("i in d")]
    [InlineData("i in c and not (i in d)")]
    [InlineData("(b & other)[i % 64] or (b | other)[i % 50]")]
    public void Hooks_agree_in_both_tiers(string condition)
    {
        EntryRun run = EntryRun.Agree(
            $$"""
            import collections
            let d = collections.deque(0..20)
            let c = collections.counter(0..50)
            let b = collections.bitset(64, [1, 5, 9])
            let other = collections.bitset(64, [5, 40])
            var t = 0
            for i in 0..2000 {
                if {{condition}} { t += i }
                d.push(d.popFront() * 3 % 400)
            }
            print(t)
            """,
            [],
            share: 0,
            new EntryLimits { HotLoop = 50 });

        run.Error.ShouldBeNull();
    }
}
