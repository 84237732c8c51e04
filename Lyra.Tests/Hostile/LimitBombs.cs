using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Hostile;

/// <summary>Programs that use more time, steps, memory or frames than their limits allow.</summary>
internal static class LimitBombs
{
    private const string Limit = "LimitExceeded";

    public static IEnumerable<HostileProgram> All() =>
        [.. Memory(), .. Endless(), .. Input(), .. CatchAndContinue(), .. Frames(), .. Tasks(), .. Ends(), .. HotCode()];

    private static IEnumerable<HostileProgram> Memory()
    {
        (string Name, string Source)[] programs =
        [
            ("a str of 10**12", "print(length(\"x\" * 10 ** 12))"),
            ("a str of 10**30", "print(length(\"x\" * 10 ** 30))"),
            ("a list of 10**12", "print(length([0] * 10 ** 12))"),
            ("a list of 10**9", "print(length([nil] * 10 ** 9))"),
            ("bytes of 10**12", "print(length(bytes(10 ** 12)))"),
            ("bytes of 2**31", "print(length(bytes(2 ** 31)))"),
            ("a shift by 10**10", "var n = 1 << 10 ** 10"),
            ("a shift by 10**30", "var n = 1 << 10 ** 30"),
            ("a power of 10**10", "var n = 3 ** 10 ** 10"),
            ("a range made a list", "print(length(list(0..10 ** 12)))"),
            ("padding to 10**12", "print(length(\"\".padStart(10 ** 12)))"),
            ("a format width of 10**9", "print(length(\"{0,1000000000}\".format(1)))"),
            ("a format precision of 10**9", "print(length(\"{0:F999999999}\".format(1.5)))"),
            ("replace that multiplies", "var s = \"a\" * 10000\nwhile true { s = s.replace(\"a\", \"aa\") }"),
            ("join that multiplies", "var s = \"a\"\nwhile true { s = (s + s).chars().join(s) }"),
            ("doubling a str", "var s = \"x\"\nwhile true { s += s }"),
            ("growing a str", "var s = \"\"\nwhile true { s += \"0123456789\" }"),
            ("interpolating a str", "var s = \"x\"\nwhile true { s = \"${s}${s}\" }"),
            ("doubling a list", "var xs = [1]\nwhile true { xs = xs + xs }"),
            ("growing a list", "var xs = []\nwhile true { xs.push(nil) }"),
            ("extending a list by itself", "var xs = [1]\nwhile true { xs.extend(xs) }"),
            ("inserting at the front", "var xs = []\nwhile true { xs.extend([1] * 1000000) }"),
            ("nesting lists", "var xs = []\nwhile true { xs = [xs] }"),
            ("nesting tuples", "var t = ()\nwhile true { t = (t, t) }"),
            ("doubling a tuple", "var t = (1,)\nwhile true { t = t + t }"),
            ("growing a map", "var m = {}\nvar i = 0\nwhile true { m[i] = i; i += 1 }"),
            ("growing a map by str keys", "var m = {}\nvar i = 0\nwhile true { m[tostring(i)] = i; i += 1 }"),
            ("growing a set", "var s = set([])\nvar i = 0\nwhile true { s.add(i); i += 1 }"),
            ("doubling bytes", "var b = bytes([1])\nwhile true { b = bytes(list(b) + list(b)) }"),
            ("keeping structs", "struct S { next }\nvar s = nil\nwhile true { s = S(s) }"),
            ("keeping closures", "var fs = []\nvar i = 0\nwhile true { let k = i; fs.push(() => k); i += 1 }"),
            ("keeping generators", "proc g() { yield 1 }\nvar gs = []\nwhile true { let it = g(); next(it); gs.push(it) }"),
            ("keeping slices", "var s = \"x\" * 1000000\nvar xs = []\nwhile true { xs.push(s[0..999999]) }"),
            ("filling a channel", "var c = chan(10 ** 9)\nwhile true { c.send([1, 2, 3]) }"),
            ("a channel of unread sends", "var c = chan(0)\nwhile true { c.send(1) }"),
            ("splitting", "var xs = []\nwhile true { xs.push((\"a \" * 10000).split()) }"),
            ("a list of the results of map", "var keep = []\nwhile true { keep.push(list(0..1000).map(x => [x])) }"),
        ];
        foreach ((string name, string source) in programs)
        {
            yield return HostileProgram.Failing(name, source, Limit, "ValueError") with
            {
                Options = ["--timeout", "60000"],
                MemoryLimit = HostileProgram.Small,
            };
        }
        yield return HostileProgram.Failing("keeping errors",
            "var es = []\nwhile true { try { throw \"x\" * 1000 } catch e { es.push(e) } }", Limit) with
        { Options = ["--timeout", "60000"] };

        yield return HostileProgram.Failing("keeping tasks",
            "async proc f() { await sleep(1000000) }\nvar ts = []\nwhile true { ts.push(f()) }", Limit) with
        { Options = ["--timeout", "60000"] };

        // Many references to one str: the reachable heap stays small while a builtin assembles the text.
        foreach (string call in new[] { "tostring(xs)", "json.stringify(xs)", "\"${xs}\"", "(\"{}\" * 500).format(...xs)",
            "regex.replace(\"a\", \"a\" * 500, m => s)" })
        {
            yield return HostileProgram.Failing($"a text of one str many times: {call}", $"import json\nimport regex\nlet s = \"x\" * "
                + $"5000000\nlet xs = [s] * 500\nprint(length({call}))", Limit) with
            { Options = ["--timeout", "60000"] };
        }
        yield return HostileProgram.Failing("squaring an int", "var n = 3\nwhile true { n = n * n }",
            Limit) with
        { Options = ["--timeout", "1000"] };
        yield return new HostileProgram("garbage does not count",
            "var n = 0\nfor i in 0..3000 { let s = \"x\" * 1000000; n += length(s) }\nprint(n)")
        { Output = "3000000000\n" };
        yield return new HostileProgram("garbage of small objects does not count",
            "struct P { x; y }\nvar n = 0\nfor i in 0..3000000 { let p = P(i, [i]); n += p.x }\nprint(n)")
        { Output = "4499998500000\n" };
    }

    private static IEnumerable<HostileProgram> Endless()
    {
        (string Name, string Source)[] programs =
        [
            ("while true", "while true { }"),
            ("a loop with a body", "var i = 0\nwhile true { i = (i + 1) % 1000 }"),
            ("for over an endless range", "var s = 0\nfor i in 0..2 ** 62 { s = i }"),
            ("for over an endless generator", "proc g() { while true { yield 1 } }\nfor x in g() { }"),
            ("a generator that never yields", "proc g() { while true { }\nyield 1 }\nnext(g())"),
            ("continue", "while true { continue }"),
            ("recursion without end that returns", "proc f(n) { if n == 0 return 0\nreturn f(n - 1) + f(n - 1) }\nf(200)"),
            ("calls in a loop", "proc f() { }\nwhile true { f() }"),
            ("sum of an endless generator", "proc g() { while true { yield 1 } }\nprint(sum(g()))"),
            ("any of an endless range", "print(any(0..2 ** 62, x => false))"),
            ("in a generator without end", "proc g() { while true { yield 1 } }\nprint(list(g()).length)"),
            ("max of an endless generator", "proc g() { while true { yield 1 } }\nprint(max(g()))"),
            ("sorting with a slow key", "sorted(list(0..1000000), x => { while true { } })"),
            ("a hook that does not end", "struct S { proc __str(self) { while true { } } }\nprint(S())"),
            ("big int arithmetic", "var n = 3 ** 1000000\nwhile true { var m = n * n }"),
            ("text of a big int", "var n = 3 ** 3000000\nwhile true { tostring(n) }"),
            ("power of a big int", "var n = 0\nwhile true { n = 7 ** 2000000 }"),
            ("tight try", "while true { try { throw \"x\" } catch e { } }"),
            ("tight task", "async proc f() { }\nwhile true { await f() }"),
            ("tasks that wake each other", "async proc f(a, b) { while true { await a.send(1); await b.recv() } }\nvar a = chan(0)\nvar b "
                + "= chan(0)\nspawn f(a, b)\nasync proc g(a, b) { while true { await a.recv(); await b.send(1) } }\nawait g(a, b)"),
            ("sleep for ever", "await sleep(10 ** 9)"),
        ];
        foreach ((string name, string source) in programs)
        {
            yield return HostileProgram.Failing($"{name}, in time", source, Limit) with { Options = ["--timeout", "500"] };
            if (name is not "sleep for ever" and not "text of a big int" and not "big int arithmetic" and not "power of a big int")
            {
                yield return HostileProgram.Failing($"{name}, in steps", source, Limit) with { Options = ["--max-steps", "300000"] };
            }
        }
    }

    private static IEnumerable<HostileProgram> Input()
    {
        foreach (string source in new[]
        {
            "input()", "while true { try { input(\"? \") } catch e { } }", "proc f() { input() }\nawait spawn f()",
        })
        {
            yield return HostileProgram.Failing($"waiting for input: {source}", source, Limit) with
            { Options = ["--timeout", "500"], Message = "time limit", Input = [] };
        }
        yield return HostileProgram.Failing("a line of input that is too long", "input()", Limit) with
        { MemoryLimit = 10_000_000, Message = "memory limit", Input = new byte[20_000_000] };
        yield return HostileProgram.Failing("keeping lines of input", "let lines = []\nwhile true { lines.push(input()) }", Limit) with
        { MemoryLimit = 10_000_000, Message = "memory limit", Input = [.. Enumerable.Repeat((byte)'\n', 1_000_000)] };
    }

    private static IEnumerable<HostileProgram> CatchAndContinue()
    {
        (string Name, string Source)[] programs =
        [
            ("catch around a loop", "while true { try { while true { } } catch e { print(\"caught\") } }"),
            ("catch in a proc called again", "proc f() { try { while true { } } catch e { f() } }\nf()"),
            ("finally that loops", "try { while true { } } finally { while true { } }"),
            ("finally that returns to the loop", "while true { try { while true { } } finally { print(\"on\") } }"),
            ("nested finally that loop", "try { try { while true { } } finally { while true { } } } finally { while true { } }"),
            ("a generator's finally that loops",
                "proc g() { try { yield 1 } finally { while true { } } }\nfor x in g() { while true { } }"),
            ("a task that catches", "async proc f() { while true { try { while true { } } catch e { } } }\nawait f()"),
            ("a spawned task that loops on", "async proc f() { while true { await sleep(0) } }\nspawn f()\nwhile true { }"),
            ("catch by kind", "while true { try { while true { } } catch e: \"LimitExceeded\" { } }"),
            ("any in a callback", "while true { try { [1].map(x => { while true { } }) } catch e { } }"),
            ("in a hook of sort",
                "struct S { proc __lt(self, o) { while true { } } }\nwhile true { try { sorted([S(), S()]) } catch e { } }"),
        ];
        foreach ((string name, string source) in programs)
        {
            yield return HostileProgram.Failing($"{name}, in time", source, Limit) with { Options = ["--timeout", "500"] };
            yield return HostileProgram.Failing($"{name}, in steps", source, Limit) with { Options = ["--max-steps", "300000"] };
        }
        yield return HostileProgram.Failing("catch around memory",
            "while true { try { var xs = [1]\nwhile true { xs = xs + xs } } catch e { } }", Limit);
        yield return HostileProgram.Failing("finally that allocates on",
            "var xs = [1]\ntry { while true { xs = xs + xs } } finally { while true { xs = xs + xs } }", Limit);
        yield return HostileProgram.Failing("finally that calls itself", "proc f() { try { f() } finally { f() } }\nf()",
            Limit) with
        { Options = ["--timeout", "1000"] };
        yield return HostileProgram.Failing("catch that calls itself", "proc f() { try { f() } catch e { f() } }\nf()",
            Limit) with
        { Options = ["--timeout", "1000"] };
    }

    private static IEnumerable<HostileProgram> Frames()
    {
        const string endless = "proc f(n) { return f(n + 1) + 1 }\n";
        yield return HostileProgram.Failing("recursion", endless + "f(0)", "StackOverflow");
        yield return HostileProgram.Failing("recursion of few frames", endless + "f(0)",
            "StackOverflow") with
        { Options = ["--max-frames", "10"] };
        yield return HostileProgram.Failing("recursion of a million frames", endless + "f(0)", "StackOverflow",
            Limit) with
        { Options = ["--max-frames", "1000000"] };
        yield return new HostileProgram("recursion caught again and again", endless
            + "var n = 0\nfor i in 0..200 { try { f(0) } catch e: \"StackOverflow\" { n += 1 } }\nprint(n)")
        { Output = "200\n" };
        yield return new HostileProgram("recursion caught at the bottom", "var depth = 0\nproc f() { depth += 1\ntry { f() } catch e { "
            + "throw e } }\ntry { f() } catch e { print(e.kind, depth > 1000) }")
        { Output = "StackOverflow true\n" };
        yield return HostileProgram.Failing("no frames at all", "proc f() { }\nf()") with
        {
            Options = ["--max-frames", "1"],
            Codes = [0, 1]
        };
        yield return new HostileProgram("frames that are no number", "print(1)") { Options = ["--max-frames", "many"], Codes = [2] };
        yield return new HostileProgram("frames beyond the bound", "print(1)")
        {
            Options = ["--max-frames", "99999999999999999999"],
            Codes = [2]
        };
        yield return new HostileProgram("negative steps", "print(1)") { Options = ["--max-steps", "-1"], Codes = [2] };
        yield return new HostileProgram("negative time", "print(1)") { Options = ["--timeout", "-1"], Codes = [2] };
    }

    private static IEnumerable<HostileProgram> Tasks()
    {
        yield return HostileProgram.Failing("tasks that spawn tasks",
            "async proc f() { spawn f()\nspawn f() }\nawait f()\nawait sleep(100000)", Limit) with
        { Options = ["--timeout", "500"] };
        yield return new HostileProgram("a deadlock", "await chan(0).recv()") { Codes = [0, 1] };
        yield return new HostileProgram("a task that awaits itself",
            "var t = nil\nasync proc f() { await sleep(0)\nawait t }\nt = f()\nawait t")
        { Codes = [0, 1] };
        yield return new HostileProgram("tasks that await each other", "var a = nil\nvar b = nil\nasync proc f() { await sleep(0)\nawait "
            + "b }\nasync proc g() { await sleep(0)\nawait a }\na = f()\nb = g()\nawait gather([a, b])")
        { Codes = [0, 1] };
        yield return new HostileProgram("a task that cancels itself", "var t = nil\nasync proc f() { await sleep(0)\nt.cancel()\nawait "
            + "sleep(0)\nprint(\"on\") }\nt = f()\ntry { await t } catch e { print(e.kind) }")
        { Codes = [0] };
        yield return new HostileProgram("a cancelled task that will not end", "async proc f() { try { await sleep(100000) } finally { "
            + "while true { await sleep(0) } } }\nvar t = f()\nt.cancel()\nawait sleep(10)")
        {
            Codes = [0, 1],
            Options =
            ["--timeout", "1000"]
        };
        yield return new HostileProgram("a hundred thousand tasks", "async proc f(i) { await sleep(0)\nreturn i }\nvar ts = []\nfor i in "
            + "0..50000 { ts.push(f(i)) }\nprint(sum(await gather(ts)))")
        { Output = "1249975000\n", MemoryLimit = 400_000_000 };
    }

    // Loops become hot faster than they are compiled.
    private static IEnumerable<HostileProgram> HotCode()
    {
        const int Procs = 30;
        string body = string.Concat(Enumerable.Range(0, 20).Select(k => $"n += xs[{k % 3}] * i\nif n % 7 == {k % 7} {{ n += {k} }}\n"));
        string loops = string.Concat(Enumerable.Repeat($"for i in 0..100 {{ {body} }}\n", 50));
        IEnumerable<int> numbers = Enumerable.Range(0, Procs);
        yield return new HostileProgram("1,500 hot loops", "var n = 0\nlet xs = [1, 2, 3]\n"
            + string.Concat(numbers.Select(p => $"proc p{p}() {{\n{loops}}}\n"))
            + $"for r in 0..2 {{\n{string.Concat(numbers.Select(p => $"p{p}()\n"))}}}\nprint(\"end\")")
        {
            Options = ["--hot-loop", "20"],
            Output = "end\n",
        };
    }

    private static IEnumerable<HostileProgram> Ends()
    {
        yield return HostileProgram.Failing("exit with a code that there is not", "exit(300)", "ValueError");
        yield return HostileProgram.Failing("exit with a text", "exit(\"now\")", "TypeError");
        yield return new HostileProgram("exit in a callback",
            "try { [1].each(x => exit(7)) } catch e { print(\"caught\") }")
        { Codes = [7] };
        yield return new HostileProgram("exit in a task",
            "async proc f() { await sleep(0)\nexit(8) }\nspawn f()\nawait sleep(100000)")
        { Codes = [8] };
        yield return new HostileProgram("exit in a generator",
            "proc g() { try { yield 1\nexit(9) } finally { print(\"f\") } }\nfor x in g() { }")
        { Codes = [9] };
        yield return HostileProgram.Failing("a message of many lines", "throw \"a\\nb\\r\\n   at System.Object.M()\\n\"", "Error");
        yield return HostileProgram.Failing("a lone surrogate", "throw \"\\u{D83D}\"", "Error");
    }
}
