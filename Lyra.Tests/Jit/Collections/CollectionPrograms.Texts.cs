using System.Collections.Generic;

namespace Lyra.Tests.Jit.Collections;

/// <content>Strs: code units, joining, formatting, comparing, and the methods of str.</content>
internal static partial class CollectionPrograms
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["texts in texts"] = """
            let digits = ["123456789", "59", "", "7", "12345678901234567890", "56789012345", "0"]
            var hits = 0
            for i in 0..400 {
                let text = digits[i % 7]
                if "5" in text { hits += 1 }
                if digits[i % 5] in text { hits += 10 }
                if text not in "0123456789" { hits += 100 }
                if "9" in (if i % 170 == 169 { ["9"] } else { text }) { hits += 1000 }
                try { if i % 100 == 99 and i in text { hits += 1 } } catch e { print(e, e.line) }
            }
            print(hits)
            """,
        ["match strs"] = """
            var ops = ["add", "sub", "mul", "neg", "none", "a", "b"]
            var n = 0
            for i in 0..200 {
                match ops[i % 7] {
                    "add" => n += i
                    "sub" => n -= 1
                    "mul" => n += 2
                    "neg" => n = -n
                    "a" => n += 3
                    _ => n += 1
                }
            }
            for c in "abcabcxyz" * 20 {
                match c {
                    "a" => n += 1
                    "b" => n += 10
                    "x" => n += 100
                    _ => n += 1000
                }
            }
            print(n)
            """,
        ["ord chr"] = """
            var n = 0
            var s = ""
            for i in 0..200 {
                s = chr(97 + i % 26)
                n += ord(s)
                n += ord(chr(i * 50))
            }
            print(n, s)
            for i in 0..60 {
                try { n += ord(if i % 10 == 9 { "ab" } else { "a" }) } catch e { n += 1000 }
                try { s = chr(if i % 10 == 3 { -1 } else { 128512 }) } catch e { n += 5000 }
            }
            print(n, s)
            """,
        ["compare with a code unit"] = """
            var xs = ["b", "a", "ab", "", "é", "\u{20AC}", "a"]
            var text = "baé\u{20AC}xba"
            var n = 0
            for i in 0..210 {
                var x = xs[i % 7]
                if x == text[(i / 7) % 7] { n += 1 }
                if x != text[i % 7] { n += 10 }
                if x == "a" { n += 100 }
                if "" == text[i % 7] { n += 1000 }
                if x == "\u{20AC}" { n += 10000 }
            }
            for x in xs {
                for c in text * 10 {
                    if x == c { n += 7 }
                }
            }
            print(n)
            """,
        ["str compare"] = """
            var xs = ["b", "a", "abc", "ab", ""]
            var n = 0
            for i in 0..200 {
                var a = xs[i % 5]
                var b = xs[(i / 5) % 5]
                if a < b { n += 1 }
                if a <= b { n += 2 }
                if a == b { n += 4 }
                if a != b { n += 8 }
                if a > b { n += 16 }
                if a in b { n += 32 }
                if a == "ab" { n += 64 }
            }
            print(n)
            """,
        ["str concat"] = """
            var s = ""
            for i in 0..500 {
                s += "ab"
                if i % 100 == 0 { s = s + tostring(i) }
            }
            print(length(s), s[10], s[0..20], s == s + "")
            var r = ""
            for c in "hello" * 30 { r = c + r }
            print(r)
            """,
        ["str index"] = """
            var t = "hello world"
            var n = 0
            for i in 0..200 {
                var c = t[i % 11]
                if c == "l" { n += 1 } else if c != " " { n += 2 }
                if c < "h" { n += 10 }
                if c >= "o" { n += 100 }
                if c == "lo" { n += 1000 }
                if t[0] == c { n += 10000 }
            }
            print(n)
            """,
        ["str interpolate"] = """
            var s = ""
            for i in 0..100 {
                s = "i=${i} half=${i / 2.0} odd=${i % 2 == 1} ${s[0..3 % (length(s) + 1)]} ${nil}"
                if i % 30 == 0 { print(s) }
            }
            print(s)
            for i in 0..100 {
                s = "${i}"
                s = "${s}${s}"
                s = "<${[i, s]}>"
            }
            print(s)
            """,
        ["str iterate"] = """
            var t = "abcdefghij" * 10
            var n = 0
            for c in t {
                n += ord(c)
                if c == "c" { n += 1000 }
            }
            for i, c in t {
                n += i
                if c == "é" { n += 1 }
            }
            var u = "äöü€𝄞" * 20
            for c in u { n += ord(c) }
            print(n)
            """,
        ["str methods"] = """
            var t = " Hello, World "
            var n = 0
            var r = nil
            for i in 0..100 {
                r = (t.upper(), t.lower(), t.trim(), t.split(","), t.find("o"), t.find("o", 8), t.replace("l", "L"), t.startsWith(" H"), t.contains("xyz"), t.padEnd(20, "."), t.chars(), "-".join(["a", "b"]), ["x", "y"].join("+"), "{} {}".format(i, 2), t.reverse(), t.count("l"), t.slice(1, 3), t.isEmpty())
                n += length(r[0]) + r[4]
            }
            print(n, r)
            """,
        ["str split loop"] = """
            var text = ["a,b,c", "dd,ee", "f"].join(",") * 10
            var pos = 0
            var out = []
            while true {
                var e = text.find(",", pos)
                if e < 0 {
                    out.push(text[pos..length(text)])
                    break
                }
                out.push(text[pos..e])
                pos = e + 1
            }
            print(out)
            """,
        ["tostring toint"] = """
            var n = 0
            var f = 0.0
            for i in 0..200 {
                n += toint(tostring(i))
                f += tofloat(tostring(i * 0.5))
                n += toint(i * 1.7)
                n += toint(i % 2 == 0)
                f += tofloat(i)
                n += length(tostring(i == 3))
                n += length(tostring([i]))
            }
            print(n, f)
            for i in 0..60 {
                try { n += toint(if i % 7 == 6 { "x1" } else { "12" }) } catch e {
                    n += 1
                    if i > 50 { print(e.message) }
                }
                try { n += toint(if i % 9 == 8 { 1.0 / 0.0 } else { 2.5 }) } catch e { n += 1 }
            }
            print(n, toint(1e30))
            """,
    };
}
