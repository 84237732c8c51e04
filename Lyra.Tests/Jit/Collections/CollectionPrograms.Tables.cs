using System.Collections.Generic;

namespace Lyra.Tests.Jit.Collections;

/// <content>Maps and sets.</content>
internal static partial class CollectionPrograms
{
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["map constant keys"] = """
            let settings = { "step": 3, "limit": 50, "rate": 0.5, "name": "a" }
            var totals = { "sum": 0, "hits": 0, 7: 0.0 }
            var alias = totals
            for i in 0..300 {
                totals["sum"] = totals["sum"] + settings["step"]
                if i % settings["limit"] == 0 { totals["hits"] += 1; alias["sum"] += 1000 }
                totals[7] = alias[7] + settings["rate"]
                alias["name"] = settings["name"] + tostring(i)
            }
            print(totals, settings)
            """,
        ["map literals of many entries"] = """
            proc next(n) { return n + 1 }
            var n = 0
            var last = nil
            for i in 0..300 {
                let m = { "a": next(n), "b": i & 1, "c": i > 3, "d": "x", "e": [], 6: i, 6.0: -i, (i, 1): 0.5 }
                let twice = { "k": i, "l": 1, "m": 2, "n": 3, "k": -i, "o": nil, i: i }
                n = m["a"] + length(m) + length(twice)
                last = (m, twice)
                try { if i % 100 == 99 { last = { "a": 1, "b": 2, "c": 3, "d": 4, [i]: 5, "f": 6 } } } catch e { print(e, e.trace) }
            }
            print(n, last)
            """,
        ["map keys come and go in the loop"] = """
            var m = { "a": 0, "b": 0 }
            var nils = 0
            for i in 0..400 {
                if i % 97 == 50 { m.remove("a") }
                if m["a"] == nil { nils += 1; m["a"] = i }
                m["a"] = m["a"] + 1
                m["b"] = m["b"] + m["a"]
                if i % 131 == 100 { m = { "b": m["b"] } }
                if i % 151 == 150 { m.clear(); m["b"] = i }
            }
            print(m, nils)
            """,
        ["map keys that are tuples"] = """
            struct K { v
              proc __eq(self, o) { return self.v == o.v }
              proc __hash(self) { return self.v } }
            let keys = set([(0, 0), (1, 1), (2.0, 2), (3, 0.0), ("a", 1), (K(1), 2), (2 ** 63, 1), (1, 2, 3)])
            var cells = { (1.0, 1): 10, (1, 2.5): 3 }
            var hits = 0
            for i in 0..400 {
                let key = (i % 7, i % 5)
                cells[key] = cells.get(key, 0) + 1
                if (i % 9, i % 3) in keys { hits += 1 }
                if keys.has((i % 4 * 1.0, i % 5)) { hits += 10 }
                if cells.has((i % 3 + 2 ** 63 - 1, 1)) { hits += 100 }
                if keys.has((1, i % 3, 3)) { hits += 1000 }
                if i % 100 == 99 { hits += cells.get((K(i), [i].length()), 7) }
                try { if i % 100 == 50 { hits += cells.get((i, [i]), 7) } } catch e { print(e, e.line) }
            }
            print(hits, cells, (K(1), 2.0) in keys)
            """,
        ["map keys that are 1 and 1.0"] = """
            var m = { 1: 10, 2: 20 }
            var s = 0.0
            for i in 0..200 {
                m[1] = m[1] + 1
                s += m[1.0] + m[2]
                if i % 50 == 49 { m[2.0] = 0.25 }
            }
            print(m, s)
            """,
        ["map values are checked when stored"] = """
            var m: {str: float} = { "x": 0, "y": 1 }
            var plain = { "x": 0 }
            for i in 0..200 {
                m["x"] = i
                plain["x"] = m["x"] + m["y"]
            }
            print(m, plain)
            try {
                for i in 0..200 { m["x"] = [i, "wrong"][i / 150] }
            } catch e { print(e.kind, m) }
            """,
        ["map int"] = """
            var m = {}
            for i in 0..300 { m[i % 37] = i }
            var s = 0
            for i in 0..300 {
                if i in m { s += m[i] }
                var v = m[i]
                if v == nil { s += 1 }
            }
            print(s, length(m))
            """,
        ["map iter holes"] = """
            var m = {}
            for i in 0..100 { m[i] = i * 2 }
            for i in 0..100 { if i % 3 != 0 { m.remove(i) } }
            var st = set(0..100)
            for i in 0..100 { if i % 4 != 0 { st.remove(i) } }
            var s = ""
            for k, v in m { s += tostring(k) + ":" + tostring(v) + " " }
            for i, x in st { s += tostring(i) + ":" + tostring(x) + " " }
            print(s)
            """,
        ["map iterate"] = """
            var m = {}
            for i in 0..100 { m["k" + tostring(i)] = i }
            var s = 0
            for k in m { s += length(k) }
            for k, v in m {
                s += v
                if v % 10 == 0 { m[k] = v + 1 }
            }
            for v in m.values() { s += v }
            for k in m.keys() { s += length(k) }
            print(s)
            """,
        ["map literals"] = """
            var s = 0
            var last = nil
            for i in 0..100 {
                var p = { "x": i, "y": 2 }
                s += p["x"] + p["y"]
                p["z"] = 3
                last = p
                var e = {}
                e[i] = p
                s += length(e)
            }
            print(s, last)
            """,
        ["map mixed keys"] = """
            var m = {}
            var keys = [1, "a", 2.5, true, nil, (1, 2), 3.0]
            for i in 0..200 {
                var k = keys[i % 7]
                m[k] = m.get(k, 0) + 1
                if m.has(k) { m[3] = i }
            }
            print(m)
            for k, v in m { print(k, v) }
            """,
        ["map remove"] = """
            var m = {}
            var s = 0
            for i in 0..300 {
                m[i] = i
                if i % 3 == 0 {
                    m.remove(i - 10)
                    if remove(m, i) { s += 1 }
                }
                if i == 290 { for k, v in m { s += k + v } }
            }
            print(s, length(m))
            m.clear()
            print(m)
            """,
        ["map str"] = """
            var m = { "a": 1, "b": 2 }
            var s = 0
            for i in 0..200 {
                m["a"] += 1
                m["b"] = m["a"] * 2
                s += m["b"]
                var k = "k" + tostring(i % 10)
                m[k] = m.get(k, 0) + 1
            }
            print(s, m)
            """,
        ["map structs"] = """
            struct P {
                x: int
                proc __hash(self) { return self.x }
                proc __eq(self, o) { return self.x == o.x }
            }
            var m = {}
            for i in 0..100 { m[P(i % 7)] = i }
            print(length(m), m[P(3)])
            var n = 0
            for i in 0..100 {
                if P(i) in m { n += 1 }
                if m.has(P(i)) { n += 1 }
            }
            print(n)
            """,
        ["map typed"] = """
            var m: { str: float } = {}
            for i in 0..100 { m["a" + tostring(i % 5)] = i }
            print(m)
            try { for i in 0..100 { if i == 50 { m["x"] = "y" } else { m["x"] = i } } } catch e { print(e.message) }
            print(m["x"])
            """,
        ["map unhashable"] = """
            var m = {}
            var n = 0
            for i in 0..100 {
                var k = if i % 10 == 5 { [1] } else { i }
                try { m[k] = 1 } catch e {
                    n += 1
                    if i == 95 { print(e.kind, e.message) }
                }
                try { if k in m { n += 2 } } catch e { n += 10 }
            }
            print(n, length(m))
            """,
        ["null coalesce"] = """
            var m = { "a": 1 }
            var n = 0
            for i in 0..100 {
                n += m["a"] ?? 5
                n += m["zz"] ?? 7
                var x = if i % 2 == 0 { nil } else { [1, 2] }
                n += (x?[0]) ?? 100
            }
            print(n)
            """,
        ["sets"] = """
            var st = set([])
            var s = 0
            for i in 0..200 {
                if st.add(i % 20) { s += 1 }
                if st.has(i) { s += 10 }
                if i in st { s += 100 }
                st.add("a")
                st.add((i % 3, 1))
            }
            var u = st.union(set([1000]))
            for x in st { s += 1 }
            print(s, length(st), length(u))
            var ts: set = set([1, 2])
            for i in 0..50 {
                ts.remove(i)
                ts.add(i * 2)
            }
            print(ts)
            """,
        ["wordcount"] = """
            var words = ["the", "quick", "brown", "the", "fox", "the"]
            var counts = {}
            for k in 0..50 { for w in words { counts[w] = counts.get(w, 0) + 1 } }
            for w in words { if w in counts { counts[w] += 1 } }
            print(counts)
            """,
    };
}
