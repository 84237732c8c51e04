using System;
using System.Threading;
using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Tiering;

/// <summary>
/// Which thread runs the compilations. Other tests may use the compiler's thread meanwhile, so these only assert what holds then, too.
/// </summary>
public sealed class CompilerThreadTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void Work_runs_on_another_thread()
    {
        using Work work = new();
        CompilerThread.Run(work);
        work.Begun.Wait(Long).ShouldBeTrue();
        work.Thread.ShouldNotBeNull().ShouldNotBe(Thread.CurrentThread);
        work.Thread.IsBackground.ShouldBeTrue();
        work.MayEnd.Set();
    }

    [Fact]
    public void Work_does_not_wait_for_other_work()
    {
        using Work first = new();
        using Work second = new();
        using Work third = new();
        Work[] all = [first, second, third];
        Array.ForEach(all, CompilerThread.Run);
        Array.ForEach(all, work => work.Begun.Wait(Long).ShouldBeTrue());
        new[] { first.Thread, second.Thread, third.Thread }.ShouldBeUnique();
        Array.ForEach(all, work => work.MayEnd.Set());
    }

    [Fact]
    public void Work_runs_after_a_pause_in_which_the_thread_has_ended()
    {
        for (int i = 0; i < 2; i++)
        {
            using Work work = new();
            CompilerThread.Run(work);
            work.Begun.Wait(Long).ShouldBeTrue();
            work.MayEnd.Set();
            Thread.Sleep(1_200);
        }
    }

    [Fact]
    public void A_thread_that_has_reserved_the_place_runs_the_work_that_waits_for_it()
    {
        // Another thread may have the place; it gives it up when it has had no work for a second.
        SpinWait.SpinUntil(CompilerThread.TryReserve, Long).ShouldBeTrue();
        using Work work = new();
        CompilerThread.Run(work);
        work.Begun.Wait(TimeSpan.FromMilliseconds(20)).ShouldBeFalse("the thread does something else yet");
        work.MayEnd.Set();
        bool wasIdle = false;
        CompilerThread.Serve(() => wasIdle = true);
        work.Thread.ShouldBe(Thread.CurrentThread);
        wasIdle.ShouldBeTrue();
    }

    /// <summary>Work that lasts until it may end.</summary>
    private sealed class Work : IThreadPoolWorkItem, IDisposable
    {
        private readonly ManualResetEventSlim _hasEnded = new();

        public ManualResetEventSlim Begun { get; } = new();

        public ManualResetEventSlim MayEnd { get; } = new();

        public Thread? Thread { get; private set; }

        public void Execute()
        {
            Thread = Thread.CurrentThread;
            Begun.Set();
            MayEnd.Wait(Long);
            _hasEnded.Set();
        }

        public void Dispose()
        {
            MayEnd.Set();
            _hasEnded.Wait(Long);
            _hasEnded.Dispose();
            Begun.Dispose();
            MayEnd.Dispose();
        }
    }
}
