using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>Sums of elements whose type bounds them, and of results that are bounded whatever the operands are, need no check.</summary>
public sealed class ElementRangeTests
{
    /// <summary>Each type of element, with its largest and smallest values, which wrap around when they are stored.</summary>
    private const string Types =
        """
        proc sums(xs) {
            var s = 0
            for i in 1..length(xs) { s = (s + (xs[i] * xs[i - 1] + xs[i]) % 1000003) % 1000003 }
            for x in xs { s = (s * 3 + x) % 1000003 }
            for i in 1..length(xs) {
                xs[i] = xs[i] + xs[i - 1] * 5 + 1
                s = s ^ xs[i]
            }
            return s
        }
        let edges = [0, 1, -1, 127, 128, 255, 32767, 65535, 2147483647, 2147483648, 4294967295, 9223372036854775807, -9223372036854775808]
        proc all(n) {
            for k in 0..n {
                let a: [i8] = edges
                let b: [i16] = edges
                let c: [i32] = edges
                let d: [i64] = edges
                let e: [u8] = edges
                let f: [u16] = edges
                let g: [u32] = edges
                let h: [u64] = edges
                for xs in [a, b, c, d, e, f, g, h] { print(sums(xs)) }
            }
        }
        all(3)
        """;

    private const string U32 =
        """
        import bits
        proc mix(xs: [u32]) {
            var s = 0
            for k in 0..20 {
                for i in 2..length(xs) {
                    let x = xs[i] + xs[i - 1] + xs[i - 2] + bits.rotru32(k - i, 7) + bits.rotlu32(-i, k) + bits.popcount(s)
                    xs[i] = x
                    s = s ^ x
                }
            }
            return s
        }
        let xs: [u32] = [0xFFFFFFFF, 7, 0x80000000] * 8
        print(mix(xs))
        """;

    [Fact]
    public void Every_type_of_element() => BothTiers.ShouldAgree(Types, 2, 7, 30);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_type_of_element_under_stress(int seed) => BothTiers.ShouldAgree(Types, TierOptions.Stressed(seed));

    [Fact]
    public void Sums_of_bounded_elements_are_not_checked()
    {
        BothTiers run = BothTiers.ShouldAgree(U32, 20);
        run.Operations.Values.ShouldAllBe(ops => !ops.Contains(IrOp.AddIntChecked));
    }

    /// <summary>The type of the elements is guarded: a list without one, met later, has elements that overflow.</summary>
    [Fact]
    public void A_list_of_another_type_later()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc sum(xs) {
                var s = 0
                for i in 1..length(xs) { s = s ^ xs[i] + xs[i - 1] }
                return s
            }
            let small: [i32] = [2147483647, -2147483648, 5] * 30
            let large = [9223372036854775807, 1, -9223372036854775808] * 30
            let wide: [i64] = large
            for k in 0..3 { print(sum(small)) }
            for k in 0..3 { print(sum(large), sum(wide), sum(small)) }
            """,
            10,
            40);
        run.Counters.Deoptimizations.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_lesser_and_the_greater_of_two_ints()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc clamped(xs) {
                var s = 0
                for k in 0..30 { for x in xs { s = (max(0, min(x, 1000)) * 7 + max(min(-5, x), -100) + s) % 65521 } }
                return s
            }
            print(clamped([0, 1000, 1001, 50, -5, -100, -101, 9223372036854775807, -9223372036854775808]))
            """,
            30);
        IEnumerable<IrOp> operations = run.Operations.Values.SelectMany(ops => ops);
        operations.ShouldNotContain(IrOp.MulIntChecked);
    }

    [Fact]
    public void Bytes_are_small()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc sum(data) {
                var s = 0
                for k in 0..30 { for i in 0..length(data) { s = (s + data[i] * data[i]) % 65521 } }
                return s
            }
            print(sum(bytes([0, 1, 254, 255, 128] * 9)))
            """,
            40);
        run.Operations.Values.ShouldAllBe(ops => !ops.Contains(IrOp.MulIntChecked));
    }
}
