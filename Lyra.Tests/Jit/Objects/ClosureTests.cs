using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Closures, captured variables, and everything else that can be called.</summary>
public sealed class ClosureTests
{
    [Fact]
    public void Closures_made_in_the_loop_are_inlined()
    {
        BothTiers.ShouldAgree("""
            proc adder(k) { return x => x + k }
            proc counter() { var c = 0; return proc(by) { c += by; return c } }
            proc compose(f, g) { return x => f(g(x)) }
            proc mapList(xs, f) { var out = []; for x in xs { out.push(f(x)) }; return out }
            proc filterList(xs, keep) { var out = []; for x in xs { if keep(x) { out.push(x) } }; return out }
            proc fold(xs, f, a) { for x in xs { a = f(a, x) }; return a }
            proc run(n) {
                var base = list(1..=20)
                var c = counter()
                var last = 0
                for rep in 1..=n {
                    var f = compose(adder(rep), x => x * 3)
                    var kept = filterList(mapList(base, f), x => x % 2 == 0)
                    last = c(fold(kept, (acc, x) => acc + x, 0))
                }
                return last
            }
            print(run(100))
            // closures over loop variables and over variables that change
            """);
    }

    [Fact]
    public void Closures_share_the_variables_that_they_change()
    {
        BothTiers.ShouldAgree("""
            proc loops(n) {
                var fs = []
                for i in 0..n {
                    var j = i * 2
                    fs.push(() => i + j)
                    j += 1
                }
                var s = 0
                for f in fs { s += f() }
                var total = 0
                var add = proc(x) { total += x }
                for i in 0..n { add(i); if i % 10 == 0 { if i % 20 == 0 { add = x => 0 } else { add = proc(x) { total += 2 * x } } } }
                print(s, total)
            }
            loops(100)
            """);
    }

    [Fact]
    public void Closures_call_themselves_through_a_captured_variable()
    {
        BothTiers.ShouldAgree("""
            // recursion through an upvalue, unset upvalues
            proc rec(n) {
                var s = 0
                for i in 0..n {
                    var fact = nil
                    fact = proc(k) { if k <= 1 { return 1 }; return k * fact(k - 1) }
                    s += fact(i % 7)
                    proc even(k) { if k == 0 { return true }; return odd(k - 1) }
                    proc odd(k) { if k == 0 { return false }; return even(k - 1) }
                    if even(i % 5) { s += 1 }
                }
                print(s)
            }
            rec(100)
            """);
    }

    [Fact]
    public void A_site_may_call_several_procs()
    {
        BothTiers.ShouldAgree("""
            proc adder(k) { return x => x + k }
            // several codes at one site, megamorphic sites
            proc many(n) {
                let fs = [x => x, x => x + 1, x => x * 2, x => -x, x => 0, adder(3), adder(5)]
                var s = 0
                for k in 1..=7 {
                    for i in 0..n { s += fs[i % k](i) }
                }
                print(s)
            }
            many(60)
            """);
    }

    [Fact]
    public void Arguments_may_be_missing_named_spread_or_many()
    {
        BothTiers.ShouldAgree("""
            proc opt(a, b = 2, ...r) { return a * 100 + b * 10 + length(r) }
            proc sites(n) {
                var s = 0
                let o = opt
                for i in 0..n {
                    s += o(i)
                    s += o(i, 3)
                    s += o(i, 3, 4, 5)
                    s += o(b: i, a: 1)
                    s += o(...[i, 1, 2, 3])
                    s += opt(i, b: 7)
                    s += opt(...[i])
                    try { if i % 40 == 39 { o() } } catch e { s += length(e.message) }
                    try { if i % 40 == 38 { o(c: 1, a: 2) } } catch e { s += length(e.message) }
                }
                print(s)
            }
            sites(120)
            """);
    }

    [Fact]
    public void Types_and_bound_methods_are_called()
    {
        BothTiers.ShouldAgree("""
            struct Pt { x; y = 1; proc origin() { return Pt(0, 0) }; proc add(self, o) { return Pt(self.x + o.x, self.y + o.y) } }
            proc types(n) {
                let T = Pt
                var s = 0
                for i in 0..n {
                    s += T(i).x
                    s += T(i, 5).y
                    s += Pt.origin().x
                    let o = Pt(i, i)
                    let add = o.add
                    s += add(T(1, 2)).y
                    s += Pt.add(o, o).x
                    s += T(y: i, x: 2).y
                }
                print(s)
            }
            types(100)
            """);
    }

    [Fact]
    public void A_captured_variable_may_be_used_before_its_declaration()
    {
        BothTiers.ShouldAgree("""
            proc late(n) {
                var s = 0
                for i in 0..n {
                    try {
                        let g = () => q + 1
                        if i % 30 == 29 { s += g() }
                        var q = i
                        s += g()
                        q += 1
                        s += g()
                    } catch e { s += 1000; if i == 29 { print(e) } }
                }
                print(s)
            }
            late(100)
            """);
    }

    [Fact]
    public void A_value_in_a_field_is_called_like_any_value()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            struct Event { act; k = 1 }
            struct Timer { act; every = 2 }
            struct Adder { by; proc __call(self, x) { return self.by + x } }
            proc bump(x, d = 2) { return x + d }
            proc a(n) {
                let same = Event(x => x + 1)
                let one = Adder(3)
                let events = [Event(x => x + 1), Event(bump), Event(x => x - 1)]
                let mixed = [Event(bump), Timer(x => x * 2)]
                let named = Event(bump)
                let other = Event(Adder(1))
                let maker = Event(Adder)
                let bound = Event(one.__call)
                let native = Event(length)
                var s = 0
                for i in 0..n {
                    s = same.act(s)
                    s += events[i % 3].act(i)
                    s = mixed[i % 2].act(s) % 1000003
                    s += named.act(i, d: 5) + named.act(i, 7)
                    s += other.act(i) + maker.act(i).by + bound.act(i)
                    s += native.act([i, i])
                }
                print(s)
            }
            a(200)
            """);

        run.Interpreted.ShouldNotContain(Opcode.CallMethod);
    }

    [Fact]
    public void A_call_of_a_field_calls_its_current_value()
    {
        BothTiers.ShouldAgree("""
            struct Event { act; seen = 0 }
            proc a(n) {
                let e = Event(x => x + 1)
                var s = 0
                for i in 0..n {
                    try {
                        s += e.act(i)
                        if i % 50 == 20 { e.act = x => { e.seen += x; return -x } }
                        if i % 50 == 40 { e.act = 5 }
                        if i % 50 == 45 { e.act = tostring }
                    } catch err {
                        e.act = (x, y = 1) => x * y
                        if i < 100 { print(i, err, err.trace) }
                    }
                }
                print(s, e.seen)
            }
            a(300)
            """);
    }
}
