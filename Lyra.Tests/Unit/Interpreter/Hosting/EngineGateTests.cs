using System;
using System.Threading;
using Lyra.Interpreter.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.Hosting;

public sealed class EngineGateTests
{
    private readonly EngineGate _gate = new();

    [Fact]
    public void TheThreadInsideMayEnterAgain()
    {
        _gate.Enter();
        _gate.Enter();
        _gate.Leave();
        IsOpenToOthers().ShouldBeFalse();
        _gate.Leave();
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public void AThreadThatStandsInMayEnter()
    {
        _gate.Enter();
        bool entered = false;
        Thread other = new(() => _gate.RunInStead(() =>
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
    public void AWaitingRunLetsNobodyIn()
    {
        _gate.EnterAlone();
        _gate.Suspend();
        Should.Throw<InvalidOperationException>(_gate.Enter).Message.ShouldContain("RunAsync");
        _gate.Resume();
        IsOpenToOthers().ShouldBeFalse();
    }

    [Fact]
    public void AnAsynchronousRunIsNeverNested()
    {
        _gate.Enter();
        Should.Throw<InvalidOperationException>(_gate.EnterAlone).Message.ShouldContain("host delegate");
        _gate.Leave();
        IsOpenToOthers().ShouldBeTrue();
    }

    [Fact]
    public void AClosedGateStaysClosed()
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
