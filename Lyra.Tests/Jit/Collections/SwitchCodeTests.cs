using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Matches over many ints or strs in compiled code.</summary>
public sealed class SwitchCodeTests
{
    private static bool Calls(BothTiers run, RegionHelper helper) =>
        run.Nodes.Exists(node => node.Op == IrOp.Call && ReferenceEquals(node.Payload, helper));

    /// <summary>Arms for ints, of which neighbours share results, with gaps, negative ones and the largest.</summary>
    private const string IntArms = """
        -9223372036854775807 => 1
        -20 => 2
        -19 => 2
        -1 => 3
        0 => 4
        1 => 4
        2 => 5
        3 => 4
        7 => 6
        8 => 7
        40 => 8
        1000000 => 9
        9223372036854775807 => 10
        _ => 11
        """;

    [Fact]
    public void An_int_is_found_by_comparisons()
    {
        BothTiers run = BothTiers.ShouldAgree($$"""
            proc arm(n) { return match n { {{IntArms}} } }
            var s = 0
            for i in 0..3_000 { s = (s * 3 + arm(i * 7919 % 70 - 25)) % 1_000_003 }
            print(s)
            """);

        run.Interpreted.ShouldNotContain(Opcode.Switch);
        Calls(run, RegionHelpers.TargetOfInt).ShouldBeFalse();
        Calls(run, RegionHelpers.TargetOf).ShouldBeFalse();
    }

    [Fact]
    public void The_largest_ints_and_values_of_other_kinds_find_their_arms()
    {
        BothTiers run = BothTiers.ShouldAgree($$"""
            proc arm(n) { return match n { {{IntArms}} } }
            let ints = [-9223372036854775807, -9223372036854775806, -21, -20, -19, -18, -2, -1, 0, 1, 2, 3, 4, 6, 7, 8, 9, 39, 40, 41,
                999999, 1000000, 1000001, 9223372036854775806, 9223372036854775807]
            let others = [2 ** 63, -(2 ** 63), -(2 ** 63) - 1, 2.0, 2.5, -0.0, "2", nil, true, [2]]
            for round in 0..40 {
                for n in ints { if round % 20 == 0 { print(n, arm(n)) } else { arm(n) } }
            }
            for round in 0..40 {
                for n in others { if round % 20 == 0 { print(n, arm(n)) } else { arm(n) } }
            }
            """);

        run.Interpreted.ShouldNotContain(Opcode.Switch);
    }

    [Fact]
    public void An_int_among_many_ranges_is_looked_up()
    {
        string arms = string.Join('\n', Enumerable.Range(0, 100).Select(static n => $"{3 * n} => {n % 5}"));
        BothTiers run = BothTiers.ShouldAgree($$"""
            proc arm(n) { return match n { {{arms}}
                _ => 7 } }
            var s = 0
            for i in 0..4_000 { s = (s * 3 + arm(i * 7919 % 320)) % 1_000_003 }
            print(s)
            """);

        Calls(run, RegionHelpers.TargetOfInt).ShouldBeTrue();
    }

    /// <summary>Strs that are literals, equal to literals, without an arm, empty, and too long for a comparison without a charge.</summary>
    [Fact]
    public void A_str_is_looked_up_without_its_value()
    {
        string arms = string.Join('\n', Enumerable.Range(0, 40).Select(static n => $"\"op{n}\" => {n}"));
        BothTiers run = BothTiers.ShouldAgree($$"""
            proc arm(text) { return match text { {{arms}}
                "" => 50
                _ => 60 } }
            let long = "op1" * 2_000
            var s = 0
            for i in 0..2_000 { s = (s * 3 + arm("op${i % 45}")) % 1_000_003 }
            for text in ["op1", "op2", "op39", "op40", "", "o", "op"] {
                for i in 0..50 { s = (s * 3 + arm(text)) % 1_000_003 }
            }
            for i in 0..100 { s = (s * 3 + arm(if i % 2 == 0 { long } else { "op7" })) % 1_000_003 }
            print(s)
            """);

        Calls(run, RegionHelpers.TargetOfText).ShouldBeTrue();
        Calls(run, RegionHelpers.TargetOf).ShouldBeFalse();
    }
}
