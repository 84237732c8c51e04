using System.Linq;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Tiering;

/// <summary>Entering and leaving of regions, with one that is written in C#.</summary>
public sealed class RegionEntryTests
{
    private const string Source = "proc f(n) { var s = 0; for i in 0..n { s += i }; return s }\nfor k in 0..3 { print(f(1000)) }";

    [Fact]
    public void A_region_is_entered_at_the_next_back_edge_and_left_where_its_guard_says()
    {
        TieredRun run = new(Source, compile: (profile, version) => SumLoop(profile, version, int.MaxValue));

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
        TieredRun compiled = new(Source, compile: (profile, version) => SumLoop(profile, version, int.MaxValue));
        TieredRun interpreted = new(Source);

        compiled.Interpreter.StepsTaken.ShouldBe(interpreted.Interpreter.StepsTaken);
        compiled.Counters.CompiledSteps.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void An_exit_that_is_taken_often_is_recorded_and_the_region_compiled_again()
    {
        TieredRun run = new(Source, compile: (profile, version) => SumLoop(profile, version, 100 * version));

        run.Output.ShouldBe("499500\n499500\n499500\n");
        run.Profiles.Distinct().Count().ShouldBe(1);
    }

    /// <summary>The loop of <c>f</c>, which stays for some rounds and leaves at its back-edge.</summary>
    private static Region SumLoop(RegionProfile profile, int version, int rounds)
    {
        int backEdge = TieredRun.At(profile.Root, Lyra.Runtime.Bytecode.Opcode.ForLoop).Single().Pc;
        int state = profile.Root.Code.Prototype.Code[backEdge].A;
        int cost = profile.Root.Code.Loops[0].Cost;
        ExitFrame frame = new() { Code = profile.Root.Code, Pc = backEdge, Base = 0, ReturnSlot = 0, DropsResult = false, Closure = null, Slots = [] };
        return new Region
        {
            Profile = profile,
            Data = new RegionData { States = [new ExitState([frame])] },
            Guards = [new RegionGuard(0, "Rounds", profile.Root.Code, backEdge)],
            Version = version,
            Loop = (context, stack, origin) =>
            {
                for (int round = 0; ; round++)
                {
                    stack[origin + 1].SetInt(stack[origin + 1].Bits + stack[origin + state + 2].Bits);
                    long next = stack[origin + state].Bits + 1;
                    if (next >= stack[origin + state + 1].Bits || round == rounds || context.Budget < cost)
                    {
                        return 0;
                    }

                    stack[origin + state].SetInt(next);
                    stack[origin + state + 2].SetInt(next);
                    context.Budget -= cost;
                }
            },
        };
    }
}
