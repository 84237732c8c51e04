using System;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Cancellation by the host ends runs and calls with an exception that has its token and the position.</summary>
public abstract class CancellationTests(JitMode jit) : IDisposable
{
    private readonly LyraEngine _engine = new(new LyraOptions { Jit = jit });
    private readonly CancellationTokenSource _source = new();

    public void Dispose()
    {
        _engine.Dispose();
        _source.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_cancelled_run_says_where_it_was()
    {
        _engine.Define("stop", (Action)_source.Cancel);
        LyraCanceledException e = Should.Throw<LyraCanceledException>(() => _engine.Run(
            "proc spin() {\n    stop()\n    while true { }\n}\nspin()", "rules.lyra", _source.Token));
        e.CancellationToken.ShouldBe(_source.Token);
        e.File.ShouldBe("rules.lyra");
        e.Line.ShouldBe(3);
        e.Column.ShouldBeGreaterThan(0);
        e.ScriptTrace.Count.ShouldBe(2);
        e.ScriptTrace[1].ShouldContain("rules.lyra:5");
        _engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Calls_are_cancelled_by_their_tokens()
    {
        _engine.Define("stop", (Action)_source.Cancel);
        _engine.Run("proc spin() { stop(); while true { } }\nasync proc sleepy() { stop(); await sleep(100_000) }");
        Should.Throw<LyraCanceledException>(() => _engine.Call("spin", [], _source.Token)).CancellationToken.ShouldBe(_source.Token);
        Should.Throw<LyraCanceledException>(() => _engine.Call("sleepy", [], _source.Token));
        using CancellationTokenSource other = new();
        _engine.Define("stop", (Action)other.Cancel);
        Task<LyraValue> call = _engine.GetProc<Func<CancellationToken, Task<LyraValue>>>("sleepy")(other.Token);
        (await Assert.ThrowsAsync<LyraCanceledException>(() => call)).CancellationToken.ShouldBe(other.Token);
        call.IsCanceled.ShouldBeTrue();
        Task<LyraValue> early = _engine.CallAsync("spin", [], other.Token);
        early.IsCanceled.ShouldBeTrue();
        _engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Fact]
    public void A_token_of_a_nested_run_cancels_it_alone()
    {
        _engine.Define("stop", (Action)_source.Cancel);
        OperationCanceledException? seen = null;
        _engine.Define("nested", () =>
        {
            seen = Should.Throw<LyraCanceledException>(
                () => _engine.Run("try { stop(); while true { } } finally { for i in 0..1_000 { } }", null, _source.Token));
            Should.Throw<LyraCanceledException>(() => _engine.Run("1", null, _source.Token));
        });
        _engine.Run("nested()\nvar n = 0\nfor i in 0..500_000 { n += 1 }\nn").As<int>().ShouldBe(500_000);
        seen!.CancellationToken.ShouldBe(_source.Token);
    }

    [Fact]
    public void A_cancelled_nested_run_that_the_host_lets_pass_ends_the_outer_one()
    {
        using CancellationTokenSource outer = new();
        _engine.Define("stop", (Action)_source.Cancel);
        _engine.Define("nested", () => _engine.Run("stop(); while true { }", null, _source.Token));
        LyraCanceledException e = Should.Throw<LyraCanceledException>(
            () => _engine.Run("try { nested() } catch e { }\nwhile true { }", null, outer.Token));
        e.CancellationToken.ShouldBe(_source.Token);
        _engine.Define("nested", (CancellationToken token) =>
        {
            outer.Cancel();
            _engine.Run("while true { }", null, CancellationTokenSource.CreateLinkedTokenSource(token, CancellationToken.None).Token);
        });
        e = Should.Throw<LyraCanceledException>(() => _engine.Run("nested()", null, outer.Token));
        e.CancellationToken.ShouldBe(outer.Token);
    }

    [Fact]
    public void A_delegate_gets_the_engine_and_the_token_of_the_run()
    {
        LyraEngine? engine = null;
        CancellationToken token = default;
        _engine.Define("probe", (LyraEngine given, int a, CancellationToken run, int b = 5) =>
        {
            engine = given;
            token = run;
            return a + b;
        });
        _engine.Run("probe(1) + probe(a: 2, b: 3)", null, _source.Token).As<int>().ShouldBe(11);
        engine.ShouldBeSameAs(_engine);
        token.ShouldBe(_source.Token);
        LyraException e = Should.Throw<LyraException>(() => _engine.Run("probe()"));
        e.Message.ShouldBe("probe(a, b?) takes 1 to 2 arguments, but none was given");
        e = Should.Throw<LyraException>(() => _engine.Run("probe(\"x\")"));
        e.Message.ShouldContain("'a'");
        token.ShouldBe(_source.Token);
        _engine.Define("all", (LyraEngine given, CancellationToken run, params int[] xs) => $"{given == _engine} {xs.Length}");
        _engine.Run("all(1, 2, 3)").As<string>().ShouldBe("True 3");
        _engine.Run("var n = 0; for i in 0..2_000 { n += probe(i, b: 1) }; n").As<int>().ShouldBe(2_001_000);
    }

    [Fact]
    public void A_nested_call_gives_its_own_token()
    {
        CancellationToken token = default;
        _engine.Define("probe", (CancellationToken run) =>
        {
            token = run;
        });
        _engine.Define("nested", () => _engine.Run("probe()", null, _source.Token));
        using CancellationTokenSource outer = new();
        _engine.Run("nested()", null, outer.Token);
        token.ShouldBe(_source.Token);
        _engine.Run("nested(); probe()", null, outer.Token);
        token.ShouldBe(outer.Token);
    }

    public sealed class Interpreted() : CancellationTests(JitMode.Off);

    public sealed class Compiled() : CancellationTests(JitMode.Stress);
}
