using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>
/// Slots whose annotation is a union: a value of one of the types is stored without a call, another one leaves the region.
/// </summary>
public sealed class UnionTests
{
    [Fact]
    public void Values_of_known_kinds_are_stored_without_a_check()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            type Id = int | str
            proc first(x: Id) -> Id { return x }
            var total = 0
            var texts = 0
            for i in 0..300 {
                let n: Id = i * 2
                total += n
                let t: str | nil = "a${i}"
                texts += length(t)
                if first(i) is int { total += 1 }
            }
            print(total, texts)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Interpreted.ShouldNotContain(Opcode.CheckSlot);
        run.Nodes.ShouldNotContain(node => node.Op == IrOp.Call && node.ToString()!.Contains("SlotTakesAsIs"));
    }

    /// <summary>Each is the only place that stores a value of another kind, or one that the slot converts.</summary>
    [Theory]
    [InlineData("x = same(nil)")]
    [InlineData("x = same(1.5)")]
    [InlineData("x = same(300)")]
    [InlineData("x = same([i])")]
    [InlineData("x = same(P(i))")]
    [InlineData("x = same((i, \"a\"))")]
    [InlineData("x = same((\"a\", i))")]
    [InlineData("p.value = same(i * 1000)")]
    [InlineData("p.value = same(true)")]
    [InlineData("xs.push(same(nil))")]
    [InlineData("xs[0] = same(i)")]
    public void A_value_of_another_kind_is_stored_converted_or_refused(string change)
    {
        BothTiers run = BothTiers.ShouldAgree($$"""
            struct P { value: u8 | str | P = 0 }
            proc same(v) { return v }
            var x: str | u8 | P | (u8, str) = 0
            var p = P(1)
            var xs: [i16 | str] = [1]
            var errors = 0
            for round in 0..6 {
                for i in 0..40 {
                    try {
                        x = i % 7
                        p.value = i % 5
                        xs[0] = i
                        if round >= 3 and i % 11 == 5 { {{change}} }
                    } catch e {
                        errors += 1
                        if errors < 3 { print(e.message) }
                    }
                    if i % 13 == 0 { print(x, p.value, xs[0], length(xs)) }
                }
            }
            print(errors)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_pattern_with_a_union_is_decided_by_the_kind()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct P { x }
            type Number = int | float
            proc kind(v) {
                return match v {
                    n: Number => 1
                    p: (P | str) => 2
                    _: (nil | bool) => 3
                    _ => 4
                }
            }
            let values = [1, 2.5, P(1), "a", nil, true, [], 2 ** 70]
            var sum = 0
            for i in 0..400 {
                sum = sum * 3 % 1000 + kind(values[i % 8])
                sum += kind(i) + kind(i * 0.5) + kind("t")
            }
            print(sum)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Interpreted.ShouldNotContain(Opcode.TestType);
    }
}
