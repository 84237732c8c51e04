using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>A timeout or a cancellation ends every kind of endless work, and the engine can run the next script.</summary>
public class StopTests
{
    /// <summary>Generous, because the machine of the tests may be busy.</summary>
    private const int Patience = 120_000;

    public static TheoryData<string> EndlessWork =>
    [
        "while true { }",
        "for i in 0..10 ** 18 { }",
        "for i in 0..10 ** 30 { }",
        "for i in range(0, 10 ** 18, 3) { }",
        "proc f(n) { if n == 0 { return 0 }; return f(n - 1) + f(n - 1) }\nf(60)",
        "proc g() { while true { yield 1 } }\nfor x in g() { }",
        "proc g() { while true { yield 1 } }\nvar it = g()\nwhile true { next(it) }",
        "proc g() { while true { yield 1 } }\nsum(g())",
        "proc g() { while true { } yield 1 }\nnext(g())",
        "while true { sorted(range(1000), x => -x) }",
        "list(0..20).sort(x => { while true { } })",
        "while true { var s = \"ab\" * 100_000 }",
        "list(0..1_000_000).map(x => { var n = 0; while n < 1000 { n += 1 }; return n })",
        "list(0..1_000_000).filter(x => { var n = 0; while n < 1000 { n += 1 }; return false })",
        "import regex\nregex.test(\"^(?=(a+)+$)\", \"a\" * 60 + \"b\")",
        "await sleep(1_000_000)",
        "await never()",
        "async proc f() { while true { await sleep(0) } }\nawait f()",
        "async proc f() { await never() }\nawait gather([f(), f()])",
        "var c = chan(1)\nasync proc f() { while true { await c.send(1); await c.recv() } }\nf()",
        "var n = 3\nwhile true { n = n * n % (10 ** 400) }",
        "struct S {\n    proc __lt(self, o) { while true { } }\n}\nS() < S()",
        "struct S {\n    proc __str(self) { while true { } }\n}\nprint(S())",
        "while true { try { throw \"x\" } catch e { } }",
        "while true { try { [][0] } catch e { } }",
        "math_loop()\nproc math_loop() { while true { max(list(0..1000)) } }",
    ];

    /// <summary>A million steps need many budgets, which are short at the beginning of a run.</summary>
    [Fact]
    public void The_clock_is_looked_at_while_code_units_become_strs() =>
        LooksOf("(\"a\" * 8_000_000).chars()").ShouldBeGreaterThanOrEqualTo(LooksOf("(\"a\" * 8_000_000)") + 8);

    private static int LooksOf(string source)
    {
        int looks = 0;
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, LimitClock = new LookClock(TimeSpan.Zero) });
        engine.Limiter.Looked = _ => looks++;
        engine.Run(source);
        return looks;
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(EndlessWork))]
    public Task A_time_limit_ends_it(string source) => Task.Run(() =>
    {
        using LyraEngine engine = Engine(TimeSpan.FromMilliseconds(250));
        LyraLimitException e = Scripts.ShouldExceedLimit(engine, source);
        e.Limit.ShouldBe(LimitKind.Time);
        e.Line.ShouldBeGreaterThan(0, "the run, not the compilation, took the time");
        e.Kind.ShouldBe("LimitExceeded");
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = Patience)]
    [MemberData(nameof(EndlessWork))]
    public Task A_cancellation_by_another_thread_ends_it(string source) => Task.Run(() =>
    {
        using LyraEngine engine = Engine(null);
        LyraCanceledException e = Cancelled(engine, source);
        e.Line.ShouldBeGreaterThan(0);
        e.ScriptTrace.ShouldNotBeEmpty();
        engine.Run("1 + 1").As<int>().ShouldBe(2);
    }, TestContext.Current.CancellationToken);

    /// <summary>The end of a run that another thread cancels. On a busy machine, a short time passes before the run begins.</summary>
    private static LyraCanceledException Cancelled(LyraEngine engine, string source)
    {
        for (int milliseconds = 50; ; milliseconds *= 4)
        {
            using CancellationTokenSource cancellation = new(milliseconds);
            LyraCanceledException e = Should.Throw<LyraCanceledException>(() => engine.Run(source, cancellationToken: cancellation.Token));
            e.CancellationToken.ShouldBe(cancellation.Token);
            if (e.Line > 0 || milliseconds > 1_000)
            {
                return e;
            }
        }
    }

    [Fact]
    public void A_run_that_was_cancelled_before_does_nothing()
    {
        StringWriter output = new();
        using LyraEngine engine = Scripts.Engine(output);
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();
        Should.Throw<LyraCanceledException>(() => engine.Run("print(0)", cancellationToken: cancellation.Token)).File.ShouldBeNull();
        Should.Throw<LyraCanceledException>(
            () => engine.RunAsync("print(0)", cancellationToken: cancellation.Token).GetAwaiter().GetResult());
        engine.Run("print(1)");
        output.ToString().ShouldBe("1" + Environment.NewLine);
    }

    [Fact]
    public void A_cancelled_run_runs_finally_blocks_and_catches_nothing()
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = Scripts.Engine(output);
        using CancellationTokenSource cancellation = new();
        engine.Define("cancel", () => cancellation.Cancel());
        Should.Throw<LyraCanceledException>(() => engine.Run(
            "try { cancel(); while true { } } catch e { print(\"caught\") } finally { print(\"finally\") }",
            cancellationToken: cancellation.Token));
        output.ToString().ShouldBe("finally\n");
    }

    [Fact(Timeout = Patience)]
    public Task A_finally_that_never_ends_is_stopped_after_its_grace() => Task.Run(() =>
    {
        using LyraEngine engine = Engine(TimeSpan.FromMilliseconds(250));
        Scripts.ShouldExceedLimit(engine, "try { while true { } } finally { while true { } }").Limit.ShouldBe(LimitKind.Time);
        Scripts.ShouldExceedLimit(engine, "proc g() { try { yield 1 } finally { while true { } } }\nfor x in g() { while true { } }")
            .Limit.ShouldBe(LimitKind.Time);
    }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Compilation_time_counts_and_the_message_names_the_limit()
    {
        string source = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"var v{i} = {i} + 2\n")) + "for i in 0..100_000_000 { }";
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { Timeout = TimeSpan.FromMilliseconds(20) });
        Should.Throw<LyraLimitException>(() => engine.Run(source)).Message.ShouldContain("the time limit of 20 ms");
        (await Should.ThrowAsync<LyraLimitException>(() => engine.RunAsync(source))).Message.ShouldContain("the time limit of 20 ms");
    }

    [Fact]
    public void A_timeout_beyond_the_range_of_the_clock_is_no_timeout()
    {
        using LyraEngine engine = Engine(TimeSpan.MaxValue);
        engine.Run("var n = 0\nfor i in 0..1_000_000 { n += 1 }\nn").As<int>().ShouldBe(1_000_000);
    }

    [Fact]
    public void A_limit_that_a_finally_block_discards_still_ends_the_run()
    {
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { MaxSteps = 10_000 });
        const string lost = "proc g() { try { while true { } } finally { yield 1 } }\nlet h = g()\nnext(h)";
        Scripts.ShouldExceedLimit(engine, lost).Limit.ShouldBe(LimitKind.Steps);
        Scripts.ShouldExceedLimit(engine, "proc f() { return next(g()) }\nf()").Limit.ShouldBe(LimitKind.Steps);
        Should.Throw<LyraLimitException>(() => engine.Call("f")).Limit.ShouldBe(LimitKind.Steps);
    }

    /// <summary>Storing a long trace takes longer than the steps of a throw suggest, so the clock is checked sooner.</summary>
    [Fact]
    public void Errors_with_long_traces_check_for_cancellation_often()
    {
        using LyraEngine engine = Engine(null);
        using CancellationTokenSource cancellation = new();
        engine.Define("cancel", new Action(cancellation.Cancel));
        const string source = """
            var caught = 0
            proc deep(n) {
                if n > 0 { return deep(n - 1) }
                for i in 0..1_000_000 { }
                cancel()
                while true { try { throw "x" } catch e { caught += 1 } }
            }
            deep(150)
            """;

        Should.Throw<LyraCanceledException>(() => engine.Run(source, cancellationToken: cancellation.Token));
        engine.Globals["caught"].As<int>().ShouldBeLessThan(500);
    }

    private static LyraEngine Engine(TimeSpan? timeout)
    {
        TimeProvider? clock = timeout < TimeSpan.FromDays(1) ? LookClock.Of(timeout.Value) : null;
        LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { Timeout = timeout }, limitClock: clock);
        engine.Define("never", () => new TaskCompletionSource<int>().Task);
        return engine;
    }
}
