using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Generators that loops can't inline have compiled code of their own, which compiled loops resume.</summary>
public sealed class ResumeRegionTests
{
    private static readonly EntryLimits Hot = new() { HotLoop = 300 };

    private const string Tree =
        """
        struct Node { key; left = nil; right = nil }
        proc insert(node, key) {
            if node == nil { return Node(key) }
            if key < node.key { node.left = insert(node.left, key) } else { node.right = insert(node.right, key) }
            return node
        }
        proc walk(node) {
            if node == nil { return nil }
            for key in walk(node.left) { yield key }
            yield node.key
            for key in walk(node.right) { yield key }
        }
        var root = nil
        var seed = 42
        for i in 0..200 { seed = seed * 16807 % 2147483647; root = insert(root, seed % 1000) }

        """;

    private const string Sum =
        """
        proc sumOf(node, rounds) {
            var s = 0
            for r in 0..rounds { for i, key in walk(node) { s = (s * 31 + key * i) % 1000003 } }
            return s
        }

        """;

    [Fact]
    public void Recursive_generators_run_compiled()
    {
        EntryRun run = EntryRun.Agree(Tree + Sum + "print(sumOf(root, 300))", ["walk"], share: 0.8, Hot);

        run.Counters.CallOuts.ShouldBeLessThan(run.Steps / 400, run.Log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(4_711)]
    public void Guards_that_fail_on_purpose_change_nothing(int seed)
    {
        EntryRun run = EntryRun.Agree(
            Tree + Sum + "for k in 0..30 { print(sumOf(root, k)) }", [], 0.0, Hot with { StressSeed = seed });

        run.Counters.Deoptimizations.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_step_limit_trips_at_the_same_step()
    {
        const string Source = Tree + Sum
            + "print(sumOf(root, 12))\nvar n = 0\ntry { for key in walk(root) { n += key } } finally { print(n) }";
        int all = (int)EntryRun.Interpreted(Source, Hot).Steps;
        foreach (int limit in Sweep.Range(all - 4_000, all, 37))
        {
            EntryRun.Agree(Source, ["walk"], 0.0, Hot with { MaxSteps = limit }).Error!.Limit.ShouldBe(LimitKind.Steps);
        }
    }

    [Theory]
    [InlineData(45)]
    [InlineData(46)]
    [InlineData(60)]
    [InlineData(200)]
    public void The_last_frame_that_fits_is_the_same(int maxFrames) => EntryRun.Agree(
        """
        proc down(n) { if n > 0 { for x in down(n - 1) { yield x + 1 } }; yield n }
        proc total(n) { var s = 0; for x in down(n) { s += x }; return s }
        for k in 0..400 { total(12) }
        for n in 0..70 { try { print(total(n)) } catch e { print(e.message, length(e.trace), e.trace[0]) } }
        """,
        ["down"],
        0.0,
        Hot with { MaxFrames = maxFrames });

    [Fact]
    public void Values_of_other_kinds_leave_a_generator_and_its_loops_go_on()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc down(n, by) { if n > 0 { for x in down(n - 1, by) { yield x + by } }; yield n * by }
            proc total(n, by) { var s = 0; for x in down(n, by) { s += x }; return s }
            for k in 0..1000 { total(9, 1) }
            for k in 0..40 { print(total(9, if k % 7 == 0 { 0.5 } else { k })) }
            """,
            ["down"],
            0.3,
            Hot);

        run.Counters.Deoptimizations.ShouldBeGreaterThan(5, run.Log);
    }

    [Fact]
    public void Errors_and_closed_loops_run_through_compiled_generators() => EntryRun.Agree(
        """
        proc down(n, bad) {
            try {
                if n > 0 { for x in down(n - 1, bad) { yield x } }
                if n == bad { throw "bad ${n}" }
                yield n
            } finally { closed += n }
        }
        var closed = 0
        proc total(n, bad, most) {
            var s = 0
            try { for x in down(n, bad) { s += x
                if x == most { return s } }
            } catch e { if bad % 5 == 0 { print(e, e.trace) }
                return -s }
            return s
        }
        for k in 0..1000 { total(9, -1, 99) }
        for k in 0..40 { print(total(9, k % 12, 99), total(9, -1, k % 12), closed) }
        """,
        ["down"],
        0.2,
        Hot);

    [Fact]
    public void Loops_over_many_generators_resume_them_all()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc up(n) { for i in 0..n { yield i } }
            proc odd(n) { var i = 1; while i < n { yield i; i += 2 } }
            proc tens(n) { for i in 0..n { if i % 3 == 0 { yield i * 10 } } }
            proc both(a, b) { for x in a { yield x }; for x in b { yield x } }
            proc total(source) { var s = 0; for x in source { s += x }; return s }
            proc all(n) {
                var s = 0
                for k in 0..n { s += total(up(20)) + total(odd(30)) + total(tens(40)) + total(both(up(k % 9), both(odd(9), tens(7)))) }
                return s
            }
            print(all(3000))
            """,
            [],
            0.7,
            Hot);

        run.Counters.CallOuts.ShouldBeLessThan(run.Steps / 200, run.Log);
    }

    [Fact]
    public void A_generator_that_advances_itself_fails_as_in_the_interpreter() => EntryRun.Agree(
        """
        var me = nil
        proc down(n, own) {
            if n > 0 { for x in down(n - 1, own) { yield x } }
            if own { yield next(me) }
            yield n
        }
        proc total(source) { var s = 0; for x in source { s += x }; return s }
        for k in 0..1000 { total(down(9, false)) }
        for k in 0..5 { me = down(3, true); try { print(total(me)) } catch e { print(e, length(e.trace)) } }
        """,
        ["down"],
        0.2,
        Hot);

    [Fact]
    public void Next_resumes_compiled_generators()
    {
        EntryRun run = EntryRun.Agree(
            Tree +
            """
            proc same(a, b) {
                let xs = walk(a)
                let ys = walk(b)
                while true {
                    let x = next(xs)
                    let y = next(ys)
                    if done(xs) or done(ys) { return done(xs) and done(ys) }
                    if x != y { return false }
                }
            }
            var n = 0
            for k in 0..400 { if same(root, root) { n += 1 } }
            print(n)
            """,
            ["walk"],
            0.7,
            Hot);

        run.Counters.CallOuts.ShouldBeLessThan(run.Steps / 100, run.Log);
    }
}
