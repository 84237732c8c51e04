using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Any guard of a compiled proc may fail without cause, at any depth, and the program behaves the same.</summary>
public sealed class ForcedUnwindingTests
{
    private const string Source =
        """
        struct Node { left; right; weight }
        proc make(depth, weight) {
            if depth == 0 { return Node(nil, nil, weight) }
            return Node(make(depth - 1, weight + 1), make(depth - 1, weight * 2), weight)
        }
        proc total(t) { if t == nil { return 0 }; return t.weight + total(t.left) + total(t.right) }
        proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }
        proc guarded(n) {
            try {
                if n == 3 { throw error("ValueError", "three") }
                if n == 0 { return 0 }
                return n + guarded(n - 1)
            } catch e {
                return length(e.trace)
            }
        }
        proc search(cells, n, row) {
            if row == n { return 1 }
            var found = 0
            for c in 0..n {
                if not cells[c] { cells[c] = true; found += search(cells, n, row + 1); cells[c] = false }
            }
            return found
        }
        for k in 0..12 { print(fib(14), total(make(6, k)), guarded(k), search([false] * 5, 5, 0)) }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(4_711)]
    [InlineData(123_456)]
    public void Procs_do_the_same_when_their_guards_are_forced_to_fail(int seed)
    {
        EntryRun run = EntryRun.Agree(Source, [], 0.0, new EntryLimits { StressSeed = seed, HotLoop = 50 });

        run.Counters.Deoptimizations.ShouldBeGreaterThan(20);
        (run.VersionsOf("fib") + run.VersionsOf("make") + run.VersionsOf("search")).ShouldBeGreaterThan(0);
    }
}
