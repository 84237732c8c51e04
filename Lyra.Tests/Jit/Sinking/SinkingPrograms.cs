using System.Collections.Generic;

namespace Lyra.Tests.Jit.Sinking;

/// <summary>Programs whose loops allocate objects that can be eliminated, always or on some paths.</summary>
internal static class SinkingPrograms
{
    private const string Vec = """
        struct Vec {
            x; y
            proc __add(self, o) { return Vec(self.x + o.x, self.y + o.y) }
            proc __sub(self, o) { return Vec(self.x - o.x, self.y - o.y) }
            proc __mul(self, k) { return Vec(self.x * k, self.y * k) }
            proc dot(self, o) { return self.x * o.x + self.y * o.y }
        }

        """;

    /// <summary>Programs whose hot loops need no allocation.</summary>
    public static IReadOnlyList<string> WithoutObjects { get; } =
    [
        "operands", "accumulator", "accumulator that changes its kind", "a name for what was before", "fields that change",
        "tuples that are returned",
        "a tuple from round to round", "closures", "kept twice", "printed now and then", "objects in objects", "a struct with types",
        "frames in each other", "loops over ranges",
    ];

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["loops over ranges"] = """
            proc run(n) {
                var s = 0
                for i in 0..n {
                    for j in range(i, i - 9, -2) { s = (s * 3 + j) % 1000003 }
                    for j in range(i, i + 5) { if j == 150 { continue }; s += j }
                    var r = i..=i + 3
                    for k, j in r { s += k * j }
                    for j in range(i, 3 * i, i % 4 + 1) { if j > i + 20 { break }; s += j }
                }
                return s
            }
            for k in 0..3 { print(run(200)) }
            """,
        ["ranges that are kept now and then"] = """
            proc run(n) {
                var kept = []
                var s = 0
                for i in 0..n {
                    var r = range(9, i % 12, -1)
                    for j in r {
                        s += j
                        if i % 50 == 49 { kept.push(r) }
                    }
                    try {
                        for j in range(0, 4, if i == 150 { 0 } else { 2 }) { s += j }
                    } catch e { print(e.message) }
                }
                print(kept, s)
            }
            for k in 0..3 { run(200) }
            """,
        ["calls in loops over ranges"] = """
            var count = 0
            proc permute(v, k) {
                if k == 0 { count = (count * 7 + v[0]) % 1000003; return }
                for i in range(k - 1, -1, -1) {
                    v[i], v[k - 1] = v[k - 1], v[i]
                    permute(v, k - 1)
                    v[i], v[k - 1] = v[k - 1], v[i]
                }
            }
            for n in 0..60 { permute([3, 1, 4, 2], 4) }
            print(count)
            """,
        ["operands"] = Vec + """
            proc run(n) {
                var v = Vec(0.5, 0.25)
                var s = 0.0
                for i in 0..n { s += ((v + Vec(i, 1)) * 0.5 - v).dot(v * 2.0) }
                return s
            }
            for k in 0..3 { print(run(200)) }
            """,
        ["accumulator"] = Vec + """
            proc run(n) {
                var p = Vec(0.0, 1.0)
                var v = Vec(0.5, 0.25)
                for i in 0..n { p = p + v * 0.5 }
                return p
            }
            for k in 0..3 { var p = run(200); print(p.x, p.y) }
            """,
        ["accumulator that changes its kind"] = Vec + """
            proc run(n) {
                var p = Vec(0, 1)
                for i in 0..n { if i < 90 { p = p + Vec(1, 2) } else { p = p + Vec(0.5, 2) } }
                return p
            }
            for k in 0..3 { var p = run(200); print(p.x, p.y) }
            """,
        ["the object before the loop is another name's, too"] = Vec + """
            proc run(n) {
                var first = Vec(0.0, 1.0)
                var p = first
                var same = 0
                for i in 0..n {
                    if p is first { same += 1 }
                    if i % 50 == 49 { p = first }
                    if i % 50 == 20 { p = p + Vec(1.0, 1.0) }
                    if i % 70 == 69 { first.x = first.x + 1.0 }
                }
                p.y = 77.0
                return (p.x, p.y, first.x, first.y, same, p is first)
            }
            for k in 0..4 { print(run(100 + 23 * k)) }
            """,
        ["a name for what was before"] = Vec + """
            proc run(n) {
                var p = Vec(0.0, 1.0)
                var before = p
                var d = 0.0
                for i in 0..n {
                    before = p
                    p = p + Vec(0.5, 0.25)
                    d += (p - before).x
                }
                before.x = 100.0
                return (p.x, p.y, before.x, before.y, d, p is before)
            }
            for k in 0..3 { print(run(50 + k)) }
            """,
        ["two names for one object"] = Vec + """
            proc run(n) {
                var s = 0.0
                var a = Vec(1.0, 2.0)
                var b = a
                for i in 0..n {
                    a = Vec(i, 1.0)
                    b = a
                    b.x = b.x + 1.0
                    s += a.x
                    if i % 31 == 7 { a = Vec(0.0, 0.0) }
                }
                a.y = 5.0
                return (s, a.x, a.y, b.x, b.y, a is b)
            }
            for k in 0..6 { print(run(64 + k)) }
            """,
        ["fields that change"] = """
            struct Acc { n; sum; last }
            proc run(xs) {
                var total = 0
                for k in 0..40 {
                    var acc = Acc(0, 0, nil)
                    for x in xs {
                        acc.n = acc.n + 1
                        if x % 3 == 0 { acc.sum = acc.sum + x } else { acc.last = x }
                    }
                    total += acc.sum * acc.n + (acc.last ?? 0)
                }
                return total
            }
            for k in 0..4 { print(run(list(0..20))) }
            print(run([1.5, 3.0, 2.5] + list(0..10)))
            """,
        ["tuples that are returned"] = """
            proc divmod(a, b) { return (a / b, a % b) }
            proc minmax(a, b) { if a < b { return (a, b) } else { return (b, a) } }
            proc run(n) {
                var s = 0
                for i in 0..n {
                    var (q, r) = divmod(i * 7, 5)
                    var (lo, hi) = minmax(q, r)
                    s += lo * 3 - hi
                }
                return s
            }
            for k in 0..3 { print(run(200)) }
            """,
        ["a tuple from round to round"] = """
            proc run(n) {
                var t = (0, 1)
                for i in 0..n { t = (t[1] % 1000007, t[0] + t[1] % 1000007) }
                return t
            }
            for k in 0..3 { print(run(200 + k)) }
            """,
        ["closures"] = """
            proc apply(f, x) { return f(x) }
            proc each(n, f) { var i = 0; while i < n { f(i); i += 1 } }
            proc fold(n, a, f) { var i = 0; while i < n { a = f(a, i); i += 1 }; return a }
            proc run(n) {
                var s = 0
                for i in 0..n {
                    var k = i % 5
                    s += apply(x => x * k + i, 3)
                    var count = 0
                    each(4, x => { count += x * k })
                    s += count
                    s += fold(3, 0, (a, x) => a + x * k)
                }
                return s
            }
            for k in 0..3 { print(run(120)) }
            """,
        ["a closure that is kept on a rare arm"] = """
            var kept = []
            proc run(n) {
                var s = 0
                for i in 0..n {
                    var c = 0
                    var f = x => { c += x; return c + i }
                    s += f(1)
                    if i % 37 == 11 { kept.push(f) }
                    s += f(2)
                }
                return s
            }
            for k in 0..3 { print(run(150)) }
            for f in kept { print(f(10), f(1)) }
            """,
        ["kept on a rare arm"] = Vec + """
            proc run(n) {
                var kept = []
                var p = Vec(0.0, 0.0)
                var v = Vec(0.5, 0.25)
                for i in 0..n {
                    p = p + v
                    if i % 40 == 13 { kept.push(p) }
                    if i % 80 == 14 { kept.push((i, p)) }
                }
                kept.push(p)
                var s = ""
                for q in kept { if type(q) == "tuple" { s += "(${q[0]} ${q[1] is kept[length(kept) - 1]})" } else { s += "${q.x} " } }
                if kept[0] is kept[1] { s += "same" }
                return s
            }
            for k in 0..4 { print(run(55 + 40 * k)) }
            """,
        ["kept twice"] = Vec + """
            proc run(n) {
                var kept = []
                for i in 0..n {
                    var p = Vec(i, 1)
                    if i % 20 == 5 { kept.push(p) }
                    if i % 10 == 5 { kept.push(p) }
                }
                var same = 0
                for i in 1..length(kept) { if kept[i] is kept[i - 1] { same += 1 } }
                return (length(kept), same)
            }
            for k in 0..3 { print(run(200)) }
            """,
        ["objects in objects"] = """
            struct P { x; y }
            struct Line { a; b }
            proc shift(l, d) { return Line(P(l.a.x + d, l.a.y), P(l.b.x, l.b.y + d)) }
            proc len2(l) { var dx = l.a.x - l.b.x; var dy = l.a.y - l.b.y; return dx * dx + dy * dy }
            proc run(n) {
                var s = 0
                for i in 0..n {
                    var p = P(i, 2)
                    var l = Line(p, p)
                    s += len2(shift(l, 3))
                    if l.a is l.b { s += 1 }
                    l.a.x = 5
                    s += l.b.x
                }
                return s
            }
            for k in 0..3 { print(run(150)) }
            """,
        ["errors in the middle"] = Vec + """
            proc half(v, i) { if i % 29 == 28 { throw error("odd ${v.x}") }; return v * 0.5 }
            proc run(n) {
                var s = 0.0
                var p = Vec(1.0, 1.0)
                for i in 0..n {
                    try { p = half(p + Vec(i, 1.0), i); s += p.x } catch e { s += 1000; p = Vec(0.0, 0.0); if i > 90 { print(e.message) } }
                    if i == 120 { p = p + nil }
                }
                return s
            }
            print(run(100))
            print(run(120))
            try { run(200) } catch e { print(e.kind, e.message, e.trace) }
            """,
        ["a struct with types"] = """
            struct C { re: float; im: float; n: int; small: u8; ok: bool
                proc sq(self) { return C(self.re * self.re - self.im * self.im, 2.0 * self.re * self.im, self.n + 1, self.n * 3, not self.ok) }
                proc plus(self, o) { return C(self.re + o.re, self.im + o.im, self.n, self.small, self.ok) }
            }
            proc run(n) {
                var inside = 0
                for k in 0..n {
                    var c = C(k * 0.02 - 1.5, 0.3, 0, 0, true)
                    var z = C(0, 0, 0, 0, false)
                    var i = 0
                    while i < 30 and z.re * z.re + z.im * z.im < 4.0 {
                        z = z.sq().plus(c)
                        i += 1
                    }
                    inside += i + z.small + (if z.ok { 1 } else { 0 }) + z.n
                }
                return inside
            }
            for k in 0..3 { print(run(60)) }
            """,
        ["frames in each other"] = Vec + """
            proc three(v, w) { return (v - w).dot(v + w) }
            proc two(v, k) { var t = (v * k, v); return three(t[0], t[1]) + t[1].x }
            proc one(i) { var v = Vec(i % 7, 0.5); var f = k => two(v, k); return f(2) + f(3) }
            proc run(n) { var s = 0.0; for i in 0..n { s += one(i) }; return s }
            for k in 0..3 { print(run(150)) }
            """,
        ["a proc that makes objects"] = Vec + """
            proc norm(v, k) {
                var w = v * 0.5
                var i = 0
                while i < k { w = w + v * 0.1; i += 1 }
                if w.x > 50 { return w }
                return w - v
            }
            proc run(n) { var s = 0.0; for i in 0..n { s += norm(Vec(i, 1.0), i % 5).y }; return s }
            for k in 0..3 { print(run(200)) }
            """,
        ["looked at by the interpreter now and then"] = Vec + """
            proc run(n) {
                var p = Vec(0.0, 1.0)
                for i in 0..n {
                    p = p + Vec(0.5, 0.25)
                    if i % 33 == 32 { print(p.x, tostring(p) == "") }
                    if i % 44 == 43 { var q = p; q.x = -1.0 }
                }
                return p
            }
            for k in 0..2 { print(run(150).x) }
            """,
        ["printed now and then"] = Vec + """
            proc run(n) {
                var p = Vec(0.0, 1.0)
                for i in 0..n {
                    p = p + Vec(0.5, 0.25)
                    if i % 33 == 12 { print(p); print(p.x) }
                }
                return p
            }
            for k in 0..3 { print(run(150).x) }
            """,
        ["changed by the interpreter now and then"] = Vec + """
            var kept = []
            proc touch(q) { q.y = q.y + 100.0; kept.push(q); return 0 }
            proc run(n) {
                var p = Vec(0.0, 1.0)
                var same = 0
                for i in 0..n {
                    p = p + Vec(0.5, 0.25)
                    if i % 33 == 12 { sorted([p], touch); print(p.x, p.y) }
                    if i % 33 == 13 { sorted([p, p], touch) }
                    if i % 47 == 46 { sorted([p], q => { q.x = 7; return 0 }) }
                    if i % 33 == 12 { if kept[length(kept) - 1] is p { same += 1 } }
                }
                return (p.x, p.y, same)
            }
            for k in 0..3 { try { print(run(120)) } catch e { print(e.kind, e.message) } }
            var s = ""
            for q in kept { s += if type(q) == "Vec" { "${q.x} ${q.y}, " } else { "- " } }
            print(s)
            """,
        ["a linked list that grows"] = """
            struct Node { value; next }
            proc run(n) {
                var head = nil
                var last = Node(-1, nil)
                for i in 0..n {
                    head = Node(i, head)
                    var fresh = Node(i, nil)
                    last.next = fresh
                    last = fresh
                }
                var s = 0
                while head != nil { s += head.value; head = head.next }
                return (s, last.value)
            }
            for k in 0..3 { print(run(100)) }
            """,
    };
}
