using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class JumpThreadingTests
{
    private readonly JumpThreading _pass = new();

    [Fact]
    public void A_bool_with_other_uses_is_kept() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Bool = UnboxBool v0 exit s0
          branch v1 block1 block2
        block1:
          jump block3(v1)
        block2:
          jump block3(v1)
        block3(v4: Bool):
          branch v4 block4 block5
        block4:
          exit s1
        block5:
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 4 {r1 = v4}
        s2: @main pc 6 {}
        """);

    /// <summary>Otherwise the loop head would get a second entry.</summary>
    [Fact]
    public void A_branch_to_a_loop_is_kept() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Bool = UnboxBool v0 exit s0
          branch v1 block1 block2
        block1:
          jump block3(v1)
        block2:
          jump block3(v1)
        block3(v4: Bool):
          branch v4 block4 block5
        block4 loop:
          ChargeSteps #1 exit s1
          jump block4
        block5:
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 4 {}
        s2: @main pc 6 {}
        """);

    [Theory]
    [InlineData("a > 3 and b > 3")]
    [InlineData("a > 3 or b > 3")]
    [InlineData("not (a > 3 and b > 3) or a == b")]
    [InlineData("(a > 3 or b > 5) and (a < 7 or not (b < 2))")]
    public void Joined_conditions_evaluate_the_same(string condition) => BothTiers.ShouldAgree(
        $$"""
        proc holds(a, b) { return {{condition}} }
        var yes = 0
        for i in 0..40 {
            for k in 0..10 {
                let h = holds(k, i % 9)
                if h { yes += k } else { yes -= 1 }
                if not holds(i % 9, k) { yes += 100 }
            }
        }
        print(yes)
        """);

    /// <summary>Loops with two exits count steps correctly: the budget is stored on both.</summary>
    [Fact]
    public void Loops_with_two_ends_charge_their_steps() => BothTiers.ShouldAgree(
        """
        var found = 0
        let items = [5, 8, 2, 9, 4]
        for round in 0..60 {
            var i = 0
            while i < 5 and items[i] != round % 11 { i += 1 }
            found += i
        }
        print(found)
        """);
}
