using System;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.Hosting;

public sealed class LyraEngineThreadTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task DifferentThreadsMayUseItOneAfterAnother()
    {
        for (int i = 0; i < 5; i++)
        {
            int n = i;
            (await Task.Run(() => _engine.Run($"{n} * 2"))).As<int>().ShouldBe(n * 2);
        }
    }

    [Fact]
    public async Task TwoThreadsAtOnceAreToldSo()
    {
        using ManualResetEventSlim inside = new();
        using ManualResetEventSlim leave = new();
        _engine.Define("wait", () =>
        {
            inside.Set();
            leave.Wait();
        });
        Task<LyraValue> first = Task.Run(() => _engine.Run("wait(); 1"));
        inside.Wait();
        try
        {
            Should.Throw<InvalidOperationException>(() => _engine.Run("2")).Message.ShouldContain("another thread");
            Should.Throw<InvalidOperationException>(() => _engine.Globals["x"] = 1);
            Should.Throw<InvalidOperationException>(() => _engine.Statistics);
            Should.Throw<InvalidOperationException>(_engine.Dispose);
        }
        finally
        {
            leave.Set();
        }

        (await first).As<int>().ShouldBe(1);
        _engine.Run("3").As<int>().ShouldBe(3);
    }

    [Fact]
    public async Task AScriptIsSharedByThreads()
    {
        LyraScript script = LyraScript.Compile("var t = 0\nfor i in 0..1000 { t += i * k }\nt");
        Task<long>[] runs = new Task<long>[8];
        for (int i = 0; i < runs.Length; i++)
        {
            int k = i;
            runs[i] = Task.Run(() =>
            {
                using LyraEngine engine = new();
                engine.Globals["k"] = k;
                return engine.Run(script).As<long>();
            });
        }

        long[] results = await Task.WhenAll(runs);
        for (int i = 0; i < results.Length; i++)
        {
            results[i].ShouldBe(499_500L * i);
        }
    }

    [Fact]
    public async Task AnAsynchronousRunHoldsTheEngineWhileItWaits()
    {
        TaskCompletionSource<int> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Define("ask", () => source.Task);
        Task<LyraValue> run = _engine.RunAsync(LyraScript.Compile("await ask() + 1"));
        run.IsCompleted.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => _engine.Run("1")).Message.ShouldContain("RunAsync");
        source.SetResult(41);
        (await run).As<int>().ShouldBe(42);
        _engine.Run("1").As<int>().ShouldBe(1);
    }

    [Fact]
    public async Task HostDelegatesMayCallTheEngineInAnAsynchronousRun()
    {
        _engine.Run("proc twice(x) { return x * 2 }");
        _engine.Define("call", (int x) => _engine.Call("twice", x));
        LyraValue result = await _engine.RunAsync("async proc f() { await sleep(1); return call(21) }\nawait f()");
        result.As<int>().ShouldBe(42);
    }
}
