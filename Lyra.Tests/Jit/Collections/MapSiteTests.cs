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
        run.Nodes.Count(node => ReferenceEquals(node.Payload, RegionHelpers.FindKnown)).ShouldBe(2);
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

    [Theory]
    [InlineData("(x, i % 7)", nameof(RegionHelpers.FindPair))]
    [InlineData("(i % 3, x, -1)", nameof(RegionHelpers.FindTriple))]
    public void Tuples_of_ints_are_looked_up_without_being_made(string key, string helper)
    {
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            proc run(n) {
                let m = {}
                for i in 0..n * 20 { let x = i % 20; m[{{key}}] = i }
                var s = 0
                for i in 0..n { let x = i % 20; if {{key}} in m { s += m[{{key}}] } }
                return s
            }
            for k in 0..6 { print(run(40)) }
            print(run(2000))
            """,
            1);
        IrNode[] lookups = [.. run.Nodes.Where(node => node.Payload is RegionHelper { Name: var name } && name == helper)];
        IrBlock[] reading = [.. lookups.Select(static node => node.Block!).Where(static block =>
            block.Nodes.All(static node => !ReferenceEquals(node.Payload, RegionHelpers.StoreAt)))];
        reading.ShouldNotBeEmpty();
        reading.ShouldAllBe(static block => block.Nodes.All(static node => node.Op != IrOp.NewTuple && node.Op != IrOp.MakeTuple));
    }

    /// <summary>Each key equals each other one of its column, whether it has ints or floats, and is stored by its first form.</summary>
    [Fact]
    public void Tuples_of_ints_and_of_equal_floats_are_one_key()
    {
        BothTiers.ShouldAgree(
            """
            proc run(n) {
                let m = {}
                let s = set()
                let kept = [(1.0, 2), (3, 4.0, 5), (1, 2, 3, 4.0)]
                for k in kept { m[k] = "float"; s.add(k) }
                var found = 0
                for i in 0..n {
                    let one = i % 2
                    if (one, 2) in m { found += 1 }
                    if m[(3, 4, 4 + one)] == "float" { found += 10 }
                    if (one, 2, 3, 4) in s { found += 100 }
                    if s.has((one, 2)) { found += 1000 }
                    if (one, 2.5) in m or (2 ** 70, 2) in m or ("1", 2) in m { found += 10000 }
                    m[(one + 0.0, i % 12)] = i
                    m[(9, i, one)] = (m[(9, i, one)] ?? 0) + 1
                    if i > 6 { m.remove((9, i - 5, (i - 5) % 2)); m.remove((9.0, i - 6, (i - 6) % 2)) }
                }
                return [found, m, s]
            }
            for k in 0..8 { print(run(30)) }
            """,
            1);
    }
}
