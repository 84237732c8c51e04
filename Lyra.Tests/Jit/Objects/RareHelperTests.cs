using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Helpers of compiled code that few programs call. Coverage of the tests by lines (docs/testing.md) showed them.</summary>
public sealed class RareHelperTests
{
    [Theory]
    [InlineData(nameof(RegionHelpers.AcosOf), "total += math.acos(x)")]
    [InlineData(nameof(RegionHelpers.AsinOf), "total += math.asin(x)")]
    [InlineData(nameof(RegionHelpers.AtanOf), "total += math.atan(x)")]
    [InlineData(nameof(RegionHelpers.TakeLastFloat), "floats.push(x); total += floats.pop()")]
    [InlineData(nameof(RegionHelpers.TakeAt), "floats.push(x); floats.push(0.5); total += floats.removeAt(0)")]
    [InlineData(nameof(RegionHelpers.InsertAt), "floats.insert(0, x); if length(floats) > 9 { total += floats.pop() }")]
    [InlineData(nameof(RegionHelpers.IsIntBetween), "match i % 20 { 3..8 | 12..=15 => total += 1.0, _ => total += 0.25 }")]
    [InlineData(nameof(RegionHelpers.IsFloatBetween), "match x * 8.0 { 2..5 => total += 1.0, -1..=0 => total -= 0.5, _ => total += 0.25 }")]
    [InlineData(nameof(RegionHelpers.IsBetween), "match [i, x, nil, \"t\"][i % 4] { 0..100 => total += 1.0, _ => total += 0.25 }")]
    [InlineData(nameof(RegionHelpers.MakeTyped), "var made: {str: float}; made[\"a\"] = x; total += made[\"a\"]")]
    public void A_loop_that_calls_it_gives_the_same_in_both_tiers(string helper, string body)
    {
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            import math
            proc work(n) {
                var total = 0.5
                var floats = [1.5, 2.5]
                for i in 0..n { let x = (i % 7) / 8.0; {{body}} }
                return total
            }
            print(work(200))
            """);

        run.Nodes.Select(node => (node.Payload as RegionHelper)?.Name).ShouldContain(helper);
    }

    [Fact]
    public void Whether_a_range_contains_a_value_is_decided_in_compiled_code()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc work(n) {
                var total = 0
                for i in 0..n {
                    let r = 3..=i
                    if r.contains(i % 9) { total += 1 }
                    if r.contains(i / 2.0) { total += 100 }
                    if (0..10).contains("x") { total += 10_000 }
                }
                return total
            }
            print(work(200))
            """);

        run.Interpreted.ShouldNotContain(Opcode.CallMethod);
        run.Nodes.Select(node => node.Op).ShouldNotContain(IrOp.CallInterpreter);
    }

    [Fact]
    public void Fields_of_many_structs_are_read_and_written_at_one_site()
    {
        string[] names = [.. Enumerable.Range(0, 24).Select(i => $"S{i}")];
        string structs = string.Join('\n', names.Select((name, i) => i % 3 == 0
            ? $"struct {name} {{ a; b; v: int }}"
            : $"struct {name} {{ a; v }}"));
        string makes = string.Join(", ", names.Select((name, i) => i % 3 == 0 ? $"{name}(1, 2, {i})" : $"{name}(1, {i})"));

        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            {{structs}}
            proc work(xs, n) {
                var total = 0
                for i in 0..n {
                    let x = xs[i % length(xs)]
                    x.v = x.v + i
                    total += x.v
                }
                return total
            }
            print(work([{{makes}}], 900))
            """);

        run.Nodes.Select(node => node.Payload).ShouldContain(RegionHelpers.FieldOfAnyShape);
        run.Nodes.Select(node => node.Payload).ShouldContain(RegionHelpers.TryStoreFieldOfAnyShape);
    }
}
