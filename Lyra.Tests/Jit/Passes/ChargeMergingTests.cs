using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class ChargeMergingTests
{
    private readonly ChargeMerging _pass = new();

    [Fact]
    public void Nothing_is_charged_before_operations_that_read_the_budget() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          ChargeSteps #7 exit s0
          v1: Int = CallInterpreter exit s1
          ChargeSteps #3 exit s2
          exit s3
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {}
        s3: @main pc 3 {}
        """);

    [Fact]
    public void Two_frequent_paths_charge_their_own_steps() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Bool = UnboxBool v0 exit s0
          ChargeSteps #7 exit s0
          branch v1 block1 block2
        block1:
          ChargeSteps #3 exit s1
          jump block3
        block2:
          ChargeSteps #4 exit s2
          jump block3
        block3:
          exit s3
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {}
        s3: @main pc 3 {}
        """);

    /// <summary>
    /// Limits trip at the same step although steps are charged in advance: the test tries every limit near the end of a run.
    /// </summary>
    [Theory]
    [InlineData("var s = 0\nfor i in 0..400 { s += half(i) + half(s % 7) }\nprint(s)")]
    [InlineData("var s = 0\nvar i = 0\nwhile i < 300 { if half(i) > 40 { s += half(i + 1) } else { s -= half(s) }\ni += 1 }\nprint(s)")]
    [InlineData("let out = []\nfor x in [1, 5, 9, 2] * 60 { out.push(half(x)) }\nprint(length(out))")]
    public void Limits_trip_at_the_same_step(string main)
    {
        string source = "proc half(n) { return (n - n % 2) / 2 }\n" + main;
        for (long limit = 800; limit < 3200; limit += 37)
        {
            BothTiers.ShouldAgreeWithin(limit, source, 3);
        }
    }
}
