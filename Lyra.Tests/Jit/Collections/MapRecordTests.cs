using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Maps that are made from literals, and read under constant keys, in compiled loops.</summary>
public sealed class MapRecordTests
{
    [Fact]
    public void A_literal_with_constant_keys_is_made_by_its_shape()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc f(n) {
                var s = 0
                var last = nil
                for i in 0..n {
                    let r = {"id": i, "name": "n", "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": i * 2}
                    s += r.id + r["h"] + r.a
                    last = r
                }
                print(s, last, keys(last))
            }
            f(200)
            """);

        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.MakeRecord));
        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.FindKnown));
    }

    [Fact]
    public void Maps_of_several_shapes_and_tables_meet_at_one_site()
    {
        BothTiers.ShouldAgree("""
            proc of(i) {
                if i % 4 == 0 { return {"x": i, "y": 1} }
                if i % 4 == 1 { return {"y": 2, "x": i} }
                return if i % 4 == 2 { ({1: 2, "x": i}) } else { ({"y": 3}) }
            }
            proc f(n) {
                var s = 0
                for i in 0..n {
                    let m = of(i)
                    s += m["x"] ?? -1
                    s += m["y"] ?? 100
                    m["x"] = s
                    m["z"] = 1
                    if i % 7 == 0 { m.remove("y") }
                    s += m["x"] + length(m)
                }
                print(s)
            }
            f(300)
            """);
    }

    [Fact]
    public void An_empty_map_gets_its_shape_by_members()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc f(n) {
                var s = 0
                let kept = []
                for i in 0..n {
                    let m = {}
                    m.id = i
                    m.name = "n"
                    if i % 3 == 0 { m.extra = [i] }
                    m.id += 1
                    s += m.id + length(m)
                    if i > n - 4 { kept.push(m) }
                }
                print(s, kept)
            }
            f(200)
            """);

        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.StoreMember));
        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.FindKnown));
    }

    [Fact]
    public void A_literal_with_a_key_twice_keeps_the_last_value()
    {
        BothTiers.ShouldAgree("""
            proc f(n) {
                var s = 0
                for i in 0..n { let m = {"a": i, "b": 2, "a": 5}; s += m.a + length(m); if i == n - 1 { print(m) } }
                print(s)
            }
            f(100)
            """);
    }

    [Fact]
    public void Keys_are_added_and_removed_while_the_code_reads_others()
    {
        BothTiers.ShouldAgree("""
            proc f(n) {
                let m = {"total": 0, "step": 2}
                for i in 0..n {
                    m["total"] = m["total"] + m["step"]
                    if i % 5 == 0 { m["extra"] = i }
                    if i % 5 == 3 { m.remove("extra") }
                    if i == 70 { m.remove("step"); m["step"] = 3 }
                }
                print(m)
            }
            f(100)
            """);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(20_000)]
    [InlineData(60_000)]
    public void A_memory_limit_is_reached_at_the_same_literal(long memory) => ShouldStopAlike(
        """kept.push({"id": i, "name": "n", "price": 1.5})""", memory, RegionHelpers.MakeRecord);

    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    public void A_memory_limit_is_reached_at_the_same_member(long memory) => ShouldStopAlike(
        "let m = {}; m.id = i; m.name = \"n\"; m.price = 1.5; m.rank = 2; m.tax = 3; kept.push(m)", memory, RegionHelpers.StoreMember);

    private static void ShouldStopAlike(string body, long memory, RegionHelper helper)
    {
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            proc f(n) {
                let kept = []
                for i in 0..n { {{body}} }
                return length(kept)
            }
            var done = 0
            try { for k in 0..40 { done += f(k * 20) } } catch e { print("stopped", e.kind) }
            print(done)
            """,
            new() { HotLoop = 7, HotProc = int.MaxValue, HotExit = 2 },
            memory + 100_000);

        run.Nodes.Any(node => ReferenceEquals(node.Payload, helper)).ShouldBeTrue();
    }
}
