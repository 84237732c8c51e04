using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Calls by the host: by name, of values, and by delegates; with and without waiting.</summary>
public abstract class HostCallTests(JitMode jit) : IDisposable
{
    private readonly LyraEngine _engine = new(new LyraOptions { Jit = jit });

    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_call_accepts_a_collection_and_a_token()
    {
        _engine.Run("proc area(w, h) { return w * h }");
        _engine.Call("area", [3.0, 4.0], CancellationToken.None).As<double>().ShouldBe(12);
        List<LyraValue> arguments = [3, 5];
        _engine.Call("area", arguments.ToArray(), CancellationToken.None).As<int>().ShouldBe(15);
        _engine.Call("area", [3, 4]).As<int>().ShouldBe(12);
    }

    [Fact]
    public async Task An_async_call_blocks_no_thread()
    {
        TaskCompletionSource<int> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Define("ask", () => source.Task);
        _engine.Run("async proc quote(n) { return n + await ask() }");
        Task<LyraValue> call = _engine.CallAsync("quote", [2]);
        call.IsCompleted.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => _engine.Call("quote", 1)).Message.ShouldContain("in use");
        source.SetResult(40);
        (await call).As<int>().ShouldBe(42);
        (await _engine.CallAsync("quote", [3])).As<int>().ShouldBe(43);
    }

    [Fact]
    public async Task An_async_call_runs_plain_procs_and_the_tasks_that_they_spawn()
    {
        _engine.Run("var log = []; async proc note(n) { await sleep(1); log.push(n) }; proc start(n) { spawn note(n); return n }");
        (await _engine.CallAsync("start", [7])).As<int>().ShouldBe(7);
        _engine.Globals["log"].As<int[]>().ShouldBe([7]);
    }

    [Fact]
    public async Task Errors_of_an_async_call_are_those_of_its_task()
    {
        _engine.Run("async proc fail() { await sleep(1); throw \"late\" }\nproc soon() { throw \"soon\" }\nproc lose() { spawn fail() }");
        foreach ((string name, string message) in new[] { ("fail", "late"), ("soon", "soon"), ("lose", "late") })
        {
            Task<LyraValue> call = _engine.CallAsync(name, []);
            LyraException e = await Should.ThrowAsync<LyraException>(() => call);
            e.Message.ShouldBe(message);
            e.Line.ShouldBeGreaterThan(0);
        }

        await Should.ThrowAsync<KeyNotFoundException>(() => _engine.CallAsync("missing", []));
    }

    [Fact]
    public void A_value_that_can_be_called_is_called_in_its_engine()
    {
        LyraValue values = _engine.Run(
            """
            struct Point { x: int; proc plus(self, n) { return self.x + n } }
            let xs = [1, 2]
            var seen = 0
            (x => x * 2, Point, Point(5).plus, xs.push, async (x) => { await sleep(1); seen = x; return x })
            """);
        LyraValue[] procs = values.As<LyraValue[]>();
        procs[0].Invoke(21).As<int>().ShouldBe(42);
        procs[1].Invoke(3).Kind.ShouldBe(ValueKind.Struct);
        procs[2].Invoke(4).As<int>().ShouldBe(9);
        procs[3].Invoke("more");
        _engine.Globals["xs"].ToString().ShouldBe("[1, 2, \"more\"]");
        procs[4].Invoke(8).As<int>().ShouldBe(8);
        _engine.Globals["seen"].As<int>().ShouldBe(8);
        Should.Throw<LyraException>(() => procs[0].Invoke()).Kind.ShouldBe("ArgumentError");
    }

    [Fact]
    public void A_call_reports_the_failure_of_its_own_tasks_alone()
    {
        _engine.Run("""
            async proc fail() { throw "lost" }
            proc lose() { fail(); return 1 }
            proc both() { fail(); throw "own" }
            async proc later() { await sleep(0); return 3 }
            """);
        Should.Throw<LyraException>(() => _engine.Call("lose")).Error.Message.ShouldBe("lost");
        Should.Throw<LyraException>(() => _engine.Call("both")).Error.Message.ShouldBe("own");
        _engine.Call("later").As<int>().ShouldBe(3);
        Should.Throw<LyraException>(() => _engine.Call("both")).Error.Message.ShouldBe("own");
        _engine.Run("await later()").As<int>().ShouldBe(3);
    }

    [Fact]
    public async Task A_value_is_called_without_waiting()
    {
        LyraValue proc = _engine.Run("async (a, b) => { await sleep(1); return a + b }");
        (await proc.InvokeAsync(1, 2)).As<int>().ShouldBe(3);
        (await proc.InvokeAsync([3, 4], CancellationToken.None)).As<int>().ShouldBe(7);
    }

    [Fact]
    public void Values_that_belong_to_no_engine_or_are_no_procs_are_refused()
    {
        LyraValue print = _engine.Run("length");
        Should.Throw<InvalidOperationException>(() => print.Invoke("abc")).Message.ShouldContain("engine.Invoke");
        _engine.Invoke(print, "abc").As<int>().ShouldBe(3);
        LyraValue number = 5;
        Should.Throw<InvalidOperationException>(() => number.Invoke()).Message.ShouldBe("A value of type int can't be called.");
        LyraValue proc = _engine.Run("() => 1");
        using LyraEngine other = new();
        Should.Throw<ArgumentException>(() => other.Invoke(other.Run("x => x"), proc));
    }

    [Fact]
    public async Task A_host_delegate_awaits_a_proc_of_the_script_that_calls_it()
    {
        _engine.Define("twice", async (LyraValue f) => (await f.InvokeAsync(1)).As<int>() * 2);
        _engine.Define("plain", (LyraValue f) => f.InvokeAsync(5).IsCompletedSuccessfully);
        _engine.Run("await twice(async (x) => { await sleep(1); return x + 20 })").As<int>().ShouldBe(42);
        _engine.Run("plain(x => x)").As<bool>().ShouldBeTrue();
        LyraException e = Should.Throw<LyraException>(() => _engine.Run("await twice(async (x) => { await sleep(1); throw \"no\" })"));
        e.Message.ShouldBe("no");
        Task<LyraValue>? left = null;
        _engine.Define("leave", (LyraValue f) =>
        {
            left = f.InvokeAsync();
        });
        _engine.Run("proc end() { leave(async () => await chan(0).recv()); throw \"end\" }; try { end() } catch e { }; 1");
        (await Should.ThrowAsync<InvalidOperationException>(() => left!)).Message.ShouldContain("run ended");
    }

    [Fact]
    public async Task A_delegate_with_a_task_as_result_awaits_the_proc()
    {
        _engine.Run("async proc quote(id, n) { await sleep(1); return \"${id}-${n}\" }\nasync proc nothing() { await sleep(1) }");
        (await _engine.GetProc<Func<string, int, Task<string>>>("quote")("a", 1)).ShouldBe("a-1");
        (await _engine.GetProc<Func<string, CancellationToken, int, Task<string>>>("quote")("b", default, 2)).ShouldBe("b-2");
        (await _engine.GetProc<Func<string, int, ValueTask<LyraValue>>>("quote")("c", 3)).As<string>().ShouldBe("c-3");
        await _engine.GetProc<Func<Task>>("nothing")();
        await _engine.GetProc<Func<CancellationToken, ValueTask>>("nothing")(CancellationToken.None);
        _engine.GetProc<Func<string, int, CancellationToken, string>>("quote")("d", 4, CancellationToken.None).ShouldBe("d-4");
        Func<string, int, Task<int>> wrong = _engine.GetProc<Func<string, int, Task<int>>>("quote");
        (await Should.ThrowAsync<InvalidCastException>(() => wrong("e", 5))).Message.ShouldContain("str");
        Should.Throw<ArgumentException>(() => _engine.GetProc<Action<CancellationToken, CancellationToken>>("nothing"));
    }

    public sealed class Interpreted() : HostCallTests(JitMode.Off);

    public sealed class Compiled() : HostCallTests(JitMode.Stress);
}
