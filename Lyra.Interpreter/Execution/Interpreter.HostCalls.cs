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
        if (_runDepth == 0 && callee.Ref is Closure { Code.IsFrameOnly: true } closure && closure.Code.FixedCount == arguments.Length
            && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return CallClosure(closure, arguments, limits);
        }

        bool isOuter = EnterRun(limits);
        try
        {
            Limiter.RefuseCancelled();
            Value result = isOuter ? InvokeOutermost(callee, arguments) : Invoke(callee, arguments);
            result = isOuter && (result.Ref is TaskObject || EventLoop.HasWork) ? HostCallTasks.RunAll(this, result) : result;
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

    /// <summary>
    /// The common case of <see cref="Call"/>: the outermost run, whose callee needs nothing but a frame. It does the same as the other
    /// case, in fewer calls.
    /// </summary>
    private Value CallClosure(Closure closure, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        EnterRun(limits);
        _callsOfHost = 1;
        closure.Code.IsCalledByHost = true;
        try
        {
            Limiter.RefuseCancelled();
            Stack.EnterNative(this);
            Stack.EnsureRegisters(this, 2 + arguments.Length);
            arguments.CopyTo(Stack.Registers.AsSpan(1));
            PushFrame(closure, 1, 0, FrameFlags.Entry);
            Unwinder.RunHostCall();
            Value result = TakeResult();
            EndCallback();
            result = EventLoop.HasWork || result.Ref is TaskObject ? HostCallTasks.RunAll(this, result) : result;
            Limiter.CheckEnd(isOuter: true);
            return result;
        }
        finally
        {
            EndCallback();
            if (EventLoop.HasWork)
            {
                EventLoop.Clear();
            }

            LeaveRun(isOuter: true);
        }
    }

    /// <summary>Ends the callback of <see cref="CallClosure"/>, unless that was done or it never began.</summary>
    private void EndCallback()
    {
        _callsOfHost = 0;
        if (Stack.Callbacks > 0)
        {
            Stack.LeaveNative(this);
        }
    }

    /// <summary>Calls a value as the outermost run; the tasks that it starts are left to <see cref="HostCallTasks"/>.</summary>
    public Value InvokeOutermost(in Value callee, ReadOnlySpan<Value> arguments)
    {
        _callsOfHost = 1;
        if (callee.Ref is Closure closure)
        {
            closure.Code.IsCalledByHost = true;
        }

        try
        {
            return Invoke(callee, arguments);
        }
        finally
        {
            _callsOfHost = 0;
        }
    }
}
