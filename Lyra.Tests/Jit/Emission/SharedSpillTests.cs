using System.Linq;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

/// <summary>Exits share the code that stores the values which they have in common.</summary>
public sealed class SharedSpillTests
{
    [Theory]
    [InlineData("{r1 = v1, r2 = v2}", "{r1 = v1, r2 = v2}", 2)]
    [InlineData("{r1 = v1, r2 = v2}", "{r3 = v1, r1 = v2}", 2)]
    [InlineData("{r1 = v1, r2 = v2}", "{r1 = v2, r2 = v1}", 2)]
    [InlineData("{r1 = v1, r2 = v2}", "{r1 = v1}", 2)]
    [InlineData("{r2 = v2}", "{r1 = v1, r2 = v2}", 2)]
    [InlineData("{r1 = v1}", "{r1 = v2}", 2)]
    [InlineData("{r1 = v1, r2 = v2}", "{}", 2)]
    public void Exits_store_a_value_once_that_they_have_in_common(string first, string second, int stores)
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
        CountStores(emitted).ShouldBe(stores);
        emitted.States.Length.ShouldBe(4);
    }

    [Fact]
    public void A_tree_has_each_common_beginning_once()
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
        SpillTree tree = new();
        SpillNode longer = tree.NodeOf(PlanOf(nodes[0], nodes[1]));
        SpillNode shorter = tree.NodeOf(PlanOf(nodes[0]));
        SpillNode other = tree.NodeOf(PlanOf(nodes[1]));

        tree.NodeOf(PlanOf(nodes[0], nodes[1])).ShouldBeSameAs(longer);
        shorter.Children.ShouldBe([longer]);
        tree.Root.Children.ShouldBe([shorter, other]);
        (longer.References, longer.Bits, longer.Floats).ShouldBe((1, 2, 0));
        (other.References, other.Bits, other.Floats).ShouldBe((0, 1, 0));
        tree.Root.Chain().ShouldBe([tree.Root]);
        shorter.Chain().ShouldBe([shorter]);
    }

    private static SpillPlan PlanOf(params IrNode[] nodes)
    {
        SpillPlan plan = new([]);
        foreach (IrNode node in nodes)
        {
            plan.SlotOf(-1, node);
        }

        return plan;
    }

    private static int CountStores(EmittedRegion emitted) =>
        IlText.Print(emitted.Code).Split('\n').Count(line => line.Contains("stelem.i8"));
}
