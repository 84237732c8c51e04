using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Recursive procs behave the same compiled as interpreted.</summary>
public sealed class RecursionTests
{
    [Theory]
    [InlineData("proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }\nprint(fib(20))", "fib")]
    [InlineData("proc fib(n) { if n < 2.0 { return n }; return fib(n - 1.0) + fib(n - 2.0) }\nprint(fib(18.0))", "fib")]
    [InlineData("proc ack(m, n) { if m == 0 { return n + 1 }; if n == 0 { return ack(m - 1, 1) }; return ack(m - 1, ack(m, n - 1)) "
        + "}\nprint(ack(2, 12))\nprint(ack(2, 40))", "ack")]
    [InlineData("proc count(n) { if n == 0 { return 0 }; return 1 + count(n - 1) }\nfor i in 0..300 { print(count(i % 50)) }", "count")]
    [InlineData("proc walk(n) { if n > 0 { walk(n - 1); walk(n - 1) } }\nprint(walk(11))", "walk")]
    [InlineData("proc any_zero(n) { if n == 0 { return true }; return any_zero(n - 1) and any_zero(n - 1) }\nprint(any_zero(10))",
        "any_zero")]
    [InlineData("proc last(n) { if n == 0 { return \"end\" }; let s = last(n - 1); return s }\nfor i in 0..200 { print(last(i % 20)) }",
        "last")]
    public void A_proc_that_calls_itself_is_compiled(string source, string proc)
    {
        EntryRun run = EntryRun.Agree(source, [proc]);

        run.VersionsOf(proc).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Towers_of_linked_disks_move()
    {
        EntryRun.Agree(
            """
            struct Disk { size; below }
            struct Towers {
                piles; moves
                proc put(self, disk, pile) {
                    var top = self.piles[pile]
                    if top != nil and disk.size >= top.size { throw error("ValueError", "bad move") }
                    disk.below = top
                    self.piles[pile] = disk
                }
                proc take(self, pile) { var top = self.piles[pile]; self.piles[pile] = top.below; top.below = nil; return top }
                proc move(self, disks, source, target) {
                    if disks == 1 {
                        self.put(self.take(source), target)
                        self.moves += 1
                    } else {
                        var other = 6 - source - target
                        self.move(disks - 1, source, other)
                        self.move(1, source, target)
                        self.move(disks - 1, other, target)
                    }
                }
            }
            var t = Towers([nil] * 4, 0)
            for i in range(12, 0, -1) { t.put(Disk(i, nil), 1) }
            t.move(12, 1, 3)
            print(t.moves)
            var d = t.piles[3]
            while d != nil { write(d.size, " "); d = d.below }
            """,
            ["move"]);
    }

    [Fact]
    public void Trees_are_made_and_walked()
    {
        EntryRun run = EntryRun.Agree(
            """
            struct Tree { left; right }
            proc make(depth) { if depth == 0 { return Tree(nil, nil) }; return Tree(make(depth - 1), make(depth - 1)) }
            proc check(t) { if t.left == nil { return 1 }; return 1 + check(t.left) + check(t.right) }
            for i in 0..10 { print(check(make(9))) }
            """,
            ["make", "check"]);

        run.Counters.Deoptimizations.ShouldBeLessThan(40);
    }

    [Fact]
    public void A_loop_in_a_recursive_proc_calls_it()
    {
        EntryRun.Agree(
            """
            proc place(row, n, cols, up, down) {
                if row == n { return 1 }
                var count = 0
                for c in 0..n {
                    if not cols[c] and not up[row + c] and not down[row - c + n] {
                        cols[c] = true; up[row + c] = true; down[row - c + n] = true
                        count += place(row + 1, n, cols, up, down)
                        cols[c] = false; up[row + c] = false; down[row - c + n] = false
                    }
                }
                return count
            }
            print(place(0, 7, [false] * 14, [false] * 14, [false] * 14))
            """,
            ["place"]);
    }

    [Fact]
    public void Procs_that_call_each_other_do_so_as_compiled_code()
    {
        EntryRun.Agree(
            """
            proc is_even(n) { if n == 0 { return true }; return is_odd(n - 1) }
            proc is_odd(n) { if n == 0 { return false }; return is_even(n - 1) }
            var c = 0
            for k in 0..500 { if is_even(k % 60) { c += 1 } }
            print(c)
            """,
            ["is_even"]);
    }

    /// <summary>Neither proc may be inlined in the other: each calls the other through its entry cell.</summary>
    [Fact]
    public void Large_procs_that_call_each_other_are_found_through_their_cells()
    {
        string padding = string.Concat(System.Linq.Enumerable.Repeat("x = (x * 7 + n) % 1000003; ", 20));
        EntryRun.Agree(
            $$"""
            proc left(n, x) { {{padding}} if n == 0 { return x }; return right(n - 1, x) }
            proc right(n, x) { {{padding}} if n == 0 { return x }; return left(n - 1, x) + 1 }
            var c = 0
            for k in 0..400 { c += left(k % 40, k) }
            print(c)
            """,
            ["left", "right"]);
    }

    [Fact]
    public void A_nested_proc_that_calls_itself_is_passed_its_captures()
    {
        EntryRun.Agree(
            """
            proc run(k) {
                var calls = 0
                proc go(n) { calls += 1; if n == 0 { return k }; return go(n - 1) + go(n - 1) }
                let r = go(6)
                return (r, calls)
            }
            for k in 0..20 { print(run(k)) }
            """,
            ["go"]);
    }

    [Fact]
    public void A_hot_loop_calls_a_compiled_proc_directly()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }
            var s = 0
            for i in 0..3000 { s += fib(i % 10) }
            print(s)
            """,
            ["fib"],
            share: 0.9,
            new EntryLimits { HotLoop = 100 });

        run.Counters.Entries.ShouldBeLessThan(1_500);
    }
}
