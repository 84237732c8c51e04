using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Runs on a thread with a synchronization context, such as that of a window: an async delegate of the host continues on it although the
/// run blocks it. If it did not, these tests would never end.
/// </summary>
public sealed class BlockingRunTests
{
    [Fact]
    public void A_run_that_blocks_a_window_executes_the_continuations_of_the_host() => Window.Run(window =>
    {
        using LyraEngine engine = Engine(window);

        engine.Run("await fetch(20) + await fetch(22)").As<int>().ShouldBe(42);

        window.Continued.ShouldBe([true, true]);
        SynchronizationContext.Current.ShouldBe(window);
    });

    [Fact]
    public void Calls_do_too() => Window.Run(window =>
    {
        using LyraEngine engine = Engine(window);
        engine.Run("async proc twice(n) { return await fetch(n) * 2 }");
        Func<int, int> twice = engine.GetProc<Func<int, int>>("twice");

        engine.Call("twice", 4).As<int>().ShouldBe(8);
        engine.Globals["twice"].Invoke(5).As<int>().ShouldBe(10);
        twice(6).ShouldBe(12);

        window.Continued.ShouldBe([true, true, true]);
    });

    [Fact]
    public void A_run_within_a_delegate_waits_for_its_own_delegates() => Window.Run(window =>
    {
        using LyraEngine outer = Engine(window);
        using LyraEngine inner = Engine(window);
        outer.Define("nested", (int n) => inner.Run($"await fetch({n})").As<int>());
        outer.Define("same", (int n) => outer.Run($"await fetch({n})").As<int>());

        outer.Run("nested(1) + await fetch(2) + same(3)").As<int>().ShouldBe(6);

        window.Continued.ShouldAllBe(isOnThread => isOnThread);
        window.Continued.Count.ShouldBe(3);
    });

    [Fact]
    public void What_continues_after_the_run_continues_in_the_window() => Window.Run(window =>
    {
        using LyraEngine engine = Engine(window);
        TaskCompletionSource later = new();
        Task? rest = null;
        engine.Define("start", () => { rest = Continue(window, later.Task); });

        engine.Run("start()");
        later.SetResult();
        window.Pump(until: () => rest!.IsCompleted);

        window.Continued.ShouldBe([true]);
    });

    [Fact]
    public void A_limit_ends_a_run_that_waits() => Window.Run(window =>
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { Timeout = TimeSpan.FromMilliseconds(50) } });
        engine.Define("never", async () => await new TaskCompletionSource().Task);

        Should.Throw<LyraLimitException>(() => engine.Run("await never()")).Limit.ShouldBe(LimitKind.Time);

        SynchronizationContext.Current.ShouldBe(window);
    });

    [Fact]
    public void A_callback_that_another_thread_sends_runs_on_the_thread_of_the_run() => Window.Run(window =>
    {
        using LyraEngine engine = new();
        engine.Define("ask", () =>
        {
            SynchronizationContext here = SynchronizationContext.Current!;
            int thread = Environment.CurrentManagedThreadId;
            return Task.Run(() =>
            {
                bool isSame = false;
                here.Send(_ => isSame = Environment.CurrentManagedThreadId == thread, null);
                Should.Throw<InvalidOperationException>(() => here.Send(static _ => throw new InvalidOperationException("sent"), null));
                return isSame;
            });
        });

        engine.Run("await ask()").As<bool>().ShouldBeTrue();
    });

    [Fact]
    public void RunAsync_keeps_the_context_of_its_caller() => Window.Run(window =>
    {
        using LyraEngine engine = Engine(window);

        Task<LyraValue> run = engine.RunAsync("await fetch(7)");
        window.Pump(until: () => run.IsCompleted);

        run.Result.As<int>().ShouldBe(7);
        window.Continued.ShouldBe([true]);
    });

    private static LyraEngine Engine(Window window)
    {
        LyraEngine engine = new();
        engine.Define("fetch", async (int n) =>
        {
            await Continue(window, Task.Delay(1));
            return n;
        });
        return engine;
    }

    private static async Task Continue(Window window, Task task)
    {
        await task;
        window.Continued.Add(window.IsCurrent);
    }

    /// <summary>A thread with a queue of callbacks, as a window has.</summary>
    private sealed class Window : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];
        private readonly Thread _thread = Thread.CurrentThread;

        /// <summary>For each continuation of the host, whether it ran on this thread.</summary>
        public List<bool> Continued { get; } = [];

        public bool IsCurrent => Thread.CurrentThread == _thread;

        public static void Run(Action<Window> body)
        {
            Exception? failure = null;
            Thread thread = new(() =>
            {
                Window window = new();
                SetSynchronizationContext(window);
                failure = Record.Exception(() => body(window));
            });
            thread.Start();
            thread.Join();
            if (failure is not null)
            {
                throw new InvalidOperationException("The body failed.", failure);
            }
        }

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        public void Pump(Func<bool> until)
        {
            while (!until())
            {
                if (_posted.TryTake(out (SendOrPostCallback Callback, object? State) next, millisecondsTimeout: 5))
                {
                    next.Callback(next.State);
                }
            }
        }
    }
}
