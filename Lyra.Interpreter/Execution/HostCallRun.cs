using System;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// One call of the host that blocks no thread, executed in steps. A step ends when every task waits for time or for the host. It is the
/// outermost run of its engine.
/// </summary>
internal sealed class HostCallRun : IDisposable
{
    private readonly Interpreter _interpreter;
    private Value _result;

    public HostCallRun(Interpreter interpreter, in RunLimits limits)
    {
        _interpreter = interpreter;
        interpreter.EnterRun(limits);
    }

    /// <summary>Calls the value, up to the first wait of its task.</summary>
    public void Begin(in Value callee, ReadOnlySpan<Value> arguments)
    {
        _interpreter.Limiter.RefuseCancelled();
        _result = _interpreter.HostCalls.InvokeOutermost(callee, arguments);
        HostCallTasks.Hold(_interpreter, _result);
    }

    /// <summary>Runs the tasks that are ready.</summary>
    /// <returns>True at the end of the call; false when there is something to wait for.</returns>
    public bool Step() => HostCallTasks.TryRunAll(_interpreter, _result);

    /// <summary>The result, when the last step returned true.</summary>
    public Value End()
    {
        Value result = HostCallTasks.ResultOf(_interpreter, _result);
        _interpreter.Limiter.CheckEnd(isOuter: true);
        return result;
    }

    public void Dispose()
    {
        _interpreter.EventLoop.Clear();
        _interpreter.ExitRun(isOuter: true);
    }
}
