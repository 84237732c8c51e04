using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Sites at which the map has always contained the key.</summary>
public sealed class MapSiteTests
{
    [Fact]
    public void A_constant_key_is_looked_up_in_front_of_the_loop()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc run(n) {
                let m = { "total": 0, "step": 2 }
                for i in 0..n { m["total"] = m["total"] + m["step"] }
                return m
            }
            print(run(500))
            """,
            5);
        IrBlock[] loop = [.. run.Nodes.Where(node => node.Op == IrOp.LoadMapValue).Select(node => node.Block!).Distinct()];
        loop.ShouldHaveSingleItem().Nodes.ShouldNotContain(node => node.Op == IrOp.Call);
        run.Nodes.Count(node => ReferenceEquals(node.Payload, RegionHelpers.FindText)).ShouldBe(2);
    }

    [Fact]
    public void A_key_that_is_sometimes_missing_exits_only_until_the_region_is_recompiled()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc run(n) {
                var m = { "a": 0 }
                var s = 0
                for i in 0..n {
                    if i % 10 == 9 { m = {} }
                    if m["a"] == nil { s += 1 }
                    m["a"] = i
                }
                return s
            }
            print(run(4000))
            """,
            3);
        run.Counters.Deoptimizations.ShouldBeLessThan(60);
        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.StoreAt));
    }
}
