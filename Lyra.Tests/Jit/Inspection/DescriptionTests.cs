using System;
using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Inspection;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Inspection;

/// <summary>The texts that describe guards and failures to users.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public void Every_operation_that_may_exit_describes_its_assumption()
    {
        foreach (IrOpInfo row in IrOpInfo.Table)
        {
            if ((row.Effects & IrEffects.Exits) != 0)
            {
                GuardDescription.Of(NodeOf(row), IrTexts.Main).ShouldNotBeNullOrWhiteSpace(row.Name);
            }
        }
    }

    [Theory]
    [InlineData("v3: Int = UnboxInt v0 exit s0", "r1 is a 64-bit int")]
    [InlineData("v3: List = UnboxObject v0 exit s0", "r1 is a list")]
    [InlineData("v3: Struct = UnboxStruct @Point v0 exit s0", "r1 is a Point")]
    [InlineData("v3: Int = AddIntChecked v1, v2 exit s0", "the sum fits 64 bits")]
    [InlineData("GuardIndex v1, v2 exit s0", "the index is inside its bounds")]
    [InlineData("GuardDivisor v1, v1 exit s0", "the divisor is not 0 and the quotient fits 64 bits")]
    [InlineData("ChargeSteps #7 exit s0", "the step budget is not used up")]
    [InlineData("v3: Map = UnboxObject v0 exit s0\n  v4: Any = Call Measure v3 exit s0", "Measure completes without the interpreter")]
    public void A_guard_is_described(string guard, string description) => DescriptionOf(guard).ShouldBe(description);

    [Theory]
    [InlineData("LtInt v1, v2", "r1 < 5 is true", "r1 < 5 is false")]
    [InlineData("IsNil v0", "r1 is nil", "r1 is not nil")]
    [InlineData("IsStruct @Point v0", "r1 is a Point", "r1 is not a Point")]
    [InlineData("IsObject v0 #Map", "r1 is a map", "r1 is not a map")]
    [InlineData("IsUnset v0", "r1 was not given", "r1 was given")]
    [InlineData("IsTruthy v0", "r1 is true", "r1 is false")]
    public void A_condition_and_its_negation_are_described(string condition, string whenTrue, string whenFalse)
    {
        DescriptionOf($"v3: Bool = {condition}\n  Guard v3 exit s0").ShouldBe(whenTrue);
        DescriptionOf($"v3: Bool = {condition}\n  GuardNot v3 exit s0").ShouldBe(whenFalse);
    }

    private static string DescriptionOf(string guard)
    {
        IrGraph graph = IrTexts.ParseValid($$"""
            loop @main pc 0
            block0:
              v0: Any = LoadRegister r1
              v1: Int = UnboxInt v0 exit s0
              v2: Int = ConstInt 5
              {{guard}}
              exit s1
            s0: @main pc 0 {}
            s1: @main pc 9 {}
            """);
        return GuardDescription.Of(graph.Entry.Nodes[^1], IrTexts.Main);
    }

    private static IrNode NodeOf(IrOpInfo row)
    {
        IrNode[] inputs = Array.ConvertAll(row.Inputs, _ => new IrNode(0, IrOp.ConstNil, IrType.Any, []));
        IrNode node = new(1, row.Op, row.Result, inputs);
        if (row.Op == IrOp.Call)
        {
            node.Payload = IrTexts.Helpers.Values.First(helper => (helper.Effects & IrEffects.Exits) != 0);
        }

        return node;
    }
}
