using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class ParameterEliminationTests
{
    private readonly ParameterElimination _pass = new();

    [Fact]
    public void A_parameter_that_never_changes_in_a_loop_is_replaced_by_its_first_value() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Int = ConstInt 1
          jump block1(v0, v1)
        block1(v2: Int, v3: Int) loop:
          ChargeSteps #1 exit s0
          v4: Int = AddInt v2, v3
          jump block1(v4, v3)
        s0: @main pc 0 {r1 = v3, r2 = v2}
        """,
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Int = ConstInt 1
          jump block1(v0)
        block1(v2: Int) loop:
          ChargeSteps #1 exit s0
          v4: Int = AddInt v2, v1
          jump block1(v4)
        s0: @main pc 0 {r1 = v1, r2 = v2}
        """);

    /// <summary>
    /// v2, v4 and v5 form a cycle in which no parameter is trivial on its own: a loop with a join that passes an unchanged value.
    /// </summary>
    [Fact]
    public void Cycles_of_parameters_that_pass_one_value_are_removed_together() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Bool = ConstBool true
          jump block1(v0)
        block1(v2: Int) loop:
          branch v1 block2(v2) block5
        block2(v4: Int) loop:
          branch v1 block3 block4(v4)
        block3:
          branch v1 block2(v2) block4(v2)
        block4(v5: Int):
          jump block1(v5)
        block5:
          exit s0
        s0: @main pc 0 {r1 = v2}
        """,
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Bool = ConstBool true
          jump block1
        block1 loop:
          branch v1 block2 block5
        block2 loop:
          branch v1 block3 block4
        block3:
          branch v1 block2 block4
        block4:
          jump block1
        block5:
          exit s0
        s0: @main pc 0 {r1 = v0}
        """);

    /// <summary>The inner copies are replaced by the outer parameter, although that one seems to have a single value at first.</summary>
    [Fact]
    public void Copies_of_a_parameter_that_changes_stand_for_it() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Bool = ConstBool true
          jump block1(v0)
        block1(v2: Int) loop:
          jump block2(v2)
        block2(v3: Int) loop:
          branch v1 block2(v3) block3(v3)
        block3(v4: Int):
          v5: Int = AddInt v4, v4
          branch v1 block4(v5) block4(v4)
        block4(v6: Int):
          jump block1(v6)
        """,
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Bool = ConstBool true
          jump block1(v0)
        block1(v2: Int) loop:
          jump block2
        block2 loop:
          branch v1 block2 block3
        block3:
          v5: Int = AddInt v2, v2
          branch v1 block4(v5) block4(v2)
        block4(v6: Int):
          jump block1(v6)
        """);

    [Fact]
    public void Parameters_with_equal_arguments_are_merged() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          jump block1(v0, v0, v0)
        block1(v2: Int, v3: Int, v4: Int) loop:
          ChargeSteps #1 exit s0
          v5: Int = AddInt v3, v2
          jump block1(v5, v5, v2)
        s0: @main pc 0 {r1 = v2, r2 = v3, r3 = v4}
        """,
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          jump block1(v0, v0)
        block1(v2: Int, v4: Int) loop:
          ChargeSteps #1 exit s0
          v5: Int = AddInt v2, v2
          jump block1(v5, v2)
        s0: @main pc 0 {r1 = v2, r2 = v2, r3 = v4}
        """);

    [Fact]
    public void Parameters_with_two_values_are_kept() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Int = ConstInt 1
          jump block1(v0, v1)
        block1(v2: Int, v3: Int) loop:
          ChargeSteps #1 exit s0
          jump block1(v3, v2)
        s0: @main pc 0 {r1 = v2}
        """);
}
