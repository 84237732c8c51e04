using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class CommonSubexpressionsTests
{
    private readonly CommonSubexpressions _pass = new();

    [Fact]
    public void Equal_operations_are_merged_and_operands_of_commutative_ones_may_be_swapped() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Any = LoadRegister r2
          v2: Int = UnboxInt v0 exit s0
          v3: Int = UnboxInt v1 exit s0
          v4: Int = AddIntChecked v2, v3 exit s0
          v5: Int = AddIntChecked v3, v2 exit s0
          v6: Int = SubInt v2, v3
          v7: Int = SubInt v3, v2
          v8: Int = SubInt v2, v3
          v9: Int = Call Twice v8
          v10: Int = Call Twice v6
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v5, r2 = v7, r3 = v8, r4 = v9, r5 = v10}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Any = LoadRegister r2
          v2: Int = UnboxInt v0 exit s0
          v3: Int = UnboxInt v1 exit s0
          v4: Int = AddIntChecked v2, v3 exit s0
          v6: Int = SubInt v2, v3
          v7: Int = SubInt v3, v2
          v9: Int = Call Twice v6
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v4, r2 = v7, r3 = v6, r4 = v9, r5 = v9}
        """);

    [Fact]
    public void Operations_on_other_paths_are_not_available() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          v2: Bool = LtInt v1, v1
          branch v2 block1 block2
        block1:
          v3: Int = NegInt v1
          exit s1
        block2:
          v4: Int = NegInt v1
          jump block3
        block3:
          v5: Int = NotInt v1
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v3}
        s2: @main pc 2 {r1 = v4, r2 = v5}
        """);

    [Fact]
    public void Loads_allocations_and_effects_are_kept() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: List = UnboxObject v0 exit s0
          v2: Int = ListCount v1
          v3: Int = ListCount v1
          v4: Tuple = NewTuple v0 exit s0
          v5: Tuple = NewTuple v0 exit s0
          ChargeSteps #1 exit s0
          ChargeSteps #1 exit s1
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 1 {r1 = v2, r2 = v3, r3 = v4, r4 = v5}
        """);

    [Fact]
    public void A_guard_covered_by_a_dominating_one_is_removed() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Any = LoadRegister r2
          v2: Int = UnboxInt v0 exit s0
          v3: Int = UnboxInt v1 exit s0
          GuardIndex v2, v3 exit s0
          GuardDivisor v2, v3 exit s0
          jump block1
        block1 loop:
          ChargeSteps #1 exit s1
          GuardIndex v2, v3 exit s2
          GuardIndex v3, v2 exit s2
          v4: Int = UnboxInt v0 exit s2
          GuardDivisor v4, v3 exit s2
          GuardDivisor v3, v4 exit s2
          jump block1
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Any = LoadRegister r2
          v2: Int = UnboxInt v0 exit s0
          v3: Int = UnboxInt v1 exit s0
          GuardIndex v2, v3 exit s0
          GuardDivisor v2, v3 exit s0
          jump block1
        block1 loop:
          ChargeSteps #1 exit s1
          GuardIndex v3, v2 exit s2
          GuardDivisor v3, v2 exit s2
          jump block1
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {}
        """);

    /// <summary>The pass replaces known conditions by constants and leaves them to folding.</summary>
    [Fact]
    public void Facts_of_a_branch_hold_on_its_edges() => Optimized(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Any = LoadRegister r2
          v2: Int = UnboxInt v0 exit s0
          v3: Int = UnboxInt v1 exit s0
          v4: Bool = LtInt v2, v3
          branch v4 block1 block2
        block1:
          v5: Bool = LeInt v3, v2
          v6: Bool = EqInt v3, v2
          Guard v4 exit s0
          exit s1
        block2:
          v7: Bool = LtInt v2, v3
          v8: Bool = LeInt v3, v2
          v9: Bool = EqInt v3, v2
          GuardNot v4 exit s0
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v5, r2 = v6}
        s2: @main pc 2 {r1 = v7, r2 = v8, r3 = v9}
        """,
        """
        loop @main pc 0
        block0:
          v12: Bool = ConstBool false
          v13: Bool = ConstBool true
          v0: Any = LoadRegister r1
          v1: Any = LoadRegister r2
          v2: Int = UnboxInt v0 exit s0
          v3: Int = UnboxInt v1 exit s0
          v4: Bool = LtInt v2, v3
          branch v4 block1 block2
        block1:
          exit s1
        block2:
          v9: Bool = EqInt v3, v2
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v12, r2 = v12}
        s2: @main pc 2 {r1 = v12, r2 = v13, r3 = v9}
        """);

    [Fact]
    public void Type_tests_report_the_kind_of_a_value() => Optimized(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Bool = IsInt v0
          branch v1 block1 block2
        block1:
          v2: Int = UnboxInt v0 exit s0
          v3: Int = UnboxInt v0 exit s0
          v4: Bool = IsNil v0
          v5: Bool = IsTruthy v0
          exit s1
        block2:
          v6: Struct = UnboxStruct @Point v0 exit s0
          v7: Bool = IsStruct @Point v0
          v8: Bool = IsStruct @Line v0
          v9: Bool = IsObject v0 #List
          v10: Bool = IsInt v0
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2, r2 = v3, r3 = v4, r4 = v5}
        s2: @main pc 2 {r1 = v6, r2 = v7, r3 = v8, r4 = v9, r5 = v10}
        """,
        """
        loop @main pc 0
        block0:
          v13: Bool = ConstBool false
          v14: Bool = ConstBool true
          v0: Any = LoadRegister r1
          v1: Bool = IsInt v0
          branch v1 block1 block2
        block1:
          v11: Int = AsInt v0
          exit s1
        block2:
          v6: Struct = UnboxStruct @Point v0 exit s0
          exit s2
        s1: @main pc 1 {r1 = v11, r2 = v11, r3 = v13, r4 = v14}
        s0: @main pc 0 {}
        s2: @main pc 2 {r1 = v6, r2 = v14, r3 = v13, r4 = v13, r5 = v13}
        """);

    private void Optimized(string before, string after)
    {
        IrGraph graph = IrTexts.ParseValid(before);
        foreach (IIrPass pass in new IIrPass[] { _pass, new Folding(), new DeadCode() })
        {
            pass.Run(graph);
            IrVerifier.Check(graph, pass.Name);
        }

        IrTexts.Print(graph).ShouldBe(IrTexts.Text(after));
    }
}
