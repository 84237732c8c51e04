using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Lyra.Interpreter.Profiling;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Profiling;

/// <summary>Profiles as an embedder uses them.</summary>
public sealed class LyraProfilerTests
{
    private const string Script = """
        proc square(x) {
            return x * x
        }

        proc total(n) {
            var sum = 0
            for i in 0..n {
                if i % 4 == 0 {
                    sum += square(i)
                }
            }
            return sum
        }

        total(20000)
        """;

    [Theory]
    [InlineData(JitMode.Off, ProfileLevel.Basic)]
    [InlineData(JitMode.On, ProfileLevel.Basic)]
    [InlineData(JitMode.On, ProfileLevel.Detailed)]
    [InlineData(JitMode.On, ProfileLevel.Full)]
    public void Lines_procs_loops_and_instructions_are_counted_in_both_tiers(JitMode jit, ProfileLevel level)
    {
        LyraProfile profile = ProfileOf(Script, level, jit);

        LineOf(profile, 2).Hits.ShouldBe(5_000);
        LineOf(profile, 7).Hits.ShouldBe(20_000);
        LineOf(profile, 9).Text.ShouldBe("sum += square(i)");
        LineOf(profile, 15).Hits.ShouldBe(1);
        profile.Procs.Single(proc => proc.Name == "square").Calls.ShouldBe(5_000);
        profile.Procs.Single(proc => proc.Name == "total").Calls.ShouldBe(1);
        ProfiledLoop loop = profile.Loops.ShouldHaveSingleItem();
        (loop.Line, loop.Iterations, loop.IsHot).ShouldBe((7, 20_000, true));
        profile.Code.Where(i => i.Proc == "square").Select(i => (i.Opcode, i.Count)).ShouldBe([("Mul", 5_000), ("Return", 5_000)]);
        profile.Opcodes.Single(opcode => opcode.Name == "Mul").Count.ShouldBe(5_000);
        profile.Instructions.ShouldBe(profile.Code.Sum(i => i.Count));
        profile.Instructions.ShouldBe(profile.Opcodes.Sum(opcode => opcode.Count));
        (profile.CompiledInstructions > profile.Instructions / 2).ShouldBe(jit == JitMode.On);
        (loop.CompiledIterations > 10_000).ShouldBe(jit == JitMode.On);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Procs_that_were_loaded_before_are_measured(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit });
        engine.Run("proc work(n) { var s = 0; for i in 0..n { s += i }; return s }", "work.lyra");
        engine.Run("work(200_000)").As<long>().ShouldBe(19_999_900_000);

        using (LyraProfiler profiler = engine.Profile(ProfileLevel.Basic))
        {
            engine.Run("work(200_000)").As<long>().ShouldBe(19_999_900_000);
            engine.Call("work", 10).As<long>().ShouldBe(45);

            LyraProfile profile = profiler.Snapshot();
            profile.Loops.ShouldHaveSingleItem().Iterations.ShouldBe(200_010);
            profile.Procs.Single(proc => proc.Name == "work").Calls.ShouldBe(2);
            (profile.CompiledInstructions > profile.Instructions / 2).ShouldBe(jit == JitMode.On);
        }

        engine.Run("work(200_000)").As<long>().ShouldBe(19_999_900_000);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Methods_lambdas_generators_and_imports_that_were_loaded_before_are_measured(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = jit,
            ModuleLoader = new DictionaryModuleLoader(new Dictionary<string, string> { ["m"] = "pub proc twice(x) { return x * 2 }" }),
        });
        engine.Run(
            """
            import m
            struct P { x; proc get(self) { return self.x } }
            let add = (() => { let k = 1; return x => x + k })()
            proc count(n) { for i in 0..n { yield i } }
            proc all(n) {
                var s = 0
                for i in count(n) { s += P(i).get() + add(i) + m.twice(i) + [i].map(v => v)[0] }
                return s
            }
            let begun = count(1_000_000)
            next(begun)
            all(5_000)
            """,
            "all.lyra");
        Func<int, long> all = engine.GetProc<Func<int, long>>("all");

        using (LyraProfiler profiler = engine.Profile(ProfileLevel.Basic))
        {
            all(5_000).ShouldBe(62_492_500);
            engine.Run("next(begun)").As<long>().ShouldBe(1);

            LyraProfile profile = profiler.Snapshot();
            profile.Procs.Single(proc => proc.Name == "get").Calls.ShouldBe(5_000);
            profile.Procs.Single(proc => proc.Name == "twice").Calls.ShouldBe(5_000);
            profile.Procs.Single(proc => proc.Name == "count").Calls.ShouldBe(1);
            profile.Procs.Where(proc => proc.Name == "<lambda>").Sum(proc => proc.Calls).ShouldBe(10_000);
        }

        all(5_000).ShouldBe(62_492_500);
        engine.Run("next(begun)").As<long>().ShouldBe(2);
    }

    [Fact]
    public void A_proc_that_only_the_host_holds_is_measured_and_runs_on_afterwards()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        LyraValue held = engine.Run("x => x + 1");

        using (LyraProfiler profiler = engine.Profile(ProfileLevel.Basic))
        {
            held.Invoke(1).As<long>().ShouldBe(2);
            profiler.Snapshot().Procs.ShouldHaveSingleItem().Calls.ShouldBe(1);
        }

        held.Invoke(2).As<long>().ShouldBe(3);
    }

    [Fact]
    public void A_profile_that_begins_in_a_run_measures_loaded_procs_from_the_next_one_on()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.On });
        LyraProfiler? profiler = null;
        engine.Define("begin", () => { profiler = engine.Profile(ProfileLevel.Basic); });
        engine.Run(
            """
            proc one() { return 1 }
            proc work(n) {
                var s = 0
                for i in 0..n { s += one(); if i == 20_000 { begin() } }
                return s
            }
            work(40_000)
            """,
            "work.lyra").As<long>().ShouldBe(40_000);
        profiler.ShouldNotBeNull().Snapshot().Instructions.ShouldBe(0);

        engine.Call("work", 100).As<long>().ShouldBe(100);

        profiler.Snapshot().Procs.Single(proc => proc.Name == "one").Calls.ShouldBe(100);
    }

    [Fact]
    public void Fields_that_constructors_store_are_memory_writes()
    {
        LyraProfile profile = ProfileOf(
            """
            struct P { x; y = 2 }
            for i in 0..100 { P(i, i); P(i) }
            """,
            ProfileLevel.Full);

        profile.Memory.ShouldNotBeNull().Writes.ShouldBeInRange(400, 410);
    }

    [Fact]
    public void Branches_have_their_ratio()
    {
        LyraProfile profile = ProfileOf(Script, ProfileLevel.Full);

        ProfiledBranch branch = profile.Branches.Single(branch => branch.Line == 8);
        branch.Count.ShouldBe(20_000);
        branch.Taken.ShouldBe(15_000);
        branch.TakenRatio.ShouldBe(0.75);
        ProfileOf(Script, ProfileLevel.Detailed).Branches.ShouldBeEmpty();
    }

    [Fact]
    public void A_branch_to_which_other_jumps_lead_has_its_ratio()
    {
        // Both conditions jump behind the block, so the instruction there has several predecessors.
        LyraProfile profile = ProfileOf(
            """
            var n = 0
            for i in 0..9000 {
                if i % 3 != 0 and i % 2 == 0 { n += 1 }
            }
            """,
            ProfileLevel.Full);

        profile.Branches.Where(branch => branch.Line == 3).Sum(branch => branch.Taken).ShouldBe(3_000 + 3_000);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Allocations_belong_to_their_instructions_in_both_tiers(JitMode jit)
    {
        LyraProfile profile = ProfileOf(
            """
            struct Node { value; next }
            var head = nil
            for i in 0..300000 {
                head = Node(i, i)
            }
            head.value
            """,
            ProfileLevel.Full,
            jit,
            compilesInBackground: true);

        ProfiledInstruction site = profile.Code.OrderByDescending(i => i.Bytes).First();
        (site.Opcode, site.Line).ShouldBe(("NewStruct", 4));
        site.Allocations.ShouldBeInRange(300_000, 300_000);
        site.Bytes.ShouldBeInRange(300_000 * 32L, 300_000 * 80L);
        profile.Memory.ShouldNotBeNull().Bytes.ShouldBeGreaterThanOrEqualTo(site.Bytes);
        profile.Memory.Allocations.ShouldBeGreaterThanOrEqualTo(site.Allocations);
        LineOf(profile, 4).Bytes.ShouldBeGreaterThanOrEqualTo(site.Bytes);
        (site.CompiledCount > 100_000).ShouldBe(jit == JitMode.On);
    }

    [Fact]
    public void Times_of_instructions_and_lines_are_distributions()
    {
        LyraProfile profile = ProfileOf(Script, ProfileLevel.Detailed, JitMode.Off);

        ProfiledTimes times = profile.Code.First(i => i.Opcode == "Mul").Times.ShouldNotBeNull();
        times.Count.ShouldBeInRange(1, 5_000);
        times.Min.ShouldBeLessThanOrEqualTo(times.P50);
        times.P50.ShouldBeLessThanOrEqualTo(times.P95);
        times.P95.ShouldBeLessThanOrEqualTo(times.P99);
        times.P99.ShouldBeLessThanOrEqualTo(times.Max);
        times.Mean.ShouldBe(times.Total / times.Count, 0.001);
        LineOf(profile, 9).Times.ShouldNotBeNull().Count.ShouldBeGreaterThan(0);
        ProfileOf(Script, ProfileLevel.Basic, JitMode.Off).Code.ShouldAllBe(i => i.Times == null);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Samples_give_the_time_of_tiers_lines_and_calls(JitMode jit)
    {
        const string busy = """
            proc leaf(n) {
                var x = 0
                for i in 0..n { x = (x * 31 + i) % 1000003 }
                return x
            }

            proc branch(n) { return leaf(n) + 1 }

            branch(BUSY)
            """;
        int count = jit == JitMode.Off ? 400_000 : 12_000_000;
        LyraProfile profile = Profiled(count);

        // A busy machine may stop the run outside of the loop. The longer the loop takes, the less that counts.
        for (int i = 0; i < 3 && profile.Procs.Single(static p => p.Name == "leaf").ExclusiveTime <= 0.75 * profile.Elapsed; i++)
        {
            count *= 4;
            profile = Profiled(count);
        }

        profile.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
        TimeSpan sampled = profile.InterpretedTime + profile.CompiledTime;
        sampled.ShouldBeGreaterThan(TimeSpan.Zero);
        (jit == JitMode.Off ? profile.InterpretedTime : profile.CompiledTime).ShouldBeGreaterThan(sampled / 2);
        (LineOf(profile, 3).InterpretedTime + LineOf(profile, 3).CompiledTime).ShouldBeGreaterThan(sampled / 2);
        ProfiledProc leaf = profile.Procs.Single(proc => proc.Name == "leaf");
        ProfiledProc branch = profile.Procs.Single(proc => proc.Name == "branch");
        leaf.ExclusiveTime.ShouldBeGreaterThan(sampled / 2);
        branch.InclusiveTime.ShouldBeGreaterThanOrEqualTo(leaf.InclusiveTime);
        branch.ExclusiveTime.ShouldBeLessThan(leaf.ExclusiveTime);
        ProfiledCall call = profile.Calls.Single(call => call.Proc == "leaf");
        profile.Calls[call.Caller].Proc.ShouldBe("branch");
        profile.Samples.ShouldNotBeEmpty();
        profile.Samples.ShouldAllBe(sample => sample.Call >= 0 && sample.Call < profile.Calls.Count);

        LyraProfile Profiled(int n) => ProfileOf(busy.Replace("BUSY", $"{n}", StringComparison.Ordinal), ProfileLevel.Detailed, jit);
    }

    [Fact]
    public void Recursion_errors_and_generators_keep_the_tree_of_calls()
    {
        LyraProfile profile = ProfileOf(
            """
            proc down(n) {
                if n == 0 { throw "bottom" }
                return 1 + down(n - 1)
            }
            proc numbers(n) { for i in 0..n { yield i } }
            proc after() { return 1 }
            var caught = 0
            for i in 0..300 {
                try { down(20) } catch e { caught += 1 }
                for x in numbers(5) { caught += after() }
            }
            caught
            """,
            ProfileLevel.Detailed,
            JitMode.On);

        profile.Procs.Single(proc => proc.Name == "down").Calls.ShouldBe(300 * 21);
        profile.Calls.Where(call => call.Proc is "after" or "numbers").ShouldAllBe(call => profile.Calls[call.Caller].Proc == "<module>");
        profile.Calls.Count(call => call.Proc == "down").ShouldBe(21);
    }

    [Fact]
    public void Instructions_behind_an_error_are_not_counted()
    {
        LyraProfile profile = ProfileOf(
            """
            proc half(x) { let y = 10 / x; return y + 1 }
            var sum = 0
            for i in 0..100 {
                try { sum += half(i % 2) } catch e { sum += 1 }
            }
            """,
            ProfileLevel.Basic);

        ProfiledInstruction[] half = [.. profile.Code.Where(i => i.Proc == "half")];
        half[0].Count.ShouldBe(100);
        half[^1].Count.ShouldBe(50);
    }

    [Fact]
    public void Library_procs_that_are_written_in_Lyra_are_counted_by_the_name_of_their_builtin()
    {
        LyraProfile profile = ProfileOf("[1, 2, 3].map(x => x + 1)", ProfileLevel.Basic);

        ProfiledProc map = profile.Procs.Single(proc => proc.Name == "list.map");
        (map.Line, map.Calls).ShouldBe((0, 1));
        profile.Lines.ShouldAllBe(line => line.Line == 1 && line.File != map.File);
    }

    [Fact]
    public void Calls_by_the_host_and_several_runs_are_summed()
    {
        using LyraEngine engine = new();
        using LyraProfiler profiler = engine.Profile(ProfileLevel.Basic);
        engine.Run("proc twice(x) { return 2 * x }", "a.lyra");
        for (int i = 0; i < 7; i++)
        {
            engine.Call("twice", i);
            engine.Run("1 + 1", "b.lyra");
        }

        LyraProfile profile = profiler.Snapshot();
        profile.Procs.Single(proc => proc.Name == "twice").Calls.ShouldBe(7);
        profile.Procs.Single(proc => proc.File == "b.lyra").Calls.ShouldBe(7);
        profile.Files.Select(file => file.Name).ShouldBe(["a.lyra", "b.lyra"]);
    }

    [Theory]
    [InlineData(ProfileLevel.Basic)]
    [InlineData(ProfileLevel.Full)]
    public void A_loop_too_long_for_short_jumps_is_counted(ProfileLevel level)
    {
        // The code of the condition is longer than the offset of a fused jump, once it is instrumented.
        string body = string.Join('\n', Enumerable.Repeat("if s % 2 == 0 { s += 3 } else { s += 1 }", 4_000));
        LyraProfile profile = ProfileOf($"var s = 0\nfor i in 0..20 {{\nif i % 2 == 0 {{\n{body}\n}}\n}}", level, JitMode.Off);

        LineOf(profile, 3).Hits.ShouldBe(20);
        LineOf(profile, 4).Hits.ShouldBe(10);
        LineOf(profile, 4_003).Hits.ShouldBe(10);
        profile.Loops.ShouldHaveSingleItem().Iterations.ShouldBe(20);
    }

    [Fact]
    public void Level_none_measures_nothing()
    {
        LyraProfile profile = ProfileOf(Script, ProfileLevel.None);

        profile.Instructions.ShouldBe(0);
        profile.Lines.ShouldBeEmpty();
        profile.Code.ShouldBeEmpty();
    }

    [Fact]
    public void A_profile_may_follow_another_one_in_the_same_run()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        LyraProfiler first = engine.Profile(ProfileLevel.Basic);
        LyraProfiler second = first;
        engine.Define("exchange", () =>
        {
            first.Dispose();
            second = engine.Profile(ProfileLevel.Basic);
        });
        LyraValue held = engine.Run("proc one() { return 1 }\n() => one()");
        engine.Run("exchange()");
        long calls = first.Snapshot().Procs.Where(proc => proc.Name == "one").Sum(proc => proc.Calls);

        held.Invoke().As<long>().ShouldBe(1);
        held.Invoke().As<long>().ShouldBe(1);

        second.Snapshot().Procs.Single(proc => proc.Name == "one").Calls.ShouldBe(2);
        second.Snapshot().Procs.Single(proc => proc.Name == "<lambda>").Calls.ShouldBe(2);
        second.Dispose();
        held.Invoke().As<long>().ShouldBe(1);
        second.Snapshot().Procs.Single(proc => proc.Name == "one").Calls.ShouldBe(2);
        first.Snapshot().Procs.Where(proc => proc.Name == "one").Sum(proc => proc.Calls).ShouldBe(calls);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void A_profile_that_ends_in_a_run_leaves_the_procs_as_they_were(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit });
        LyraProfiler profiler = engine.Profile(ProfileLevel.Detailed);
        engine.Define("end", profiler.Dispose);
        engine.Run(
            """
            proc one() { return 1 }
            proc work(n) {
                var s = 0
                for i in 0..n { s += one(); if i == 20_000 { end() } }
                return s
            }
            """,
            "work.lyra");

        engine.Call("work", 40_000).As<long>().ShouldBe(40_000);
        long calls = profiler.Snapshot().Procs.Single(proc => proc.Name == "one").Calls;
        engine.Call("work", 10_000).As<long>().ShouldBe(10_000);

        calls.ShouldBeInRange(20_001, 40_000);
        profiler.Snapshot().Procs.Single(proc => proc.Name == "one").Calls.ShouldBe(calls);
    }

    [Fact]
    public void A_profile_ends_when_it_is_disposed()
    {
        using LyraEngine engine = new();
        LyraProfiler profiler = engine.Profile(ProfileLevel.Detailed);
        engine.Run("1 + 1");
        profiler.Dispose();
        long before = profiler.Snapshot().Instructions;
        engine.Run("1 + 1");
        profiler.Snapshot().Instructions.ShouldBe(before);
        before.ShouldBeGreaterThan(0);
        using LyraProfiler next = engine.Profile(ProfileLevel.Basic);
        next.Level.ShouldBe(ProfileLevel.Basic);
    }

    [Fact]
    public void No_thread_remains_of_a_profile_that_nobody_ends()
    {
        ProfileSession ended = new(ProfileLevel.Detailed);
        ProfileSession idle = new(ProfileLevel.Detailed);
        using LyraEngine other = new();
        using (LyraEngine engine = new())
        {
            engine.BeginProfile(ended);
            other.BeginProfile(idle);
            engine.Run("1");
            other.Run("1");
        }

        foreach (ProfileSession session in new[] { ended, idle })
        {
            SpinWait.SpinUntil(() => !session.Sampler!.HasThread, TimeSpan.FromSeconds(60)).ShouldBeTrue();
        }

        // The thread of the sampler may begin late on a busy machine.
        SpinWait.SpinUntil(() => HasSamplesAfterRun(other, idle), TimeSpan.FromSeconds(120)).ShouldBeTrue();
    }

    private static bool HasSamplesAfterRun(LyraEngine engine, ProfileSession session)
    {
        engine.Run("var s = 0\nfor i in 0..400_000 { s += i % 7 }");
        return engine.Read(session).Samples.Count > 0;
    }

    [Fact]
    public void A_profile_that_ends_in_a_run_has_the_time_until_then()
    {
        using LyraEngine engine = new(LyraOptions.Default with { Jit = JitMode.Off });
        LyraProfiler profiler = engine.Profile(ProfileLevel.Detailed);
        LyraProfile? ended = null;
        engine.Define("end", () =>
        {
            profiler.Dispose();
            ended = profiler.Snapshot();
        });
        engine.Run("end()\nvar s = 0\nfor i in 0..1000 { s += i }");

        profiler.Snapshot().Elapsed.ShouldBe(ended.ShouldNotBeNull().Elapsed);
        ended.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void An_engine_makes_one_profile_at_a_time()
    {
        using LyraEngine engine = new();
        using LyraProfiler profiler = engine.Profile(ProfileLevel.Basic);
        Should.Throw<InvalidOperationException>(() => engine.Profile(ProfileLevel.Full)).Message.ShouldContain("dispose the other");
        Should.Throw<ArgumentOutOfRangeException>(() => engine.Profile((ProfileLevel)9));
    }

    [Fact]
    public void A_profile_serializes_to_JSON()
    {
        string json = JsonSerializer.Serialize(ProfileOf(Script, ProfileLevel.Full));
        using JsonDocument document = JsonDocument.Parse(json);
        document.RootElement.GetProperty("Lines").GetArrayLength().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Limits_hold_in_profiled_code()
    {
        using LyraEngine engine = new(LyraOptions.Default with { Limits = new LyraLimits { MaxSteps = 100_000 } });
        using LyraProfiler profiler = engine.Profile(ProfileLevel.Full);
        LyraLimitException error = Should.Throw<LyraLimitException>(() => engine.Run("while true { }"));
        error.Limit.ShouldBe(LimitKind.Steps);
        profiler.Snapshot().Loops.ShouldHaveSingleItem().Iterations.ShouldBeGreaterThan(10_000);
    }

    private static LyraProfile ProfileOf(
        string script, ProfileLevel level, JitMode jit = JitMode.On, bool compilesInBackground = false)
    {
        using LyraEngine engine = new(
            LyraOptions.Default with { Jit = jit, CompilesInBackground = compilesInBackground, Output = TextWriter.Null });
        using LyraProfiler profiler = engine.Profile(level);
        engine.Run(script, "script.lyra");
        return profiler.Snapshot();
    }

    private static ProfiledLine LineOf(LyraProfile profile, int line) => profile.Lines.Single(row => row.Line == line);
}
