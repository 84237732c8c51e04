using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
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
            result = EventLoop.HasWork || result.Ref is TaskObject ? RunTasksOf(result) : result;
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

    /// <summary>Does a single operation of the host on a value. Tasks that hooks start are dropped, unless a run encloses it.</summary>
    public Value Operate(Func<Value> operation, in RunLimits limits)
    {
        bool isOuter = EnterRun(limits);
        try
        {
            Value result = operation();
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

    /// <inheritdoc cref="MemberAccess.Get"/>
    public Value GetMember(in Value receiver, string name) => _members.Get(receiver, new InlineCache(name));

    /// <inheritdoc cref="MemberAccess.LoadMethod"/>
    public Value GetMethod(in Value receiver, string name) => _members.LoadMethod(receiver, new InlineCache(name));

    /// <inheritdoc cref="MemberAccess.Set"/>
    public void SetMember(in Value target, string name, in Value value) => _members.Set(target, value, new InlineCache(name));

    /// <summary>Calls a value as the outermost run; the tasks that it starts are left to <see cref="RunTasks"/>.</summary>
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

    /// <summary>Runs the tasks that are ready, for a call of the host that returned <paramref name="result"/>.</summary>
    /// <returns>True when no task is left; false when there is something to wait for.</returns>
    public bool RunTasks(in Value result)
    {
        TaskObject? awaited = result.Ref as TaskObject;
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
                return true;
            }

            OnBudgetSpent();
            return false;
        }
    }

    /// <summary>Prepares <see cref="RunTasks"/>: heap walks count the result, and if it is a task, its error is that of the call.</summary>
    public void HoldResult(in Value result)
    {
        if (result.Ref is TaskObject awaited)
        {
            awaited.IsObserved = true;
        }

        if (result.Ref is ScriptObject reachable)
        {
            Protect(reachable);
        }
    }

    /// <summary>The result of a call of the host whose tasks have ended: for a task, its result.</summary>
    /// <exception cref="ScriptErrorException">The error of the task, or of one that nobody awaited.</exception>
    public Value ResultOfCall(in Value result)
    {
        if (EventLoop.TakeUnobservedFailure() is { } failed)
        {
            throw new ScriptErrorException(failed.Error!);
        }

        return result.Ref is not TaskObject awaited ? result
            : awaited.IsDone ? TaskRunner.ResultOf(awaited)
            : throw Throw.Error(ErrorKinds.Error, "the called task can never finish: no other task is left to run");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value RunTasksOf(in Value result)
    {
        HoldResult(result);
        while (!RunTasks(result))
        {
            EventLoop.WaitForWork();
        }

        return ResultOfCall(result);
    }
}
