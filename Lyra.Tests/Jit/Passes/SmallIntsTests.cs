using Lyra.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class SmallIntsTests
{
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
