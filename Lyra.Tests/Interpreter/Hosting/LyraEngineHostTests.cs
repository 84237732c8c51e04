using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraEngineHostTests : IDisposable
{
    private delegate string Labelled(string label, int count = 2);

    private delegate void Giving(out int given);

    private readonly LyraEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_delegate_is_a_proc()
    {
        List<string> lines = [];
        _engine.Define("log", (string s) => lines.Add(s));
        _engine.Define("add", (int a, double b) => a + b);
        _engine.Define("now", () => 7L);
        _engine.Run("log(\"x\"); log(s: \"y\"); add(1, 2.5) + now()").As<double>().ShouldBe(10.5);
        lines.ShouldBe(["x", "y"]);
        _engine.Run("type(log)").As<string>().ShouldBe("proc");
    }

    [Fact]
    public void Every_number_of_parameters_is_possible()
    {
        _engine.Define("f8", (int a, int b, int c, int d, int e, int f, int g, int h) => a + b + c + d + e + f + g + h);
        _engine.Define("f9", (int a, int b, int c, int d, int e, int f, int g, int h, int i) => a + b + c + d + e + f + g + h + i);
        _engine.Run("f8(1, 2, 3, 4, 5, 6, 7, 8)").As<int>().ShouldBe(36);
        _engine.Run("f9(1, 2, 3, 4, 5, 6, 7, 8, 9)").As<int>().ShouldBe(45);
        Error("f9(1, 2, 3, 4, 5, 6, 7, 8, \"x\")").ShouldBe("TypeError: argument 'i' of f9 must be int, not str");
    }

    [Fact]
    public void Parameters_may_have_defaults_and_take_the_rest()
    {
        _engine.Define("label", (Labelled)((label, count) => string.Concat(Enumerable.Repeat(label, count))));
        _engine.Define("scale", (int x, int by = 10) => x * by);
        _engine.Define("total", (string name, params int[] xs) => name + xs.Sum());
        _engine.Run("label(\"a\") + label(\"b\", 3)").As<string>().ShouldBe("aabbb");
        _engine.Run("scale(2) + scale(2, by: 3)").As<int>().ShouldBe(26);
        _engine.Run("total(\"t\") + total(\"t\", 1, 2, 3)").As<string>().ShouldBe("t0t6");
    }

    [Fact]
    public void Arguments_are_checked()
    {
        _engine.Define("log", (string s) => { });
        _engine.Define("small", (byte n) => n);
        _engine.Define("maybe", (int? n) => n ?? -1);
        Error("log(1)").ShouldBe("TypeError: argument 's' of log must be str, not int");
        Error("log()").ShouldStartWith("ArgumentError: ");
        Error("small(256)").ShouldBe("ValueError: argument 'n' of small is 256, outside the range of the host's Byte");
        Error("small(1.0)").ShouldBe("TypeError: argument 'n' of small must be int, not float");
        Error("maybe(\"x\")").ShouldBe("TypeError: argument 'n' of maybe must be int or nil, not str");
        _engine.Run("maybe(nil) + maybe(3)").As<int>().ShouldBe(2);
    }

    [Fact]
    public void Results_and_arguments_of_any_kind_convert()
    {
        _engine.Define("pairs", () => new Dictionary<string, int[]> { ["a"] = [1, 2] });
        _engine.Define("sum", (IEnumerable<int> xs) => xs.Sum());
        _engine.Define("swap", ((int, string) p) => (p.Item2, p.Item1));
        _engine.Define("same", (LyraValue v) => v);
        _engine.Define("apply", (Func<int, int> f, int x) => f(x));
        _engine.Define("adder", (int n) => (Func<int, int>)(x => x + n));
        _engine.Run("pairs()").ToString().ShouldBe("{\"a\": [1, 2]}");
        _engine.Run("sum(0..5)").As<int>().ShouldBe(10);
        _engine.Run("swap((1, \"a\"))").ToString().ShouldBe("(\"a\", 1)");
        _engine.Run("var xs = [1]; same(xs) is xs").As<bool>().ShouldBeTrue();
        _engine.Run("apply(x => x * 2, 21)").As<int>().ShouldBe(42);
        _engine.Run("adder(2)(3)").As<int>().ShouldBe(5);
    }

    [Fact]
    public void An_exception_of_the_host_is_a_host_error_that_the_script_may_catch()
    {
        InvalidOperationException thrown = new("out of paper");
        _engine.Define("fail", Action () => throw thrown);
        _engine.Run("var r = nil; try { fail() } catch e { r = e.kind + \"/\" + e.message }; r").As<string>()
            .ShouldBe("HostError/out of paper");
        LyraException e = Should.Throw<LyraException>(() => _engine.Run("fail()"));
        e.Kind.ShouldBe("HostError");
        e.InnerException.ShouldBeSameAs(thrown);
        e.Line.ShouldBe(1);
    }

    [Fact]
    public void A_nested_run_is_part_of_the_outer_one()
    {
        _engine.Define("run", (string s) => _engine.Run(s));
        _engine.Define("call", (string name, int x) => _engine.Call(name, x));
        _engine.Run("proc twice(x) { return x * 2 }");
        _engine.Run("run(\"1 + 1\") + call(\"twice\", 20)").As<int>().ShouldBe(42);
    }

    [Fact]
    public void An_error_that_passes_through_the_host_is_unchanged()
    {
        _engine.Define("call", (LyraValue f) => f.As<Func<int>>()());
        _engine.Run("var r = nil; try { call(() => [1][5]) } catch e { r = e.kind }; r").As<string>().ShouldBe("IndexError");
        Should.Throw<LyraExitException>(() => _engine.Run("call(() => exit(4))")).ExitCode.ShouldBe(4);
    }

    [Fact]
    public void A_limit_in_a_nested_call_can_not_be_caught()
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxSteps = 100_000 } });
        engine.Define("call", (Func<int> f) => f());
        Should.Throw<LyraLimitException>(() => engine.Run("try { call(() => { while true { } }) } catch e { print(\"caught\") }"))
            .Limit.ShouldBe(LimitKind.Steps);
    }

    [Fact]
    public void A_global_hides_the_builtin_of_its_name()
    {
        LyraScript script = LyraScript.Compile("max(1, 2)");
        _engine.Run(script).As<int>().ShouldBe(2);
        _engine.Define("max", (int a, int b) => a * 100 + b);
        _engine.Run("max(1, 2)").As<int>().ShouldBe(102);
        _engine.Run(script).As<int>().ShouldBe(102);
        _engine.Run("var min = 7");
        _engine.Run("min + 1").As<int>().ShouldBe(8);
    }

    [Fact]
    public void A_constant_declared_by_a_script_cannot_be_assigned_by_scripts()
    {
        _engine.Run("let a = 1\nproc f() { return a }");
        LyraCompileException e = Should.Throw<LyraCompileException>(() => _engine.Run("a = 2"));
        e.Diagnostics[0].Message.ShouldContain("can't be assigned");
        _engine.Globals["a"] = 5;
        _engine.Run("a = a + 1\n[a, f()]").ToString().ShouldBe("[6, 1]");
    }

    [Fact]
    public void A_host_delegate_may_call_what_the_running_script_declared()
    {
        _engine.Define("call", (string name, int x) => _engine.Call(name, x));
        _engine.Run("proc twice(x) { return x * 2 }\ncall(\"twice\", 21)").As<int>().ShouldBe(42);
    }

    [Fact]
    public void An_imported_module_does_not_see_its_importers_variables()
    {
        DictionaryModuleLoader loader = new(new Dictionary<string, string> { ["m"] = "pub proc f() { return mine }" });
        using LyraEngine engine = new(new LyraOptions { ModuleLoader = loader });
        Should.Throw<LyraException>(() => engine.Run("var mine = 1\nimport \"m\" as m\nm.f()")).Kind.ShouldBe("ImportError");
    }

    [Fact]
    public void Delegates_that_no_script_can_call_are_refused()
    {
        Should.Throw<ArgumentException>(() => _engine.Define("f", (ref int x) => x)).Message.ShouldContain("'x'");
        Should.Throw<ArgumentException>(() => _engine.Define("not a name", () => 1)).Message.ShouldContain("not a name");
        Should.Throw<ArgumentNullException>(() => _engine.Define("f", (Delegate)null!));
    }

    [Fact]
    public void Delegate_parameters_without_script_type_are_refused()
    {
        Should.Throw<ArgumentException>(() => _engine.Define("f", (Delegate x) => 1)).Message.ShouldContain("'x'");
        Should.Throw<ArgumentException>(() => _engine.Define("f", (MulticastDelegate x) => 1));
        Should.Throw<ArgumentException>(() => _engine.Define("f", (Func<int, int, int, int, int, int, int, int, int, int> x) => 1));
        Should.Throw<ArgumentException>(() => _engine.Define("f", (Giving x) => 1));
        Should.Throw<ArgumentException>(() => _engine.Define("f", (List<Giving> x) => 1));
        Should.Throw<ArgumentException>(() => _engine.Define("f", (params Giving[] x) => 1));
        _engine.Define("f", (Dictionary<string, Func<int, int>> x) => x["a"](20));
        _engine.Run("f({\"a\": x => x + 1})").As<int>().ShouldBe(21);
    }

    [Fact]
    public void Values_out_of_range_for_their_type_are_reported()
    {
        _engine.Define("letter", (char c) => c);
        _engine.Define("day", (DayOfWeek? d) => 1);
        _engine.Define("total", (int[] xs) => xs.Sum());
        _engine.Define("rate", (IDictionary<string, int> m) => m.Count);
        _engine.Define("pick", (HashSet<int> s) => s.Count);
        _engine.Define("pair", ((int, string) p) => 1);
        _engine.Define("price", (decimal d) => d);
        Error("letter(\"ab\")").ShouldBe("TypeError: argument 'c' of letter is a str that does not fit the host's Char");
        Error("day(\"someday\")").ShouldBe("TypeError: argument 'd' of day is a str that does not fit the host's Nullable<DayOfWeek>");
        Error("total([1, \"a\"])").ShouldBe("TypeError: argument 'xs' of total is a list that does not fit the host's Int32[]");
        Error("rate({\"a\": \"b\"})")
            .ShouldBe("TypeError: argument 'm' of rate is a map that does not fit the host's IDictionary<String, Int32>");
        Error("pick([1])").ShouldBe("TypeError: argument 's' of pick must be set, not list");
        Error("pair((1, 2))").ShouldBe("TypeError: argument 'p' of pair is a tuple that does not fit the host's ValueTuple<Int32, String>");
        Error("price(1e300)").ShouldBe("TypeError: argument 'd' of price is a float that does not fit the host's Decimal");
    }

    [Fact]
    public void A_writer_that_fails_has_its_reason_in_the_error()
    {
        IOException full = new("no space left");
        NotSupportedException closed = new("closed");
        LyraException e = Should.Throw<LyraException>(() => Writing(full).Run("print(1)"));
        e.Kind.ShouldBe("IOError");
        e.InnerException.ShouldBeSameAs(full);
        e = Should.Throw<LyraException>(() => Writing(closed).Run("print(1)"));
        e.Kind.ShouldBe("HostError");
        e.InnerException.ShouldBeSameAs(closed);
    }

    [Fact]
    public void A_clock_that_fails_is_a_host_error()
    {
        using LyraEngine engine = new(new LyraOptions { Time = new BrokenClock(), Capabilities = LyraCapabilities.Clock });
        foreach (string question in (string[])["clock()", "await sleep(1)", "time.now()"])
        {
            engine.Run($"import time\nvar r = nil\ntry {{ {question} }} catch e {{ r = e.kind }}\nr").As<string>().ShouldBe("HostError");
        }

        Should.Throw<LyraException>(() => engine.Run("clock()")).InnerException.ShouldBeOfType<InvalidTimeZoneException>();
    }

    [Fact]
    public void Values_can_be_defined()
    {
        _engine.Define("limit", 5);
        _engine.Define("nothing", (object?)null);
        _engine.Define("day", DayOfWeek.Monday);
        _engine.Run("[limit, nothing, day]").ToString().ShouldBe("[5, nil, \"Monday\"]");
        _engine.Define("xs", new List<int> { 1 });
        _engine.Run("xs.push(2); xs").ToString().ShouldBe("[1, 2]");
        Should.Throw<ArgumentException>(() => _engine.Define("version", new Version(1, 2))).Message.ShouldContain("System.Version");
    }

    private string Error(string source)
    {
        LyraException e = Should.Throw<LyraException>(() => _engine.Run(source));
        return $"{e.Kind}: {e.Message}";
    }

    private static LyraEngine Writing(Exception failure) => new(new LyraOptions { Output = new FailingWriter(failure) });

    private sealed class FailingWriter(Exception failure) : StringWriter
    {
        public override void Write(char value) => throw failure;

        public override void Write(ReadOnlySpan<char> buffer) => throw failure;
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidTimeZoneException();

        public override long GetTimestamp() => throw new InvalidTimeZoneException();
    }
}
