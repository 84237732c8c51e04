using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Each test runs in both tiers, because a session links code in another way than a module.</summary>
public sealed class LyraSessionTests : IDisposable
{
    private readonly LyraEngine[] _engines;
    private readonly LyraSession[] _sessions;

    public LyraSessionTests()
    {
        _engines = [.. new[] { JitMode.Off, JitMode.On, JitMode.Stress }.Select(mode => new LyraEngine(new LyraOptions
        {
            Jit = mode,
            HotLoopThreshold = 5,
            HotProcThreshold = 5,
            HotExitThreshold = 2,
            Capabilities = LyraCapabilities.Clock,
        }))];
        _sessions = Array.ConvertAll(_engines, engine => new LyraSession(engine));
    }

    public void Dispose() => Array.ForEach(_engines, engine => engine.Dispose());

    [Fact]
    public void Variables_and_procs_stay()
    {
        Run("var count = 1\nproc step() { count += 1; return count }");
        Expect("step() + step()", "5");
        Run("count = 10");
        Expect("step()", "11");
        _engines[0].Globals["count"].As<int>().ShouldBe(11);
        _engines[0].Globals["count"] = 20;
        Value("step()", _sessions[0]).ShouldBe("21");
        _engines[0].Call("step").As<int>().ShouldBe(22);
    }

    [Fact]
    public void A_proc_that_is_declared_again_reaches_earlier_code()
    {
        Run("proc price() { return 1 }\nproc total(n) { var sum = 0; for i in 0..n { sum += price() }; return sum }");
        Expect("total(100)", "100");
        Run("proc price() { return 2.5 }");
        Expect("total(100)", "250.0");
        Run("proc price(unit = 3) { return unit }");
        Expect("total(100)", "300");
        Run("var price = () => 4");
        Expect("total(100)", "400");
        Run("proc price(required) { return required }");
        Fails("total(1)", "ArgumentError", "'required' is missing");
    }

    [Fact]
    public void A_variable_that_is_declared_again_may_have_another_type()
    {
        Run("var x: int = 1\nproc twice() { var sum = x; for i in 0..50 { sum += x }; return sum }");
        Expect("twice()", "51");
        Run("var x = \"a\"");
        Expect("twice().length()", "51");
        Run("var x = 2.5");
        Expect("twice()", "127.5");
        Run("let x = x * 2");
        Expect("twice()", "255.0");
        Refused("x = 1", "`x` is a `let`");
    }

    [Fact]
    public void An_annotation_is_checked_in_later_inputs()
    {
        Run("struct Point { x: int }\nvar n: int = 1\nvar xs: [int] = [1]\nvar p: Point = Point(1)\nvar any = n");
        Refused("n = \"a\"", "variable n takes int");
        Refused("xs = [\"a\"]", "takes int");
        Fails("p = any", "TypeError", "variable p must be Point");
        Fails("n = Point(2)", "TypeError", "variable n must be int");
        Run("p = Point(3); n += 1; any = \"text\"");
        Expect("[p.x, n, any]", "[3, 2, \"text\"]");
        Run("proc spoil(v) { n = v }");
        Fails("for i in 0..100 { spoil(if i < 90 { i } else { \"a\" }) }", "TypeError", "variable n must be int");
    }

    [Fact]
    public void Structs_are_types_in_later_inputs()
    {
        Run("struct Point { x: int; y: int = 0; proc sum(self) { return self.x + self.y } }");
        Run("var p: Point = Point(1, 2)\nproc move(q: Point, by = 1) -> Point { return Point { x: q.x + by, y: q.y } }");
        Expect("move(p).sum()", "4");
        Expect("match move(p, by: 8) { Point{x: a} => a; _ => nil }", "9");
        Run("struct Line { from: Point; to: Point? = nil }");
        Expect("Line(p).from.y", "2");
        Fails("Line(1)", "TypeError", "field from of Line must be Point");
        Refused("Point = 1", "`Point` is a struct");
    }

    [Fact]
    public void Earlier_code_keeps_the_struct_that_it_was_compiled_with()
    {
        Run("struct Point { x: int }\nproc make() { return Point(1) }\nvar p: Point = make()");
        Run("struct Point { name: str }");
        Expect("[make(), Point(\"a\")]", "[Point{x: 1}, Point{name: \"a\"}]");
        Run("p = make()");
        Fails("p = Point(\"a\")", "TypeError", "variable p must be Point");
        Run("var Point = 5");
        Expect("[Point, make()]", "[5, Point{x: 1}]");
    }

    [Fact]
    public void A_struct_or_an_import_replaces_a_variable_for_earlier_code()
    {
        Run("var math = 1\nvar Point = 2\nproc read() { return [math, Point] }");
        Run("import math");
        Run("struct Point { x: int }");
        Expect("read()", "[<module math>, <struct Point>]");
        Refused("math = 1", "`math` is imported");
    }

    [Fact]
    public void Imports_stay()
    {
        Run("import math\nimport { floor as down } from math");
        Expect("math.sqrt(4) + down(2.5)", "4.0");
        Run("proc root(x) { return math.sqrt(x) }");
        Expect("root(9)", "3.0");
        Refused("json.parse(\"1\")", "`json`");
    }

    [Fact]
    public void Consts_are_constant_in_later_inputs()
    {
        Run("const N = 3");
        Run("const M = N * 2\nproc read() { return [N, M] }");
        Expect("read()", "[3, 6]");
        Refused("const L = read()", "const");
        Refused("N = 4", "`N` is a `const`");
        Run("const N = 4");
        Expect("[N, M, read()]", "[4, 6, [3, 6]]");
    }

    [Fact]
    public void A_failed_input_keeps_what_it_reached()
    {
        Run("var a = 1\nlet b = 2\nvar c = 3");
        Fails("var a = 10\nvar b = 20\nvar d = 40\nthrow \"stop\"\nlet c = 30\nvar e = 50", "Error", "stop");
        Expect("[a, b, c, d]", "[10, 20, 3, 40]");
        Run("b = 21; c = 31");
        Refused("e", "Undefined name `e`");
        Refused("var f = missing", "Undefined name `missing`");
        Refused("f", "Undefined name `f`");
        Fails("proc early() { return late }\nearly()\nvar late = 1", "ValueError", "'late' is used before its declaration");
        Refused("late", "Undefined name `late`");
        Run("var late = 2");
        Expect("early()", "2");
    }

    [Fact]
    public void Within_one_input_the_rules_are_those_of_a_module()
    {
        Refused("var a = 1\nvar a = 2", "`a`");
        Refused("let a = 1\na = 2", "`a` is a `let`");
        Refused("a = 1\nvar a = 2", "`a`");
        Refused("f(1)\nproc f() { }", "`f`");
        Run("proc even(n) { return n == 0 or odd(n - 1) }\nproc odd(n) { return n != 0 and even(n - 1) }");
        Expect("[even(100), odd(100)]", "[true, false]");
        Run("var calls = 0\nvar counters = []\nfor i in 0..3 { counters.push(() => { calls += i; return calls }) }");
        Expect("[counters[1](), counters[2](), calls]", "[1, 3, 3]");
    }

    [Fact]
    public void A_declaration_may_use_the_earlier_value_of_its_name()
    {
        Run("var x = 1");
        Run("var x = x + 1");
        Run("let (x, y) = (x * 10, x)");
        Expect("[x, y]", "[20, 2]");
        Run("var length = 3");
        Expect("length", "3");
    }

    [Fact]
    public void Tasks_and_iterators_continue_in_later_inputs()
    {
        Run("async proc slow(x) { await sleep(1); return x }\nproc items() { yield 1; yield 2 }");
        Expect("await slow(3)", "3");
        Run("var t = spawn slow(4)\nvar it = items()\nnext(it)");
        Expect("[await t, next(it)]", "[4, 2]");
    }

    [Fact]
    public void The_globals_of_the_host_are_visible()
    {
        foreach (LyraEngine engine in _engines)
        {
            engine.Globals["rate"] = 2;
            engine.Define("twice", (int x) => 2 * x);
            engine.Run("proc plain() { return 7 }");
        }

        Expect("[rate, twice(4), plain()]", "[2, 8, 7]");
        Run("rate = 3\nproc twice(x) { return [x, rate] }");
        Expect("twice(1)", "[1, 3]");
        Refused("plain = 1", "constant of an earlier script");
        Run("proc plain() { return 8 }");
        Expect("plain()", "8");
        _engines[0].Globals["rate"].As<int>().ShouldBe(3);
    }

    [Fact]
    public void Limits_and_cancellation_hold_for_each_input()
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxSteps = 100_000 } });
        LyraSession session = new(engine);
        session.Run("var i = 0");
        for (int run = 0; run < 3; run++)
        {
            Should.Throw<LyraLimitException>(() => session.Run("while true { i += 1 }")).Limit.ShouldBe(LimitKind.Steps);
        }

        session.Run("i > 10_000").As<bool>().ShouldBeTrue();
        using CancellationTokenSource source = new();
        source.Cancel();
        Should.Throw<LyraCanceledException>(() => session.Run("i", null, source.Token)).CancellationToken.ShouldBe(source.Token);
        session.Run("i > 10_000").As<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Hot_code_of_several_inputs_is_compiled()
    {
        Run("var sum = 0\nproc add(i) { sum += i }");
        Run("for i in 0..1000 { add(i) }");
        Run("var sum = 0.5");
        Run("for i in 0..1000 { add(i) }");
        Expect("sum", "499500.5");
        _engines[1].Statistics.Jit.TracesCompiled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Errors_name_the_input()
    {
        LyraSession session = _sessions[0];
        session.Run("proc fail() { throw \"x\" }", "<1>");
        LyraException error = Should.Throw<LyraException>(() => session.Run("fail()", "<2>"));
        error.ScriptTrace.ShouldBe(["fail (<1>:1:15)", "<module> (<2>:1:1)"]);
        error.SourceLine.ShouldBe("proc fail() { throw \"x\" }");
    }

    private void Run(string source) => Array.ForEach(_sessions, session => session.Run(source));

    private void Expect(string source, string expected) =>
        _sessions.Select(session => Value(source, session)).ShouldAllBe(value => value == expected);

    private static string Value(string source, LyraSession session) => session.Run(source).ToString();

    private void Fails(string source, string kind, string message)
    {
        foreach (LyraSession session in _sessions)
        {
            LyraException error = Should.Throw<LyraException>(() => session.Run(source));
            error.Kind.ShouldBe(kind);
            error.Message.ShouldContain(message);
        }
    }

    private void Refused(string source, string message)
    {
        foreach (LyraSession session in _sessions)
        {
            IReadOnlyList<Diagnostic> diagnostics = Should.Throw<LyraCompileException>(() => session.Run(source)).Diagnostics;
            diagnostics.ShouldContain(diagnostic => diagnostic.Message.Contains(message, StringComparison.Ordinal));
        }
    }
}
