using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Async procs have compiled code that runs from one unfinished await to the next; channels are used in compiled code.</summary>
public sealed class TaskRegionTests
{
    private static readonly EntryLimits Hot = new() { HotLoop = 300 };

    private const string Pipeline =
        """
        struct Job { producer: int; number: int }
        async proc produce(jobs, producer, count) {
            for i in 0..count { await jobs.send(Job(producer, i)) }
        }
        async proc weigh(job) { return ((job.number * 7 + job.producer) % 1009 * 5 + 3) % 1013 }
        async proc work(jobs, results) {
            var done = 0
            for job in jobs { await results.send(await weigh(job)); done += 1 }
            return done
        }
        async proc collect(results) {
            var total = 0
            for i, value in results { total += value * (i % 3) }
            return total
        }
        async proc run(n, room) {
            let jobs = chan(room)
            let results = chan(room)
            let producers = list(0..4).map(i => spawn produce(jobs, i, n / 4))
            let workers = list(0..3).map(_ => spawn work(jobs, results))
            let collector = spawn collect(results)
            await gather(producers)
            jobs.close()
            let done = await gather(workers)
            results.close()
            return (await collector, done)
        }

        """;

    [Theory]
    [InlineData(16, 0.8)]
    [InlineData(1, 0.6)]
    [InlineData(0, 0.5)]
    public void Pipelines_of_tasks_run_compiled(int room, double share)
    {
        EntryRun run = EntryRun.Agree(
            Pipeline + $"print(await run(8_000, {room}))", ["produce", "work", "collect"], share, Hot);

        run.Counters.CallOuts.ShouldBeLessThan(run.Steps / 200, run.Log);
    }

    [Fact]
    public void Spawns_run_compiled()
    {
        EntryRun run = EntryRun.Agree(
            """
            var total = 0
            async proc add(x) { total += x; return x }
            proc pair(a, b) { total += a * b; return [a, b] }
            proc count(n) { for i in 0..n { yield i } }
            async proc run(n) {
                var last = nil
                for i in 0..n {
                    spawn add(i)
                    let t = spawn pair(i, 2)
                    for x in await spawn count(2) { total += x }
                    if i % 50 == 0 { last = await t }
                }
                return last
            }
            print(await run(4_000), total)
            await sleep(0)
            print(total)
            """,
            [],
            0.0,
            Hot);

        run.Counters.Entries.ShouldBeGreaterThan(0, run.Log);
        run.Counters.CallOuts.ShouldBeLessThan(200, run.Log);
    }

    [Fact]
    public void Spawns_of_any_callee_agree()
    {
        const string Source = """
            struct Adder {
                n
                proc add(self, x) { log.push(self.n + x) }
                proc __call(self, x) { log.push(-x) }
            }
            let log = []
            let adder = Adder(5)
            let wrong = [named, 5]
            proc defaults(a, b = 2) { log.push(a * b) }
            proc rest(...all) { log.push(length(all)) }
            proc named(a, b) { log.push(a - b) }
            async proc run(n) {
                for i in 0..n {
                    spawn adder.add(i)
                    spawn adder(i)
                    spawn defaults(i)
                    spawn rest(i, i, i)
                    spawn named(b: i, a: 1)
                    spawn named(...[i, 2])
                    spawn log.push(i)
                    try { spawn wrong[i % 2](i) } catch e { log.push(e.message) }
                    if i % 7 == 0 { await sleep(0) }
                }
            }
            await run(400)
            print(length(log), hash(tuple(log)), log[-20..])
            """;
        EntryRun.Agree(Source, [], 0.0, Hot);
        EntryRun.Agree(Source, [], 0.0, Hot with { StressSeed = 7 });
    }

    [Fact]
    public void A_call_of_an_async_proc_that_is_only_awaited_allocates_nothing()
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 50, HotProcThreshold = 50, CompilesInBackground = false });
        engine.Run("""
            async proc weigh(x) { return x * 2 }
            async proc run(n) { var s = 0; for i in 0..n { s += await weigh(i) }; return s }
            """);
        engine.Call("run", 5_000);
        long few = AllocatedBy(() => engine.Call("run", 1_000));
        long many = AllocatedBy(() => engine.Call("run", 50_000));
        engine.Statistics.Jit.Entries.ShouldBeGreaterThan(0);
        (many - few).ShouldBeLessThan(49_000);
    }

    [Fact]
    public void A_call_of_an_async_proc_whose_task_is_not_used_allocates_nothing()
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 50, HotProcThreshold = 50, CompilesInBackground = false });
        engine.Run("""
            var total = 0
            async proc add(x) { total += x; return x }
            async proc run(n) { for i in 0..n { add(i) }; return total }
            """);
        engine.Call("run", 5_000);
        long few = AllocatedBy(() => engine.Call("run", 1_000));
        long many = AllocatedBy(() => engine.Call("run", 50_000));
        engine.Statistics.Jit.Entries.ShouldBeGreaterThan(0);
        (many - few).ShouldBeLessThan(49_000);
    }

    [Fact]
    public void A_loop_waits_for_the_code_of_an_async_proc_that_it_calls()
    {
        EntryRun run = EntryRun.Agree(
            """
            var total = 0
            async proc add(x) { if x < 0 { await sleep(0) }; total += x; return x }
            async proc run(n) { for i in 0..n { add(i) }; return total }
            for k in 0..8 { print(await run(1_000)) }
            """,
            ["add"],
            0.9,
            Hot);
        run.Counters.CallOuts.ShouldBeLessThan(100);
    }

    /// <summary>A task object and the rest of the queue's growth, but no frame: those of the tasks that ended before are reused.</summary>
    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void A_task_takes_the_frame_of_one_that_has_ended(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit, HotLoopThreshold = 50, CompilesInBackground = false });
        engine.Run("""
            async proc wait(c) { let x = await c.recv(); let y = x + 1; return y }
            async proc run(n) {
                let c = chan(0)
                for k in 0..n { spawn wait(c); await sleep(0); await c.send(k) }
            }
            """);
        long least = long.MaxValue;
        for (int i = 0; i < 12; i++)
        {
            least = Math.Min(least, AllocatedBy(() => engine.Call("run", 2_000)));
        }

        // Four tasks of 96 bytes for each: the spawned one, and those of the sleep, the receive and the send.
        (least / 2_000).ShouldBeLessThan(400);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void An_await_of_a_finished_task_allocates_nothing(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit, HotLoopThreshold = 50, CompilesInBackground = false });
        engine.Run("""
            async proc one() { return 1 }
            async proc run(n) { let t = one(); var s = 0; for i in 0..n { s += await t }; return s }
            """);
        engine.Call("run", 5_000);
        long few = AllocatedBy(() => engine.Call("run", 1_000));
        long many = AllocatedBy(() => engine.Call("run", 50_000));
        (many - few).ShouldBeLessThan(49_000);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void A_hundred_thousand_tasks_that_wait_take_less_than_200_MB(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit });
        long allocated = AllocatedBy(() => engine.Run("""
            async proc wait(c, i) { return i + await c.recv() }
            let c = chan(0)
            let tasks = []
            for i in 0..100_000 { tasks.push(spawn wait(c, i)) }
            await sleep(0)
            for i in 0..100_000 { await c.send(1) }
            sum(await gather(tasks))
            """).ToString().ShouldBe("5000050000"));
        allocated.ShouldBeLessThan(200_000_000);
    }

    [Fact]
    public void A_gather_is_finished_as_soon_as_its_last_member() => EntryRun.Agree(
        """
        let log = []
        async proc one(x) { return x }
        async proc later(x) { await sleep(0); log.push("member ${x}"); return x }
        async proc follow(t) { let all = await t; log.push("gathered ${all}") }
        async proc other() { await sleep(0); await sleep(0); log.push("other") }
        for k in 0..40 {
            let done = gather([one(1), 2, one(3)])
            print(done.done, done.result)
            let f = spawn follow(gather([later(1), later(2)]))
            let o = spawn other()
            await gather([f, o])
            print(log.join(", "))
            log.clear()
        }
        """,
        [],
        0.0,
        Hot with { HotLoop = 10 });

    /// <summary>Closing the channel completes a thousand receives, and with them the gather, before the next task has its turn.</summary>
    [Fact]
    public void A_gather_of_tasks_that_end_together_takes_one_turn() => EntryRun.Agree(
        """
        async proc follow(t, log) { log.push("gathered ${length(await t)}") }
        async proc other(log) { log.push("other") }
        for k in 0..20 {
            let log = []
            let c = chan(0)
            let f = spawn follow(gather(list(0..1_000).map(i => c.recv())), log)
            await sleep(0)
            c.close()
            let o = spawn other(log)
            await gather([f, o])
            print(log.join(", "))
        }
        """,
        [],
        0.0,
        Hot with { HotLoop = 10 }).Output.ShouldContain("gathered 1000, other");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(4_711)]
    public void Guards_that_fail_on_purpose_change_nothing(int seed)
    {
        EntryRun run = EntryRun.Agree(
            Pipeline + "for k in 0..8 { print(await run(400, k)) }", [], 0.0, Hot with { StressSeed = seed });

        run.Counters.Deoptimizations.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_step_limit_trips_at_the_same_step()
    {
        const string Source = Pipeline + "try { print(await run(1_200, 3)) } finally { print(\"end\") }";
        long all = EntryRun.Interpreted(Source, Hot).Steps;
        for (long limit = all - 3_000; limit < all; limit += 41)
        {
            EntryRun.Agree(Source, ["work"], 0.0, Hot with { MaxSteps = limit }).Error!.Limit.ShouldBe(LimitKind.Steps);
        }
    }

    [Fact]
    public void Memory_limits_hold_and_a_run_within_them_agrees()
    {
        const string Source = Pipeline + "print(await run(2_000, 40))";
        EntryRun.Agree(Source, ["work"], 0.0, Hot with { MaxMemory = 300_000 }).Error.ShouldBeNull();
        const string Hoard = "async proc keep(c, n) { for i in 0..n { c.send([i] * 20) } }\nlet c = chan(1)\nawait keep(c, 100_000)";
        EntryRun.Compiled(Hoard, Hot with { MaxMemory = 300_000 }).Error!.Limit.ShouldBe(LimitKind.Memory);
        EntryRun.Interpreted(Hoard, Hot with { MaxMemory = 300_000 }).Error!.Limit.ShouldBe(LimitKind.Memory);
    }

    [Theory]
    [InlineData(46)]
    [InlineData(60)]
    [InlineData(200)]
    public void Async_recursion_agrees_up_to_the_last_frame_that_fits(int maxFrames) => EntryRun.Agree(
        """
        async proc down(n) { if n == 0 { return 0 }; return n + await down(n - 1) }
        for k in 0..400 { await down(12) }
        for n in 0..70 { try { print(await down(n)) } catch e { print(e.message, length(e.trace), e.trace[0]) } }
        """,
        ["down"],
        0.0,
        Hot with { MaxFrames = maxFrames });

    [Fact]
    public void The_order_of_interleaved_tasks_is_the_same() => EntryRun.Agree(
        """
        var log = []
        async proc step(name, n, gate) {
            var s = 0
            for i in 0..n {
                if i % 3 == 0 { await sleep(0) }
                s += i * length(name)
                if s % 7 == 0 { await gate.recv() }
                log.push("${name}${s}")
            }
            return s
        }
        async proc open(gate, n) { for i in 0..n { await gate.send(i)
                if i % 5 == 0 { await sleep(0) } }
            gate.close() }
        proc main(n) {
            log = []
            let gate = chan(2)
            let tasks = ["a", "bb", "ccc"].map(name => spawn step(name, n, gate))
            let opener = spawn open(gate, n)
            return (tasks, opener)
        }
        for k in 0..60 {
            let (tasks, opener) = main(k)
            print(await gather(tasks), log.join(" "), opener.done)
            opener.cancel()
        }
        """,
        ["step"],
        0.2,
        Hot);

    [Fact]
    public void Errors_of_tasks_arrive_where_they_are_awaited() => EntryRun.Agree(
        """
        async proc risky(n, c) {
            try {
                if n % 4 == 1 { await c.recv() }
                if n % 5 == 2 { throw "bad ${n}" }
                if n % 7 == 3 { return [n][1] }
                return n
            } finally { closed += n }
        }
        var closed = 0
        async proc all(n) {
            var s = 0
            let c = chan(1)
            for i in 0..n {
                let feeder = c.send(i)
                try { s += await risky(i, c) } catch e { s -= i
                    if i % 35 < 3 { print(i, e, e.trace) } }
                if not feeder.done or i % 4 != 1 { await c.recv() }
            }
            return s
        }
        for k in 0..12 { print(await all(60 + k), closed) }
        """,
        ["risky"],
        0.2,
        Hot);

    [Fact]
    public void Tasks_that_are_results_are_not_awaited_twice() => EntryRun.Agree(
        """
        async proc inner(n) { await sleep(0); return n }
        async proc outer(n) { return inner(n) }
        async proc main(n) {
            var s = 0
            let c = chan(4)
            for i in 0..n {
                let t = await outer(i)
                s += await t
                c.send(inner(i))
                let u = await c.recv()
                s += if type(u) == "task" { await u } else { -1000 }
                s += await i
                let done = inner(i)
                await done
                s += done.result
            }
            return s
        }
        for k in 0..30 { print(await main(20 + k)) }
        """,
        ["outer", "main"],
        0.1,
        Hot);

    [Fact]
    public void Cancelled_tasks_end_at_their_awaits() => EntryRun.Agree(
        """
        var ended = 0
        async proc wait(c, n) {
            var s = 0
            try { for i in 0..n { s += await c.recv() } } finally { ended += 1 + s }
            return s
        }
        async proc self(n) {
            let me = tasks[0]
            for i in 0..n { if i == 5 { me.cancel() }
                await sleep(0) }
            return n
        }
        var tasks = []
        async proc main(n) {
            for k in 0..n {
                let c = chan(0)
                let t = spawn wait(c, 10)
                for i in 0..k % 10 { if not t.done { await c.send(i) } }
                if not t.done { t.cancel() }
                try { print(await t) } catch e { print(e.kind, ended) }
            }
            for k in 0..n {
                tasks = [spawn self(k % 9)]
                try { print(await tasks[0]) } catch e { print(e.kind) }
            }
        }
        await main(100)
        """,
        ["wait"],
        0.1,
        Hot);

    [Fact]
    public void Closed_channels_end_loops_and_receives() => EntryRun.Agree(
        """
        async proc drain(c) { var s = 0
            for v in c { s += if v == nil { 1000 } else { v } }
            return s }
        async proc ends(c) { var n = 0
            while true { let v = await c.recv()
                if v == nil { return n }
                n += v } }
        async proc feed(c, n) { for i in 0..n { await c.send(i) }
            c.close()
            try { c.send(1) } catch e { return e.message }
            return nil }
        async proc main(n) {
            let a = chan(n % 5)
            let b = chan(n % 4)
            let tasks = [spawn drain(a), spawn ends(b), spawn feed(a, n), spawn feed(b, n)]
            if n % 3 == 0 { a.send(nil) }
            return await gather(tasks)
        }
        for n in 0..150 { print(await main(n)) }
        """,
        ["drain", "ends", "feed"],
        0.2,
        Hot);

    [Fact]
    public void Methods_closures_and_defaults_are_called_as_tasks() => EntryRun.Agree(
        """
        struct Counter {
            n = 0
            async proc add(self, by = 2) { self.n += by; if self.n % 9 == 0 { await sleep(0) }
                return self.n }
        }
        async proc rest(a, ...more) { return a + length(more) }
        async proc main(n) {
            let c = Counter()
            let f = async x => x * 2
            var s = 0
            for i in 0..n {
                s += await c.add()
                s += await c.add(i)
                s += await f(i)
                s += await rest(i, i, i)
                let m = c.add
                s += await m(by: 1)
            }
            return s
        }
        for k in 0..30 { print(await main(20 + k)) }
        """,
        ["main"],
        0.2,
        Hot);

    [Fact]
    public void Loops_at_the_top_level_await_in_compiled_code()
    {
        EntryRun run = EntryRun.Agree(
            """
            async proc double(x) { return x * 2 }
            let c = chan(3)
            var s = 0
            for i in 0..4_000 { c.send(i); s += await c.recv(); s += await double(i)
                if i % 500 == 0 { await sleep(0) } }
            print(s)
            """,
            [],
            0.6,
            Hot);

        run.Events.Any(e => e.Code.Prototype.Name == "<module>").ShouldBeTrue(run.Log);
    }

    [Fact]
    public void Values_of_other_kinds_leave_a_task_and_it_goes_on()
    {
        EntryRun run = EntryRun.Agree(
            """
            async proc sum(c, n) { var s = 0
                for i in 0..n { s += await c.recv() }
                return s }
            async proc main(k) {
                let c = chan(2)
                let t = spawn sum(c, 20)
                for i in 0..20 { await c.send(if i == 7 and k % 9 == 8 { 0.5 } else { i }) }
                return await t
            }
            for k in 0..120 { print(await main(k)) }
            """,
            ["sum"],
            0.3,
            Hot);

        run.Counters.Deoptimizations.ShouldBeGreaterThan(5, run.Log);
    }

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
