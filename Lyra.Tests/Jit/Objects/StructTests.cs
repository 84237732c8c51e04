using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>New instances, annotated fields, and values that such fields reject.</summary>
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

        run.Nodes.ShouldNotContain(node => node.Op == IrOp.CallInterpreter);
    }

    /// <summary>
    /// The loop begins with its condition, so that its head is not recorded. A register whose first value is an instance and whose last is
    /// nil must not be an instance at the head: the region would exit at the end of each list.
    /// </summary>
    [Fact]
    public void A_walk_to_the_end_of_a_chain_does_not_exit()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct Node { next; value }
            proc total(list) {
                var s = 0
                while list != nil {
                    s += list.value
                    list = list.next
                }
                return s
            }
            let lists = [nil, Node(nil, 1), Node(Node(nil, 2), 3), Node(Node(Node(nil, 4), 5), 6)]
            var s = 0
            for i in 0..2_000 { s += total(lists[i % 4]) }
            print(s)
            """);

        run.Counters.Deoptimizations.ShouldBeLessThan(200);
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
    public void A_method_replaces_the_builtin_of_its_name()
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

    [Fact]
    public void Hooks_of_comparisons_are_inlined()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct E {
                t
                s = 0
                proc __lt(self, o) { return if self.t != o.t { self.t < o.t } else { self.s < o.s } }
                proc __le(self, o) { return not (o.t < self.t) }
                proc __eq(self, o) { return type(o) == "E" and self.t == o.t }
            }
            struct Answer { x; proc __lt(self, o) { if o > 5 { return nil }; return self.x } }
            proc least(xs) { var m = xs[0]; for x in xs { if x < m { m = x } }; return m.t }
            proc f(n) {
                let goal = E(n / 2)
                let xs = [E(3, 1), E(1, 2), E(3, 0), E(1, 1)]
                let odd = Answer(0)
                var s = 0
                for i in 0..n {
                    let e = E(i, i % 3)
                    if e < goal { s += 1 }
                    if e > goal { s += 2 }
                    if e <= goal { s += 4 }
                    if e >= goal { s += 8 }
                    if e != goal { s += 16 }
                    if e == goal { print(i) }
                    let isLess = e < goal
                    let isOther = e != goal
                    if isLess and isOther or not (e == e) { s += 32 }
                    if odd < i { s += 64 }
                    s += least(xs)
                }
                print(s)
            }
            f(200)
            """);

        run.Interpreted.ShouldBeEmpty();
    }

    [Fact]
    public void Hooks_of_comparisons_are_inlined_with_the_procs_that_they_call()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc rank(v) { return if v.x % 5 == 0 { v.x / 2 } else { v.x } }
            struct Job {
                x
                cost = 1
                proc key(self) { return self.x * 100 - self.scaled(self.cost) }
                proc scaled(self, n) { return n * 7 }
                proc __lt(self, o) { return self.key() < o.key() }
                proc __eq(self, o) { return self.cost == o.cost and rank(self) == rank(o) }
                proc __le(self, o) { return rank(self) <= o.key() }
            }
            proc f(n) {
                let goal = Job(n / 2)
                var s = 0
                for i in 0..n {
                    let job = Job(i, i % 4)
                    if job < goal { s += 1 }
                    if goal > job { s += 2 }
                    if i % 61 == 60 { goal.x = if i % 2 == 0 { i / 2.0 } else { i } }
                }
                return s
            }
            proc g(n) {
                var s = 0
                for i in 0..n {
                    let job = Job(i, i % 4)
                    if job == Job(i / 2) { s += 10 }
                    if job <= Job(9) { s += 100 }
                    try { if job < Job(if i % 70 == 69 { "x" } else { 5 }) { s += 1000 } } catch e { s += 7; if i < 70 { print(e.message, e.trace) } }
                }
                return s
            }
            print(f(200))
            print(g(200))
            """);

        run.Counters.CallOuts.ShouldBeLessThan(200 * 3);
    }

    [Fact]
    public void Hooks_of_comparisons_that_have_effects_are_called_by_the_interpreter()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            var count = 0
            struct Counted { x; proc __eq(self, o) { count += 1; return self.x == o.x } }
            struct Listed { x; proc __lt(self, o) { return [self.x, 1] < [o.x, 0] } }
            struct Looped { x; proc __le(self, o) { for i in 0..3 { if self.x + i > o.x { return false } }; return true } }
            proc key(v) { return v.x * 2 }
            struct Called { x; proc __lt(self, o) { return key(self) < key(o) } }
            struct Nested { x; proc __eq(self, o) { return self.x == o.x } }
            proc f(n) {
                var s = 0
                for i in 0..n {
                    if Counted(i) == Counted(7) { s += 1 }
                    if Listed(i) < Listed(9) { s += 10 }
                    if Looped(i) <= Looped(20) { s += 100 }
                    if Called(i) < Called(30) { s += 1000 }
                    if Nested(Nested(i)) == Nested(Nested(40)) { s += 10000 }
                }
                print(s, count)
            }
            f(200)
            """);

        run.Interpreted.ShouldNotBeEmpty();
    }

    [Fact]
    public void Errors_of_comparisons_have_the_hook_in_their_trace()
    {
        BothTiers.ShouldAgree("""
            struct E { t; proc __lt(self, o) { return self.t < o.t }; proc __eq(self, o) { return self.t / o.t == 1 } }
            var s = 0
            for i in 0..200 {
                let a = E(if i % 50 == 40 { "x" } else { i })
                try {
                    if a < E(100) { s += 1 }
                    if a == E(i % 7) { s += 10 }
                    if i % 60 == 59 and a < 5 { s += 1 }
                } catch e { s += 100; if i < 100 { print(i, e.kind, e.message, e.trace) } }
            }
            print(s)
            proc deep(n) { return if n == 0 { E(1) < E(2) } else { deep(n - 1) } }
            var k = 0
            for i in 0..60 { try { if deep(i * 300) { k += 1 } } catch e { k += 1000 } }
            print(k)
            """);
    }

    [Fact]
    public void Hooks_of_length_are_inlined()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct Stack { items; proc __len(self) { return length(self.items) } }
            struct Fixed { n; proc __len(self) { return if self.n > 100 { 100 } else { self.n } } }
            let a = Stack([1, 2])
            var s = 0
            for i in 0..200 {
                s += length(a) + length(Fixed(i))
                if i % 50 == 49 { a.items.push(i) }
            }
            print(s)
            """);

        run.Interpreted.ShouldBeEmpty();
    }

    [Fact]
    public void The_result_of_a_length_hook_is_checked()
    {
        BothTiers.ShouldAgree("""
            struct L { n; proc __len(self) { return self.n } }
            struct M { n; proc __len(self) { return 1 }; proc length(self) { return self.n * 2 } }
            struct Big { n; proc __len(self) { self.n += 1; return self.n } }
            let m = M(3)
            let b = Big(0)
            var s = 0
            for i in 0..200 {
                try { s += length(L(if i % 40 == 30 { -1 } else if i % 40 == 31 { 0.5 } else if i % 40 == 32 { nil } else if i % 40 == 33 { 2 ** 70 } else { i })) }
                catch e { s += 1000; if i < 40 { print(e, e.trace) } }
                s += length(m) + length(b)
            }
            print(s, b.n)
            for i in 0..100 { try { s += length(L(0.5)) } catch e { s += 1 } }
            print(s)
            """);
    }

    [Fact]
    public void A_limit_of_steps_trips_in_the_hook_of_a_comparison()
    {
        const string source = """
            struct E { t; proc __lt(self, o) { return self.t < o.t } }
            let a = E(1)
            let b = E(2)
            var n = 0
            while true { if a < b { n += 1 } }
            """;
        for (int steps = 5_000; steps < 5_020; steps++)
        {
            BothTiers.ShouldAgreeWithin(steps, source);
        }
    }
}
