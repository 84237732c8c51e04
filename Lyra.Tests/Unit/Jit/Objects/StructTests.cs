using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Objects;

/// <summary>New instances, annotated fields and the values that they refuse.</summary>
public sealed class StructTests
{
    [Fact]
    public void Fields_are_converted_and_missing_ones_take_their_defaults()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct P { x: int; y: float; z: bool }
            struct Q { a: i8; b: u8; c: i16; d: u16; e: i32; f: u32; g: i64; h: f32 }
            struct D { a; b = 5; c = [1, 2] }
            struct Opt { p: P?; s: str?; n: int? }
            struct Big { f0; f1; f2; f3; f4; f5; f6; f7; f8; f9; f10; f11; f12; f13; f14; f15; f16; f17 = 9; f18: float = 1.5 }
            struct Node { next; value }
            proc mk(i) { return Q(i * 7, i * 11, i * 1000, i * 3000, i * 100000007, i * 99999989, i * 12345678901, i * 0.1) }
            var t = 0
            var u = 0.0
            for i in 0..300 {
                var p = P(i, i, i % 2 == 0)
                t += p.x
                u += p.y
                if p.z { t += 1 }
                var q = mk(i)
                t += q.a + q.b + q.c + q.d + q.e + q.f + q.g % 1000
                u += q.h
                q.a = i * 3
                q.b = -i
                q.h = i
                t += q.a * q.b
                u += q.h
                var d = D(i)
                t += d.b + length(d.c)
                d = D(i, c: [i])
                t += d.b + d.c[0]
                d = D(i, 7)
                t += d.b
                var o = Opt(nil, nil, nil)
                if i % 3 == 0 { o.p = p }
                if i % 5 == 0 { o.s = "abc" }
                if i % 7 == 0 { o.n = i }
                if o.p != nil { t += o.p.x }
                if o.s != nil { t += length(o.s) }
                if o.n != nil { t += o.n }
                var b = Big(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, i * 2)
                t += b.f0 + b.f15 + b.f16 + b.f17
                b.f16 = b.f16 + 1
                b.f18 = i
                u += b.f18
                t += b.f16
            }
            print(t, u)
            """);

        run.Interpreted.ShouldNotContain(Opcode.MakeStruct);
    }

    [Fact]
    public void Instances_link_to_each_other()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct Node { next; value }
            var list = nil
            for i in 0..200 { list = Node(list, i) }
            var s = 0
            while list != nil {
                s += list.value
                list = list.next
            }
            print(s)
            """);

        run.Nodes.ShouldNotContain(node => node.Op == IrOp.Interpret);
    }

    [Fact]
    public void Values_that_an_annotation_refuses_raise_what_the_interpreter_raises()
    {
        BothTiers.ShouldAgree("""
            struct P { x: int; y: float; z: bool }
            var s = 0
            // refused values
            for k in 0..60 {
                try {
                    var p = P(k, k, k < 50)
                    if k == 55 { p.y = "no" }
                    p.x = if k == 57 { 2 ** 70 } else { k }
                    if k == 58 { p.z = 1 }
                    s += p.x
                } catch e { print(k, e.kind, e.message, e.trace) }
            }
            print(s)
            proc conv(v) { var p = P(1, v, true); return p.y }
            for k in 0..40 {
                try { s += toint(conv(if k == 30 { "x" } else if k == 31 { nil } else if k == 32 { 2 ** 80 } else if k % 2 == 0 { k } else { 0.5 })) } catch e { print(e) }
            }
            print(s)
            """);
    }

    [Fact]
    public void The_type_of_an_instance_is_known_with_its_shape()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct A { x }
            struct B { x; proc __str(self) { return "b" } }
            let name = type
            proc size(v) { return if type(v) == "A" { v.x } else if type(v) == "B" { -v.x } else { 0 } }
            proc f(n) {
                let a = A(1)
                let mixed = [A(2), B(3)]
                var s = 0
                for i in 0..n {
                    if type(a) == "A" { s += 1 }
                    if type(a) != "B" and tobool(a) { s += 1 }
                    s += size(mixed[i % 2]) + length(type(mixed[i % 2])) + length(name(a))
                }
                print(s)
            }
            f(200)
            """);

        run.Interpreted.ShouldBeEmpty();
    }

    [Fact]
    public void A_method_takes_the_place_of_the_builtin_of_its_name()
    {
        BothTiers.ShouldAgree("""
            struct A { x }
            struct B { x; proc type(self) { return "own${self.x}" }; proc abs(self) { return self.x }; proc toint(self) { return 7 } }
            proc f(n) {
                let mixed = [A(2), B(3), A(4)]
                var s = ""
                var k = 0
                for i in 0..n {
                    s += type(mixed[i % 3])
                    if i > 20 { k += abs(mixed[1]) }
                    if i % 40 == 39 { try { k += toint(mixed[i % 2]) } catch e { k += length(e.message) } }
                    if i % 60 == 59 { mixed[2] = [i, "x", nil, A, B(i)][i / 60 % 5] }
                }
                print(s, k)
            }
            f(400)
            """);
    }
}
