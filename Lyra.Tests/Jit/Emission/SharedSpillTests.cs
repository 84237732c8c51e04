using System.Linq;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

/// <summary>The code that stores the values of an exit exists once for all exits with the same values.</summary>
public sealed class SharedSpillTests
{
    [Theory]
    [InlineData("{r1 = v1, r2 = v2}", "{r1 = v1, r2 = v2}", 1)]
    [InlineData("{r1 = v1, r2 = v2}", "{r3 = v1, r1 = v2}", 1)]
    [InlineData("{r1 = v1, r2 = v2}", "{r1 = v2, r2 = v1}", 2)]
    [InlineData("{r1 = v1, r2 = v2}", "{r1 = v1}", 2)]
    public void Exits_share_it_where_the_values_are_the_same(string first, string second, int copies)
    {
        EmittedRegion emitted = RegionEmitter.Emit(IrTexts.ParseValid(
            $$"""
            loop @main pc 0
            block0:
              v0: Any = LoadRegister r0
              v1: Int = UnboxInt v0 exit s0
              v2: Int = AddIntChecked v1, v1 exit s0
              v3: Bool = LtInt v1, v2
              Guard v3 exit s1
              v4: Bool = LtInt v2, v1
              Guard v4 exit s2
              exit s3
            s0: @main pc 0 {}
            s1: @main pc 1 {{first}}
            s2: @main pc 2 {{second}}
            s3: @main pc 3 {}
            """));

        IlCheck.Check(emitted.Code).ShouldBeEmpty();
        CountStores(emitted).ShouldBe(copies);
        emitted.States.Length.ShouldBe(4);
    }

    [Fact]
    public void Plans_are_equal_if_they_store_the_same_values()
    {
        IrNode[] nodes = [.. IrTexts.Parse(
            """
            loop @main pc 0
            block0:
              v0: Any = LoadRegister r0
              v1: Int = UnboxInt v0 exit s0
              exit s0
            s0: @main pc 0 {}
            """).Blocks[0].Nodes];
        object plan = PlanOf(nodes);

        plan.Equals(PlanOf(nodes)).ShouldBeTrue();
        plan.GetHashCode().ShouldBe(PlanOf(nodes).GetHashCode());
        plan.Equals(PlanOf(nodes[1], nodes[0])).ShouldBeFalse();
        plan.Equals(nodes).ShouldBeFalse();
    }

    private static SpillPlan PlanOf(params IrNode[] nodes)
    {
        SpillPlan plan = new([]);
        plan.Bits.AddRange(nodes);
        return plan;
    }

    private static int CountStores(EmittedRegion emitted) =>
        IlText.Print(emitted.Code).Split('\n').Count(line => line.Contains($"{nameof(ExitBuffers)}.{nameof(ExitBuffers.Top)}"));
}
