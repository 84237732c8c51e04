using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>
/// Fields without annotations whose values were all ints, all floats or all bools: their kind is checked once for all, by the version of
/// their shape, and a value of another kind ends that.
/// </summary>
public sealed class FieldTypesTests
{
    [Fact]
    public void Fields_of_one_kind_are_read_and_written_without_looking_at_the_kind()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct Body { x; speed; hits; isOpen }
            var all = [Body(0.5, 1.5, 0, true), Body(2.5, -0.5, 3, false)]
            for i in 0..300 {
                var b = all[i % 2]
                b.x += b.speed
                b.speed = -b.speed
                b.hits += i
                if b.isOpen { b.hits -= 1 }
                b.isOpen = i % 3 == 0
            }
            print(all[0].x, all[1].x, all[0].hits, all[1].hits, all[0].isOpen)
            """);

        IrOp[] ops = [.. run.Nodes.Select(node => node.Op)];
        ops.ShouldContain(IrOp.LoadFieldFloat);
        ops.ShouldContain(IrOp.LoadFieldInt);
        ops.ShouldContain(IrOp.LoadFieldBool);
        ops.ShouldContain(IrOp.StoreFieldFloat);
        ops.ShouldContain(IrOp.StoreFieldInt);
        ops.ShouldNotContain(IrOp.LoadField);
        ops.ShouldNotContain(IrOp.UnboxFloat);
        run.Interpreted.ShouldNotContain(Opcode.SetField);
    }

    /// <summary>Each is the only place of its program that stores another kind.</summary>
    [Theory]
    [InlineData("p.x = \"text\"")]
    [InlineData("p.x = nil")]
    [InlineData("p.x = 7")]
    [InlineData("p.x = 1 < 2")]
    [InlineData("all[1] = P(nil, 1)")]
    [InlineData("all = [P(3, 4), P(p.x, p.n)]")]
    [InlineData("change(all[0])")]
    [InlineData("[1].map(e => change(all[e - 1]))")]
    [InlineData("p.n = 9223372036854775807 + 1")]
    [InlineData("var d = { 1: p }[1]; d.x = d")]
    [InlineData("let q = P(0.5, 1); q.x = [q.n]; all[0].n += 1")]
    public void A_value_of_another_kind_ends_it(string change)
    {
        BothTiers.ShouldAgree($$"""
            struct P { x; n }
            proc change(p) { p.x = [p.n] }
            proc total(p) { return "${p.x}/${p.n}" }
            var all = [P(0.5, 1), P(1.5, 2)]
            var s = 0.0
            var texts = []
            for round in 0..8 {
                for i in 0..40 {
                    try {
                        var p = all[i % 2]
                        s += p.x * p.n
                        p.n += 1
                        var copy = P(p.x, p.n)
                        copy.x += 1.0
                        s -= copy.x
                        if round == 3 and i == 23 { {{change}} }
                        if i == 39 { texts.push(total(p)); texts.push(total(copy)) }
                    } catch e { texts.push(e.message) }
                }
            }
            print(s, texts.join("\n"))
            """);
    }

    /// <summary>
    /// The object from before the loop is replaced by its fields, which are loaded in front of the loop, where no guard on the version is.
    /// </summary>
    [Fact]
    public void An_object_that_a_loop_dissolves_is_checked_where_it_comes_from()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct P { x; n }
            proc walk(p, count) {
                for i in 0..count { p = P(p.x + 0.5, p.n + 1) }
                return p
            }
            var texts = []
            var starts = [P(0.5, 1), P(1.5, 2)]
            for i in 0..60 {
                if i == 40 { starts[1].x = "text" }
                if i == 50 { starts[0].n = nil }
                try { let p = walk(starts[i % 2], i % 7); texts.push("${p.x} ${p.n}") } catch e { texts.push(e.message) }
            }
            print(texts.join("\n"))
            """);

        run.Nodes.Select(node => node.Op).ShouldContain(IrOp.FieldVersion);
    }

    [Fact]
    public void A_field_that_changes_its_kind_again_and_again_stays_compiled()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            struct Cell { value }
            let c = Cell(0)
            var s = 0
            for i in 0..3000 {
                if i % 3 == 0 { c.value = i } else if i % 3 == 1 { c.value = 0.5 } else { c.value = "abc" }
                if c.value == "abc" { s += 1 } else if c.value == 0.5 { s += 10 } else { s += c.value % 7 }
            }
            print(s)
            """,
            30);

        run.Counters.CompiledSteps.ShouldBeGreaterThan(20_000);
    }
}
