using System;
using System.Threading;
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
        _gate.Leave();
        IsOpenToOthers().ShouldBeFalse();
        _gate.Leave();
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
            _gate.Leave();
        }));
        other.Start();
        other.Join();
        entered.ShouldBeTrue();
        IsOpenToOthers().ShouldBeFalse();
        _gate.Enter();
        _gate.Leave();
        _gate.Leave();
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public void A_waiting_run_refuses_other_threads()
    {
        _gate.EnterAlone();
        _gate.Suspend();
        Should.Throw<InvalidOperationException>(_gate.Enter).Message.ShouldContain("RunAsync");
        _gate.Resume();
        IsOpenToOthers().ShouldBeFalse();
    }

    [Fact]
    public void An_asynchronous_run_is_never_nested()
    {
        _gate.Enter();
        Should.Throw<InvalidOperationException>(_gate.EnterAlone).Message.ShouldContain("host delegate");
        _gate.Leave();
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public void A_closed_gate_stays_closed()
    {
        _gate.Close();
        Should.Throw<ObjectDisposedException>(_gate.Enter);
    }

    private bool IsOpenToOthers()
    {
        bool isOpen = true;
        Thread other = new(() =>
        {
            try
            {
                _gate.Enter();
                _gate.Leave();
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
