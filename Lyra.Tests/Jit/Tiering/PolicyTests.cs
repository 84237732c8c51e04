using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>When recordings and compilations are retried or preempted, and when regions are dropped.</summary>
public sealed class PolicyTests
{
    private static int Attempts(TieredRun run, int loop) =>
        run.Events.Count(e => e.Kind == TierEventKind.Hot && e.Pc == run.Main.Prototype.Loops[loop].BodyPc);

    [Fact]
    public void A_failed_loop_is_tried_again_after_twice_as_many_iterations_without_end()
    {
        int few = Attempts(new TieredRun("for i in 0..1_000 { }"), 0);
        int many = Attempts(new TieredRun("for i in 0..64_000 { }"), 0);

        few.ShouldBeInRange(3, 7);
        (many - few).ShouldBeInRange(4, 7);
    }

    [Fact]
    public void A_loop_that_failed_often_is_reported_as_blacklisted_once()
    {
        TieredRun run = new("for i in 0..10_000 { }");

        run.Events.Count(e => e.Kind == TierEventKind.Blacklisted).ShouldBe(1);
        run.Counters.Aborts()[nameof(AbortReason.TooLarge)].ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Waiting_differs_from_place_to_place_but_not_from_run_to_run()
    {
        long[] waits = [.. Enumerable.Range(0, 8).Select(pc => DelayAt(pc))];

        waits.ShouldAllBe(wait => wait >= 1_999 && wait <= 2_250);
        waits.Distinct().Count().ShouldBeGreaterThan(4);
        Enumerable.Range(0, 8).Select(pc => DelayAt(pc)).ShouldBe(waits);
    }

    [Fact]
    public void Recordings_that_were_too_long_are_counted()
    {
        HotRegion hot = new(RegionKind.Loop, new TieredRun("print(1)").Main, 0, 0);
        hot.BeginRecording();
        hot.Fail(AbortReason.TooLong);
        hot.LongRecordings.ShouldBe(1);
        hot.BeginRecording();
        hot.Fail(AbortReason.RaisedOut);
        hot.LongRecordings.ShouldBe(1);
        hot.State.Profile.ShouldBeNull();
        hot.BeginRecording();
        hot.Fail(AbortReason.TooLarge);
        (hot.LongRecordings, hot.LargeRecordings).ShouldBe((1, 1));
    }

    [Fact]
    public void After_recordings_that_were_too_long_fewer_inner_iterations_are_observed_and_then_fewer_calls()
    {
        RecordingReach reach = new(Depth: 7, InnerIterations: 8);

        reach.After(0, 0).ShouldBe(reach);
        reach.After(1, 0).ShouldBe(new RecordingReach(7, 4));
        reach.After(3, 0).ShouldBe(new RecordingReach(7, 1));
        reach.After(4, 0).ShouldBe(new RecordingReach(3, 1));
        reach.After(6, 0).ShouldBe(new RecordingReach(0, 1));
        reach.After(0, 1).ShouldBe(new RecordingReach(3, 8));
        reach.After(1, 40).ShouldBe(new RecordingReach(0, 4));
    }

    /// <summary>A script with any number of hot loops gets compiled code for some of them.</summary>
    [Fact]
    public void Profiles_and_compiled_code_take_a_bounded_amount_of_memory()
    {
        const int Loops = 40;
        string source = "var n = 0\nproc all() {\n" + string.Concat(Enumerable.Repeat("for i in 0..40 { n += i }\n", Loops))
            + "}\nfor r in 0..50 { all() }\nprint(n)";
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue };
        ScriptRun free = new(source, new ScriptSetup { Tiers = options });
        ScriptRun bounded = new(source, new ScriptSetup { Tiers = options with { MaxCodeBytes = 100_000 } });

        free.Counters.Compiled.ShouldBeGreaterThanOrEqualTo(Loops);
        bounded.Counters.Compiled.ShouldBeInRange(1, Loops / 2);
        bounded.Counters.Aborts()[nameof(AbortReason.CodeLimit)].ShouldBeGreaterThan(Loops / 2);
        bounded.Behaviour.ShouldBe(free.Behaviour);
    }

    /// <summary>A profile has no entries for the rest of the proc, which may have any number of loops.</summary>
    [Fact]
    public void A_profile_counts_recorded_instructions()
    {
        CallContext root = new(new TieredRun("print(1)").Main, null, 0);
        CallContext callee = root.CalleeOf(0, root.Code);
        root.ProfileOf(0).ShouldBeSameAs(root.ProfileAt(0));
        callee.ProfileOf(0);
        callee.ProfileOf(1);

        root.ProfileAt(1).ShouldBeNull();
        callee.Instructions.ShouldBe(2);
        root.Instructions.ShouldBe(3);
    }

    [Fact]
    public void The_loop_around_one_with_a_region_becomes_hot_sooner()
    {
        TierOptions options = new() { HotLoop = 160, HotProc = int.MaxValue, EntriesPerCheck = int.MaxValue };
        TieredRun run = new("for k in 0..100 { for i in 0..200 { } }", options, Idle);

        run.Main.Loops[1].Region.ShouldNotBeNull();
        run.Main.Loops[0].Region.ShouldNotBeNull();
        run.Main.Loops[0].Count.ShouldBe(99);
    }

    [Fact]
    public void A_recording_is_preempted_by_a_loop_that_becomes_hot_in_a_callee()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, Limits = new RegionLimits(MaxInlineInstructions: 0) };
        TieredRun run = new(
            "proc f(n) { var s = 0; for i in 0..n { s += i }; return s }\nvar s = 0\n"
            + "for k in 0..12 { s += f(if k < 10 { 0 } else { 100 }) }\nprint(s)",
            options);

        run.Output.ShouldBe("9900\n");
        run.Counters.Aborts()[nameof(AbortReason.Preempted)].ShouldBe(1);
        run.Profiles.ShouldContain(profile => profile.Root.Code.Prototype.Name == "f");
    }

    [Fact]
    public void A_recording_is_preempted_by_an_exit_that_becomes_hot_in_a_callee()
    {
        TierOptions options = new()
        {
            HotLoop = 10,
            HotProc = int.MaxValue,
            HotExit = 2,
            EntriesPerCheck = int.MaxValue,
            Limits = new RegionLimits(MaxInlineInstructions: 0),
        };
        TieredRun run = new("""
            proc f(n) { var s = 0; for i in 0..n { if i >= 100 { s += 2 } else { s += 1 } }; return s }
            var s = f(50)
            for k in 0..20 { s += f(if k < 12 { 0 } else { 1_000 }) }
            print(s)
            """, options, Idle);

        run.Output.ShouldBe("15250\n");
        int waits = run.Events.FindIndex(e => e.Code == run.Main && IsHotExit(e));
        waits.ShouldBeGreaterThan(0);
        run.Events.Skip(waits + 1).TakeWhile(e => e.Code != run.Main).ShouldContain(e => IsHotExit(e));
    }

    private static bool IsHotExit(TierEvent e) => e.Kind == TierEventKind.Hot && e.Cause == HotCause.Exit;

    [Fact]
    public void A_region_that_exits_within_an_iteration_is_dropped()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, HotExit = int.MaxValue, EntriesPerCheck = 50 };
        TieredRun run = new("for i in 0..200 { }", options, Idle);

        run.Events.ShouldContain(e => e.Kind == TierEventKind.Dropped && e.Detail == "exits within an iteration");
        run.Events.ShouldNotContain(e => e.Kind == TierEventKind.Blacklisted);
        run.Counters.Exits().Values.Sum().ShouldBe(run.Counters.Entries);
    }

    [Fact]
    public void A_region_with_too_many_call_outs_is_exited_and_dropped()
    {
        CallOutProfitability trial = new();
        bool[] costly = [.. Enumerable.Range(0, 3_000).Select(n => trial.Fails(5L * n, null))];
        trial.Begin();
        bool[] worthwhile = [.. Enumerable.Range(0, 9_000).Select(n => trial.Fails(20L * n, null))];

        costly.Count(fails => fails).ShouldBe(1);
        worthwhile.ShouldAllBe(fails => !fails);
    }

    [Fact]
    public void Calls_of_a_small_leaf_proc_are_left_to_the_interpreter()
    {
        TierOptions options = new() { HotLoop = int.MaxValue, HotProc = 20 };
        TieredRun run = new("proc f(n) { return n + 1 }\nproc g(n) { return f(n) + 1 }\nfor k in 0..5_000 { g(k) }", options);

        run.Events.ShouldNotContain(e => e.Kind == TierEventKind.Hot && e.Code.Prototype.Name == "f");
        run.Events.ShouldContain(e => e.Kind == TierEventKind.Hot && e.Code.Prototype.Name == "g");
    }

    [Fact]
    public void A_region_is_not_entered_if_its_calls_could_exceed_the_frame_limit()
    {
        TieredRun run = new("for i in 0..200 { }", compile: (profile, version) => RegionSamples.Idle(profile, version, maxDepth: 1_000));

        run.Counters.Compiled.ShouldBe(1);
        run.Counters.Entries.ShouldBe(0);
    }

    [Fact]
    public void Stress_aborts_the_same_compilations_in_every_run()
    {
        bool[] first = Plan(7);
        Plan(7).ShouldBe(first);
        Plan(8).ShouldNotBe(first);
        first.Count(aborts => aborts).ShouldBeInRange(5, 40);
    }

    private static bool[] Plan(int seed)
    {
        StressPlan plan = new(seed);
        return [.. Enumerable.Range(0, 100).Select(_ => plan.AbortsCompilation())];
    }

    private static long DelayAt(int pc)
    {
        Backoff backoff = new();
        backoff.Add();
        return backoff.DelayWithJitter(1_000, 16, pc);
    }

    private static Region Idle(RegionProfile profile, int version) => RegionSamples.Idle(profile, version);
}
