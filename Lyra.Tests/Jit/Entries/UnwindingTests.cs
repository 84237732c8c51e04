using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>An exit in a compiled proc unwinds all compiled frames, and the program behaves the same.</summary>
public sealed class UnwindingTests
{
    [Fact]
    public void An_error_deep_in_compiled_calls_has_the_trace_of_the_interpreter()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc sum(l, i, n) {
                if i == n { return 0 }
                return l[i] + sum(l, i + 1, n)
            }
            let good = list(0..40)
            for k in 0..200 { sum(good, 0, 40) }
            print(sum(good, 0, 40))
            good[37] = "no number"
            print(sum(good, 0, 40))
            """,
            ["sum"]);

        run.Error!.Trace!.Length.ShouldBe(39);
        run.Counters.Deoptimizations.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(39)]
    public void A_handler_in_an_outer_compiled_frame_catches(int depth)
    {
        EntryRun.Agree(
            $$"""
            proc down(n, bad) {
                if n == bad { let x = 1 + "a"; return x }
                if n == 0 { return 0 }
                if n == {{depth}} {
                    try { return 1 + down(n - 1, bad) } catch e { print(e, e.line, length(e.trace)); return 1000 }
                }
                return 1 + down(n - 1, bad)
            }
            for k in 0..100 { down(40, -1) }
            for bad in 0..42 { try { print(down(40, bad)) } catch e { print("out", e, length(e.trace), e.trace[0]) } }
            for k in 0..100 { down(40, -1) }
            print(down(40, -1))
            """,
            ["down"]);
    }

    [Fact]
    public void Finally_blocks_of_all_frames_run_when_an_error_passes()
    {
        EntryRun.Agree(
            """
            var log = []
            proc down(n, bad) {
                try {
                    if n == bad { throw error("ValueError", "at " + tostring(n)) }
                    if n == 0 { return 0 }
                    return 1 + down(n - 1, bad)
                } finally {
                    log[0] += n
                }
            }
            log = [0]
            for k in 0..100 { down(30, -1) }
            for bad in 0..32 { try { print(down(30, bad)) } catch e { print(e) }; print(log) }
            """,
            ["down"],
            share: 0.0);
    }

    [Theory]
    [InlineData("nil")]
    [InlineData("2.5")]
    [InlineData("\"text\"")]
    [InlineData("9223372036854775807 * 3")]
    [InlineData("[1]")]
    [InlineData("true")]
    public void A_result_of_another_kind_is_returned_unchanged(string other)
    {
        EntryRun.Agree(
            $$"""
            proc pick(n, odd) {
                if n == 0 { return odd }
                return pick(n - 1, odd)
            }
            for k in 0..100 { pick(20, k) }
            print(pick(20, 1))
            for k in 0..60 { print(pick(k, {{other}})) }
            for k in 0..100 { pick(20, k) }
            print(pick(20, 1), pick(3, {{other}}))
            """,
            ["pick"]);
    }

    [Fact]
    public void Ints_that_outgrow_64_bits_become_big_ints()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc power(n) { if n == 0 { return 1 }; return 3 * power(n - 1) }
            for k in 0..200 { power(20) }
            for k in 0..100 { print(power(k)) }
            """,
            ["power"]);

        run.VersionsOf("power").ShouldBeGreaterThan(1);
    }

    [Fact]
    public void An_argument_of_another_kind_is_accepted_by_a_grown_region()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc carry(x, n) { if n == 0 { return x }; return carry(x, n - 1) }
            for k in 0..300 { carry(1000, 10) }
            for k in 0..3000 { carry("text", 10) }
            print(carry(1000, 3), carry("text", 3), carry([2.5], 3))
            """,
            ["carry"]);

        run.VersionsOf("carry").ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_proc_that_always_returned_nil_may_return_another_value()
    {
        EntryRun.Agree(
            """
            proc visit(n, wanted) { if n == wanted { return n }; if n > 0 { return visit(n - 1, wanted) } }
            for k in 0..200 { visit(20, -1) }
            for k in 0..30 { print(visit(20, k)) }
            """,
            ["visit"]);
    }

    /// <summary>Rebuilt frames are interpreted to their ends, while deeper calls run compiled again.</summary>
    [Fact]
    public void Frames_below_rebuilt_ones_continue_in_the_interpreter()
    {
        EntryRun.Agree(
            """
            var odd = 0
            proc tree(n) {
                if n == 0 { odd += 1; if odd % 97 == 0 { return nil }; return 1 }
                let a = tree(n - 1)
                let b = tree(n - 1)
                if a == nil { return b }
                if b == nil { return a }
                return a + b
            }
            print(tree(12))
            print(tree(12))
            """,
            ["tree"],
            share: 0.2);
    }

    [Fact]
    public void A_region_that_exits_too_often_is_dropped()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc down(n) { if n == 0 { throw error("ValueError", "bottom") }; return 1 + down(n - 1) }
            proc up(n) { if n == 0 { return 0 }; return 1 + up(n - 1) }
            proc both(n, fails) { if fails { return down(n) }; return up(n) }
            for k in 0..200 { both(10, false) }
            var caught = 0
            for k in 0..3000 { try { both(10, true) } catch e { caught += 1 } }
            print(caught)
            """,
            ["up"],
            share: 0.0);

        run.Counters.Deoptimizations.ShouldBeLessThan(1_500);
    }
}
