using System.Collections.Generic;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Endless loops of an operation that takes milliseconds for its operands. If it did not charge for them, the next look at the clock would
/// be seconds away.
/// </summary>
internal static class TimeBombs
{
    private const string Big = "let a = 1 << 40000000\n";
    private const string Range = "let r = range(0, 1 << 6000000, (1 << 3000000) + 1)\nlet x = 1 << 5000000\n";
    private const string Holes = "for i in 0..600000 { m[i] = i }\nfor i in 1..299000 { m.remove(i) }\n";

    public static Dictionary<string, string> All() => new()
    {
        ["blanks before an int"] = "let s = \" \" * 20000000 + \"1\"\nwhile true { toint(s) }",
        ["blanks after an int"] = "let s = \"1\" + \" \" * 20000000\nwhile true { toint(s) }",
        ["a loop over big ints"] = Big + "for i in a..a + 1000000 { }",
        ["a loop over a range of big ints"] = Big + "let r = a..a + 1000000\nfor i in r { }",
        ["a builtin over a range of big ints"] = Big + "any(a..a + 1000000, x => false)",
        ["membership in a range of big ints"] = Range + "while true { x in r }",
        ["range.contains of big ints"] = Range + "while true { r.contains(x) }",
        ["ranges of big ints"] = "let a = 1 << 6000000\nlet b = (1 << 3000000) + 1\nwhile true { range(0, a, b) }",
        ["a pattern with a range of big ints"] = Big + "while true { match a { 0..10 => 1, _ => 0..a == 0..a } }",
        ["a huge int times a small one"] = "let a = 1 << 400000000\nwhile true { a * 3 }",
        ["a huge int by a small one"] = "let a = 1 << 400000000\nwhile true { a % 3 }",
        ["the remainder of a huge divisor"] = Big + "import math\nwhile true { math.mod(-1, a) }",
        ["a random int between huge neighbours"] = Big + "import random\nwhile true { random.int(a, a + 1) }",
        ["holes of a map"] = "let m = {}\n" + Holes + "while true { for k in m { if k > 0 { break } } }",
        ["holes of a set"] = "let m = set(0..600000)\nfor i in 1..299000 { m.remove(i) }\nwhile true { for k in m { if k > 0 { break } } }",
        ["holes of a map for json"] = "import json\nlet m = {\"a\": 1}\nfor i in 0..600000 { m[i] = i }\n"
            + "for i in 0..299000 { m.remove(i) }\nwhile true { try { json.stringify(m) } catch e { } }",
        ["long fills"] = "let s = \"x\" * 100000\nwhile true { \"\".padStart(10000000, s) }",

        // Not a constant, because the checks of tests print the constants of compiled code.
        ["upper case"] = "proc f(s) { while true { s.upper() } }\nf(\"\\u{1E9}\" * 5000000)",
    };
}
