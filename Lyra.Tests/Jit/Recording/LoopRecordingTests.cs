using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Recording;

/// <summary>The profile after a recording of a loop.</summary>
public sealed class LoopRecordingTests
{
    [Fact]
    public void A_loop_is_recorded_for_several_iterations_when_its_counter_reaches_zero()
    {
        TieredRun run = new("var s = 0\nfor i in 0..100 { s += i }\nprint(s)");

        run.Output.ShouldBe("4950\n");
        RegionProfile profile = run.Profiles[0];
        profile.Kind.ShouldBe(RegionKind.Loop);
        profile.Loop.ShouldBe(0);
        profile.RootPc.ShouldBe(run.Main.Prototype.Loops[0].BodyPc);
        profile.Root.Code.ShouldBeSameAs(run.Main);
        InstructionProfile back = TieredRun.Only(profile.Root, Opcode.ForLoop);
        back.Visits.ShouldBe(run.Options.Recording.MaxIterations);
        back.Jumped.ShouldBe(run.Options.Recording.MaxIterations);
        back.A!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
        back.B!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
        back.Result!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
    }

    [Fact]
    public void A_while_loop_is_recorded_from_behind_its_head()
    {
        TieredRun run = new("var n = 0\nwhile n < 100 { n += 1 }\nprint(n)");

        run.Output.ShouldBe("100\n");
        RegionProfile profile = run.Profiles[0];
        run.Main.Prototype.Code[profile.RootPc - 1].Op.ShouldBe(Opcode.LoopHead);
        InstructionProfile head = TieredRun.Only(profile.Root, Opcode.LoopHead);
        head.Visits.ShouldBe(run.Options.Recording.MaxIterations);
        profile.Root.HeadAt(profile.RootPc).ShouldNotBeNull();
    }

    [Fact]
    public void Operands_and_results_are_distinguished_by_kind()
    {
        TieredRun run = new(
            "proc f() { var x = 1; var y = 0.5; for i in 0..100 { y = y * 2.0 + x; if y > 100 { y = 0.5 } }; return y }\n"
            + "print(f() > 0)");

        run.Output.ShouldBe("true\n");
        CallContext root = run.Profiles[0].Root;
        (_, InstructionProfile add) = TieredRun.At(root, Opcode.Add).Single();
        add.B!.IsOnly(ObservedKinds.Float).ShouldBeTrue();
        add.C!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
        add.Result!.IsOnly(ObservedKinds.Float).ShouldBeTrue();
    }

    [Fact]
    public void Both_edges_of_a_branch_are_counted()
    {
        TieredRun run = new("var a = 0\nvar b = 0\nfor i in 0..100 { if i % 4 == 0 { a += 1 } else { b += 1 } }\nprint(a, b)");

        run.Output.ShouldBe("25 75\n");
        InstructionProfile branch = TieredRun.Only(run.Profiles[0].Root, Opcode.JumpNeInt);
        branch.Visits.ShouldBe(12);
        branch.Jumped.ShouldBe(9);
    }

    [Fact]
    public void The_targets_of_a_switch_are_collected()
    {
        TieredRun run = new(
            "var s = 0\n"
            + "for i in 0..100 { match i % 6 { 0 => s += 1, 1 => s += 2, 2 => s += 3, 3 => s += 4, 4 => s += 5, _ => s += 6 } }\nprint(s)");

        TieredRun.Only(run.Profiles[0].Root, Opcode.Switch).Targets.Count.ShouldBe(6);
    }

    [Fact]
    public void The_loop_head_holds_the_values_of_the_live_registers()
    {
        TieredRun run = new("proc f() { var x = 0; for i in 0..100 { x = if x == 1 { 0.5 } else { 1 } }; return x }\nprint(f())", level: 0);

        run.Output.ShouldBe("0.5\n");
        RegionProfile profile = run.Profiles[0];
        ObservedType?[] head = profile.Root.HeadAt(profile.RootPc)!;
        head[0]!.Kinds.ShouldBe(ObservedKinds.Int | ObservedKinds.Float);
        head.ShouldContain(type => type == null);
    }

    [Fact]
    public void Strategies_of_lists_and_shapes_of_structs_are_kept()
    {
        TieredRun run = new("""
            struct A { x }
            struct B { x }
            var things = [A(1), B(2), A(3)]
            var numbers = [1.5, 2.5]
            var s = 0
            for i in 0..100 { s += things[i % 3].x + numbers[i % 2] }
            print(s)
            """);

        CallContext root = run.Profiles[0].Root;
        TieredRun.Only(root, Opcode.GetField).B!.Shapes.Select(shape => shape.Name).ShouldBe(["A", "B"], ignoreOrder: true);
        TieredRun.At(root, Opcode.GetIndex).Select(row => row.Profile.B!.Strategies)
            .ShouldBe([1 << (int)ListStrategy.Values, 1 << (int)ListStrategy.Floats], ignoreOrder: true);
    }

    [Fact]
    public void Each_entry_of_an_inner_loop_records_at_most_a_number_of_iterations()
    {
        TieredRun run = new("var s = 0\nfor i in 0..30 { if i > 12 { for j in 0..9 { s += j }; for j in 0..50 { s += j } } }\nprint(s)");

        run.Output.ShouldBe("21437\n");
        RegionProfile outer = run.Profiles[0];
        outer.Loop.ShouldBe(0);
        LoopInfo[] loops = run.Main.Prototype.Loops;
        outer.Root.HeadAt(loops[1].BodyPc).ShouldNotBeNull();
        outer.Root.ProfileAt(loops[1].BodyPc)!.Visits.ShouldBe(run.Options.Recording.MaxInnerIterations);
    }

    [Fact]
    public void A_loop_whose_body_is_its_back_edge_is_recorded_like_any_other()
    {
        TieredRun run = new("for i in 0..1000 { }\nfor x in [1, 2, 3] { }\nprint(1)");

        run.Output.ShouldBe("1\n");
        TieredRun.Only(run.Profiles[0].Root, Opcode.ForLoop).Jumped.ShouldBe(12);
        run.Main.Loops[0].Count.ShouldBe(999);
        run.Main.Loops[1].Count.ShouldBe(3);
    }

    [Fact]
    public void A_recording_that_exits_the_loop_in_its_first_iteration_is_aborted()
    {
        TieredRun run = new("for i in 0..11 { }\nprint(1)");

        run.Profiles.ShouldBeEmpty();
        run.Counters.Aborts()[nameof(AbortReason.LeftLoop)].ShouldBe(1);
    }

    [Fact]
    public void A_recording_that_exits_the_loop_later_is_compiled()
    {
        TieredRun run = new("for i in 0..15 { }\nprint(1)");

        TieredRun.Only(run.OnlyProfile.Root, Opcode.ForLoop).Jumped.ShouldBe(4);
    }

    [Fact]
    public void A_recording_ends_at_its_instruction_limit()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, Recording = new RecordingLimits { MaxInstructions = 20 } };
        TieredRun run = new("var s = 0\nfor i in 0..100 { s += i; s -= 1; s += 2 }\nprint(s)", options);

        run.Output.ShouldBe("5050\n");
        int visits = TieredRun.Only(run.Profiles[0].Root, Opcode.ForLoop).Visits;
        visits.ShouldBeInRange(1, 5);
    }
}
