using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Recording;

/// <summary>The calls that recordings follow, and those that they leave unfollowed.</summary>
public sealed class CallRecordingTests
{
    [Fact]
    public void A_proc_called_from_two_places_has_two_profiles()
    {
        TieredRun run = new("proc twice(x) { return x + x }\nvar s = 0\nfor i in 0..100 { s += twice(i); twice(0.5) }\nprint(s)");

        run.Output.ShouldBe("9900\n");
        CallContext root = run.Profiles[0].Root;
        CallContext[] callees = [.. TieredRun.At(root, Opcode.CallProc).Select(row => root.FindCallee(row.Pc, run.Proc("twice"))!)];
        callees.Select(callee => TieredRun.Only(callee, Opcode.Add).Result!.Kinds).ShouldBe([ObservedKinds.Int, ObservedKinds.Float]);
        callees.ShouldAllBe(callee => callee.Caller == root && callee.Depth == 1);
        TieredRun.At(root, Opcode.CallProc).ShouldAllBe(row => row.Profile.Result != null && row.Profile.Visits == 12);
    }

    [Fact]
    public void Methods_closures_constructors_and_hooks_are_followed()
    {
        TieredRun run = new("""
            struct V { x; y = 1
                proc scaled(self, k) { return V(self.x * k) }
                proc __add(self, other) { return V(self.x + other.x) } }
            var v = V(0)
            var add = a => a + V(1)
            for i in 0..100 { v = add(v).scaled(1) }
            print(v.x)
            """);

        run.Output.ShouldBe("100\n");
        CallContext root = run.Profiles[0].Root;
        CallContext lambda = root.FindCallee(TieredRun.At(root, Opcode.Call).Single().Pc, run.Proc("<lambda>")).ShouldNotBeNull();
        lambda.FindCallee(TieredRun.At(lambda, Opcode.Add).Single().Pc, run.Proc("__add")).ShouldNotBeNull();
        CallContext method = root.FindCallee(TieredRun.At(root, Opcode.CallMethod).Single().Pc, run.Proc("scaled")).ShouldNotBeNull();
        TieredRun.Only(root, Opcode.CallMethod).A!.Kinds.ShouldBe(ObservedKinds.Struct);
        TieredRun.Only(root, Opcode.Call).A!.Codes.ShouldBe([run.Proc("<lambda>")]);

        // The constructor fills in the default.
        (int construct, _) = TieredRun.At(method, Opcode.NewStruct).Single();
        method.FindCallee(construct, run.Proc("V")).ShouldNotBeNull().Code.Kind.ShouldBe(ProcKind.Constructor);
    }

    [Fact]
    public void Builtins_are_noted_by_call_site()
    {
        TieredRun run = new(
            "import math\nvar xs = [3, 1, 2]\nvar s = 0\n"
            + "for i in 0..100 { s += xs.length(); s += math.floor(1.5); s += length(xs) }\nprint(s)");

        run.Output.ShouldBe("700\n");
        CallContext root = run.Profiles[0].Root;
        string[] names = [.. new[] { Opcode.CallMethod, Opcode.CallBuiltin, Opcode.Call }
            .SelectMany(op => TieredRun.At(root, op)).SelectMany(row => row.Profile.Natives).Select(native => native.Name)];
        names.ShouldContain("length");
        names.ShouldContain("floor");
    }

    [Fact]
    public void Calls_are_followed_to_the_maximum_depth_and_not_recorded_beyond()
    {
        IEnumerable<string> chain = Enumerable.Range(0, 12)
            .Select(k => $"proc p{k}(x) {{ return {(k == 11 ? "x + 1" : $"p{k + 1}(x)")} }}");
        string procs = string.Join('\n', chain);
        TieredRun run = new($"{procs}\nvar s = 0\nfor i in 0..100 {{ s = p0(s) }}\nprint(s)");

        run.Output.ShouldBe("100\n");
        CallContext context = run.Profiles[0].Root;
        int depth = 0;
        for (; TieredRun.At(context, Opcode.CallProc).FirstOrDefault() is { Profile: not null } call; depth++)
        {
            if (context.FindCallee(call.Pc, run.Proc($"p{depth}")) is not { } callee)
            {
                break;
            }

            context = callee;
        }

        depth.ShouldBe(run.Options.Limits.MaxInlineDepth + 1);
        TieredRun.Only(context, Opcode.CallProc).Result!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
    }

    [Fact]
    public void Recursion_is_followed_for_two_levels()
    {
        TieredRun run = new(
            "proc down(n) { if n == 0 { return 0 }; return down(n - 1) + 1 }\n"
            + "var s = 0\nfor i in 0..100 { s += down(50) }\nprint(s)");

        run.Output.ShouldBe("5000\n");
        CallContext root = run.Profiles[0].Root;
        CallContext first = root.FindCallee(TieredRun.At(root, Opcode.CallProc).Single().Pc, run.Proc("down")).ShouldNotBeNull();
        (int call, _) = TieredRun.At(first, Opcode.CallProc).Single();
        CallContext second = first.FindCallee(call, run.Proc("down")).ShouldNotBeNull();
        second.FindCallee(call, run.Proc("down")).ShouldBeNull();
        TieredRun.Only(second, Opcode.CallProc).Result!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
    }

    [Fact]
    public void Callbacks_and_generators_are_followed()
    {
        TieredRun run = new("""
            proc gen(n) { for i in 0..n { yield i } }
            var s = 0
            for i in 0..100 { s += [1, 2, 3].map(x => x * i).sum(); for x in gen(3) { s += x } }
            print(s)
            """);

        run.Output.ShouldBe("30000\n");
        CallContext root = run.Profiles.First(profile => profile.Loop == 0 && profile.Root.Code == run.Main).Root;
        List<(int Pc, InstructionProfile Profile)> methods = [.. TieredRun.At(root, Opcode.CallMethod)];
        methods.ConvertAll(row => row.Profile.Natives.Count).ShouldBe([0, 1]);
        CallContext map = root.Callees.First(callee => callee.Code.Prototype.IsHidden);
        TieredRun.Only(map, Opcode.Call).Visits.ShouldBe(36);
        map.Callees.ShouldHaveSingleItem().Code.Prototype.Name.ShouldBe("<lambda>");
        (int pc, InstructionProfile loop) = TieredRun.At(root, Opcode.ForEach).Single();
        loop.A!.Kinds.ShouldBe(ObservedKinds.Generator);
        loop.Result!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
        loop.Jumped.ShouldBe(36);
        CallContext generator = root.FindCallee(pc, run.Proc("gen")).ShouldNotBeNull();
        TieredRun.Only(generator, Opcode.Yield).Visits.ShouldBe(36);
    }

    [Fact]
    public void A_loop_in_a_generator_is_recorded_only_if_it_does_not_yield()
    {
        TieredRun run = new("proc gen(n) { for i in 0..n { yield i } }\nvar s = 0\nfor x in gen(100) { s += x }\nprint(s)");

        run.Output.ShouldBe("4950\n");
        run.Counters.Aborts()[nameof(AbortReason.Suspended)].ShouldBeGreaterThan(0);
        RegionProfile driver = run.Profiles.First(profile => profile.Root.Code == run.Main);
        TieredRun.Only(driver.Root, Opcode.ForEach).Jumped.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_hot_proc_is_recorded_for_several_calls()
    {
        TierOptions options = new() { HotLoop = 1_000_000, HotProc = 10, CompilesProcs = true };
        TieredRun run = new("proc f(n) { if n < 2 { return 1 }; return f(n - 1) + f(n - 2) }\nprint(f(18))", options);

        run.Output.ShouldBe("4181\n");
        RegionProfile profile = run.Profiles[0];
        profile.Kind.ShouldBe(RegionKind.Entry);
        profile.RootPc.ShouldBe(0);
        profile.Returned.IsOnly(ObservedKinds.Int).ShouldBeTrue();
        profile.Recordings.ShouldBeGreaterThanOrEqualTo(run.Options.Recording.MaxCalls);
        profile.Root.ProfileAt(0)!.Visits.ShouldBe(profile.Recordings);
    }

    [Fact]
    public void Recursive_calls_in_a_loop_that_is_not_recorded_are_not_recorded()
    {
        TieredRun run = new("""
            proc a(depth, n) { if depth == 0 { return n }; var s = 0; for i in 0..n { s += a(depth - 1, i) }; return s }
            var s = 0
            for k in 0..60 { s += a(1, if k < 10 { 1 } else { 600 }) }
            print(s)
            """);

        run.Output.ShouldBe("8985000\n");
        run.Counters.Aborts().ShouldNotContainKey(nameof(AbortReason.TooLong));
        CallContext root = run.Profiles.First(profile => profile.Root.Code == run.Main).Root;
        root.FindCallee(TieredRun.At(root, Opcode.CallProc).Single().Pc, run.Proc("a")).ShouldNotBeNull();
    }

    [Fact]
    public void A_call_too_long_to_record_keeps_the_profile_of_shorter_ones()
    {
        RecordingLimits limits = new() { MaxInstructions = 60 };
        TierOptions options = new() { HotLoop = 1_000_000, HotProc = 1, CompilesProcs = true, Recording = limits };
        TieredRun run = new("""
            proc f(n) { var s = 0; for i in 0..n { s += i; s ^= 1; s += 2; s ^= 3; s += 4; s ^= 5; s += 6; s ^= 7; s += 8 }; return s }
            f(1)
            f(1)
            f(100)
            """, options);

        run.Counters.Aborts().ShouldNotContainKey(nameof(AbortReason.TooLong));
        RegionProfile profile = run.OnlyProfile;
        profile.Recordings.ShouldBe(3);
        profile.Returned.IsOnly(ObservedKinds.Int).ShouldBeTrue();
    }

    [Fact]
    public void A_small_proc_called_in_a_loop_is_first_compiled_as_part_of_the_loop()
    {
        TierOptions options = new() { HotLoop = 100, HotProc = 50, CompilesProcs = true };
        TieredRun run = new("proc f(n) { return n + 1 }\nvar s = 0\nfor i in 0..200 { s = f(s) }\nprint(s)", options);

        run.Output.ShouldBe("200\n");
        run.Profiles.ShouldAllBe(profile => profile.Kind == RegionKind.Loop);
    }
}
