using System.Collections.Generic;

namespace Lyra.Tests.Jit.Collections;

/// <content>Comparisons and type tests of values of any kind, ranges, bytes, and calls that need the interpreter.</content>
internal static partial class CollectionPrograms
{
    private static readonly Dictionary<string, string> Others = new()
    {
        ["hashes by identity"] = """
            struct S { }
            proc f(n) {
                var kept = []
                for i in 0..n {
                    let s = S()
                    if hash(s) != hash(s) { kept.push(i) }
                    if i % 20 == 0 { kept.push(hash((s, i))) }
                }
                return kept
            }
            print(f(100), hash(f), hash(error("x")), hash(S()))
            """,
        ["types of several kinds"] = """
            struct A { x; proc __str(self) { return "a" } }
            struct B { }
            proc gen() { yield 1 }
            let all = [1, 2 ** 80, 2.5, true, nil, "s", [1], {"k": 1}, (1, 2), 0..3, bytes(2), A(1), B(), A, gen, gen(), error("x"), set()]
            let counts = {}
            for i in 0..400 {
                let t = type(all[i % length(all)])
                counts[t] = counts.get(t, 0) + (if t == "A" or t == "nil" { 100 } else { 1 })
            }
            print(counts)
            """,
        ["bytes"] = """
            var b = bytes(100)
            var n = 0
            for i in 0..100 {
                b[i] = i * 2
                n += b[i]
            }
            for x in b { n += x }
            for i, x in b { n += i * x }
            print(n, length(b))
            for i in 0..60 {
                try { b[i] = i * 10 } catch e {
                    n += 1
                    if i == 59 { print(e.message) }
                }
                try { n += b[i * 3] } catch e { n += 5 }
            }
            print(n, b[3..6])
            """,
        ["lists that simd writes into"] = """
            import simd
            let total = [0] * 100
            let steps = [2 ** 55] * 100
            let halves = [0.5] * 100
            let mask = [false] * 100
            var seen = 0
            for i in 0..400 {
                simd.addTo(total, total, steps)
                simd.mulTo(halves, halves, halves)
                simd.ltTo(mask, total, steps)
                simd.selectTo(steps, mask, total, steps)
                if total[i % 100] > 2 ** 62 and not mask[5] { seen += 1 }
                try { simd.divTo(steps, steps, mask.map(x => if i > 350 { 0 } else { 1 })) } catch e { seen += 1000 }
            }
            print(seen, total[0], total[99], halves[3], steps[7])
            """,
        ["big ranges"] = """
            var most = 2 ** 63 - 1
            var n = 0
            for i in 0..100 {
                var r = if i < 60 { 0..i } else { 0..=most }
                n += length(r) + length(0..most) + length(range(i, -2 ** 63, -1))
            }
            print(n)
            for i in 0..60 { n = length(0..2 ** 70) + length(-2 ** 63..most) + sum(0..2 ** 70) + i }
            print(n, length(range(2 ** 70, 0, -1)), sum(-2 ** 63..=most), sum(range(2 ** 70, 0, -2 ** 69)))
            for i, x in 2 ** 70..2 ** 70 + 3 { print(i, x) }
            print(list(2 ** 70..2 ** 70 + 2), reversed(2 ** 70..2 ** 70 + 2), enumerate(2 ** 70..2 ** 70 + 1))
            """,
        ["loops over ranges of big ints"] = """
            let big = 2 ** 70..2 ** 70 + 200
            var last = nil
            var n = 0
            for i in big { }
            for i in big { last = i }
            for i, x in big { n += i }
            print(last - 2 ** 70, n)
            for k in 0..40 {
                let r = if k % 8 == 7 { big } else { 0..50 }
                for x in r { n += 1 }
            }
            print(n)
            """,
        ["callbacks"] = """
            var n = 0
            for i in 0..100 {
                n += length([1, 2, 3].map(x => x + i))
                n += [1, 2, 3].reduce((a, b) => a + b)
                var ys = sorted([3, 1, 2], x => -x)
                n += ys[0]
                if any([1, 2], x => x > 1) { n += 1 }
                n += max([1, 2, 3].filter(x => x < 3))
            }
            print(n)
            """,
        ["compare error"] = """
            var n = 0
            var vs = [1, "a", nil, 2.5]
            for i in 0..100 {
                try { if vs[i % 4] < 3 { n += 1 } } catch e {
                    n += 10
                    if i > 95 { print(e.message) }
                }
                try { n += vs[i % 4] + 1 } catch e { n += 100 }
            }
            print(n)
            """,
        ["error texts"] = """
            struct P { proc m(self) { return 1 } }
            var m: {str: int} = {}
            var tuples: {(int, int): int} = {}
            var n = 0
            proc text(f, i) {
                try { f(i) } catch e { return e.message }
                return "none"
            }
            var faults = [
                i => { m[i] = 1 }, i => { m["a"] = "b" }, i => { tuples[(i, "b")] = 1 }, i => { [1, 2].insert(-1, i) }, i => { [].push() },
                i => { P.nope }, i => { P().m(i) }, i => { P.x = i }, i => { error("a").kind = "b" }, i => { (spawn P()).done = i }, i => { "ab".repeat(2 ** 70) },
                i => { var s: P = [P][0] },
            ]
            for i in 0..240 {
                var t = text(faults[i % 12], i)
                for k in 0..30 { n += length(t) }
                if i >= 228 { print(t) }
            }
            print(n)
            """,
        ["equality kinds"] = """
            var vs = [nil, true, 1, 1.0, "a", [1], (1,), { "a": 1 }, set([1]), 0..3, 2 ** 70, false, 1.5]
            var n = 0
            for i in 0..13 {
                for j in 0..13 {
                    if vs[i] == vs[j] { n += 1 }
                    if vs[i] is vs[j] { n += 100 }
                    if vs[i] != nil { n += 10000 }
                    if vs[i] == "a" { n += 1000000 }
                    if vs[i] == 1 { n += 10000000 }
                    if 1 == vs[j] { n += 1 }
                }
            }
            print(n)
            """,
        ["match literals"] = """
            var floats = [1.5, 5.0, 0.0, -0.0, 9007199254740992.0, 2.5, 0.0 / 0.0]
            var ints = [5, 0, 9007199254740993, 7, 11]
            var mixed = [1.5, 5, 5.0, 0, -0.0, 10 ** 20, 1e20, 2.5, 3.5, "s", 7, 7.0, 9, 11, nil, true, [1], (1,), 1.0 / 0.0, 0.0 / 0.0]
            var n = 0
            var text = ""
            for i in 0..140 {
                n = n * 3 % 1000003 + (match floats[i % 7] { 1.5 => 1, 5.0 => 2, -0.0 => 3, 9007199254740993 => 4, _ => 5 })
                n = n * 3 % 1000003 + (match ints[i % 5] { 1.5 => 1, 5.0 => 2, -0.0 => 3, 9007199254740993 => 4, _ => 5 })
                var g = i % 4 < 2
                text = match mixed[i % 20] {
                    1.5 => "a", 5.0 => "b", -0.0 => "c", 1e20 => "d"
                    2.5 | 3.5 | "s" if g => "e", 2.5 => "f", 3.5 as q if not g => "g${q}"
                    7 as z => "h${z}", 9 if g => "i", 11 if not g => "j", 1e999 => "k", 5 => "never", _ => "l"
                } + text[0..min(length(text), 80)]
            }
            print(n, text)
            """,
        ["hash type"] = """
            var n = 0
            var vs = [1, "a", 2.5, nil, (1, 2)]
            for i in 0..100 {
                var v = vs[i % 5]
                n += length(type(v))
                if type(v) == "int" { n += 100 }
                if hash(v) == hash(v) { n += 1000 }
            }
            print(n)
            """,
        ["host iter"] = """
            var n = 0
            proc gen(k) { for i in 0..k { yield i } }
            for i in 0..60 {
                for x in gen(3) { n += x }
                n += sum([1, 2])
                n += length(list(gen(2)))
                for a, b in enumerate([5, 6]) { n += a }
                for (p, q) in zip([1, 2], [3, 4]) { n += p * q }
            }
            print(n)
            """,
        ["identity kinds"] = """
            var a = [1]
            var b = [1]
            var n = 0
            for i in 0..100 {
                if a is b { n += 1 }
                if a is a { n += 2 }
                if nil is nil { n += 4 }
                if "x" is "x" { n += 8 }
                if i is 5 { n += 16 }
                if a is not b { n += 32 }
                if 1.0 is 1 { n += 64 }
            }
            print(n)
            """,
        ["in operator"] = """
            var xs = [1, 2, 3]
            var fs = [1.5, 2.5]
            var n = 0
            for i in 0..100 {
                if i in xs { n += 1 }
                if i in fs { n += 10 }
                if i in 5..50 { n += 100 }
                if i * 0.5 in 0..10 { n += 1000 }
                if "a" in "banana" { n += 10000 }
                if i in (1, 2, 3) { n += 100000 }
                if i in { 1: 2 } { n += 1 }
                if i not in range(0, 100, 7) { n += 3 }
            }
            print(n)
            for i in 0..60 { try { if i in (if i % 10 == 9 { 5 } else { xs }) { n += 1 } } catch e { n += 7 } }
            print(n)
            """,
        ["match ints"] = """
            var n = 0
            for i in 0..200 {
                match i % 12 {
                    0 => n += 1
                    1 => n += 2
                    2 => n += 4
                    3 => n += 8
                    4 => n += 16
                    5 => n += 32
                    6 => n += 64
                    7 => n += 128
                    8 => n += 256
                    9 => n += 512
                    _ => n += 1024
                }
            }
            for i in 0..100 {
                match i % 4 {
                    0 => n += 1
                    1 | 2 => n += 5
                    _ => n += 7
                }
            }
            print(n)
            """,
        ["match no match"] = """
            var n = 0
            for i in 0..100 {
                try {
                    n += match i % 5 {
                        0 => 1
                        1 => 2
                        2 => 3
                        3 => 4
                    }
                } catch e {
                    n += 100
                    if i == 99 { print(e.kind, e.message) }
                }
            }
            print(n)
            """,
        ["match patterns"] = """
            var vs = [1, 2.5, "s", [1, 2], (1, 2), [1, 2, 3], { "k": 5 }, nil, true, -3, 15, (1, "x", 3), []]
            var out = []
            for i in 0..130 {
                var r = match vs[i % 13] {
                    1 => "one"
                    n: int if n < 0 => "neg"
                    10..20 => "teen"
                    f: float => "float"
                    s: str => "str"
                    [a, b] => "two ${a}"
                    [a, ...rest] => "more ${length(rest)}"
                    (a, b) => "pair"
                    { "k": v } => "k${v}"
                    nil => "nil"
                    b: bool => "bool"
                    _ => "other"
                }
                if i >= 117 { out.push(r) }
            }
            print(out)
            """,
        ["print in loop"] = """
            for i in 0..60 {
                print(i, i * 0.5, "x", [i])
                write(i, " ")
            }
            print()
            """,
        ["ranges"] = """
            var n = 0
            for i in 0..60 {
                var r = 0..i
                n += length(r)
                for x in r { n += x }
                for x in range(i, 0, -3) { n += x }
                var q = 0..=i
                for k, x in q { n += k * x }
                if i in q { n += 1 }
            }
            print(n)
            for i in 0..60 {
                try { for x in range(0, 10, if i % 20 == 19 { 0 } else { 2 }) { n += x } } catch e {
                    n += 1000
                    print(e.message)
                }
            }
            print(n)
            """,
        ["struct equality"] = """
            struct A { x }
            struct B {
                x
                proc __eq(self, o) { return true }
                proc __lt(self, o) { return self.x < o.x }
            }
            var a = A(1)
            var n = 0
            var vs = [A(1), a, B(1), nil, 3]
            for i in 0..100 {
                var v = vs[i % 5]
                if v == a { n += 1 }
                if a == v { n += 10 }
                if v == nil { n += 100 }
                if v == 3 { n += 1000 }
                if B(i) < B(50) { n += 10000 }
                if v is a { n += 100000 }
                if v in vs { n += 1000000 }
            }
            print(n)
            """,
    };
}
