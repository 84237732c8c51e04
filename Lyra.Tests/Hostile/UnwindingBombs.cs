using System.Collections.Generic;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Scripts that catch errors and continue, in compiled loops. Errors that cannot be caught must end the script, and limits that can be
/// caught must apply again afterwards.
/// </summary>
internal static class UnwindingBombs
{
    private const string Limit = "LimitExceeded";
    private const string Catching =
        "var caught = 0\nproc work(n) { var s = 0\nfor i in 0..n { s += i }\nreturn s }\nfor i in 0..200 { work(50) }\n";

    private static readonly (string Name, string Source)[] GoingOn =
    [
        ("catching all in a hot loop", "while true { try { work(100)\nthrow \"x\" } catch e { caught += 1 } }"),
        ("catching errors of builtins", "while true { try { [].pop() } catch e { caught += 1 }\ntry { nil.x } catch e { caught += 1 "
            + "}\ntry { 1 / 0 } catch e { caught += 1 } }"),
        ("catching at each level", "proc deep(n) { try { if n == 0 { while true { work(10) } }\ndeep(n - 1) } catch e { work(10) } "
            + "finally { work(10) } }\nwhile true { deep(50) }"),
        ("a finally that loops in a hot proc", "proc f() { try { while true { work(10) } } finally { while true { work(10) } } }\nf()"),
        ("a finally that throws", "while true { try { try { throw \"a\" } finally { throw \"b\" } } catch e { caught += 1 } }"),
        ("a finally that throws on the way of a limit",
            "proc f() { try { while true { work(10) } } finally { throw \"x\" } }\nwhile true { try { f() } catch e { caught += 1 } }"),
        ("a finally that yields on the way of a limit", "proc g() { try { while true { work(10) } } finally { yield 1 } }\nwhile true { "
            + "for x in g() { break }\nlet h = g()\nnext(h)\ncaught += 1 }"),
        ("an iterator that throws when a limit closes it", "proc g() { try { yield 1 } finally { throw \"x\" } }\nwhile true { try { for "
            + "x in g() { while true { work(10) } } } catch e { caught += 1 } }"),
        ("a callback's finally that throws",
            "while true { try { [1].map(x => { try { while true { work(10) } } finally { throw \"x\" } }) } catch e { caught += 1 } }"),
        ("a task's finally that throws", "async proc f() { try { await sleep(0)\nwhile true { work(10) } } finally { throw \"x\" } "
            + "}\nwhile true { try { await f() } catch e { caught += 1 } }"),
        ("a finally in a finally that throws", "proc f() { try { while true { work(10) } } finally { try { throw \"a\" } finally { throw "
            + "\"b\" } } }\nwhile true { try { f() } catch e { caught += 1 } }"),
        ("exit in a finally on the way of a limit", "proc f() { try { while true { work(10) } } finally { exit(0) } }\nf()"),
        ("a handler that throws", "while true { try { try { throw \"a\" } catch e { throw \"b\" } } catch e { caught += 1 } }"),
        ("throwing the same error again", "let e = error(\"K\", \"m\")\nwhile true { try { throw e } catch x { caught += 1 } }"),
        ("errors in hooks", "struct S { proc __add(self, o) { throw \"x\" }\nproc __str(self) { throw \"x\" }\nproc __eq(self, o) { throw "
            + "\"x\" } }\nwhile true { try { S() + 1 } catch e { caught += 1 }\ntry { tostring(S()) } catch e { caught += 1 }\ntry { S() "
            + "== S() } catch e { caught += 1 } }"),
        ("errors in callbacks", "while true { try { [1, 2].map(x => { throw \"x\" }) } catch e { caught += 1 }\ntry { sorted([2, 1], x => "
            + "{ throw \"x\" }) } catch e { caught += 1 } }"),
        ("errors in generators", "proc g() { try { yield 1\nthrow \"x\" } finally { work(3) } }\nwhile true { try { for x in g() { } } "
            + "catch e { caught += 1 } }"),
        ("errors in tasks", "async proc f() { await sleep(0)\nthrow \"x\" }\nwhile true { try { await f() } catch e { caught += 1 } }"),
        ("overflowing again and again", "proc f(n) { return f(n + 1) + 1 }\nwhile true { try { f(0) } catch e { caught += 1 } }"),
        ("overflowing in handlers",
            "proc f() { try { f() } catch e { work(3)\nthrow e } }\nwhile true { try { f() } catch e { caught += 1 } }"),
        ("overflowing in finally", "proc f(n) { try { if n > 0 { f(n - 1) } } finally { work(2) } }\nproc g() { g() }\nwhile true { try { "
            + "f(200)\ng() } catch e { caught += 1 } }"),
        ("cancelling in loops", "async proc f() { try { await sleep(100000) } catch e { caught += 1 } finally { work(3) } }\nwhile true { "
            + "let t = f()\nt.cancel()\ntry { await t } catch e { caught += 1 } }"),
    ];

    public static IEnumerable<HostileProgram> All() => [.. Ended(), .. Lasting()];

    private static IEnumerable<HostileProgram> Ended()
    {
        foreach ((string name, string source) in GoingOn)
        {
            yield return HostileProgram.Failing($"{name}, until the steps are used up", Catching + source,
                Limit) with
            { Options = ["--max-steps", "400000", "--max-frames", "500"], IsHot = true };
            yield return HostileProgram.Failing($"{name}, until the time is over", Catching + source,
                Limit) with
            { Options = ["--timeout", "300", "--max-frames", "500"] };
        }
        yield return HostileProgram.Failing("keeping what every handler catches", Catching + "let kept = []\nwhile true { try { throw "
            + "\"x\" * 1000 } catch e { kept.push(e) } }", Limit) with
        { MemoryLimit = 20_000_000, IsHot = true };
        yield return HostileProgram.Failing("a finally that throws when the memory is full", Catching + "while true { try { let kept = "
            + "[]\ntry { while true { kept.push(\"x\" * 1000) } } finally { throw \"x\" } } catch e { caught += 1 } }",
            Limit) with
        { MemoryLimit = 20_000_000, IsHot = true };
        yield return HostileProgram.Failing("growing in finally after the memory is full", Catching + "let kept = []\nproc f() { try { "
            + "while true { kept.push(\"x\" * 1000) } } finally { try { while true { kept.push(\"y\" * 1000) } } catch e { while true { } "
            + "} } }\nf()", Limit) with
        {
            MemoryLimit = 20_000_000,
            Options = ["--max-steps", "50000000"],
            IsHot = true,
        };
        yield return HostileProgram.Failing("exit that is caught", Catching
            + "while true { try { exit(3) } catch e { } finally { work(10) } }") with
        { Codes = [3] };
        yield return HostileProgram.Failing("exit that a finally throws away", Catching
            + "while true { try { try { exit(3) } finally { throw \"x\" } } catch e { caught += 1 } }") with
        { Codes = [3] };
        yield return HostileProgram.Failing("exit in a finally that loops", Catching
            + "try { exit(3) } finally { while true { work(10) } }", Limit) with
        { Codes = [1, 3], Options = ["--max-steps", "400000"] };
    }

    // Errors that a hundred thousand frames handle. Each program takes a second; it would take minutes if the work for one error grew with
    // the number of frames, or with that of earlier errors.
    private static readonly (string Name, string Source)[] Deep =
    [
        ("an error of its own in each frame",
            "proc f(n) { if n == 0 { throw \"x\" }\ntry { f(n - 1) } catch e { throw error(\"K\", \"m\") } }\ntry { f(100000) } catch e { "
            + "print(\"end\") }"),
        ("an error of a builtin in each handler",
            "proc f(n) { if n == 0 { throw \"x\" }\ntry { f(n - 1) } catch e { [].pop() } }\ntry { f(100000) } catch e { print(\"end\") }"),
        ("an error in each finally",
            "proc f(n) { if n == 0 { throw \"x\" }\ntry { f(n - 1) } finally { throw \"y\" } }\n"
            + "try { f(100000) } catch e { print(\"end\") }"),
        ("an error in each of nested generators", "proc g(n) { if n == 0 { throw \"x\" }\ntry { for x in g(n - 1) { yield x } } catch e { "
            + "throw error(\"K\", \"m\") } }\ntry { for x in g(100000) { } } catch e { print(\"end\") }"),
        ("an error in each of nested tasks", "async proc f(n) { if n == 0 { throw \"x\" }\ntry { await f(n - 1) } catch e { throw "
            + "error(\"K\", \"m\") } }\ntry { await f(100000) } catch e { print(\"end\") }"),
        ("an error in each of nested callbacks", "proc f(n) { if n == 0 { throw \"x\" }\ntry { [1].map(x => f(n - 1)) } catch e { throw "
            + "error(\"K\", \"m\") } }\ntry { f(33000) } catch e { print(\"end\") }"),
        ("an overflow in each handler", "var c = 0\nproc f() { try { f() } catch e { c += 1\nif c < 400000 { f() } } }\nf()\n"
            + "print(\"end\")"),
        ("the first error thrown again and again", "let first = error(\"K\", \"m\")\nvar last = first\nfor i in 0..100000 { last = "
            + "error(\"K\", \"m\", last) }\nfor i in 0..100000 { try { try { throw last } catch e { throw first } } catch e { } }\n"
            + "print(\"end\")"),
    ];

    // The error of the time limit passes a million frames, in none of which script code charges a step.
    private static readonly (string Name, string Source)[] Late =
    [
        ("finally blocks that throw, after the time is over",
            "proc f(n) { if n == 0 { while true { } }\ntry { f(n - 1) } finally { [].pop() } }\nf(900000)"),
        ("iterators that throw when closed, after the time is over", "proc g() { try { yield 1 } finally { throw \"y\" } }\nproc f(n) { if "
            + "n == 0 { while true { } }\nfor x in g() { f(n - 1) } }\nf(400000)"),
    ];

    // A limit whose error may be caught is the same limit each time.
    private static IEnumerable<HostileProgram> Lasting()
    {
        foreach ((string name, string source) in Deep)
        {
            yield return new HostileProgram($"{name}, 100,000 times", source)
            {
                Output = "end\n",
                Options = ["--max-frames", "300000", "--timeout", "30000"],
                MemoryLimit = 500_000_000,
            };
        }

        foreach ((string name, string source) in Late)
        {
            yield return HostileProgram.Failing(name, source, Limit) with
            {
                Options = ["--max-frames", "1000000", "--timeout", "1000"],
                MemoryLimit = 500_000_000,
            };
        }

        yield return new HostileProgram("the same depth each time", """
            var depth = 0
            proc f() { depth += 1
                return f() + 1 }
            var depths = set([])
            for i in 0..100 { depth = 0
                try { f() } catch e: "StackOverflow" { depths.add(depth) } }
            print(depths)
            """) { Output = "set([999])\n", Options = ["--max-frames", "1000"], IsHot = true };
        yield return new HostileProgram("denied each time", """
            import io
            var n = 0
            for i in 0..500 { try { io.readText("/etc/passwd") } catch e: "IOError" { n += 1 } }
            print(n)
            """) { Output = "500\n", IsHot = true };
        yield return new HostileProgram("handlers of a hundred levels", """
            var handled = 0
            proc f(n) { try { if n == 0 { throw "x" }
                f(n - 1) } catch e { handled += 1
                throw e } finally { handled += 1 } }
            for i in 0..200 { try { f(100) } catch e { handled += 1 } }
            print(handled)
            """) { Output = "40600\n", IsHot = true };
    }
}
