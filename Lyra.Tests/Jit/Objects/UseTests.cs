using System.Linq;
using Lyra.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Structs that use others in compiled code: access as in any struct, and tests of types that several structs pass.</summary>
public sealed class UseTests
{
    private const string Units = """
        struct Position { x: int = 0, y: int = 0
            proc move(self, dx) { self.x += dx; return self.x + self.y }
            proc where(self) { return "${self.x}" } }
        struct Health { hp = 10
            proc hurt(self, n) { self.hp -= n; return self.hp } }
        struct Unit { use Position
            tag: str = "u"
            use Health
            proc where(self) { return self.tag + Position.where(self) } }
        struct Hero { use Unit
            hp = 100 }
        struct Stone { weight = 1 }
        let units = [Unit(), Hero(1, 2), Position(5), Unit(tag: "v")]

        """;

    [Fact]
    public void Access_costs_what_it_costs_in_any_struct()
    {
        BothTiers run = BothTiers.ShouldAgree(Units + """
            let u = Hero()
            var total = 0
            for i in 0..400 {
                total += u.move(1) + u.hurt(0)
                u.y = i % 3
            }
            print(total, u)
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Nodes.ShouldNotContain(node => node.Op == IrOp.Call);
        run.Counters.Exits().Values.Sum().ShouldBeLessThan(20);
    }

    /// <summary>Each test sees instances of the struct, of those that use it, and of others.</summary>
    [Theory]
    [InlineData("total += if v is Position { 1 } else { 0 }")]
    [InlineData("total += if v is Unit { 2 } else { 1 }")]
    [InlineData("total += if v is not Hero { 2 } else { 1 }")]
    [InlineData("total += match v { Hero{hp} => hp, Unit{tag: \"v\"} => 7, Position{x} => x, _ => -1 }")]
    [InlineData("total += match v { Position{x: 5} => 1, Unit{} => 2, Health{hp: 10} => 3, Stone{weight} => 4, Hero{} => 5, _ => 6 }")]
    [InlineData("total += match v { h: Hero => h.hp, u: Unit => 3, p: Position => p.x, s: Stone => s.weight, _ => 9 }")]
    [InlineData("total += match [v, i] { [Unit{x}, n] => x + n, [Position{}, n] => n, _ => 1 }")]
    [InlineData("total += place(v)")]
    [InlineData("typed = v; total += typed.x")]
    [InlineData("kept.push(v); total += length(kept)")]
    [InlineData("holder.at = v; total += 1")]
    public void Types_take_the_structs_that_use_them(string use)
    {
        BothTiers run = BothTiers.ShouldAgree(Units + $$"""
            proc same(v) { return v }
            proc place(p: Position) -> int { return p.x + p.y }
            struct Holder { at: Position? = nil }
            let others = [Stone(3), 5, nil]
            for round in 0..4 {
                var total = 0
                var errors = 0
                var typed: Position = Position()
                var kept: [Unit] = []
                let holder = Holder()
                for i in 0..80 {
                    let v = if i % 9 == 8 { same(others[i % 3]) } else { same(units[(i + round) % 4]) }
                    try { {{use}} } catch e {
                        errors += 1
                        if errors < 3 { print(e.kind, e.message) }
                    }
                }
                print(total, errors, typed, length(kept), holder)
            }
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_default_is_evaluated_for_each_instance_in_its_own_scope()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            var made = 0
            proc next() { made += 1; return made }
            let scale = 10
            struct Base { id: int = next(), size: int = id * scale, tags: [int] = [id] }
            struct Wide { scale: int = 3
                use Base
                area: int = size * scale }
            var total = 0
            for i in 0..200 {
                let w = Wide()
                w.tags.push(i)
                total += w.area + length(w.tags)
            }
            print(total, made, Wide(), Wide(1, 2), Wide(size: 5))
            """);

        run.Counters.Compiled.ShouldBeGreaterThan(0);
        run.Output.ShouldContain("Wide{scale: 3, id: 201, size: 2010, tags: [201], area: 6030}");
    }
}
