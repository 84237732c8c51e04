using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Sinking;

/// <summary>Programs behave the same with and without their allocations, wherever their loops exit.</summary>
public sealed class SinkingTests
{
    private const int Seeds = 12;

    public static TheoryData<string> Programs => [.. SinkingPrograms.All.Keys];

    public static TheoryData<string> ProgramsWithoutObjects => [.. SinkingPrograms.WithoutObjects];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_does_the_same(string name)
    {
        foreach (int threshold in new[] { 2, 7, 30 })
        {
            BothTiers.ShouldAgree(SinkingPrograms.All[name], Options(threshold, int.MaxValue));
            BothTiers.ShouldAgree(SinkingPrograms.All[name], Options(threshold, threshold));
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_does_the_same_when_guards_are_forced_to_fail(string name)
    {
        long exits = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            exits += BothTiers.ShouldAgree(SinkingPrograms.All[name], TierOptions.Stressed(seed)).Counters.Deoptimizations;
        }

        exits.ShouldBeGreaterThan(Seeds);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_does_the_same_with_any_half_of_the_passes(string name)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            BothTiers.ShouldAgree(SinkingPrograms.All[name], Options(7, 7) with { Chaos = seed });
        }
    }

    [Theory]
    [MemberData(nameof(ProgramsWithoutObjects))]
    public void Loops_allocate_no_objects(string name)
    {
        BothTiers run = BothTiers.ShouldAgree(SinkingPrograms.All[name], Options(30, int.MaxValue));
        IrOp[] operations = [.. run.Operations.Values.SelectMany(region => region)];
        operations.ShouldContain(op => IrOpInfo.Of(op).Family == IrFamily.Virtual);
        operations.ShouldNotContain(op => op == IrOp.NewStruct || op == IrOp.NewTuple || op == IrOp.NewRange || op == IrOp.NewClosure
            || op == IrOp.NewUpvalue);
    }

    private static TierOptions Options(int loop, int proc) => new() { HotLoop = loop, HotProc = proc, HotExit = 2 };
}
