using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Async procs that can't wait are inlined where they are called. Their frames are those of tasks wherever one is seen.</summary>
public sealed class InlinedTaskTests
{
    private static readonly EntryLimits Hot = new() { HotLoop = 60 };

    private const string Scaled = "async proc scaled(x, k) { let y = x * k; if y > 90_000 { throw \"large ${y}\" }; return y + 1 }\n";

    [Fact]
    public void An_awaited_call_makes_no_task()
    {
        BothTiers run = BothTiers.ShouldAgree(
            "async proc twice(x) { return x * 2 }\nvar s = 0\nfor i in 0..200 { s += await twice(i) }\nprint(s)");

        CallsOf(run, RegionHelpers.BeginTask).ShouldBeGreaterThan(0);
        CallsOf(run, RegionHelpers.FinishedTask).ShouldBe(0);
        run.Nodes.Count(node => node.Op == IrOp.CallRegion).ShouldBe(0);
    }

    [Fact]
    public void A_task_that_is_kept_is_made()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            async proc twice(x) { return x * 2 }
            var s = 0
            let kept = []
            for i in 0..200 {
                let t = twice(i)
                if t.done { s += t.result }
                if i % 50 == 0 { kept.push(t) }
            }
            print(s, kept, await gather(kept), type(kept[0]))
            """);

        CallsOf(run, RegionHelpers.FinishedTask).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_task_as_a_result_is_not_awaited_in_place_of_its_own()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            async proc inner(x) { return x }
            let made = inner(7)
            async proc pick(i) { return if i % 3 == 0 { made } else { i } }
            var tasks = 0
            for i in 0..200 { if type(await pick(i)) == "task" { tasks += 1 } }
            print(tasks, await await pick(0))
            """);

        CallsOf(run, RegionHelpers.ResultOrTask).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_error_is_that_of_the_task()
    {
        BothTiers.ShouldAgree(Scaled + """
            var s = 0
            var failed = 0
            for i in 0..400 {
                try { s += await scaled(i, if i % 37 == 5 { 20_000 } else { 3 }) } catch e { failed += 1; s += length("${e}") + length(e.trace) }
            }
            print(s, failed)
            """);
        ShouldAgree(
            Scaled + """
            async proc run(n) {
                var s = 0
                for i in 0..n { s += await scaled(i, if i == n - 1 { 90_000 } else { 2 }) }
                return s
            }
            for k in 0..6 { try { print(await run(100)) } catch e { print(e.message, e.trace) } }
            scaled(90_001, 1)
            """,
            Hot);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(2_026)]
    public void Guards_that_fail_on_purpose_change_nothing(int seed) => ShouldAgree(
        """
        struct Account {
            total
            async proc add(self, x) { self.total += x; return self.total }
            async proc pair(self, x) { return [self.add(x), x] }
        }
        async proc mixed(x, k) { var s = x; for i in 0..k { s = s * 3 + i }; return s }
        async proc outer(x) { let t = mixed(x, 2); return t.result + x }
        async proc run(n) {
            let account = Account(0)
            var s = 0
            var last = nil
            for i in 0..n {
                s = (s + await mixed(if i > n - 20 { i * 1.5 } else { i }, i % 4) + await outer(i)) % 1_000_003
                s += await account.add(i)
                let parts = await account.pair(2)
                last = parts[0]
                s += await last
                if i == n - 5 { s = s * 10 ** 30 }
            }
            return [s, last, account.total]
        }
        for k in 0..6 { print(await run(120)) }
        """,
        Hot with { StressSeed = seed });

    [Fact]
    public void Limits_trip_at_the_same_step()
    {
        const string Source = Scaled + """
            async proc run(n) { var s = 0; for i in 0..n { s += await scaled(i, 2); let t = scaled(i, 1); s += t.result }; return s }
            try { print(await run(900)) } finally { print("end") }
            """;
        long all = EntryRun.Interpreted(Source, Hot).Steps;
        for (long limit = all - 3_000; limit < all; limit += 37)
        {
            ShouldAgree(Source, Hot with { MaxSteps = limit }).Error!.Limit.ShouldBe(LimitKind.Steps);
        }

        const string Hoard = "async proc one(x) { return x }\nlet kept = []\nfor i in 0..100_000 { kept.push(one(i)) }";
        ShouldAgree(Hoard, Hot with { MaxMemory = 600_000 }).Error!.Limit.ShouldBe(LimitKind.Memory);
    }

    [Theory]
    [InlineData(44)]
    [InlineData(60)]
    public void The_frame_limit_counts_the_frame(int maxFrames) => ShouldAgree(
        """
        async proc leaf(n) { return n + 1 }
        proc down(n) { return if n == 0 { leaf(n) } else { down(n - 1) } }
        for k in 0..300 { await down(10) }
        for n in 0..70 { try { print(await down(n)) } catch e { print(e.message, length(e.trace), e.trace[0]) } }
        """,
        Hot with { MaxFrames = maxFrames });

    [Fact]
    public void A_proc_that_needs_the_interpreter_is_called() => ShouldAgree(
        """
        proc twice(f, x) { return f(f(x)) }
        async proc shown(i) { return "${[i, [i]]}".length() + [3, 1, i].sorted(by: (a, b) => a < b)[0] }
        async proc caught(i) { try { if i % 5 == 2 { throw i }; return i } catch e { return -1 } }
        async proc run(n) {
            var s = 0
            for i in 0..n { s += await shown(i) + await caught(i) }
            return s
        }
        for k in 0..5 { print(await run(150)) }
        """,
        Hot);

    private static EntryRun ShouldAgree(string source, EntryLimits limits)
    {
        EntryRun run = EntryRun.Agree(source, [], 0.0, limits);
        run.Counters.Entries.ShouldBeGreaterThan(0, run.Log);
        return run;
    }

    private static int CallsOf(BothTiers run, RegionHelper helper) => run.Nodes.Count(node => ReferenceEquals(node.Payload, helper));
}
