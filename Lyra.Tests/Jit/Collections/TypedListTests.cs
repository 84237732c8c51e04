using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Stores into lists with an element type: compiled code converts the values itself.</summary>
public sealed class TypedListTests
{
    [Theory]
    [InlineData("i8", "i * 37")]
    [InlineData("u8", "i * 37 - 900")]
    [InlineData("i16", "i * 7919")]
    [InlineData("u16", "-i * 7919")]
    [InlineData("i32", "i * 123456789")]
    [InlineData("u32", "-i * 123456789")]
    [InlineData("i64", "i - 700")]
    [InlineData("u64", "i * 123456789")]
    [InlineData("int", "i - 700")]
    [InlineData("float", "i")]
    [InlineData("float", "i / 3.0")]
    [InlineData("f32", "i")]
    [InlineData("f32", "i / 3.0")]
    [InlineData("bool", "i % 3 == 0")]
    public void Stores_and_appends_of_numbers_need_no_call_for_the_conversion(string type, string value)
    {
        string initial = type is "float" or "f32" ? "0.0" : type == "bool" ? "false" : "0";
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            proc run(n) {
                var xs: [{{type}}] = [{{initial}}] * 8
                var grown: [{{type}}] = [{{initial}}]
                for i in 0..n {
                    xs[i & 7] = {{value}}
                    grown.push({{value}})
                }
                return (xs, grown)
            }
            print(run(1500))
            """,
            5);

        run.Counters.Deoptimizations.ShouldBeLessThan(10, type);
        run.Nodes.Select(node => node.Payload).ShouldNotContain(RegionHelpers.StoreElement);
        run.Nodes.Select(node => node.Payload).ShouldNotContain(RegionHelpers.AppendValue);
    }

    [Theory]
    [InlineData("str", "\"a\"", "\"n${i}\"")]
    [InlineData("Point", "Point(0)", "Point(i)")]
    [InlineData("str?", "nil", "if i % 2 == 0 { nil } else { \"odd\" }")]
    [InlineData("any", "\"a\"", "i")]
    [InlineData("(int, str)", "(1, \"a\")", "(i, \"b\")")]
    public void Stores_of_objects_are_checked_in_the_loop(string type, string initial, string value)
    {
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            struct Point { x }
            proc run(n) {
                var xs: [{{type}}] = [{{initial}}, {{initial}}]
                var grown: [{{type}}] = [{{initial}}]
                for i in 0..n {
                    xs[i & 1] = {{value}}
                    grown.push({{value}})
                }
                return "${xs} ${length(grown)} ${grown[n - 1]}"
            }
            print(run(1500))
            """,
            5);

        run.Counters.Deoptimizations.ShouldBeLessThan(20);
        run.Nodes.Select(node => node.Payload).ShouldNotContain(RegionHelpers.StoreElement);
        run.Nodes.Select(node => node.Payload).ShouldContain(RegionHelpers.AppendValue);
    }

    [Theory]
    [InlineData("[u64]", "0", "if i == 900 { -1 } else { i }")]
    [InlineData("[u32]", "0", "if i == 900 { 1 << 70 } else { i }")]
    [InlineData("[int]", "0", "if i == 900 { 1 << 70 } else { i }")]
    [InlineData("[int]", "0", "if i == 900 { \"text\" } else { i }")]
    [InlineData("[i32]", "0", "if i == 900 { 1.5 } else { i }")]
    [InlineData("[f32]", "0.0", "if i == 900 { 1 << 70 } else { i / 8 }")]
    [InlineData("[str]", "\"\"", "if i == 900 { 7 } else { \"x\" }")]
    [InlineData("[bool]", "false", "if i == 900 { 1 } else { i == 7 }")]
    [InlineData("[Point]", "Point(0)", "if i == 900 { Size(0) } else { Point(i) }")]
    public void A_value_that_the_storage_cannot_hold_is_left_to_the_interpreter(string type, string initial, string value)
    {
        foreach (string store in (string[])["xs[i & 3] = v", "xs.push(v)"])
        {
            BothTiers.ShouldAgree(
                $$"""
                struct Point { x }
                struct Size { x }
                proc run(n) {
                    var xs: {{type}} = [{{initial}}, {{initial}}, {{initial}}, {{initial}}]
                    var seen = 0
                    for i in 0..n {
                        let v = {{value}}
                        try { {{store}} } catch e { print(i, e.message) }
                        seen += 1
                    }
                    return "${seen} ${length(xs)} ${xs[0]} ${xs[n - 1 & 3]}"
                }
                print(run(1500))
                """,
                5);
        }
    }

    [Theory]
    [InlineData("[0] * 8")]
    [InlineData("[0, 1.5, 2, 3, 4, 5, 6, 7]")]
    public void A_list_of_ints_that_becomes_a_list_of_floats_stores_floats(string initial)
    {
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            proc run(n) {
                var xs: [f32] = {{initial}}
                for i in 0..n { xs[i & 7] = xs[i & 7] + i / 3 }
                return xs
            }
            print(run(1500))
            """,
            5);

        run.Counters.Deoptimizations.ShouldBeLessThan(10);
        run.Nodes.ShouldContain(node => node.Op == IrOp.StoreFloat);
    }

    [Fact]
    public void Numbers_among_other_values_are_converted_in_the_loop()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc run(n) {
                var xs: [f32?] = [nil, 0, 0, 0]
                var ys: [u8?] = [nil, 0, 0, 0]
                for i in 0..n {
                    xs[i & 3] = i / 3.0
                    ys[i & 3] = i
                }
                return (xs, ys)
            }
            print(run(1500))
            """,
            5);

        run.Counters.Deoptimizations.ShouldBeLessThan(10);
        run.Nodes.Select(node => node.Payload).ShouldNotContain(RegionHelpers.StoreElement);
    }

    [Fact]
    public void Lists_of_several_element_types_take_turns()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc fill(xs, n) {
                for i in 0..n { xs[i & 3] = i * 300 }
            }
            var bytes: [u8] = [0] * 4
            var words: [u16] = [0] * 4
            var plain = [0] * 4
            for round in 0..30 {
                fill(bytes, 100 + round)
                fill(words, 100 + round)
                fill(plain, 100 + round)
            }
            print(bytes, words, plain)
            """,
            5);

        run.Counters.CompiledSteps.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void The_element_type_of_a_list_is_tested_once_per_loop()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc run(n) {
                var xs: [u32] = [1] * 64
                for i in 16..n { xs[i & 63] = xs[i - 15 & 63] + xs[i - 7 & 63] * 3 }
                return xs
            }
            print(run(3000))
            """,
            5);

        IrBlock[] stores = [.. run.Nodes.Where(node => node.Op == IrOp.StoreInt).Select(node => node.Block!)];
        stores.ShouldNotBeEmpty();
        stores[^1].Nodes.ShouldNotContain(node => node.Op == IrOp.ListElementKind);
    }
}
