using System.Collections.Generic;

namespace Lyra.Tests.Jit.Collections;

/// <content>Lists: appending, removing, indexing, slicing, and changes during iteration.</content>
internal static partial class CollectionPrograms
{
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["literals of a wanted type"] = """
            var l: [u8] = []
            var m: {str: [u8]} = {}
            var n: [[float]] = [[]]
            for i in 0..100 {
                if i % 20 == 0 { l = [] }
                l += [i + 200]
                m["a"] = [i + 250]
                m["a"] += [i * 3]
                n[0] = [i]
            }
            print(l, m, n)
            """,
        ["clear extend"] = """
            var xs = []
            var s = 0
            for i in 0..100 {
                xs.extend([i, i])
                xs.extend(0..3)
                if length(xs) > 40 {
                    s += length(xs)
                    xs.clear()
                }
            }
            print(s, xs)
            """,
        ["foreach list"] = """
            var xs = list(0..100)
            var s = 0
            for x in xs { s += x }
            for i, x in xs { s += i * x }
            var fs = [0.5] * 60
            var f = 0.0
            for x in fs { f += x }
            var bs = [true, false] * 40
            for b in bs { if b { s += 1 } }
            var vs = [1, "a"] * 40
            for v in vs { s += length(tostring(v)) }
            print(s, f)
            """,
        ["foreach modified"] = """
            var xs = list(0..100)
            var n = 0
            try {
                for x in xs {
                    n += 1
                    if x == 70 { xs.push(1) }
                }
            } catch e { print(e.kind, e.message, e.line, n) }
            var m = {}
            for i in 0..100 { m[i] = i }
            try {
                for k in m {
                    n += k
                    if k == 80 { m[1000] = 1 }
                }
            } catch e { print(e.kind, e.message, n) }
            var st = set(0..100)
            try {
                for k in st {
                    n += k
                    if k == 80 { st.remove(3) }
                }
            } catch e { print(e.kind, e.message, n) }
            """,
        ["index error"] = """
            var xs = [1, 2, 3]
            var n = 0
            for i in 0..200 {
                try { n += xs[i % 4] } catch e {
                    n += 100
                    if i > 195 { print(e.message, e.line) }
                }
            }
            print(n)
            """,
        ["insert remove"] = """
            var xs = []
            for i in 0..200 {
                xs.insert(0, i)
                if i % 3 == 0 { xs.removeAt(length(xs) - 1) }
                if i % 50 == 0 { xs.reverse() }
            }
            print(length(xs), xs[3])
            var n = 0
            for i in 0..200 { if xs.remove(i) { n += 1 } }
            print(n, xs)
            """,
        ["insert remove within"] = """
            var ints = []
            var mixed = [1, "a"]
            var small: [u8] = []
            var s = 0
            for i in 0..400 {
                ints.insert(i / 2, i)
                mixed.insert(1, if i % 2 == 0 { i } else { "b" })
                small.insert(0, i)
                var started = []
                started.insert(0, i)
                started.insert(0, if i > 300 { 0.5 } else { i })
                s += length(tostring(started.removeAt(1)))
                if i % 3 == 0 { s += ints.removeAt(i / 4) + small.removeAt(length(small) - 1) }
                if i % 5 == 0 { s += length(tostring(mixed.removeAt(2))) }
            }
            print(s, ints, mixed, small)
            for i in 0..300 {
                try { ints.removeAt(length(ints) - i % 2) } catch e { s += length(e.message) }
                try { ints.insert(i - 1, i) } catch e { s += length(e.message) }
                try { ints.insert(0, "x") } catch e { s += length(e.message) }
            }
            print(s, length(ints), ints[..5])
            """,
        ["join lists"] = """
            var a = [1]
            var s = 0
            for i in 0..100 {
                var b = a + [i]
                s += b[1]
                var c = ["x"] + [i, 2]
                s += length(c)
                var t = (1, 2) + (i,)
                s += t[2]
            }
            print(s)
            """,
        ["levenshtein"] = """
            proc lev(a, b) {
                var prev = list(0..=length(b))
                var cur = [0] * (length(b) + 1)
                for i in 1..=length(a) {
                    var ca = a[i - 1]
                    cur[0] = i
                    for j in 1..=length(b) {
                        var best = prev[j - 1]
                        if ca != b[j - 1] { best += 1 }
                        var d = prev[j] + 1
                        if d < best { best = d }
                        var ins = cur[j - 1] + 1
                        if ins < best { best = ins }
                        cur[j] = best
                    }
                    prev, cur = cur, prev
                }
                return prev[length(b)]
            }
            print(lev("kitten sitting on the mat" * 3, "sitting kitten at the matt" * 3))
            """,
        ["list literals"] = """
            var s = 0
            var last = nil
            for i in 0..100 {
                var a = [i, i + 1, i + 2]
                var b = [i * 0.5, 1.5]
                var c = [true, i == 3]
                var d = [i, "x", nil]
                var e = [a, b]
                s += a[1] + length(c) + d[0] + length(e)
                last = [a, b, c, d, e]
                a.push(1)
                b.push(2.5)
                d.push(3)
            }
            print(s, last)
            """,
        ["list methods"] = """
            var xs = [3, 1, 2]
            var s = 0
            for i in 0..100 {
                if xs.contains(i % 5) { s += xs.index(i % 5) }
                s += xs.count(1) + sum(xs) + max(xs) + min(xs) + xs.first() + xs.last()
                if 2 in xs { s += 1 }
                var ys = sorted(xs)
                s += ys[0]
                xs.sort()
                xs.push(xs.removeAt(0))
            }
            print(s, xs)
            """,
        ["list of struct"] = """
            struct P {
                x: float
                y: float
            }
            var ps = []
            for i in 0..100 { ps.push(P(i, i * 2)) }
            var s = 0.0
            for k in 0..5 {
                for p in ps {
                    s += p.x * p.y
                    p.x += 1.0
                }
            }
            for i in 0..100 { s += ps[i].y }
            print(s)
            """,
        ["list unknown literal"] = """
            var xs = [1, 2.5, "a", nil, true]
            var ys = [1, 2, 3]
            var r = nil
            for i in 0..100 {
                r = [xs[i % 5], xs[(i + 1) % 5]]
                r = [r, [ys[i % 3], xs[0]]]
            }
            print(r)
            """,
        ["memory of dead"] = """
            proc f(n) {
                var total = 0
                for i in 0..n {
                    var xs = []
                    for j in 0..10 { xs.push(j) }
                    total += xs[9]
                    var m = {}
                    m[i] = xs
                    total += length(m)
                }
                return total
            }
            print(f(300))
            """,
        ["mixed strategies"] = """
            var ls = [[1, 2, 3], [1.5, 2.5, 3.5], ["a", "b", "c"], [true, false, true]]
            var s = ""
            for i in 0..200 {
                var l = ls[i % 4]
                var x = l[i % 3]
                s = tostring(x)
                for e in l { s = tostring(e) }
                l[i % 3] = x
            }
            print(s, ls)
            """,
        ["negative index"] = """
            var xs = [1, 2, 3]
            var n = 0
            for i in 0..100 { try { n += xs[-1] } catch e { n += 1 } }
            for i in 0..100 { try { n += xs[i - 2] } catch e { n += 1000 } }
            print(n)
            """,
        ["nested"] = """
            var m = []
            for i in 0..30 {
                var row = []
                for j in 0..30 { row.push(i * j) }
                m.push(row)
            }
            var s = 0
            for i in 0..30 {
                for j in 0..30 {
                    s += m[i][j]
                    m[j][i] = s % 7
                }
            }
            print(s, m[3])
            """,
        ["pop"] = """
            var xs = []
            var s = 0
            for i in 0..300 {
                xs.push(i)
                xs.push(i + 1)
                s += xs.pop()
            }
            while length(xs) > 0 { s += pop(xs) }
            print(s)
            var ys = ["a", 1]
            for i in 0..100 {
                ys.push(i)
                ys.push("b")
                s += length(ys.pop())
            }
            print(s, length(ys))
            try { for i in 0..200 { ys.pop() } } catch e { print(e.kind, e.message) }
            """,
        ["push float bool"] = """
            var xs = []
            var bs = []
            for i in 0..300 {
                xs.push(i * 0.5)
                bs.push(i % 3 == 0)
            }
            print(xs[299], bs[297], bs[298], length(bs))
            """,
        ["push int"] = """
            var xs = []
            for i in 0..300 {
                xs.push(i)
                if i % 100 == 0 { xs = [] }
            }
            print(length(xs), xs[5], xs)
            """,
        ["push str"] = """
            var xs = []
            for i in 0..300 { xs.push("s" + tostring(i)) }
            print(xs[0], xs[299])
            """,
        ["push typed"] = """
            var xs: [float] = []
            var ys: [u8] = []
            var zs: [str] = []
            for i in 0..300 {
                xs.push(i)
                ys.push(i)
                zs.push("x")
            }
            print(xs[299], ys[299], zs[3])
            try { for i in 0..100 { if i == 60 { zs.push(1) } else { zs.push("a") } } } catch e { print(e.kind, e.message, length(zs)) }
            """,
        ["push widen"] = """
            var xs = [1]
            for i in 0..300 { if i == 200 { xs.push("a") } else { xs.push(i) } }
            print(length(xs), xs[201], xs[300])
            """,
        ["push widen float"] = """
            var out = []
            for k in 0..120 {
                var xs = [k]
                for i in 0..5 { if k > 60 { xs.push(i + 0.5) } else { xs.push(i) } }
                out.push(xs)
            }
            print(out[0], out[61], out[119])
            """,
        ["range list"] = """
            var s = 0
            for i in 0..60 {
                var a = list(0..i)
                var b = list(0..=i)
                var c = list(range(i, 0, -2))
                s += length(a) + b[i] + length(c)
            }
            print(s)
            """,
        ["repeat list"] = """
            var s = 0
            for i in 0..100 {
                var a = [0] * i
                var b = [1.5, 2.5] * 3
                var c = [true] * (i - 50)
                s += length(a) + length(b) + length(c)
            }
            print(s)
            """,
        ["set values"] = """
            var xs = [nil] * 200
            for i in 0..200 { if i % 2 == 0 { xs[i] = i } else { xs[i] = tostring(i) } }
            print(xs[100], xs[101])
            """,
        ["set widen"] = """
            var xs = [0] * 100
            for i in 0..100 { if i == 70 { xs[i] = 1.5 } else { xs[i] = i } }
            print(xs)
            """,
        ["sieve"] = """
            proc run(n) {
                var flags = [true] * (n + 1)
                var count = 0
                for i in 2..=n {
                    if flags[i] {
                        count += 1
                        for j in range(i + i, n + 1, i) { flags[j] = false }
                    }
                }
                return count
            }
            print(run(2000))
            """,
        ["slices"] = """
            var xs = list(0..50)
            var t = "hello world"
            var tup = (1, 2, 3, 4)
            var s = 0
            var r = nil
            for i in 0..100 {
                var a = xs[i % 10..40]
                var b = t[0..i % 11]
                var c = t[3..]
                var d = xs[..5]
                var e = tup[1..3]
                s += a[0] + length(b) + length(c) + d[4] + length(e)
                r = (a[0..2], b, c, d, e)
            }
            print(s, r)
            for i in 0..60 {
                try { r = t[i..30] } catch e { s += 1 }
                try { r = xs[5..3] } catch e { s += 2 }
            }
            print(s)
            """,
        ["swap"] = """
            var xs = list(0..50)
            for k in 0..20 { for i in 0..49 { xs[i], xs[i + 1] = xs[i + 1], xs[i] } }
            print(xs)
            """,
        ["tuple compare"] = """
            var n = 0
            for i in 0..100 {
                if (i, 1) == (i, 1) { n += 1 }
                if (i, 2) < (i, 3) { n += 2 }
                if (i % 3, 0) in [(0, 0), (1, 0)] { n += 5 }
            }
            print(n)
            """,
        ["tuples"] = """
            var s = 0
            var t = (1, 2)
            for i in 0..200 {
                t = (i, t[0])
                var (a, b) = t
                s += a * 2 + b
                for x in (i, 1, 2) { s += x }
                var u = (i, "x", 1.5)
                s += length(u) + length(u[1])
            }
            print(s, t)
            print((1, 2) == (1, 2), (1, 2) < (1, 3))
            """,
        ["type change"] = """
            var xs = [1, 2, 3]
            var s = 0
            for i in 0..300 {
                if i == 150 { xs = [1.5, 2.5, 3.5] }
                if i == 220 { xs = "abc" }
                if i < 220 { s += xs[i % 3] } else { s += length(xs[i % 3]) }
            }
            print(s)
            """,
        ["typed elements"] = """
            var xs: [int] = [1, 2, 3]
            var fs: [float] = [0.0] * 50
            var us: [u8] = [0] * 50
            for i in 0..150 {
                xs[i % 3] = i
                fs[i % 50] = i
                us[i % 50] = i * 3
            }
            print(xs, fs[3], us[7])
            var n = 0
            for i in 0..60 {
                try { xs[0] = if i % 10 == 9 { "a" } else { i } } catch e {
                    n += 1
                    if i == 59 { print(e.message) }
                }
            }
            print(n, xs)
            for i in 0..60 {
                var ys: [float] = [1, 2]
                ys.push(i)
                var zs: [[int]] = []
                zs.push([i])
                n += length(ys) + length(zs)
            }
            print(n)
            """,
        ["unpack error"] = """
            var n = 0
            for i in 0..100 {
                try {
                    var (a, b) = if i % 10 == 9 { (1, 2, 3) } else { (i, 2) }
                    n += a + b
                } catch e {
                    n += 1000
                    if i == 99 { print(e.message) }
                }
            }
            var xs = [[1, 2], [3, 4]]
            for i in 0..100 {
                var [a, b] = xs[i % 2]
                n += a * b
            }
            print(n)
            """,
    };
}
