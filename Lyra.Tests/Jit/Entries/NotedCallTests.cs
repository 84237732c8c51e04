using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>
/// Compiled procs call the interpreter for single instructions, with the frames of their compiled callers built on demand, and go on behind
/// them. A callee that exits is finished by the interpreter, and its caller goes on.
/// </summary>
public sealed class NotedCallTests
{
    /// <summary>A walk over a tree that sorts by a key: an instruction that calls back and has no compiled form.</summary>
    private const string Walk =
        """
        let by = sorted
        struct Node { left; right; weight }
        proc make(depth, weight) {
            if depth == 0 { return nil }
            return Node(make(depth - 1, weight * 2), make(depth - 1, weight * 2 + 1), weight)
        }
        proc walk(t, depth) {
            if t == nil { return 0 }
            var sum = (t.weight * 31 + depth) % 7 - (depth * 5 + 3) % 11 + (t.weight + depth * depth) % 3
            if t.weight % 4 == 0 { sum += by([3, 1, sum], (x) => -x)[0] }
            return sum + walk(t.left, depth + 1) + walk(t.right, depth + 1)
        }
        let tree = make(7, 1)
        """;

    [Fact]
    public void A_recursive_proc_goes_on_behind_an_instruction_of_the_interpreter()
    {
        EntryRun run = EntryRun.Agree(Walk + "\nfor k in 0..30 { print(walk(tree, k)) }", ["walk"], share: 0.6);

        run.Counters.CallOuts.ShouldBeGreaterThan(100, run.Log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(99)]
    [InlineData(4_711)]
    public void Guards_that_fail_on_purpose_change_nothing(int seed)
    {
        EntryRun run = EntryRun.Agree(
            Walk + "\nfor k in 0..30 { print(walk(tree, k)) }", [], 0.0, new EntryLimits { StressSeed = seed, HotLoop = 50 });

        run.Counters.Deoptimizations.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(19)]
    public void An_error_of_such_an_instruction_is_caught_in_any_compiled_frame(int depth)
    {
        EntryRun run = EntryRun.Agree(
            $$"""
            let by = sorted
            proc key(x) { return 10 / x }
            proc down(n, bad) {
                if n == bad { return by([2, 0, 1], (x) => 10 % x)[0] }
                if n == 0 { return 0 }
                var sum = by([n, 1], (x) => key(x))[0]
                for i in 0..30 { sum += i % n }
                if n == {{depth}} {
                    try { return sum + down(n - 1, bad) } catch e { print(e, e.line, length(e.trace), e.trace[0]); return 1000 }
                }
                return sum + down(n - 1, bad)
            }
            for k in 0..100 { down(20, -1) }
            for bad in 0..22 { try { print(down(20, bad)) } catch e { print("out", e, length(e.trace), e.trace[0]) } }
            for k in 0..100 { down(20, -1) }
            print(down(20, -1))
            """,
            ["down"]);

        run.Counters.CallOuts.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void An_error_that_ends_a_task_stays_in_it()
    {
        EntryRun run = EntryRun.Agree(
            """
            let by = sorted
            proc walk(n, bad) {
                if n == 0 and bad { return by([2, 0, 1], (x) => 10 % x)[0] }
                if n == 0 { return 0 }
                return (n * 7 + 3) % 5 + by([n, 1], (x) => -x)[0] + walk(n - 1, bad)
            }
            async proc job(bad) { return walk(5, bad) }
            for k in 0..100 { walk(20, false) }
            let tasks = []
            for k in 0..300 { tasks.push(job(k % 7 == 6)) }
            for t in tasks { try { print(await t) } catch e { print(e, length(e.trace)) } }
            print(walk(20, false))
            """,
            ["walk"],
            share: 0.0,
            new EntryLimits { HotLoop = 40 });

        run.Counters.CallOuts.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void A_handler_in_the_proc_itself_catches()
    {
        EntryRun run = EntryRun.Agree(
            """
            let by = sorted
            proc first(xs, n) {
                var sum = 0
                for i in 0..40 { sum += i * n % 5 }
                try { return sum + by(xs, (x) => 10 % x)[0] } catch e: "DivisionByZero" { return sum - 1 } finally { sum += 1 }
            }
            proc twice(xs, n) { if n == 0 { return 0 }; return first(xs, n) + twice(xs, n - 1) }
            for k in 0..200 { print(twice([k % 3, 2], 12)) }
            """,
            ["twice"]);

        run.Counters.CallOuts.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Callers_go_on_in_compiled_code_when_a_callee_exits()
    {
        EntryRun run = EntryRun.Agree(
            Walk
            + """

            proc leaf(x, odd) {
                if x % 997 == odd { return odd + 1.5 }
                return x
            }
            proc fold(t, odd) {
                if t == nil { return 0 }
                var sum = walk(nil, 0)
                for i in 0..10 { sum += i % 3 }
                if t.weight % 8 == 0 { sum += by([3, 1], (x) => -x)[0] }
                sum += leaf(t.weight, odd)
                return sum + fold(t.left, odd) + fold(t.right, odd)
            }
            for k in 0..40 { print(fold(tree, k)) }
            """,
            ["fold"]);

        run.Counters.CallOuts.ShouldBeGreaterThan(100);
        run.Counters.Deoptimizations.ShouldBeGreaterThan(0);
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
        EntryRun run = EntryRun.Agree(
            $$"""
            let by = sorted
            proc pick(n, odd) {
                if n == 0 { return odd }
                let xs = by([n, 2], (x) => -x)
                var sum = 0
                for i in 0..20 { sum += i % n }
                let r = pick(n - 1, odd)
                if xs[0] > 0 and sum >= 0 { return r }
                return nil
            }
            for k in 0..100 { pick(20, k) }
            print(pick(20, 1))
            for k in 0..60 { print(pick(k, {{other}})) }
            for k in 0..100 { pick(20, k) }
            print(pick(20, 1), pick(3, {{other}}))
            """,
            ["pick"]);

        run.Counters.CallOuts.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_loop_calls_such_procs()
    {
        EntryRun run = EntryRun.Agree(
            Walk + "\nvar all = 0\nfor k in 0..400 { all += walk(tree.left.left, k) }\nprint(all)",
            ["walk"],
            share: 0.6,
            new EntryLimits { HotLoop = 40 });

        run.Counters.CallOuts.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Compiled_code_inside_a_call_out_of_compiled_code_does_the_same()
    {
        EntryRun run = EntryRun.Agree(
            """
            let mapOf = map
            proc tree(n, k) {
                if n == 0 { return k }
                var sum = 0
                for i in 0..12 { sum += i * k % 7 }
                let parts = mapOf([1, 2], (p) => tree(n - 1, p + k))
                return sum + parts[0] + [parts[1], k].sorted((x) => tree(n - 1, x % 3))[0]
            }
            for k in 0..12 { print(tree(5, k)) }
            """,
            ["tree"],
            share: 0.2);

        run.Counters.CallOuts.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(700)]
    public void The_frame_limit_ends_a_recursion_at_the_same_frame(int maxFrames)
    {
        EntryRun run = EntryRun.Agree(
            """
            let by = sorted
            proc dig(n, end) {
                if n == end { return 0 }
                let sum = (n * 7 + 3) % 5 + (n * n + 1) % 11
                if n % 5 == 0 { return by([3, 1, sum], (x) => -x)[0] + dig(n + 1, end) }
                return sum + dig(n + 1, end)
            }
            for k in 0..60 { dig(1, 31) }
            for k in 0..60 { try { dig(1, 100_000) } catch e { print(e.kind, length(e.trace)) } }
            print(dig(1, 31))
            """,
            ["dig"],
            share: 0.0,
            new EntryLimits { MaxFrames = maxFrames });

        run.Counters.CallOuts.ShouldBeGreaterThan(0, run.Log);
    }

    [Fact]
    public void A_deep_recursion_through_call_outs_ends_as_in_the_interpreter()
    {
        EntryRun run = EntryRun.Agree(
            """
            let mapOf = map
            proc dig(n) {
                if n == 0 { return 0 }
                let sum = (n * 7 + 3) % 5 + (n * n + 1) % 11
                if n % 7 == 0 { return sum + mapOf([n], (x) => dig(x - 1))[0] }
                return sum + dig(n - 1)
            }
            for k in 0..100 { dig(30) }
            print(dig(2500))
            """,
            ["dig"],
            share: 0.0);

        run.Counters.CallOuts.ShouldBeGreaterThan(0, run.Log);
    }

    [Fact]
    public void Every_step_limit_stops_at_the_same_place()
    {
        const string Source = Walk + "\nfor k in 0..30 { walk(tree, k) }";
        EntryRun all = EntryRun.Interpreted(Source);
        for (int part = 1; part <= 12; part++)
        {
            EntryRun.Agree(Source, [], 0.0, new EntryLimits { MaxSteps = (all.Steps * part / 13) + part });
        }
    }

    [Fact]
    public void Every_memory_limit_stops_at_the_same_place()
    {
        const string Source =
            """
            let by = sorted
            proc grow(n, kept) {
                if n == 0 { return kept }
                var sum = 0
                for i in 0..20 { sum += i % n }
                let sorted = by([n, sum], (x) => -x)
                return grow(n - 1, kept + [sorted])
            }
            for k in 0..60 { grow(20, []) }
            let all = []
            for k in 0..2000 { all.push(grow(20, [])) }
            print(length(all))
            """;
        for (long limit = 100_000; limit < 3_000_000; limit += 290_000)
        {
            EntryRun.Agree(Source, [], 0.0, new EntryLimits { MaxMemory = limit });
        }
    }
}
