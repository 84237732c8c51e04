using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>Calls of values by the host.</content>
internal sealed partial class Interpreter
{
    /// <summary>1 while the outermost run is a call of the host. <see cref="Callbacks"/> counts it, but it holds no array.</summary>
    private int _callsOfHost;

    /// <summary>
    /// Calls a value from the host. Outside of any run, the call is a run of its own: the event loop runs until no task is left, and an
    /// async proc returns the result of its task. Within a run (a host delegate calls back) it is a plain call, and an async proc returns
    /// its task.
    /// </summary>
    /// <exception cref="ScriptErrorException">An error that nothing caught, that of an unawaited task, a limit, or <c>exit</c>.</exception>
    public Value Call(in Value callee, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        bool isOuter = EnterRun(limits);
        try
        {
            Value result = isOuter ? InvokeOutermost(callee, arguments) : Invoke(callee, arguments);
            result = isOuter && (result.Ref is TaskObject || EventLoop.HasWork) ? RunTasksOf(result) : result;
            Limiter.CheckEnd(isOuter);
            return result;
        }
        finally
        {
            if (isOuter && EventLoop.HasWork)
            {
                EventLoop.Clear();
            }

            LeaveRun(isOuter);
        }
    }

    private Value InvokeOutermost(in Value callee, ReadOnlySpan<Value> arguments)
    {
        _callsOfHost = 1;
        try
        {
            return Invoke(callee, arguments);
        }
        finally
        {
            _callsOfHost = 0;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value RunTasksOf(in Value result)
    {
        TaskObject? awaited = result.Ref as TaskObject;
        if (awaited is not null)
        {
            awaited.IsObserved = true;
        }

        if (result.Ref is ScriptObject reachable)
        {
            Protect(reachable);
        }

        RunUntilIdle(awaited);
        if (EventLoop.TakeUnobservedFailure() is { } failed)
        {
            throw new ScriptErrorException(failed.Error!);
        }

        return awaited is null ? result
            : awaited.IsDone ? TaskRunner.ResultOf(awaited)
            : throw Throw.Error(ErrorKinds.Error, "the called task can never finish: no other task is left to run");
    }

    private void RunUntilIdle(TaskObject? awaited)
    {
        while (true)
        {
            Charge(1);
            if (EventLoop.TryDequeue(out TaskObject? task))
            {
                TaskRunner.Run(task!);
                continue;
            }

            bool isAwaiting = awaited is { IsDone: false } && EventLoop.HasAbandoned;
            if (!EventLoop.HasWork && !isAwaiting)
            {
                return;
            }

            OnBudgetSpent();
            EventLoop.WaitForWork();
        }
    }
}
