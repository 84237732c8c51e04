using System.Collections.Generic;

namespace Lyra.Tests.Jit.Collections;

/// <content>Numbers: mixed kinds, values beyond 64 bits, and the modules math and bits.</content>
internal static partial class CollectionPrograms
{
    private static readonly Dictionary<string, string> Numbers = new()
    {
        ["abs min max"] = """
            var n = 0
            var f = 0.0
            for i in -100..100 {
                n += abs(i) + min(i, 5) + max(i, -5, 3)
                f += abs(i * 0.5) + min(i * 0.5, 2.0) + max(i * 0.5, -2.0)
                n += length(tostring(min(i, 2.5)))
            }
            print(n, f, min("b", "a"))
            var nan = 0.0 / 0.0
            for i in 0..60 { f += length(tostring(min(nan, 1.0))) + length(tostring(max(1.0, nan))) + length(tostring(min(0.0, -0.0))) }
            print(f)
            """,
        ["bigint compare"] = """
            var a = 1 << 70
            var n = 0
            for i in 0..100 {
                var b = if i % 2 == 0 { a + i } else { i }
                if b > a { n += 1 }
                if b == a { n += 10 }
                if b <= i { n += 100 }
                if b != 3 { n += 1000 }
                if b < 1e30 { n += 10000 }
            }
            print(n)
            """,
        ["bits"] = """
            import bits
            var a = 123456789
            var s = 0
            for i in 0..200 {
                a = bits.mul32(a, 1103515245)
                a = bits.add32(a, 12345 + i)
                s += bits.shru32(a, 3) + bits.shr32(a, 5) + bits.rotl32(a, i % 40) + bits.rotru32(a, 7) + bits.popcount(a) + bits.clz(i) + bits.ctz(i + 1) + bits.shl32(a, i % 32) + bits.addu32(a, -1) + bits.subu32(3, i) + bits.mulu32(a, 3)
                s = s % 1000003
            }
            print(a, s)
            var h = 14695981039346656037
            for i in 0..100 {
                h = bits.mulu64(h, 1099511628211)
                h = bits.addu64(h, i)
            }
            print(h)
            """,
        ["int float compare"] = """
            var n = 0
            var big = 9007199254740993
            for i in 0..100 {
                var f = 9007199254740992.0
                if big + i > f { n += 1 }
                if big + i == f { n += 10 }
                if i < 50.5 { n += 100 }
                if i <= 50.0 { n += 1000 }
                if i == 50.0 { n += 100000 }
            }
            print(n)
            """,
        ["int to bigint"] = """
            var a = 1
            for i in 0..100 { a = a * 3 }
            print(a)
            var f0 = 0
            var f1 = 1
            for i in 0..200 { f0, f1 = f1, f0 + f1 }
            print(f0)
            var n = 0
            var b = a
            while b > 0 {
                n += b % 10
                b = b / 10
            }
            print(n, -a, a - a + 5, ~a, a & 255, a | 1, a ^ 3, a >> 60, a << 3, a ** 2 == a * a)
            """,
        ["math errors"] = """
            import math
            var n = 0
            for i in 0..80 {
                try { n += math.floor(if i % 20 == 19 { 0.0 / 0.0 } else { i * 1.5 }) } catch e { n += 1000 }
                try { n += math.floor(if i % 20 == 13 { 1e300 } else { i * 1.5 }) % 1000007 } catch e { n += 7 }
                try { n += math.floor(if i % 20 == 9 { "x" } else { i }) } catch e { n += 100000 }
            }
            print(n)
            """,
        ["math floats"] = """
            import math
            var f = 0.0
            var n = 0
            for i in 1..200 {
                f += math.sqrt(i) + math.sin(i * 0.1) + math.cos(i) + math.exp(i * 0.01) + math.log(i) + math.atan2(i, 2) + math.pow(i, 0.5) + math.hypot(i, 1.5) + math.cbrt(i) + math.degrees(1) + math.radians(i) + math.tan(0.3) + math.log10(i) + math.log2(i + 0.5)
                n += math.floor(i * 0.7) + math.ceil(i * 0.7) + math.round(i * 0.5) + math.trunc(-i * 0.3) + math.mod(-i, 7) + math.sign(i - 100) + math.gcd(i, 12) + math.idiv(-i, 4)
                if math.isNan(f) { n += 1 }
            }
            print(f, n)
            """,
        ["floored division"] = """
            import math
            var n = 0
            for i in -100..100 {
                n = n * 3 + math.idiv(i, 7) + 2 * math.idiv(i, 1) + math.mod(i, 5)
                n = n % 1000003
            }
            print(n)
            for i in 0..60 { n += math.idiv(i, if i < 50 { 3 } else { -3 }) }
            print(n)
            """,
        ["names of types"] = """
            struct Point { x }
            struct Named {
                x
                proc type(self) { return "list" }
            }
            let xs = [1, 2.5, "s", nil, true, [1], {"a": 1}, (1, 2), Point(1), 1 << 80, set([1]), 0..3, x => x]
            var counts = {}
            proc kind(x) {
                let t = type(x)
                if t == "int" { return "i" }
                if t == "float" { return "f" }
                if t == "list" { return "l" }
                if "Point" == t { return "p" }
                return match type(x) { "str" => "s", "nil" => "n", "map" => "m", "tuple" => "t", _ => "-" }
            }
            for i in 0..600 {
                let k = kind(xs[i % 13])
                counts[k] = counts.get(k, 0) + 1
            }
            print(counts)
            var known = 0
            for i in 0..200 { if type(i) == "int" and type([i]) != "set" { known += 1 } }
            print(known, kind(Named(1)))
            for i in 0..100 { known += if kind(if i < 90 { Point(1) } else { Named(1) }) == "l" { 1 } else { 0 } }
            print(known)
            """,
        ["number mix"] = """
            var xs = [1, 2.5, 3, 4.5]
            var s = 0
            for i in 0..200 {
                var x = xs[i % 4]
                s = s + x
                var p = x * i
                var q = x - 1
                var r = x / 2
                var t = x % 2
                if x < 3 { s += 1 }
                if x == 3 { s += 10 }
                if x >= 2.5 { s += 100 }
                s = s + p + q + r + t
            }
            print(s)
            """,
        ["number mix overflow"] = """
            var xs = [9223372036854775807, 1.5, 2]
            var s = 0
            for i in 0..100 {
                var x = xs[i % 3]
                var y = x + 1
                var z = x * 2
                s = length(tostring(y)) + length(tostring(z)) + s
            }
            print(s)
            """,
        ["pow"] = """
            var n = 0
            var f = 0.0
            for i in 0..80 {
                n += (i % 5) ** 3
                f += (i * 0.5) ** 2
                f += i ** 0.5
                n += (2 ** i) % 1000
            }
            print(n, f)
            """,
        ["random"] = """
            import random
            random.seed(42)
            var s = 0.0
            var n = 0
            for i in 0..200 {
                s += random.float()
                n += random.int(1, 6)
                n += random.choice([1, 2, 3])
            }
            print(s, n)
            """,
    };
}
