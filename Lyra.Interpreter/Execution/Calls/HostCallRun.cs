using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// One call of the host that blocks no thread, executed in steps. A step ends when every task waits for time or for the host. It is the
/// outermost run of its engine.
/// </summary>
internal sealed class HostCallRun : IDisposable
{
    private readonly HostCalls _calls;
    private readonly ScriptContext _context;
    private readonly IRunScope _scope;
    private readonly RunLimiter _limiter;
    private readonly TaskRunner _tasks;
    private Value _result;

    public HostCallRun(HostCalls calls, ScriptContext context, IRunScope scope, RunLimiter limiter, TaskRunner tasks, in RunLimits limits)
    {
        (_calls, _context, _scope, _limiter, _tasks) = (calls, context, scope, limiter, tasks);
        scope.EnterRun(limits);
    }

    /// <summary>Calls the value, up to the first wait of its task.</summary>
    public void Begin(in Value callee, ReadOnlySpan<Value> arguments)
    {
        _limiter.RefuseCancelled();
        _result = _calls.InvokeOutermost(callee, arguments);
        HostCallTasks.Hold(_context, _result);
    }

    /// <summary>Runs the tasks that are ready.</summary>
    /// <returns>True at the end of the call; false when there is something to wait for.</returns>
    public bool Step() => HostCallTasks.TryRunAll(_context, _tasks, _result);

    /// <summary>The result, when the last step returned true.</summary>
    public Value End()
    {
        Value result = HostCallTasks.ResultOf(_tasks.Loop, _result);
        _limiter.CheckEnd(isOuter: true);
        return result;
    }

    public void Dispose()
    {
        _tasks.Loop.Clear();
        _scope.ExitRun(isOuter: true);
    }
}
