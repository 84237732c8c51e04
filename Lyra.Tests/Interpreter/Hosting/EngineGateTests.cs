using System;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Interpreter.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class EngineGateTests
{
    private readonly EngineGate _gate = new();

    [Fact]
    public void The_thread_inside_may_enter_again()
    {
        _gate.Enter();
        _gate.Enter();
        _gate.Exit();
        IsOpenToOthers().ShouldBeFalse();
        _gate.Exit();
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public void A_thread_that_acts_for_the_owner_may_enter()
    {
        _gate.Enter();
        bool entered = false;
        Thread other = new(() => _gate.RunOnBehalf(() =>
        {
            _gate.Enter();
            entered = true;
            _gate.Exit();
        }));
        other.Start();
        other.Join();
        entered.ShouldBeTrue();
        IsOpenToOthers().ShouldBeFalse();
        _gate.Enter();
        _gate.Exit();
        _gate.Exit();
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public async Task A_waiting_run_refuses_other_threads()
    {
        TaskCompletionSource work = new();
        Task run = Wait(work.Task);
        Should.Throw<InvalidOperationException>(_gate.Enter).Message.ShouldContain("RunAsync");
        work.SetResult();
        await run;
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_continues_inside_on_the_thread_that_it_gets()
    {
        TaskCompletionSource work = new();
        Task run = Wait(work.Task);
        Thread other = new(work.SetResult);
        other.Start();
        other.Join();
        await run;
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public async Task Work_that_is_done_releases_no_thread()
    {
        await Wait(Task.CompletedTask);
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public void An_asynchronous_run_is_never_nested()
    {
        _gate.Enter();
        Should.Throw<InvalidOperationException>(_gate.EnterAlone).Message.ShouldContain("host delegate");
        _gate.Exit();
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public void A_closed_gate_stays_closed()
    {
        _gate.Close();
        Should.Throw<ObjectDisposedException>(_gate.Enter);
    }

    private async Task Wait(Task work)
    {
        _gate.EnterAlone();
        await _gate.WhileAway(work);
        _gate.IsInside.ShouldBeTrue();
        IsOpenToOthers().ShouldBeFalse();
        _gate.Exit();
    }

    private bool IsOpenToOthers()
    {
        bool isOpen = true;
        Thread other = new(() =>
        {
            try
            {
                _gate.Enter();
                _gate.Exit();
            }
            catch (InvalidOperationException)
            {
                isOpen = false;
            }
        });
        other.Start();
        other.Join();
        return isOpen;
    }
}
