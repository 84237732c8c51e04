using System.Collections.Generic;
using System.Globalization;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>Short scripts that declare and use a few globals, and call the delegates of <see cref="HostDelegates"/>.</summary>
internal static class HostScripts
{
    /// <summary>
    /// In the templates, <c>$g</c> and <c>$h</c> are variables, <c>$p</c> is a proc, <c>$n</c> a number, <c>$l</c> a number of iterations,
    /// and <c>$k</c> the number of an engine.
    /// </summary>
    private static readonly string[] Templates =
    [
        "var $g = $n\nfor i in 0..$l { $g += i }\n$g",
        "var $g = [1, 2.5, $n]\nfor x in $g * 20 { if x == nil { print(x) } }\nlength($g)",
        "for i in 0..$l { $g += i }\n$g",
        "$g = $h",
        "print($g, $h)",
        "proc $p(a, b = 2) {\n    var s = 0\n    for i in 0..$l { s += i * b }\n    return [s, a]\n}\n$p(1)",
        "proc $p(a) {\n    var n = $n\n    proc inner() { n += 1\n return n }\n    return inner\n}\nvar $g = $p(1)",
        "proc $p(a) {\n    for i in 0..$l { yield i }\n}\nvar $g = $p(1)",
        "proc $p(a) { return a }\nproc user() { return $p($n) }\nfor i in 0..$l { user() }",
        "for i in 0..$l { $p(i) }",
        "$g = $p($n)",
        "struct S$n { x; y = 1 }\nvar $g = S$n($n)\nfor i in 0..$l { $g.x += 1 }\n$g",
        "$g.push($n)\nlength($g)",
        "let $g = $n",
        "try { hostThrow($n) } catch e { print(e.kind, e.message) }",
        "hostThrow($n)",
        "for i in 0..$l { try { hostThrow($n) } catch e { } finally { $g = i } }",
        "for i in 0..$l { hostRun(\"1 + 1\") }",
        "for i in 0..$l { $g = hostCall(\"$p\", i) }",
        "hostRun(\"hostRun(\\\"$g\\\")\")",
        "hostRun(\"var $g = $n\")\n$g",
        "hostRun(\"throw \\\"inner\\\"\")",
        "proc again(n) { return hostCall(\"again\", n + 1) }\nagain(0)",
        "throw \"thrown\"",
        "throw [$n, $g]",
        "exit($n)",
        "while true { }",
        "var xs = []\nwhile true { xs.push([1, 2, 3, $n]) }",
        "proc deep(n) { return deep(n + 1) + 1 }\ndeep(0)",
        "try { while true { } } finally { $g = $n }",
        "async proc work(n) { return await hostAsync(n) }\nprint(await work($n))",
        "await hostPending()",
        "var t = hostAsync($n)\nt",
        "for i in 0..$l { await hostAsync(i) }",
        "hostKeep($g)",
        "for i in 0..$l { hostKeep([i]) }",
        "$g = hostGet($n)",
        "hostDefine(\"$g\")\n$g(1)",
        "for i in 0..$l { hostSet(\"$g\", i) }\n$g",
        "for i in 0..$l { if i == 9 { hostDispose() }\n $g += i }",
        "for i in 0..$l { if i == 9 { hostThread() } }",
        "hostCancel()\nwhile true { }",
        "try { hostCancel()\nwhile true { } } finally { $g = 1 }",
        "hostOther($k, \"var $g = $n\\n$g\")",
        "for i in 0..$l { hostOther($k, \"1\") }",
        "for i in 0..$l { hostApply($p, i) }",
        "hostCheck(\"$g + nosuchname\")",
        "import math\nmath.sqrt($n)",
        "import \"good\" as good\ngood.value",
        "import \"broken\" as broken",
        "import \"cycle\" as cycle",
        "import \"missing\" as missing",
        "broken (",
        "nosuchname + 1",
        "$g = nosuchname",
        "var $g = 1\nvar $g = 2",
        "$g == $h",
        "tostring($g)",
        "var $g = {\"a\": [$n], $n: 2.5}",
        "var $g = set([1, $n])",
        "var $g = bytes($n)",
        "var $g = chan($n)",
        "var $g = 0..$n",
        "var $g = 2 ** (60 + $n)",
        "var $g = \"\"\nfor i in 0..$l { $g += \"text\" }",
        "var $g = ($n, \"text\", 2 ** 80)",
        "var $g = ($n, [$n])",
        "let xs = [1]\nvar $g = xs.push",
        "struct T$n { x\n proc get(self) { return self.x } }\nvar $g = T$n($n).get",
        "try { throw error(\"K\", \"m\") } catch e { $g = e }",
        "import math\nvar $g = math",
        "async proc later() { return $n }\nvar $g = later()",
        "var $g = ($h, $h)",
        "var $g = list(0..$l) + list(0..$n)",
        "var $g = \"text\" * $l * $n",
        "var $g = bytes($l * $n)",
        "for i in 0..$l { $g += \"some text\" }\nlength($g)",
        "for i in 0..$l { $g.push([i] * $n) }\nlength($g)",
    ];

    /// <summary>Declarations of values that are small for a script, but may be huge as copies.</summary>
    private static readonly string[] LargeTemplates =
    [
        "var $g = 0..$l000", "var $g = 0..$l000000", "var $g = 0..2000000000", "var $g = 2 ** 64..2 ** 64 + $l000",
        "var $g = [\"s\" * 9000] * $l", "var $g = [\"s\" * 90000] * 900",
        "var $g = [1, $n]\nfor i in 0..$n { $g = [$g, $g] }", "var $g = [1, $n]\nfor i in 0..$l { $g = [$g, $g] }",
        "var $g = {\"a\": nil, \"b\": nil}\nfor i in 0..$n { $g = {\"a\": $g, \"b\": $g} }",
        "var $g = (1, $n)\nfor i in 0..$n { $g = ($g, $g) }",
        "var $g = {}\nfor i in 0..$l { $g = {\"a\": $g, \"b\": $g} }", "var $g = []\n$g.push($g)", "var $g = {}\n$g[\"a\"] = $g",
        "var $g = nil\nfor i in 0..$l { $g = [$g] }", "var $g = nil\nfor i in 0..$l * 50 { $g = {\"a\": $g} }",
        "var $g = {\"x\": $n, \"y\": 2}", "var $g = [{\"x\": $n}] * $l", "var $g = bytes($l)", "var $g = set(0..$l)",
        "var $g = [0.5, $n, nil, true]",
        "var $g = [\"a\", \"b\"]", "var $g = {$n: [1], \"k\": ($n, \"v\")}", "proc g() { while true { yield $n } }\nvar $g = g()",
        "var $g = (($n, 2), (3, \"c\"))", "var $g = [[$n], [], [2]]", "var $g = \"friday\"", "var $g = 2 ** 70", "var $g = [x => x]",
        "struct R$n { x; y = 1 }\nvar $g = R$n(5)", "var $g = \"t\" * 2000", "var $g = [[0..$l000] * $l] * $l",
    ];

    /// <summary>The modules that scripts import.</summary>
    public static IReadOnlyDictionary<string, string> Modules { get; } = new Dictionary<string, string>
    {
        ["good"] = "pub let value = 42",
        ["broken"] = "throw \"broken\"",
        ["cycle"] = "import \"other\" as other",
        ["other"] = "import \"cycle\" as cycle",
    };

    public static string Variable(FuzzRandom random) => $"g{random.Below(4)}";

    public static string Proc(FuzzRandom random) => $"p{random.Below(3)}";

    public static string Any(FuzzRandom random) => Filled(random.PickFrom(Templates), random);

    /// <summary>A script that declares a variable whose value may be huge as a copy.</summary>
    public static string Large(FuzzRandom random, string variable) =>
        Filled(random.PickFrom(LargeTemplates).Replace("$g", variable, System.StringComparison.Ordinal), random);

    private static string Filled(string text, FuzzRandom random) =>
        text.Replace("$g", Variable(random), System.StringComparison.Ordinal)
            .Replace("$h", Variable(random), System.StringComparison.Ordinal)
            .Replace("$p", Proc(random), System.StringComparison.Ordinal)
            .Replace("$n", random.Below(12).ToString(CultureInfo.InvariantCulture), System.StringComparison.Ordinal)
            .Replace("$l", random.Pick("12", "40", "90"), System.StringComparison.Ordinal)
            .Replace("$k", random.Below(HostSession.Engines).ToString(CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
}
