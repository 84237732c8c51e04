using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraEngineTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Run_returns_the_value_of_the_last_expression()
    {
        _engine.Run("1 + 2").As<int>().ShouldBe(3);
        _engine.Run("var x = 1").IsNil.ShouldBeTrue();
        _engine.Run("\"a\"; [1, 2]").As<int[]>().ShouldBe([1, 2]);
    }

    [Fact]
    public void Output_is_written_to_the_writer_of_the_options()
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions { Output = output });
        engine.Run("print(\"hello\", 1, 2.0)");
        output.ToString().ShouldBe("hello 1 2.0\n");
    }

    [Fact]
    public void Globals_reach_scripts_and_back()
    {
        _engine.Globals["rate"] = 0.2;
        _engine.Run("100 * rate").As<double>().ShouldBe(20.0);
        _engine.Run("var total = 7\nproc twice(x) { return x * 2 }");
        _engine.Globals["total"].As<int>().ShouldBe(7);
        _engine.Globals["twice"].Kind.ShouldBe(ValueKind.Proc);
        _engine.Globals.ContainsKey("nothing").ShouldBeFalse();
        _engine.Globals.Keys.ShouldBe(["rate", "total", "twice"], ignoreOrder: true);
        Should.Throw<KeyNotFoundException>(() => _engine.Globals["nothing"]).Message.ShouldContain("'nothing'");
        Should.Throw<ArgumentException>(() => _engine.Globals["while"] = 1).Message.ShouldContain("keyword");
        Should.Throw<ArgumentException>(() => _engine.Globals["a b"] = 1);
    }

    [Fact]
    public void A_later_script_sees_the_variables_of_an_earlier_one()
    {
        _engine.Run("var count = 1\nproc next_count() { count += 1; return count }");
        _engine.Run("next_count() + next_count()").As<int>().ShouldBe(5);
        _engine.Run("count = 10");
        _engine.Run("next_count()").As<int>().ShouldBe(11);
        _engine.Globals["count"].As<int>().ShouldBe(11);
        _engine.Globals["count"] = 20;
        _engine.Call("next_count").As<int>().ShouldBe(21);
    }

    [Fact]
    public void Source_that_does_not_compile_reports_every_diagnostic()
    {
        LyraCompileException e = Should.Throw<LyraCompileException>(() => _engine.Run("var a = \nlet b = 1\nb = 2\nnothing", "rules.lyra"));
        e.Diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error).ShouldBeGreaterThanOrEqualTo(1);
        e.Diagnostics[0].File.ShouldBe("rules.lyra");
        e.Message.ShouldStartWith("rules.lyra:");
    }

    [Fact]
    public void A_name_that_nothing_defines_is_a_compile_error()
    {
        LyraCompileException e =
            Should.Throw<LyraCompileException>(() => _engine.Run("print(1)\nprint(first)\nprint(second)", "rules.lyra"));
        e.Diagnostics.Select(d => (d.Line, d.Column, d.Length)).ShouldBe([(2, 7, 5), (3, 7, 6)]);
        e.Diagnostics[0].Message.ShouldContain("first");
        e.Diagnostics.ShouldAllBe(d => d.Code.StartsWith("LY", StringComparison.Ordinal));
    }

    [Fact]
    public void An_uncaught_error_reports_its_kind_message_and_place()
    {
        LyraException e = Should.Throw<LyraException>(() => _engine.Run(
            "proc fail(n) {\n    throw error(\"ValueError\", \"bad ${n}\")\n}\nfail(3)", "rules.lyra"));
        e.Kind.ShouldBe("ValueError");
        e.Message.ShouldBe("bad 3");
        e.File.ShouldBe("rules.lyra");
        e.Line.ShouldBe(2);
        e.Column.ShouldBe(5);
        e.SourceLine.ShouldBe("    throw error(\"ValueError\", \"bad ${n}\")");
        e.ScriptTrace.Count.ShouldBe(2);
        e.ScriptTrace[0].ShouldStartWith("fail (rules.lyra:2:");
        e.ScriptTrace[1].ShouldStartWith("<module> (rules.lyra:4:");
        e.InnerException.ShouldBeNull();
        _engine.Run("1").As<int>().ShouldBe(1);
    }

    [Fact]
    public void Exit_is_the_hosts_to_interpret()
    {
        LyraExitException e = Should.Throw<LyraExitException>(() => _engine.Run("exit(3)"));
        e.ExitCode.ShouldBe(3);
        _engine.Run("1").As<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData(LimitKind.Steps)]
    [InlineData(LimitKind.Time)]
    [InlineData(LimitKind.Memory)]
    [InlineData(LimitKind.Frames)]
    public void A_limit_stops_a_run_and_the_engine_stays_usable(LimitKind limit)
    {
        LyraLimits limits = limit switch
        {
            LimitKind.Steps => new LyraLimits { MaxSteps = 100_000 },
            LimitKind.Time => new LyraLimits { Timeout = TimeSpan.FromMilliseconds(500) },
            LimitKind.Memory => new LyraLimits { MaxMemoryBytes = 4_000_000 },
            _ => new LyraLimits { MaxFrames = 100 },
        };
        using LyraEngine engine =
            new(new LyraOptions { Limits = limits, LimitClock = LookClock.Of(limits.Timeout ?? TimeSpan.FromHours(1)) });
        string source = limit switch
        {
            LimitKind.Memory => "var xs = []\nwhile true { xs.push(\"item ${length(xs)}\") }",
            LimitKind.Frames => "proc f() { return f() + 1 }\nf()",
            _ => "while true { }",
        };
        for (int i = 0; i < 3; i++)
        {
            LyraLimitException e = Should.Throw<LyraLimitException>(() => engine.Run(source));
            e.Limit.ShouldBe(limit);
            e.Kind.ShouldBe(limit == LimitKind.Frames ? "StackOverflow" : "LimitExceeded");
            engine.Run("1 + 1").As<int>().ShouldBe(2);
        }
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        LyraScript script = LyraScript.Compile("while true { }");
        Should.Throw<LyraCanceledException>(() => _engine.Run(script, source.Token)).CancellationToken.ShouldBe(source.Token);
        _engine.Run("2").As<int>().ShouldBe(2);
    }

    [Fact]
    public void Modules_come_from_the_loader()
    {
        Dictionary<string, string> sources = new()
        {
            ["lib/util"] = "import \"other\" as o\npub proc f() { return o.g() }",
            ["lib/other"] = "pub proc g() { return 42 }",
            ["broken"] = "var = 1",
        };
        using LyraEngine engine = new(new LyraOptions { ModuleLoader = new DictionaryModuleLoader(sources) });
        engine.Run("import \"lib/util\" as u\nu.f()").As<int>().ShouldBe(42);
        Should.Throw<LyraException>(() => engine.Run("import \"nowhere\" as n")).Kind.ShouldBe("ImportError");
        LyraException broken = Should.Throw<LyraException>(() => engine.Run("import \"broken\" as b"));
        broken.Kind.ShouldBe("ImportError");
        broken.Message.ShouldContain("broken:1:");
        Should.Throw<LyraException>(() => _engine.Run("import \"lib/util\" as u")).Kind.ShouldBe("ImportError");
    }

    [Fact]
    public void Check_finds_undefined_names_without_running()
    {
        _engine.Check(LyraScript.Compile("exit(1)")).ShouldBeEmpty();
        _engine.Check(LyraScript.Compile("rate + 1")).Single().Message.ShouldContain("rate");
        _engine.Globals["rate"] = 1;
        _engine.Check(LyraScript.Compile("rate + 1")).ShouldBeEmpty();
    }

    [Fact]
    public void A_disposed_engine_throws_ObjectDisposedException()
    {
        _engine.Dispose();
        _engine.Dispose();
        Should.Throw<ObjectDisposedException>(() => _engine.Run("1"));
    }
}
