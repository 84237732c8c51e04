using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>Entries and exits of regions, with a region written in C#.</summary>
public sealed class RegionEntryTests
{
    private const string Source = "proc f(n) { var s = 0; for i in 0..n { s += i }; return s }\nfor k in 0..3 { print(f(1000)) }";

    [Fact]
    public void A_region_is_entered_at_the_next_back_edge_and_exited_where_its_guard_fails()
    {
        TieredRun run = new(Source, compile: (profile, version) => RegionSamples.SumLoop(profile, version, int.MaxValue));

        run.Output.ShouldBe("499500\n499500\n499500\n");
        Region region = (Region)run.Proc("f").Loops[0].Region!;
        region.Entries.ShouldBe(3);
        region.Guards[0].Exits.ShouldBe(3);
        run.Counters.Entries.ShouldBe(3);
        run.Counters.Compiled.ShouldBe(1);
        run.Events.Select(e => e.Kind).Take(3).ShouldBe([TierEventKind.Hot, TierEventKind.Recorded, TierEventKind.Compiled]);
    }

    [Fact]
    public void Steps_taken_in_compiled_code_are_those_that_the_interpreter_would_have_taken()
    {
        TieredRun compiled = new(Source, compile: (profile, version) => RegionSamples.SumLoop(profile, version, int.MaxValue));
        TieredRun interpreted = new(Source);

        compiled.Interpreter.StepsTaken.ShouldBe(interpreted.Interpreter.StepsTaken);
        compiled.Counters.CompiledSteps.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void An_exit_that_is_taken_often_is_recorded()
    {
        TieredRun run = new(Source, compile: (profile, version) => RegionSamples.SumLoop(profile, version, 100 * version));

        run.Output.ShouldBe("499500\n499500\n499500\n");
        run.Counters.Deoptimizations.ShouldBeGreaterThan(20);
        run.OnlyProfile.Recordings.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_region_is_recompiled_when_a_recording_from_an_exit_changed_the_profile()
    {
        const string source = """
            proc f(n) { var s = 0; for i in 0..n { if i >= 50 { s += 2 } else { s += 1 } }; return s }
            for k in 0..8 { print(f(60)) }
            """;
        TieredRun run = new(source, compile: (profile, version) => RegionSamples.Idle(profile, version), level: 0);

        run.Output.ShouldBe(string.Concat(Enumerable.Repeat("70\n", 8)));
        run.Counters.Side.ShouldBeGreaterThan(0);
        run.Profiles.ShouldAllBe(profile => profile == run.OnlyProfile);
        ((Region)run.Proc("f").Loops[0].Region!).Version.ShouldBe((int)run.Counters.Side + 1);
    }

    [Fact]
    public void A_recording_from_an_exit_ends_where_it_repeats_what_is_known()
    {
        int withRepeats = VisitsWith(maxSideRepeats: 10_000);

        VisitsWith(maxSideRepeats: 20).ShouldBeLessThan(withRepeats / 2);
    }

    [Fact]
    public void A_region_compiled_by_another_thread_is_entered_once_it_is_ready()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, CompilesInBackground = true };
        TieredRun run = new("var rounds = 0\nwhile not is_compiled or rounds < 100 { rounds += 1 }\nfor i in 0..5 { }\nprint(1)", options,
            (profile, version) => RegionSamples.Idle(profile, version));

        run.Output.ShouldBe("1\n");
        run.Events.Count(e => e.Kind == TierEventKind.Compiled).ShouldBe(1);
    }

    /// <summary>What all recordings of a loop with a long body observe, whose region exits at each entry.</summary>
    private static int VisitsWith(int maxSideRepeats)
    {
        string body = string.Concat(Enumerable.Repeat("s += i; ", 100));
        TieredRun run = new(
            $"proc f(n) {{ var s = 0; for i in 0..n {{ {body} }}; return s }}\nfor k in 0..8 {{ print(f(60)) }}",
            new TierOptions { HotLoop = 10, HotProc = 1_000_000, HotExit = 2, Recording = new() { MaxSideRepeats = maxSideRepeats } },
            compile: (profile, version) => RegionSamples.Idle(profile, version),
            level: 0);

        run.Output.ShouldBe(string.Concat(Enumerable.Repeat("177000\n", 8)));
        run.Counters.Deoptimizations.ShouldBeGreaterThan(0);
        CallContext root = run.OnlyProfile.Root;
        return Enumerable.Range(0, root.Code.Prototype.Code.Length).Sum(pc => root.ProfileAt(pc)?.Visits ?? 0);
    }
}
