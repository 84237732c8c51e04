using System.Collections.Generic;

namespace Lyra.Tests.Hostile;

/// <summary>Calls of builtins and modules with unsuitable arguments.</summary>
internal static class LibraryBombs
{
    public static IEnumerable<HostileProgram> All() => [.. Json(), .. Arguments(), .. Modules()];

    private static IEnumerable<HostileProgram> Json()
    {
        yield return HostileProgram.Failing("JSON of open brackets", "import json\njson.parse(\"[\" * 1000000)", "ValueError",
            "StackOverflow");
        yield return HostileProgram.Failing("JSON of open objects", "import json\njson.parse(\"{\\\"a\\\":\" * 1000000)", "ValueError",
            "StackOverflow");
        yield return new HostileProgram("JSON nested deep",
            "import json\nprint(type(json.parse(\"[\" * 100000 + \"]\" * 100000)))")
        {
            Codes = [0, 1],
            Kinds =
                ["ValueError", "StackOverflow"]
        };
        yield return new HostileProgram("JSON nested deep, a million frames", "import json\nprint(type(json.parse(\"[\" * 100000 + \"]\" "
            + "* 100000)))")
        { Codes = [0, 1], Kinds = ["ValueError", "StackOverflow"], Options = ["--max-frames", "1000000"] };
        yield return new HostileProgram("JSON numbers", "import json\nfor t in [\"1e999\", \"-1e999\", \"1e-999\", \"-0\", \"1\" * 1000] "
            + "{ try { print(type(json.parse(t))) } catch e { print(e.kind) } }")
        { Codes = [0] };
        yield return HostileProgram.Failing("JSON number of ten million digits", "import json\nprint(json.parse(\"1\" * 10000000) > 0)",
            "ValueError", "LimitExceeded") with
        { Codes = [0, 1], Options = ["--timeout", "1000"] };
        yield return HostileProgram.Failing("JSON indent of 10**9",
            "import json\nprint(length(json.stringify([[1]], 10 ** 9)))") with
        { Codes = [0, 1] };
        yield return HostileProgram.Failing("JSON indent that is negative",
            "import json\nprint(json.stringify([[1]], -1))") with
        { Codes = [0, 1] };
        yield return new HostileProgram("JSON lone surrogates",
            "import json\nprint(length(json.parse(\"\\\"\\\\ud800\\\"\")))\nprint(length(json.stringify(\"\\u{D800}\")) > 0)")
        {
            Codes =
                [0, 1]
        };
    }

    // Every builtin with every kind of value, and without arguments: it returns or throws.
    private static IEnumerable<HostileProgram> Arguments()
    {
        string[] builtins =
        [
            "length", "insert", "remove", "pop", "push", "tostring", "toint", "tofloat", "tobool", "type", "range", "keys", "values", "set",
            "tuple", "decimal",
            "list", "map", "bytes", "ord", "chr", "abs", "min", "max", "sum", "sorted", "reversed", "enumerate", "zip", "any", "all",
            "error", "hash", "next", "done",
        ];
        const string values = "let values = [nil, true, 0, -1, 2 ** 70, -(2 ** 70), 2 ** 31, 1.5, nan, inf, \"\", \"abc\", \"\\u{D800}\", "
            + "[], [1, \"a\"], {}, {\"a\": 1}, set([1]), (), (1, 2), 0..3, 0..2 ** 62, bytes(3), print, x => x, S, S(1), error(\"e\"), "
            + "g(), chan(1), sleep(0)]\n";
        const string head = "import math\nlet nan = math.nan\nlet inf = math.inf\nstruct S { f }\nproc g() { yield 1 }\n" + values;
        foreach (string builtin in builtins)
        {
            string body = $"for a in values {{ for n in 0..4 {{ try {{ match n {{ 0 => {{ {builtin}() }}, 1 => {{ {builtin}(a) }}, 2 => "
                + $"{{ {builtin}(...[a, 1]) }}, _ => {{ {builtin}(...[a, a, a]) }} }} }} catch e {{ }} }} }}\nprint(\"done\")\n";
            string called = body.Replace($"0 => {{ {builtin}() }}", $"0 => {{ let f = {builtin}\nf() }}", System.StringComparison.Ordinal);
            yield return new HostileProgram($"{builtin} of everything", head + called)
            {
                Codes = [0, 1],
                Kinds = ["LimitExceeded"],
                Output = "done\n",
                Options = ["--timeout", "1000"]
            };
        }
        foreach (string op in new[] { "+", "-", "*", "/", "%", "**", "<<", ">>", "&", "|", "^", "==", "<", "<=", "in", "is", "..", "??" })
        {
            yield return new HostileProgram($"{op} of everything", $"{head}for a in values {{ for b in values {{ if a != 2 ** 70 or b != "
                + $"2 ** 70 {{ try {{ let r = (a {op} b) }} catch e {{ }} }} }} }}\nprint(\"done\")\n")
            {
                Codes = [0, 1],
                Kinds = ["LimitExceeded"],
                Output = "done\n",
                Options = ["--timeout", "10000"],
            };
        }
        yield return new HostileProgram("indexing everything by everything", head + "for a in values { for b in values { try { let r = "
            + "a[b] } catch e { }\ntry { a[b] = b } catch e { }\ntry { let r = a[b..] } catch e { } } }\nprint(\"done\")\n")
        {
            Output =
            "done\n"
        };
        yield return new HostileProgram("calling and iterating everything", head + "for a in values { try { a() } catch e { }\nvar n = "
            + "0\ntry { for x in a { n += 1\nif n > 10 break } } catch e { }\ntry { a.f = 1 } catch e { }\ntry { a.f() } catch e { } "
            + "}\nprint(\"done\")\n")
        { Output = "\ndone\n" };
        yield return new HostileProgram("every method with everything", head + Methods())
        {
            Codes = [0, 1],
            Kinds = ["LimitExceeded"],
            Output = "done\n",
            Options = ["--timeout", "20000"]
        };
        yield return new HostileProgram("every function of math with everything", head + MathCalls())
        {
            Output = "done\n",
            Codes = [0, 1],
            Kinds = ["LimitExceeded"],
            Options = ["--timeout", "10000"]
        };
    }

    private static string Methods()
    {
        string[] methods =
        [
            "push", "pop", "insert", "remove", "removeAt", "clear", "copy", "sort", "sorted", "reverse", "index", "contains", "count",
            "slice", "map", "filter", "reduce",
            "each", "any", "all", "find", "join", "extend", "first", "last", "fill", "isEmpty", "split", "trim", "upper", "startsWith",
            "replace", "repeat", "padStart",
            "lines", "chars", "codes", "format", "get", "keys", "values", "items", "has", "update", "merge", "add", "union", "intersect",
            "difference", "isSubset",
        ];
        string calls = "";
        foreach (string method in methods)
        {
            calls += $"proc m_{method}(a, b) {{ try {{ a.{method}() }} catch e {{ }}\ntry {{ a.{method}(b) }} catch e {{ }}\ntry {{ "
                + $"a.{method}(b, b) }} catch e {{ }} }}\n";
        }
        string list = string.Join(", ", System.Array.ConvertAll(methods, method => "m_" + method));
        return calls + "for f in [" + list + "] { for a in [1, 1.5, \"abc\", [1, 2], (1, 2), {\"a\": 1}, set([1]), 0..3, bytes(2), nil, "
            + "g()] { for b in values { f(a, b) } } }\nprint(\"done\")\n";
    }

    private static string MathCalls()
    {
        string[] names =
        [
            "sqrt", "cbrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "log", "log2", "log10", "floor", "ceil", "round",
            "trunc", "pow", "hypot",
            "sign", "gcd", "lcm", "idiv", "mod", "isqrt", "clamp", "degrees", "radians", "isNan", "isInf",
        ];
        string list = string.Join(", ", System.Array.ConvertAll(names, name => "math." + name));
        return $"for f in [{list}] {{ for a in values {{ for b in [0, -1, 1.5, 2 ** 70, nan, \"x\", nil] {{ try {{ f(a) }} catch e {{ "
            + $"}}\ntry {{ f(a, b) }} catch e {{ }}\ntry {{ f(a, b, b) }} catch e {{ }} }} }} }}\nprint(\"done\")\n";
    }

    private static IEnumerable<HostileProgram> Modules()
    {
        yield return HostileProgram.Failing("an import of itself", "import \"program\" as p\nprint(1)", "ImportError");
        yield return HostileProgram.Failing("an import of a folder", "import \".\" as p", "ImportError");
        yield return HostileProgram.Failing("an import outside", "import \"../../../../etc/passwd\" as p", "ImportError");
        yield return HostileProgram.Failing("an import of an absolute path", "import \"/etc/passwd\" as p", "ImportError");
        yield return HostileProgram.Failing("an import of a NUL", "import \"a\\0b\" as p", "ImportError") with { Codes = [1, 2] };
        yield return HostileProgram.Failing("an import of nothing", "import \"\" as p", "ImportError") with { Codes = [1, 2] };
        yield return HostileProgram.Failing("an import of a long path", $"import \"{new string('a', 100_000)}\" as p",
            "ImportError") with
        { Codes = [1, 2] };
        yield return HostileProgram.Failing("reading outside", "import io\nprint(io.readText(\"/etc/passwd\"))", "IOError");
        yield return HostileProgram.Failing("reading above", "import io\nprint(io.readText(\"../../../../../../etc/passwd\"))", "IOError");
        yield return HostileProgram.Failing("reading a NUL", "import io\nprint(io.readText(\"a\\0b\"))", "IOError", "ValueError");
        yield return HostileProgram.Failing("reading a folder", "import io\nprint(io.readText(\".\"))", "IOError");
        yield return HostileProgram.Failing("writing without being allowed", "import io\nio.writeText(\"x\", \"y\")", "IOError");
    }
}
