using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>Programs with hoisted index checks behave the same as without them, whether the speculative guards hold or fail.</summary>
public sealed class BoundsProgramTests
{
    /// <summary>
    /// Every form of counting loop, with every combination of start, limit and length. The output includes the errors of accesses.
    /// </summary>
    private const string Forms =
        """
        proc exclusive(xs, from, to, d) { var s = 0; for i in from..to { s += xs[i + d] }; return s }
        proc inclusive(xs, from, to, d) { var s = 0; for i in from..=to { s += xs[i - d] }; return s }
        proc headed(xs, from, to, d) { var s = 0; var i = from; while i < to { s += xs[i]; i += 1 + d * d }; return s }
        proc headedInclusive(xs, from, to, d) { var s = 0; var i = from; while i <= to { s += xs[i + 1]; i += 1 }; return s }
        proc down(xs, from, to, d) { var s = 0; var i = to; while i >= from { s += xs[i - 1]; i -= 1 }; return s }
        proc backwards(xs, from, to, d) { var s = 0; for i in from..to { s += xs[to - 1 - i] }; return s }
        proc masked(xs, from, to, d) { var s = 0; for i in from..to { s += xs[i & 3] + xs[(i * 5) % 4] }; return s }
        proc pairs(xs, from, to, d) { var s = 0; for i in from..to { for j in i + 1..to { s += xs[i] * xs[j] } }; return s }
        proc stores(xs, from, to, d) { var s = 0; for i in from..to { if i == to - 1 { continue }; xs[i + 1] = xs[i] + 1; s += xs[i] }; return s }
        proc heap(xs, from, to, d) { var s = 0; var i = from; while true { var c = i * 2 + 1; if c > to { break }; if c < to and xs[c + 1] > xs[c] { c += 1 }; s += xs[c]; i = c }; return s }
        proc text(xs, from, to, d) { var t = "abcdef"; var s = 0; for i in from..to { if t[i] != "c" { s += xs[i] } }; return s }
        proc breaks(xs, from, to, d) { var s = 0; for i in from..to { if i >= 4 { break }; s += xs[i] }; return s }
        proc stepped(xs, from, to, d) { if d == 0 { d = 3 }; var s = 0; for i in range(from, to, d) { xs[i] += 1; s += xs[i] }; return s }
        proc descending(xs, from, to, d) { var s = 0; for i in range(to, from, -1) { s += xs[i]; for j in range(i, to, 2) { s += xs[j] } }; return s }
        proc named(a, n, d) { var s = 0; for i in 0..n { for k in 0..n { s += a[i][k] * a[k][i] } }; return s }
        proc square(xs, from, to, d) { var a = []; for i in 0..length(xs) { a.push([i] * (length(xs) + d)) }; return named(a, to, d) }
        var forms = [stepped, descending, square, exclusive, inclusive, headed, headedInclusive, down, backwards, masked, pairs, stores, heap, text, breaks]
        for f in forms {
            for n in [6, 6, 6, 6, 0, 1, 4, 5, 6] {
                for from in [0, 1, -1, 3, 6, 7] {
                    for to in [6, 0, 2, 5, 7, -1] {
                        for d in [0, 1, -2] {
                            var xs = [2] * n
                            try { print(f(xs, from, to, d)) } catch e { print(e.kind, e.message, e.trace) }
                        }
                    }
                }
            }
        }
        """;

    [Fact]
    public void Every_form_of_counting()
    {
        BothTiers run = BothTiers.ShouldAgree(Forms, 2, 40);
        run.Nodes.ShouldContain(node => node.Op == IrOp.GuardSpeculation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_form_of_counting_under_stress(int seed) => BothTiers.ShouldAgree(Forms, TierOptions.Stressed(seed));

    /// <summary>
    /// The loop is correct although its limit exceeds the length. It exits a few times, is compiled again, and does not exit there any
    /// more.
    /// </summary>
    [Fact]
    public void A_failed_speculation_is_not_repeated()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc find(xs, limit, wanted) {
                for i in 0..limit {
                    if xs[i] == wanted { return i }
                }
                return -1
            }
            var xs = list(0..100)
            var s = 0
            for k in 0..3000 { s += find(xs, 1000000, k % 100) }
            print(s)
            """,
            10);
        run.Nodes.ShouldContain(node => node.Op == IrOp.GuardSpeculation);
        ExitsOfSpeculations(run).ShouldBeInRange(1, 40);
        run.Counters.Compiled.ShouldBeLessThan(10);
        run.Operations.Values.ShouldAllBe(operations => !operations.Contains(IrOp.GuardSpeculation));
    }

    /// <summary>
    /// A ring of neighbours in four lists: the limit of the loop is not below any length, which is speculated for the first list only. That
    /// the others are not shorter holds.
    /// </summary>
    [Fact]
    public void Lists_of_the_same_length_share_a_speculation()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc ring(a, b, c, d, n) {
                var s = 0
                for i in 0..n {
                    var next = i + 1
                    if next == length(a) { next = 0 }
                    s += a[next] + b[next] * c[next] - d[next]
                }
                return s
            }
            var xs = list(0..50)
            var s = 0
            for k in 0..300 { s += ring(xs, list(xs), list(xs), list(xs), 50) }
            print(s)
            """,
            10);
        run.Nodes.Count(node => node.Op == IrOp.GuardSpeculation).ShouldBeGreaterThan(3);

        // A version with vectors is larger, so more exits pass before another one pays for its compilation.
        ExitsOfSpeculations(run).ShouldBeInRange(1, 24);
        run.Counters.Compiled.ShouldBeLessThan(10);
    }

    /// <summary>
    /// Neighbours in a ring: the index is at most 127 on each path to it. Two lists need two checks, in front of the loop.
    /// </summary>
    [Fact]
    public void An_index_that_wraps_around_needs_no_check_in_the_loop()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc f(a, b, rounds) {
                var s = 0
                for k in 0..rounds {
                    for x in 0..128 {
                        var l = x - 1
                        var r = x + 1
                        if l < 0 { l = 127 }
                        if r == 128 { r = 0 }
                        s += a[l] + a[r] * 3 + b[l] * 5 + b[r] * 7 + a[x] * 11
                    }
                }
                return s
            }
            print(f(list(0..128), list(0..128), 300), f(list(0..128), list(0..200), 10))
            try { f(list(0..128), list(0..127), 10) } catch e { print(e.kind, e.message) }
            """,
            10);
        run.Operations.Values.ShouldContain(operations => operations.Contains(IrOp.GuardSpeculation)
            && operations.Contains(IrOp.LoadInt) && !operations.Contains(IrOp.GuardIndex));
    }

    /// <summary>Twelve speculative guards, about different distances from a limit, that all fail cost four versions, not twelve.</summary>
    [Fact]
    public void A_region_stops_speculating_after_many_failures()
    {
        string lists = string.Join("\n", Enumerable.Range(0, 12).Select(i => $"    var x{i} = [{i}] * {20 + i}"));
        string reads = string.Join(" + ", Enumerable.Range(0, 12).Select(i => $"x{i}[i + {i}]"));
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            proc f(limit) {
            {{lists}}
                var s = 0
                for k in 0..400 {
                    for i in 0..limit {
                        if i * i > 64 { break }
                        s += {{reads}}
                    }
                }
                return s
            }
            for limit in [1000, 2000, 3000] { print(f(limit)) }
            """,
            20);
        ExitsOfSpeculations(run).ShouldBeInRange(1, 300);
        run.Operations.Values.ShouldAllBe(operations => !operations.Contains(IrOp.GuardSpeculation));
    }

    /// <summary>Loops in which other code removes elements or replaces the list.</summary>
    [Fact]
    public void Lists_that_shrink_in_the_loop() => BothTiers.ShouldAgree(
        """
        proc take(xs, i) { if i == 7 { xs.pop() }; return xs[0] }
        proc shrink(n) {
            var xs = list(0..n)
            var s = 0
            for i in 0..n { s += xs[i] + take(xs, i) }
            return s
        }
        proc swap(n) {
            var xs = list(0..n)
            var s = 0
            for i in 0..n {
                s += xs[i]
                if i == 9 { xs = [1, 2, 3] }
            }
            return s
        }
        proc clear(n) {
            var xs = list(0..n)
            var s = 0
            var i = 0
            while i < n {
                s += xs[i]
                if s > 300 { xs.clear() }
                i += 1
            }
            return s
        }
        for f in [shrink, swap, clear] {
            for n in [5, 6, 7, 5, 8, 20, 9, 12, 40] {
                try { print(f(n)) } catch e { print(e.kind, e.message, e.trace) }
            }
        }
        """);

    [Fact]
    public void Limits_at_the_end_of_the_ints() => BothTiers.ShouldAgree(
        """
        proc up(xs, from, to) {
            var s = 0
            var i = from
            while i <= to {
                s += xs[i - from]
                i += 1
                if s > 40 { break }
            }
            return s
        }
        proc next(xs, from, to) {
            var s = 0
            for i in from..to { s += xs[i + 1]; if s > 20 { break } }
            return s
        }
        var max = 9223372036854775807
        for f in [up, next] {
            for ends in [(0, 9), (0, max), (max - 5, max), (0, 9), (-max - 1, -max + 5), (max - 3, max - 1), (0, max - 1), (0, 11), (-1, max)] {
                for k in 0..6 {
                    try { print(f([3] * 12, ends[0], ends[1])) } catch e { print(e.kind, e.message) }
                }
            }
        }
        """);

    /// <summary>A limit beyond the length, in a loop without an iteration.</summary>
    [Fact]
    public void Loops_without_an_iteration()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc sum(xs, from, to) {
                var s = 0
                for i in from..to { s += xs[i] }
                return s
            }
            var s = 0
            var xs = list(0..10)
            for k in 0..2000 {
                s += sum(xs, k % 9, 10)
                s += sum(xs, 40, 30 - k % 10)
            }
            print(s)
            """,
            5);
        ExitsOfSpeculations(run).ShouldBe(0);
        run.Operations.Values.ShouldContain(operations => operations.Contains(IrOp.GuardSpeculation));
    }

    /// <summary>Ranges whose step is known only at run time, many of them empty: no speculative guard fails.</summary>
    [Fact]
    public void A_sieve()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc sieve(n) {
                var flags = [true] * (n + 1)
                var count = 0
                for i in 2..=n {
                    if flags[i] {
                        count += 1
                        for j in range(i + i, n + 1, i) { flags[j] = false }
                    }
                }
                return count
            }
            for n in 100..140 { print(sieve(n)) }
            """,
            30);
        ExitsOfSpeculations(run).ShouldBe(0);
        run.Operations.Values.ShouldContain(operations => operations.Contains(IrOp.GuardSpeculation) && operations.Contains(IrOp.StoreBool)
            && !operations.Contains(IrOp.GuardIndex));
    }

    [Fact]
    public void Steps_are_charged_up_to_the_limit()
    {
        for (long steps = 2000; steps < 2060; steps += 7)
        {
            BothTiers.ShouldAgreeWithin(
                steps,
                """
                var xs = list(0..30)
                var s = 0
                for k in 0..100 { for i in 0..30 { s += xs[i] } }
                print(s)
                """,
                5);
        }
    }

    private static long ExitsOfSpeculations(BothTiers run) => run.Counters.Exits()
        .Where(exit => exit.Key.EndsWith(nameof(IrOp.GuardSpeculation), System.StringComparison.Ordinal)).Sum(exit => exit.Value);
}
