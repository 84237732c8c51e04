using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraEngineThreadTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Different_threads_may_use_it_one_after_another()
    {
        for (int i = 0; i < 5; i++)
        {
            int n = i;
            (await Task.Run(() => _engine.Run($"{n} * 2"))).As<int>().ShouldBe(n * 2);
        }
    }

    [Fact]
    public async Task A_second_thread_at_the_same_time_is_refused()
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
    public void A_thread_started_by_a_delegate_is_refused()
    {
        LyraScript script = LyraScript.Compile("1");
        Exception?[] told = [];
        _engine.Define("fork", () =>
        {
            Func<int> f = _engine.GetProc<Func<int>>("f");
            told =
            [
                .. new Action[]
                {
                    () => _engine.Run("1"), () => _engine.Run(script), () => _engine.Call("f"), () => f(), () => _engine.Check(script),
                    () => _engine.Check("1"), _engine.Dispose,
                    () => _engine.RunAsync(script).GetAwaiter().GetResult(), () => _engine.Run("1 +"), () => _engine.RunAsync("1 +"), () =>
                        _engine.Define("g", () => 1), () => _ = _engine.Globals["f"],
                }.Select(OnOtherThread),
            ];
        });

        _engine.Run("proc f() { return 1 }\nfork()");

        told.ShouldAllBe(e => e is InvalidOperationException && !(e is ObjectDisposedException)
            && e.Message.Contains("in use by another thread"));
        _engine.Call("f").As<int>().ShouldBe(1);
    }

    [Fact]
    public void Threads_that_compete_for_an_engine_get_a_result_or_a_refusal()
    {
        long results = 0;
        long refusals = 0;
        _engine.Run("proc f(n) { var s = 0; for i in 0..n { s += i }; return s }");
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                Exception? told = Record(() => _engine.Call("f", 100).As<int>().ShouldBe(4950));
                Interlocked.Increment(ref told is null ? ref results : ref refusals);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        (results + refusals).ShouldBe(2_000);
        results.ShouldBeGreaterThan(0);
        _engine.Call("f", 100).As<int>().ShouldBe(4950);
    }

    [Fact]
    public void An_engine_that_is_disposed_while_threads_compete_for_it_refuses_all_threads_afterwards()
    {
        for (int round = 0; round < 5; round++)
        {
            LyraEngine engine = new();
            engine.Run("proc f() { return 1 }");
            bool isDisposed = false;
            int late = 0;
            Thread other = new(() =>
            {
                bool goesOn = true;
                while (goesOn)
                {
                    bool wasDisposed = Volatile.Read(ref isDisposed);
                    Exception? told = Record(() => engine.Call("f"));
                    late += wasDisposed && told is not ObjectDisposedException ? 1 : 0;
                    goesOn = told is not ObjectDisposedException;
                }
            });
            other.Start();
            while (Record(engine.Dispose) is not null)
            {
                Thread.Yield();
            }

            Volatile.Write(ref isDisposed, true);
            other.Join();
            late.ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_script_is_shared_by_threads()
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
    public async Task An_asynchronous_run_holds_the_engine_while_it_waits()
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
    public async Task Host_delegates_may_call_the_engine_in_an_asynchronous_run()
    {
        _engine.Run("proc twice(x) { return x * 2 }");
        _engine.Define("call", (int x) => _engine.Call("twice", x));
        LyraValue result = await _engine.RunAsync("async proc f() { await sleep(1); return call(21) }\nawait f()");
        result.As<int>().ShouldBe(42);
    }

    [Fact]
    public void An_engine_that_is_disposed_compiles_nothing()
    {
        _engine.Dispose();
        Should.Throw<ObjectDisposedException>(() => _engine.Check("1 +"));
        Should.Throw<ObjectDisposedException>(() => _engine.Run("1 +"));
        Should.Throw<ObjectDisposedException>(() => _engine.RunAsync("1 +").GetAwaiter().GetResult());
    }

    [Fact]
    public void A_delegate_of_the_running_script_may_compile()
    {
        _engine.Define("check", (string source) => _engine.Check(source).Count);
        _engine.Run("check(\"1 +\") + check(\"1\")").As<int>().ShouldBe(1);
    }

    private static Exception? OnOtherThread(Action action)
    {
        Exception? told = null;
        Thread other = new(() => told = Record(action));
        other.Start();
        other.Join();
        return told;
    }

    private static InvalidOperationException? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
