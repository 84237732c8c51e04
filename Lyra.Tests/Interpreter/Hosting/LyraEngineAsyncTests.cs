using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraEngineAsyncTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void An_async_delegate_is_a_task()
    {
        _engine.Define("fetch", async (string url) =>
        {
            await Task.Yield();
            return url.Length;
        });
        _engine.Run("type(fetch(\"abc\"))").As<string>().ShouldBe("task");
        _engine.Run("await fetch(\"abc\") + await fetch(\"abcd\")").As<int>().ShouldBe(7);
        _engine.Run("var r = await gather([fetch(\"a\"), fetch(\"ab\")]); r").As<int[]>().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Run_async_blocks_no_thread()
    {
        TaskCompletionSource<string> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Define("ask", () => source.Task);
        Task<LyraValue> run = _engine.RunAsync("\"got \" + await ask()");
        run.IsCompleted.ShouldBeFalse();
        source.SetResult("it");
        (await run).As<string>().ShouldBe("got it");
    }

    [Fact]
    public void Every_kind_of_task_is_accepted()
    {
        _engine.Define("done", () => Task.CompletedTask);
        _engine.Define("plain", async Task () => await Task.Yield());
        _engine.Define("value", () => new ValueTask<int>(5));
        _engine.Define("late", async ValueTask<string> () =>
        {
            await Task.Yield();
            return "late";
        });
        _engine.Define("none", async ValueTask () => await Task.Yield());
        _engine.Define("boxed", object () => Task.FromResult(7));
        _engine.Run("[await done(), await plain(), await value(), await late(), await none(), await boxed()]").ToString()
            .ShouldBe("[nil, nil, 5, \"late\", nil, 7]");
    }

    [Fact]
    public void A_failed_task_is_a_host_error()
    {
        InvalidOperationException thrown = new("offline");
        _engine.Define("fetch", async Task<int> () =>
        {
            await Task.Yield();
            throw thrown;
        });
        _engine.Run("var r = nil; try { await fetch() } catch e { r = e.kind + \": \" + e.message }; r").As<string>()
            .ShouldBe("HostError: offline");
        Should.Throw<LyraException>(() => _engine.Run("await fetch()")).InnerException.ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task A_result_that_fails_while_it_is_copied_is_a_host_error()
    {
        FormatException thrown = new("lazy");
        _engine.Define("late", async () =>
        {
            await Task.Yield();
            return Failing(thrown);
        });
        _engine.Define("soon", () => Task.FromResult(Failing(thrown)));
        _engine.Run("var r = []; for f in [late, soon] { try { await f() } catch e { r.push(e.kind + \": \" + e.message) } }; r").ToString()
            .ShouldBe("[\"HostError: lazy\", \"HostError: lazy\"]");
        Should.Throw<LyraException>(() => _engine.Run("await late()")).InnerException.ShouldBeSameAs(thrown);
        (await Should.ThrowAsync<LyraException>(() => _engine.RunAsync("await late()"))).InnerException.ShouldBeSameAs(thrown);
    }

    [Fact]
    public void A_cancelled_task_has_the_exception_that_cancelled_it()
    {
        OperationCanceledException thrown = new("closing time");
        _engine.Define("late", async Task<int> () =>
        {
            await Task.Yield();
            throw thrown;
        });
        _engine.Define("never", () => Task.FromCanceled(new CancellationToken(canceled: true)));
        LyraException e = Should.Throw<LyraException>(() => _engine.Run("await late()"));
        e.Message.ShouldBe("closing time");
        e.InnerException.ShouldBeSameAs(thrown);
        Should.Throw<LyraException>(() => _engine.Run("await never()")).InnerException.ShouldBeOfType<TaskCanceledException>();
    }

    [Fact]
    public async Task A_run_that_awaits_forever_can_be_cancelled()
    {
        using CancellationTokenSource cancel = new();
        TaskCompletionSource never = new();
        _engine.Define("ask", () => never.Task);
        Task<LyraValue> run = _engine.RunAsync(LyraScript.Compile("await ask()"), cancel.Token);
        cancel.Cancel();
        (await Assert.ThrowsAsync<LyraCanceledException>(() => run)).CancellationToken.ShouldBe(cancel.Token);
        run.IsCanceled.ShouldBeTrue();
        _engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Fact]
    public void The_result_of_a_task_of_an_earlier_run_has_no_effect()
    {
        TaskCompletionSource<int> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Define("ask", () => source.Task);
        Should.Throw<LyraException>(() => _engine.Run("var t = ask(); throw \"early\"")).Message.ShouldBe("early");
        _engine.Run("await sleep(1); 1").As<int>().ShouldBe(1);
        source.SetResult(1);
        _engine.Run("await sleep(1); 2").As<int>().ShouldBe(2);
    }

    private static IEnumerable<int> Failing(Exception exception)
    {
        yield return 1;
        throw exception;
    }
}
