using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Sites of members, methods and hooks that see instances of one struct, of a few, or of many.</summary>
public sealed class SiteTests
{
    /// <summary>Six structs with the same members, each with different implementations.</summary>
    private const string Structs = """
        struct A { v; w;; proc get(self) { return self.v }; proc set(self, x) { self.v = x }; proc __add(self, o) { return A(self.v + o.v, 0) }; proc __index(self, i) { return self.v * i }; proc __setindex(self, i, x) { self.v = i + x }; proc __neg(self) { return -self.v }; proc __call(self, x) { return x + self.v } }
        struct B { w; v;; proc get(self) { return self.v * 2 }; proc set(self, x) { self.v = x; self.w = x }; proc __add(self, o) { return B(0, self.v - o.v) }; proc __index(self, i) { return self.v + i }; proc __setindex(self, i, x) { self.w = i - x }; proc __neg(self) { return self.v }; proc __call(self, x, y = 3) { return x * y } }
        struct C { a; b; v: float;; proc get(self) { return self.v }; proc set(self, x) { self.v = x }; proc __add(self, o) { return C(1, 2, 3) }; proc __index(self, i) { return "c" }; proc __setindex(self, i, x) { self.a = x }; proc __neg(self) { return 0.5 }; proc __call(self, ...r) { return length(r) } }
        struct D { a; b; c; v;; proc get(self) { if self.v > 10 { return nil }; return self.v }; proc set(self, x) { }; proc __add(self, o) { return self }; proc __index(self, i) { return i }; proc __setindex(self, i, x) { }; proc __neg(self) { return nil }; proc __call(self, x) { return nil } }
        struct E { v;; proc get(self) { return 1 }; proc set(self, x) { self.v += x }; proc __add(self, o) { return 7 }; proc __index(self, i) { return 2 }; proc __setindex(self, i, x) { self.v = 3 }; proc __neg(self) { return 4 }; proc __call(self, x) { return 5 } }
        struct F { q; v;; proc get(self) { return 1 }; proc set(self, x) { self.v += x }; proc __add(self, o) { return 7 }; proc __index(self, i) { return 2 }; proc __setindex(self, i, x) { self.v = 3 }; proc __neg(self) { return 4 }; proc __call(self, x) { return 5 } }
        """;

    /// <summary>Uses every member of its arguments, each at one site.</summary>
    private const string Work = """
        proc work(xs, n) {
            var total = 0
            var nils = 0
            var log = []
            for rep in 0..n {
                for x in xs {
                    var g = x.get()
                    if g == nil { nils += 1 } else { total += g }
                    x.set(rep % 13)
                    x.v = rep % 7
                    total += x.v
                    var sum = x + x
                    if rep % 50 == 0 { log.push(type(sum)) }
                    x[rep % 3] = rep % 5
                    var e = x[rep % 4]
                    if type(e) == "int" { total += e }
                    var ng = -x
                    if ng != nil { total += ng }
                    var cc = x(rep % 9)
                    if cc != nil { total += cc }
                }
            }
            print(total, nils, log)
        }
        """;

    [Fact]
    public void Instances_without_a_hook_are_compared_in_compiled_code()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            struct P { n }
            struct Q { n }
            proc count(xs, y) {
                var same = 0
                for i in 0..300 { if xs[i % 4] == y { same += 1 } }
                return same
            }
            let p = P(1)
            print(count([p, "text", Q(1), (1, p)], p), count([p, nil, Q(1), 2.5], "text"), count([p, P(1), p, p], p))
            """);

        run.Interpreted.ShouldNotContain(Opcode.JumpNe);
    }

    [Fact]
    public void One_shape()
    {
        BothTiers run = BothTiers.ShouldAgree($"{Structs}\n{Work}\nwork([A(1, 2)], 120)");

        run.Interpreted.ShouldNotContain(Opcode.SetField);
    }

    [Fact]
    public void Two_shapes_have_an_arm_each()
    {
        BothTiers run = BothTiers.ShouldAgree($"{Structs}\n{Work}\nwork([A(1, 2), B(3, 4)], 120)");

        run.Interpreted.ShouldNotContain(Opcode.SetField);
        run.Interpreted.ShouldNotContain(Opcode.GetField);
    }

    [Fact]
    public void Four_shapes_have_an_arm_each()
    {
        BothTiers run = BothTiers.ShouldAgree($"{Structs}\n{Work}\nwork([A(1, 2), B(3, 4), C(5, 6, 7.5), D(1, 2, 3, 4)], 120)");

        run.Interpreted.ShouldNotContain(Opcode.SetField);
    }

    [Fact]
    public void Many_shapes_go_through_the_shared_cache()
    {
        BothTiers run =
            BothTiers.ShouldAgree($"{Structs}\n{Work}\nwork([A(1, 2), B(3, 4), C(5, 6, 7.5), D(1, 2, 3, 4), E(1), F(1, 1)], 120)");

        run.Interpreted.ShouldNotContain(Opcode.GetField);
        run.Interpreted.ShouldNotContain(Opcode.SetField);
    }

    [Fact]
    public void A_value_that_is_no_instance_raises_as_in_the_interpreter()
    {
        BothTiers.ShouldAgree(Structs + """

            // one in hundreds is of another shape, or none at all
            proc rare(n) {
                var a = A(1, 2)
                var b = B(3, 4)
                var s = 0
                for i in 0..n {
                    var x = if i % 97 == 96 { b } else { a }
                    s += x.get()
                    try {
                        var y = if i == 500 { nil } else if i == 600 { 12 } else if i == 700 { "s" } else { x }
                        s += y.get()
                        y.v = i
                        s += y.v
                    } catch e { print(i, e, e.trace) }
                }
                print(s)
            }
            rare(1000)
            """);
    }

    [Fact]
    public void A_field_may_hold_a_callable_value()
    {
        BothTiers.ShouldAgree("""
            // field that holds a proc, method values
            struct H { f;; proc m(self, x) { return x + 1 } }
            proc inc(x) { return x + 1 }
            proc callfields(n) {
                var h = H(inc)
                var s = 0
                for i in 0..n {
                    s += h.f(i)
                    var m = h.m
                    s += m(i)
                    if i == 50 { h.f = x => x * 2 }
                    if i > 80 { h.f = inc }
                }
                print(s)
            }
            callfields(200)
            """);
    }
}
