using System.Linq;
using Lyra.Jit.Building;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Tiering;

/// <summary>What is tried again, when, and what gives way to what.</summary>
public sealed class PolicyTests
{
    private static int Attempts(TieredRun run, int loop) => run.Events.Count(e => e.Kind == TierEventKind.Hot && e.Pc == run.Main.Prototype.Loops[loop].BodyPc);

    [Fact]
    public void A_failed_loop_is_tried_again_after_twice_as_many_rounds_and_never_given_up()
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
        LinkedPrototype code = new TieredRun("print(1)").Main;
        long[] waits = [.. Enumerable.Range(0, 8).Select(pc => Failed(code, pc).WaitingHeat(1_000, 16))];

        waits.ShouldAllBe(wait => wait >= 1_999 && wait <= 2_250);
        waits.Distinct().Count().ShouldBeGreaterThan(4);
        Enumerable.Range(0, 8).Select(pc => Failed(code, pc).WaitingHeat(1_000, 16)).ShouldBe(waits);
    }

    [Fact]
    public void After_a_recording_that_became_too_long_fewer_calls_are_followed()
    {
        HotRegion hot = new(new TieredRun("print(1)").Main, 0, 0, 7);
        hot.Fail(AbortReason.TooLong);
        hot.MaxDepth.ShouldBe(3);
        hot.Fail(AbortReason.RaisedOut);
        hot.MaxDepth.ShouldBe(3);
        hot.Profile.ShouldBeNull();
    }

    [Fact]
    public void The_loop_around_one_with_a_region_becomes_hot_sooner()
    {
        TierOptions options = new() { HotLoop = 160, HotProc = int.MaxValue, ProbationEntries = int.MaxValue };
        TieredRun run = new("for k in 0..100 { for i in 0..200 { } }", options, Idle);

        run.Main.Loops[1].Region.ShouldNotBeNull();
        run.Main.Loops[0].Region.ShouldNotBeNull();
        run.Main.Loops[0].Count.ShouldBe(99);
    }

    [Fact]
    public void A_recording_gives_way_to_a_loop_that_gets_hot_in_what_it_calls()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, Limits = new RegionLimits(MaxInlineInstructions: 0) };
        TieredRun run = new("proc f(n) { var s = 0; for i in 0..n { s += i }; return s }\nvar s = 0\nfor k in 0..12 { s += f(k < 10 ? 0 : 100) }\nprint(s)"
            .Replace("k < 10 ? 0 : 100", "if k < 10 { 0 } else { 100 }", System.StringComparison.Ordinal), options);

        run.Output.ShouldBe("9900\n");
        run.Counters.Aborts()[nameof(AbortReason.Preempted)].ShouldBe(1);
        run.Profiles.ShouldContain(profile => profile.Root.Code.Prototype.Name == "f");
    }

    [Fact]
    public void A_recording_gives_way_to_an_exit_that_gets_hot_in_what_it_calls()
    {
        TierOptions options = new()
        {
            HotLoop = 10,
            HotProc = int.MaxValue,
            HotExit = 2,
            ProbationEntries = int.MaxValue,
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

    private static bool IsHotExit(TierEvent e) => e.Kind == TierEventKind.Hot && e.Detail.StartsWith("exit", System.StringComparison.Ordinal);

    [Fact]
    public void A_region_that_is_left_within_a_round_is_dropped()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, HotExit = int.MaxValue, ProbationEntries = 50 };
        TieredRun run = new("for i in 0..200 { }", options, Idle);

        run.Events.ShouldContain(e => e.Kind == TierEventKind.Blacklisted && e.Detail == "left within a round");
        run.Counters.Exits().Values.Sum().ShouldBe(run.Counters.Entries);
    }

    [Fact]
    public void A_region_that_the_interpreter_does_too_much_for_is_left_and_dropped()
    {
        InterpretationTrial trial = new();
        bool[] costly = [.. Enumerable.Range(0, 3_000).Select(n => trial.Fails(5L * n, null))];
        trial.Begin();
        bool[] worthwhile = [.. Enumerable.Range(0, 9_000).Select(n => trial.Fails(20L * n, null))];

        costly.Count(fails => fails).ShouldBe(1);
        worthwhile.ShouldAllBe(fails => !fails);
    }

    [Fact]
    public void Calls_of_a_small_proc_that_calls_nothing_are_left_to_the_interpreter()
    {
        TierOptions options = new() { HotLoop = int.MaxValue, HotProc = 20 };
        TieredRun run = new("proc f(n) { return n + 1 }\nproc g(n) { return f(n) + 1 }\nfor k in 0..5_000 { g(k) }", options);

        run.Events.ShouldNotContain(e => e.Kind == TierEventKind.Hot && e.Code.Prototype.Name == "f");
        run.Events.ShouldContain(e => e.Kind == TierEventKind.Hot && e.Code.Prototype.Name == "g");
    }

    [Fact]
    public void A_region_is_not_entered_where_its_calls_might_pass_the_frame_limit()
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

    private static HotRegion Failed(LinkedPrototype code, int pc)
    {
        HotRegion hot = new(code, 0, pc, 1);
        hot.Fail(AbortReason.LeftLoop);
        return hot;
    }

    private static Region Idle(RegionProfile profile, int version) => RegionSamples.Idle(profile, version);
}
