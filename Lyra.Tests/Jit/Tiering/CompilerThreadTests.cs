using System;
using System.Threading;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>Which thread runs the compilations.</summary>
public sealed class CompilerThreadTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(120);

    private readonly CompilerThread _compiler = new();

    [Fact]
    public void Work_runs_on_another_thread()
    {
        using Work work = new();
        _compiler.Run(work);
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
        Array.ForEach(all, _compiler.Run);
        Array.ForEach(all, work => work.Begun.Wait(Long).ShouldBeTrue());
        new[] { first.Thread, second.Thread, third.Thread }.ShouldBeUnique();
        Array.ForEach(all, work => work.MayEnd.Set());
    }

    [Fact]
    public void A_thread_serves_again_until_it_has_had_no_work_for_long()
    {
        Thread? first = null;
        SpinWait.SpinUntil(ServesAgain, Long).ShouldBeTrue();
        first.ShouldNotBeNull().Join(Long).ShouldBeTrue("it ends");
        Execute().Thread.ShouldNotBe(first);

        // Until the thread waits again, work runs on the pool. If the machine is so busy that a second passes, there is another thread.
        bool ServesAgain()
        {
            (Thread thread, bool isOfPool) = Execute();
            bool isFirst = thread == first;
            first = isOfPool ? first : thread;
            return isFirst;
        }
    }

    [Fact]
    public void A_thread_that_has_reserved_the_place_runs_the_work_that_waits_for_it()
    {
        _compiler.TryReserve().ShouldBeTrue();
        _compiler.TryReserve().ShouldBeFalse();
        using Work work = new();
        _compiler.Run(work);
        work.Begun.Wait(TimeSpan.FromMilliseconds(20)).ShouldBeFalse("the thread does something else yet");
        work.MayEnd.Set();
        bool wasIdle = false;
        _compiler.Serve(() => wasIdle = true);
        work.Thread.ShouldBe(Thread.CurrentThread);
        wasIdle.ShouldBeTrue();
    }

    /// <summary>Runs work to its end; returns its thread, and whether that is one of the pool.</summary>
    private (Thread Thread, bool IsOfPool) Execute()
    {
        using Work work = new();
        _compiler.Run(work);
        work.Begun.Wait(Long).ShouldBeTrue();
        return (work.Thread.ShouldNotBeNull(), work.IsOfPool);
    }

    /// <summary>Work that lasts until it may end.</summary>
    private sealed class Work : IThreadPoolWorkItem, IDisposable
    {
        private readonly ManualResetEventSlim _hasEnded = new();

        public ManualResetEventSlim Begun { get; } = new();

        public ManualResetEventSlim MayEnd { get; } = new();

        public Thread? Thread { get; private set; }

        public bool IsOfPool { get; private set; }

        public void Execute()
        {
            Thread = Thread.CurrentThread;
            IsOfPool = Thread.IsThreadPoolThread;
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
