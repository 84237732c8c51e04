using System.Linq;
using Lyra.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Enums in compiled code: their members are constants, a match tests shapes and positions, and no value is stored to.</summary>
public sealed class EnumTests
{
    private const string Shapes = """
        enum Shape {
            Circle(r: float)
            Rect(w: float, h: float = 2.0)
            Empty
            Point
            proc area(self) -> float {
                return match self { Circle{r} => r * r, Rect(w, h) => w * h, Empty => 0.0, Point => 0.5 }
            }
            proc unit() { return Rect(1.0) }
        }
        let shapes = [Shape.Circle(2.0), Shape.Rect(3.0), Shape.Empty, Shape.Point, Shape.unit()]

        """;

    [Fact]
    public void Methods_and_matches_run_without_exits()
    {
        BothTiers run = BothTiers.ShouldAgree(Shapes + """
            var total = 0.0
            var names = 0
            for i in 0..400 {
                let s = shapes[i % 5]
                total += s.area()
                names += s.ordinal + length(s.name)
            }
            print(total, names)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Counters.Exits().Values.Sum().ShouldBeLessThan(40);
    }

    [Fact]
    public void A_value_that_does_not_escape_is_not_made()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            enum Shape { Rect(w: int, h: int), Empty }
            var total = 0
            for i in 0..400 {
                let s = Shape.Rect(i, 2)
                total += match s { Shape.Rect(w, h) => w * h, _ => 0 }
            }
            print(total)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Nodes.ShouldNotContain(node => node.Op == IrOp.NewStruct);
    }

    [Fact]
    public void An_annotation_is_tested_in_line()
    {
        BothTiers run = BothTiers.ShouldAgree(Shapes + """
            proc code(s: Shape) -> int { return match s { Circle(_) => 1, Rect(...) => 2, Empty => 3, Point => 4 } }
            var total = 0
            for i in 0..400 { total += code(shapes[i % 5]) }
            print(total)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Nodes.ShouldNotContain(node => node.Op == IrOp.Call && node.ToString()!.Contains("SlotTakesAsIs"));
    }

    /// <summary>Each change is made in a loop that has been compiled for other values.</summary>
    [Theory]
    [InlineData("v.r = 1.0")]
    [InlineData("v.ordinal = 1")]
    [InlineData("v.name = \"x\"")]
    [InlineData("v.other = 1")]
    [InlineData("print(v.r)")]
    [InlineData("typed = same(\"Empty\")")]
    [InlineData("typed = same(nil)")]
    [InlineData("typed = same(Other.Empty)")]
    [InlineData("print(v < shapes[0])")]
    [InlineData("for x in same(Shape) { }")]
    [InlineData("Shape.parse(same(\"Circl\"))")]
    [InlineData("Shape.parse(same(\"Circle\"))")]
    [InlineData("Shape.nameOf(same(Other.Empty))")]
    [InlineData("Shape.Circle(same(\"a\"))")]
    [InlineData("Shape.Rect(...same([]))")]
    [InlineData("print(match [v] { [Shape.Circle(9.0)] => 1 })")]
    public void Errors_are_the_same_in_both_tiers(string change)
    {
        BothTiers run = BothTiers.ShouldAgree(Shapes + $$"""
            enum Other { Empty }
            proc same(v) { return v }
            var typed: Shape = Shape.Empty
            var errors = 0
            for i in 0..300 {
                let v = shapes[i % 5]
                try {
                    typed = v
                    if i % 37 == 36 { {{change}} }
                } catch e {
                    errors += 1
                    if errors < 3 { print(e.kind, e.message, e.line) }
                }
            }
            print(errors, typed)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Output.ShouldContain("Error");
    }

    [Theory]
    [InlineData("total += if v == shapes[(i + 1) % 5] { 1 } else { 0 }")]
    [InlineData("seen[v] = (seen[v] ?? 0) + 1")]
    [InlineData("total += if v in shapes { 1 } else { 0 }")]
    [InlineData("total += if v is Shape { 1 } else { 0 }")]
    [InlineData("total += if v is Shape.Empty { 1 } else { 0 }")]
    [InlineData("total += hash(v) % 7")]
    [InlineData("total += length(Shape.names) + Shape.ordinalOf(v)")]
    [InlineData("total += length(tostring(v))")]
    [InlineData("total += shapes.map(s => s.ordinal).sum()")]
    [InlineData("total += length([1.0, 2.0].map(Shape.Circle))")]
    [InlineData("total += match v { s: Shape => s.ordinal, _ => 9 }")]
    [InlineData("total += match [v, i] { [Shape.Rect{w: 3.0}, n] => n, [Shape.Empty | Shape.Point, n] => 2 * n, [_, n] => -n }")]
    [InlineData("total += match v { Shape.Circle(r) | Shape.Rect(r, _) => toint(r), Shape.Empty as e => e.ordinal, Point => 1 }")]
    [InlineData("if v is Shape.Point { break } else { total += 1 }")]
    public void Values_are_compared_kept_and_matched_alike(string use)
    {
        BothTiers run = BothTiers.ShouldAgree(Shapes + $$"""
            for round in 0..6 {
                var total = 0
                var seen = {}
                for i in 0..60 {
                    let v = shapes[(i * round) % 5]
                    {{use}}
                }
                print(total, seen)
            }
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Own_hooks_come_before_those_of_the_fields()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            enum Name {
                Plain(s: str)
                Quoted(s: str)
                None
                proc __eq(self, o) { return o is Name and self.ordinal % 2 == o.ordinal % 2 }
                proc __hash(self) { return self.ordinal % 2 }
                proc name(self) { return "own" }
            }
            let names = [Name.Plain("a"), Name.Quoted("b"), Name.None, Name.Plain("c")]
            var counts = {}
            var text = ""
            for i in 0..200 {
                let n = names[i % 4]
                counts[n] = (counts[n] ?? 0) + 1
                if i < 4 { text += n.name() + tostring(n == names[0]) }
            }
            print(counts, text)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Output.ShouldContain("owntrueownfalseowntrueowntrue");
    }

    [Fact]
    public void Many_cases_are_dispatched_by_a_table()
    {
        string cases = string.Join(", ", Enumerable.Range(0, 40).Select(n => $"C{n}"));
        string arms = string.Join(", ", Enumerable.Range(0, 40).Select(n => $"C{n} => {n * n}"));
        BothTiers run = BothTiers.ShouldAgree($$"""
            enum Big { {{cases}} }
            proc value(b: Big) -> int { return match b { {{arms}} } }
            let all = Big.cases
            var total = 0
            for i in 0..800 { total += value(all[i % 40]) }
            print(total)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Output.ShouldStartWith($"{20 * Enumerable.Range(0, 40).Sum(n => n * n)}\n");
    }
}
