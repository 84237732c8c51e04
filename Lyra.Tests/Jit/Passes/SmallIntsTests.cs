using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class SmallIntsTests
{
    private readonly SmallInts _pass = new();

    [Fact]
    public void The_start_of_a_counter_and_its_limit_are_guarded() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Int = UnboxInt v0 #1 exit s0
          v2: Any = LoadRegister r1
          v3: Int = UnboxInt v2 #1 exit s0
          v4: Int = ConstInt 1
          jump block1(v1)
        block1(v5: Int) loop:
          v6: Int = AddIntChecked v5, v4 exit s1
          v7: Bool = LeInt v6, v3
          Guard v7 exit s1
          jump block1(v6)
        s0: @main pc 0 {}
        s1: @main pc 3 {r0 = v5}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Int = UnboxInt v0 exit s0
          GuardSmall v1 exit s0
          v2: Any = LoadRegister r1
          v3: Int = UnboxInt v2 exit s0
          GuardSmall v3 exit s0
          v4: Int = ConstInt 1
          jump block1(v1)
        block1(v5: Int) loop:
          v6: Int = AddIntChecked v5, v4 exit s1
          v7: Bool = LeInt v6, v3
          Guard v7 exit s1
          jump block1(v6)
        s0: @main pc 0 {}
        s1: @main pc 3 {r0 = v5}
        """);

    /// <summary>A sum may be small when the loop is recorded and large at the next entry.</summary>
    [Fact]
    public void The_first_value_of_a_sum_is_not_speculated_on() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Int = UnboxInt v0 #1 exit s0
          v2: Int = ConstInt 3
          jump block1(v1)
        block1(v5: Int) loop:
          v6: Int = AddIntChecked v5, v2 exit s1
          jump block1(v6)
        s0: @main pc 0 {}
        s1: @main pc 3 {r0 = v5}
        """);

    /// <summary>Products of counters below a limit need no check, until a limit occurs that is not small.</summary>
    [Fact]
    public void A_failed_speculation_is_not_repeated()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc squares(from, limit) {
                var last = 0
                var i = from
                while i < limit {
                    last = i * i
                    i += 1
                }
                return last
            }
            for _ in 0..20 { print(squares(0, 50)) }
            for _ in 0..20 { print(squares(5000000000, 5000000050)) }
            for _ in 0..20 { print(squares(-5, 5000)) }
            for _ in 0..20 { print(squares(9223372036854775700, 9223372036854775807)) }
            """);
        run.Counters.Compiled.ShouldBeLessThan(8);
        run.Nodes.ShouldContain(node => node.Op == IrOp.GuardSmall);
    }
}
