using Lyra.Tests.Harness.Programs;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Calls: every form of argument for every callable value.</summary>
public class CallsTests
{
    private const string Cases = """
        === Procs
        proc f(a, b = a + 1, ...r) { return (a, b, r) }
        print(f(1), f(1, 2), f(1, 2, 3, 4), f(b: 5, a: 3), f(...[1, 2, 3]), f(1, ...[2], 3, ...(4,)), f(...[1], b: 9))
        ---
        (1, 2, []) (1, 2, []) (1, 2, [3, 4]) (3, 5, []) (1, 2, [3]) (1, 2, [3, 4]) (1, 9, [])

        === Lambdas and proc values
        var f = (a, b = a * 2) => (a, b)
        print(f(1), f(1, 5), f(b: 3, a: 1), f(...[7]))
        proc p(a, b = 0, ...r) { return [a, b, r] }
        var q = p
        print(q(1), q(1, 2, 3), q(b: 2, a: 1), q(...[1, 2, 3]))
        ---
        (1, 2) (1, 5) (1, 3) (7, 14)
        [1, 0, []] [1, 2, [3]] [1, 2, []] [1, 2, [3]]

        === Methods
        struct S {
            x
            proc m(self, a, b = self.x, ...r) { return (a, b, r) }
        }
        var s = S(9)
        print(s.m(1), s.m(1, 2), s.m(1, 2, 3), s.m(b: 4, a: 3), s.m(...[1, 2, 3]), s.m(...[], a: 0))
        ---
        (1, 9, []) (1, 2, []) (1, 2, [3]) (3, 4, []) (1, 2, [3]) (0, 9, [])

        === Bound methods
        struct S {
            x
            proc m(self, a, b = self.x) { return (a, b) }
        }
        var m = S(9).m
        print(m(1), m(1, 2), m(b: 4, a: 3), m(...[1, 2]), [1, 2].map(m))
        var push = [1].push
        var up = "abc".upper
        print(push(2), up(), ["a", "c"].map("abc".find))
        ---
        (1, 9) (1, 2) (3, 4) (1, 2) [(1, 9), (2, 9)]
        nil ABC [0, 2]

        === Constructors
        struct P {
            x
            y = x * 2
            z: float = 1
        }
        print(P(1), P(1, 2), P(1, 2, 3), P(z: 3, x: 1), P(...[1, 2]), P(...[1], z: 7), P{x: 5})
        var Q = P
        print(Q(1), Q(x: 4), [1].map(Q), Q(...[1, 2, 3]))
        ---
        P{x: 1, y: 2, z: 1.0} P{x: 1, y: 2, z: 1.0} P{x: 1, y: 2, z: 3.0} P{x: 1, y: 2, z: 3.0} P{x: 1, y: 2, z: 1.0} P{x: 1, y: 2, z: 7.0} P{x: 5, y: 10, z: 1.0}
        P{x: 1, y: 2, z: 1.0} P{x: 4, y: 8, z: 1.0} [P{x: 1, y: 2, z: 1.0}] P{x: 1, y: 2, z: 3.0}

        === Static methods
        struct P {
            x
            proc make(a, b = 2) { return P(a + b) }
        }
        var mk = P.make
        print(P.make(1), P.make(b: 3, a: 1), P.make(...[1, 5]), mk(4), mk(b: 1, a: 1))
        ---
        P{x: 3} P{x: 4} P{x: 6} P{x: 6} P{x: 2}

        === Calling through a field
        struct P {
            f
        }
        var p = P((a, b = 1) => a + b)
        print(p.f(1), p.f(1, 2), p.f(b: 5, a: 1), p.f(...[3, 4]))
        ---
        2 3 6 7

        === The call hook
        struct P {
            x
            proc __call(self, a, b = 10, ...r) { return (self.x, a, b, r) }
        }
        var p = P(1)
        print(p(2), p(2, 3), p(2, 3, 4), p(b: 5, a: 4), p(...[1, 2, 3]), [7].map(p))
        ---
        (1, 2, 10, []) (1, 2, 3, []) (1, 2, 3, [4]) (1, 4, 5, []) (1, 1, 2, [3]) [(1, 7, 10, [])]

        === Builtins
        print(sorted([2, 1], key: x => -x), sorted(xs: [2, 1]), max(...[1, 5, 3]), range(...[0, 4, 2]), length(...["abc"]))
        var r = range
        print(r(3), r(...[1, 3]))
        print("a-b".replace("-", "+"), "abc".find("c", start: 1), ["a", "b"].join(...["/"]))
        ---
        [2, 1] [1, 2] 5 range(0, 4, 2) 3
        0..3 1..3
        a+b 2 a/b

        === Module members
        import math
        var f = math.floor
        print(math.pow(2, 3), f(1.5), math.clamp(5, 0, 3), math.clamp(...[5, 0, 3]), [1.5].map(math.floor))
        ---
        8.0 1 3 3 [1]

        === Wrong arguments of procs
        var g = proc(a, b = 1) { return a }
        proc t(c) { try { return c() } catch e { return "${e}" } }
        print(t(() => g()))
        print(t(() => g(1, 2, 3)))
        print(t(() => g(1, c: 2)))
        print(t(() => g(1, a: 2)))
        print(t(() => g(...[1, 2, 3])))
        print(t(() => g(b: 1)))
        ---
        ArgumentError: <lambda> takes 1 to 2 arguments, but none was given: 'a' is missing
        ArgumentError: <lambda> takes 1 to 2 arguments, but 3 were given
        ArgumentError: <lambda> has no parameter named 'c'
        ArgumentError: <lambda> is given the argument 'a' twice
        ArgumentError: <lambda> takes 1 to 2 arguments, but 3 were given
        ArgumentError: <lambda> needs the argument 'a'

        === A receiver is no argument
        import math
        struct S {
            x
            proc m(self, a) { return a }
            proc one(self, a, ...rest) { return a }
            proc __call(self, a) { return a }
        }
        proc t(c) { try { return c() } catch e { return e.message } }
        var (push, m) = ([].push, S(1).m)
        print(t(() => "a".padStart()))
        print(t(() => (5).abs(1)))
        print(t(() => chan(1).send()))
        print(t(() => [1].clear(1, 2)))
        print(t(() => push()))
        print(t(() => push(...[1, 2])))
        print(t(() => push(v: 1, list: 2)))
        print(t(() => m()))
        print(t(() => m(...[1, 2])))
        print(t(() => S(1)()))
        print(t(() => S(1).one()))
        print(t(() => S.m()))
        print(t(() => S.m(S(1))))
        print(t(() => push([])))
        print(t(() => push([1], 2, 3)))
        print(t(() => spawn [1].push()))
        print(t(() => [1].insert()))
        print(t(() => { var [a] = [1, 2] }))
        print(t(() => { var [a, b] = [1] }))
        print(t(() => math.floor()))
        print(t(() => "a".padStart(fill: "b")))
        ---
        padStart(width, fill?) takes 1 to 2 arguments, but none was given
        abs() takes no arguments, but 1 was given
        send(v) takes 1 argument, but none was given
        clear() takes no arguments, but 2 were given
        push(v) takes 1 argument, but none was given
        push(v) takes 1 argument, but 2 were given
        push is given the argument 'list' twice
        m takes 1 argument, but none was given: 'a' is missing
        m takes 1 argument, but 2 were given
        __call takes 1 argument, but none was given: 'a' is missing
        one takes at least 1 argument, but none was given: 'a' is missing
        m takes 2 arguments, but none was given: 'self' is missing
        m takes 2 arguments, but 1 was given: 'a' is missing
        nil
        push(v) takes 1 argument, but 3 were given
        push(v) takes 1 argument, but none was given
        insert(i?, v?) takes 1 to 2 arguments, but none was given
        expected 1 value, but the list has 2
        expected 2 values, but the list has 1
        math.floor(x) takes 1 argument, but none was given
        padStart(width, fill?) needs the argument 'width'

        === Wrong arguments of methods, constructors and builtins
        struct P {
            x
            y = 1
            proc m(self, a) { return a }
        }
        proc t(c) { try { return c() } catch e { return "${e}" } }
        var Q = P
        print(t(() => P(1).m()))
        print(t(() => P(1).m(1, 2)))
        print(t(() => P(1).m(b: 1)))
        print(t(() => Q()))
        print(t(() => Q(1, 2, 3)))
        print(t(() => Q(z: 1)))
        print(t(() => length()))
        print(t(() => length(1, 2)))
        print(t(() => [1].push()))
        print(t(() => sorted([1], kex: 1)))
        print(t(() => 5()))
        print(t(() => nil()))
        print(t(() => "abc"(1)))
        print(t(() => 5(...[1])))
        print(t(() => f_of(nil)(...nil)))
        proc f_of(x) { return print }
        ---
        ArgumentError: m takes 1 argument, but none was given: 'a' is missing
        ArgumentError: m takes 1 argument, but 2 were given
        ArgumentError: m has no parameter named 'b'
        ArgumentError: P takes 1 to 2 arguments, but none was given: 'x' is missing
        ArgumentError: P takes 1 to 2 arguments, but 3 were given
        ArgumentError: P has no parameter named 'z'
        ArgumentError: length(x) takes 1 argument, but none was given
        ArgumentError: length(x) takes 1 argument, but 2 were given
        ArgumentError: push(v) takes 1 argument, but none was given
        ArgumentError: sorted has no parameter named 'kex'
        TypeError: a value of type int can't be called
        TypeError: a value of type nil can't be called
        TypeError: a value of type str can't be called
        TypeError: a value of type int can't be called
        TypeError: nil can't be iterated

        === The callee is evaluated first, then the arguments from the left
        var log = []
        proc note(x) { log.push(x); return x }
        proc f(a, b, c) { return nil }
        proc ff() { note("f"); return f }
        ff()(note(1), c: note(2), b: note(3))
        var m = {"k": f}
        print(log)
        ---
        ["f", 1, 2, 3]

        === Defaults are evaluated at each call, in order
        var n = 0
        proc tick() { n += 1; return n }
        proc f(a = tick(), b = [a]) { return (a, b) }
        print(f(), f(), f(10), f(b: 1))
        ---
        (1, [1]) (2, [2]) (10, [10]) (3, 1)

        === Spawn takes what calls take
        proc f(a, b = 2, ...r) { return (a, b, r) }
        struct S {
            x
            proc m(self, a) { return (self.x, a) }
            async proc am(self, a) { await sleep(0); return (self.x, a) }
        }
        var s = S(1)
        print(await spawn f(1), await spawn f(b: 3, a: 1), await spawn f(...[1, 2, 3]))
        print(await spawn s.m(2), await spawn s.am(3), await spawn S(5), await spawn s.m(...[4]))
        ---
        (1, 2, []) (1, 3, []) (1, 2, [3])
        (1, 2) (1, 3) S{x: 5} (1, 4)

        === Async methods keep their self
        struct S {
            x
            async proc m(self, a, b = self.x) { await sleep(0); return (self.x, a, b) }
            async proc now(self) { return self.x }
            async proc __call(self, a) { await sleep(0); return (self.x, a) }
            async proc fail(self) { throw "x${self.x}" }
        }
        var s = S(4)
        print(await s.m(1), await s.m(1, 2), await s.m(b: 1, a: 0), await s.m(...[3]), await s.now(), await s(6))
        var t = [s.m(1), s.m(2), s.now()]
        print(await gather(t))
        try { await s.fail() } catch e { print(e) }
        print(s)
        ---
        (4, 1, 4) (4, 1, 2) (4, 0, 1) (4, 3, 4) 4 (4, 6)
        [(4, 1, 4), (4, 2, 4), 4]
        Error: x4
        S{x: 4}

        === Deep calls with many arguments
        proc f(a, b, c, d, e, g, h, i) { return [a, b, c, d, e, g, h, i] }
        print(f(1, f(1, 2, 3, 4, 5, 6, 7, 8)[7], 3, f(8, 7, 6, 5, 4, 3, 2, 1)[0], 5, 6, 7, 8))
        ---
        [1, 8, 3, 8, 5, 6, 7, 8]
        """;

    public static TheoryData<string> Names => ScriptCases.NamesOf(Cases);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_prints_the_same_at_every_level(string name) => ScriptCases.Check(Cases, name);
}
