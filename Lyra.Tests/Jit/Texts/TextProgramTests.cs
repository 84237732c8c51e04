using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Texts;

/// <summary>Programs that append to strs in loops. A builder stands for the str while compiled code runs, and nobody notices.</summary>
public sealed class TextProgramTests
{
    /// <summary>Programs whose strs have other uses, too, so that some of them must exist.</summary>
    private static readonly string[] Bodies =
    [
        "var s = \"a\"\nfor i in 0..60 { s += \"b\"\n print(s) }",
        "var s = \"a\"\nvar kept = []\nfor i in 0..60 { let before = s\n s += tostring(i)\n kept.push((before, s)) }\nprint(kept)",
        "var s = \"a\"\nfor k in 0..60 { s = \"ab\"\nfor i in 0..9 { s += s } }\nprint(length(s))",
        "var s = \"a\"\nfor i in 0..90 { s = tostring(i) + s\n s += \".\" }\nprint(s)",
        "var s = \"a\"\nvar t = \"b\"\nfor i in 0..50 { let u = s + \"x\"\n s = t + \"y\"\n t = u }\nprint(s, t)",
        "var s = \"a\"\nfor i in 0..90 { if s[length(s) - 1] == \"b\" { s += \"c\" } else { s += \"b\" } }\nprint(s)",
        "var s = \"\"\nfor i in 0..90 { let one = s + \"1\"\n let two = s + \"2\"\n if i % 3 == 0 { s = one } else { s = two } }\nprint(s)",
        "var s = \"\"\nlet add = () => { s += \"x\" }\nfor i in 0..90 { add()\n s += \"y\" }\nprint(s)",
        "var s = \"\"\nfor i in 0..90 { s += \"x\"\n if i == 50 { s = nil }\n s = s ?? \"new\" }\nprint(s)",
    ];

    public static TheoryData<string> Built() =>
    [
        // A line of cells, one of them the text of an int.
        """
        var lines = []
        for i in 1..=60 {
            var line = ""
            for j in 1..=8 {
                line += tostring(i * j % 1000 - 300)
                if j < 8 { line += "," }
            }
            lines.push(line)
        }
        print(lines)
        """,

        // Words are filled into lines: the length is read, and the str is needed where a line ends.
        """
        proc fill(words, width) {
            var out = []
            var line = ""
            for w in words {
                if length(line) + length(w) > width {
                    out.push(line)
                    line = ""
                }
                line += w
                line += " "
            }
            out.push(line)
            return out
        }
        let words = "the quick brown fox jumps over the lazy dog and runs away from it".split(" ")
        for width in 3..40 { print(fill(words, width)) }
        """,

        // Separators between the parts, but not before the first.
        """
        proc join(n, separator) {
            var out = ""
            for i in 0..n {
                if out != "" { out += separator }
                if i % 3 == 0 { continue }
                out += tostring(i)
            }
            return out
        }
        for n in 0..40 { print(join(n, ", ")) }
        """,

        // Several strs at once.
        """
        proc sort(text) {
            var vowels = ""
            var others = ">"
            for c in text {
                if "aeiou".find(c) >= 0 { vowels += c } else { others += c
                    vowels += "-" }
            }
            return (vowels, others, length(vowels))
        }
        for i in 0..40 { print(sort("the quick brown fox" + tostring(i))) }
        """,

        // Long texts, which are appended to in place, and texts that begin long.
        """
        proc repeat(text, n) {
            var out = text
            for i in 0..n {
                out += "0123456789abcdef"
                out += tostring(i)
            }
            return out
        }
        var long = ""
        for n in [0, 1, 5, 12, 13, 14, 15, 40, 200] {
            let s = repeat("x", n)
            print(n, length(s), hash(s), s[length(s) / 2..])
            let t = repeat(s, n)
            print(length(t), hash(t), t == s + t[length(s)..], s < t)
            long += s
        }
        print(length(long), hash(long))
        """,

        // All kinds of ints, and other values behind them.
        """
        proc digits(xs) {
            var out = ""
            for x in xs {
                out += tostring(x)
                out += ";"
            }
            return out
        }
        for i in 0..40 { print(digits([i, -i, 9223372036854775807, -9223372036854775807 - 1, 0])) }
        for x in [1.5, nil, true, "s", [1], 1 << 70] { print(digits([1, 2, x, 3])) }
        """,

        // The loop is left early, with the str so far.
        """
        proc until(text, stop) {
            var out = ""
            for c in text {
                if c == stop { return out + "!" }
                out += c
            }
            return out
        }
        for stop in "the quick brown fox$" { print(until("the quick brown fox jumps over the lazy dog" * 3, stop)) }
        var sum = 0
        for i in 0..400 { sum += i }
        print(sum)
        """,

        // An error in the middle: the handler sees what was appended before.
        """
        proc join(parts) {
            var out = "["
            try {
                for p in parts {
                    out += "<"
                    out += p
                    out += ">"
                }
            } catch e {
                return (out, e.message)
            }
            return out + "]"
        }
        for i in 0..30 { print(join(["a", "b", "c" * i] * 12)) }
        print(join(["a", "b"] * 25 + [3, "c"]))
        print(join(["a"] * 35 + [nil]))
        """,

        // Calls between the appends, one of which builds a text of its own with the same code.
        """
        proc show(tree) {
            var out = "("
            for t in tree {
                if type(t) == "list" { out += show(t) } else { out += tostring(t) }
                out += " "
            }
            return out + ")"
        }
        for n in 0..7 { print(show([n, [n, n + 1] * n, n, [3, [n, 4] * 20, 5]] * 20)) }
        """,

        // Callbacks and generators between the appends.
        """
        proc list(xs) {
            var out = ""
            for x in xs {
                out += tostring(xs.map((y) => y + x).filter((y) => y > 2).sum())
                out += "/"
            }
            return out
        }
        proc some(n) { for i in 0..n { yield i * i } }
        proc all(n) {
            var out = "g"
            for x in some(n) { out += tostring(x) }
            return out
        }
        for n in 0..30 { print(list([1, 2, 3, n]), all(n)) }
        """,

        // The str is a part of an object that is only made when an exit needs it.
        """
        struct Pair { a
            b }
        proc pairs(n) {
            var out = ""
            var last = nil
            for i in 0..n {
                let p = Pair(i, "v")
                out += p.b
                out += tostring(p.a)
                if i % 13 == 12 { last = p }
            }
            return (out, last)
        }
        for n in 0..40 { let (text, p) = pairs(n)
            print(text, p == nil) }
        """,
    ];


    public static TheoryData<string> Kept() =>
        [.. Bodies.Select(body => $"proc f() {{\n{body}\n}}\nfor k in 0..3 {{ f() }}")];

    [Theory]
    [MemberData(nameof(Built))]
    public void A_builder_stands_for_the_text(string source)
    {
        BothTiers run = BothTiers.ShouldAgree(source);
        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.AppendText));
    }

    [Theory]
    [MemberData(nameof(Built))]
    [MemberData(nameof(Kept))]
    public void Texts_are_the_same_under_stress(string source)
    {
        foreach (int seed in Enumerable.Range(1, 4))
        {
            BothTiers.ShouldAgree(source, TierOptions.Stressed(seed));
        }
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void Strs_that_are_used_exist(string source) => BothTiers.ShouldAgree(source);

    /// <summary>The digits of an int are appended without a str of their own.</summary>
    [Fact]
    public void The_text_of_an_int_is_not_made()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc digits(n) {
                var s = ""
                for i in 0..n { s += tostring(i * 7) }
                return s
            }
            print(digits(90))
            """);
        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.AppendDigits));
        run.Nodes.ShouldNotContain(node => ReferenceEquals(node.Payload, RegionHelpers.TextOfInt));
    }
}
