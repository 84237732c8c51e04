using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Calls of values by the host. A call outside of any run is a run of its own. Most of its time would be the beginning and the end of the
/// run, so the common case, a closure that needs nothing but a frame, has a path of its own: it does the same in fewer calls. Of it, a proc
/// whose compiled code is self-contained gets a frame only when the code exits (docs/architecture.md, "Calls by the host").
/// </summary>
/// <param name="frames">The stacks.</param>
/// <param name="scope">Begins and ends runs.</param>
/// <param name="limiter">The limits of the run.</param>
/// <param name="unwinder">Runs the frame of the callee.</param>
/// <param name="tiering">Calls compiled code.</param>
/// <param name="tasks">Runs the tasks after the call.</param>
internal sealed class HostCalls(
    FrameContext frames, IRunScope scope, RunLimiter limiter, Unwinder unwinder, TierAdapter tiering, TaskRunner tasks)
{
    /// <summary>How a call has ended.</summary>
    private enum End : byte
    {
        /// <summary>With an error, a limit or a cancellation.</summary>
        Failed,

        /// <summary>With a result.</summary>
        Done,

        /// <summary>With a result, and compiled code has run all of it without a frame.</summary>
        Frameless,
    }

    /// <summary>
    /// 1 while the outermost run is a call of the host. <see cref="ScriptContext.Callbacks"/> counts it, but it holds no array.
    /// </summary>
    public int InProgress { get; private set; }

    /// <summary>
    /// Calls a value. Outside of any run, the event loop runs until no task is left, and an async proc returns the result of its task.
    /// Within a run (a host delegate calls back) it is a plain call, and an async proc returns its task.
    /// </summary>
    /// <exception cref="ScriptErrorException">An error that nothing caught, that of an unawaited task, a limit, or <c>exit</c>.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value Call(in Value callee, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        if (!scope.IsRunning && callee.Ref is Closure { Code.IsFrameOnly: true } closure
            && closure.Code.FixedCount == arguments.Length && NativeStackSpace.IsSufficient())
        {
            return CallClosure(closure, arguments, limits);
        }

        bool isOuter = scope.EnterRun(limits);
        try
        {
            limiter.RefuseCancelled();
            Value result = isOuter ? InvokeOutermost(callee, arguments) : frames.Invoke(callee, arguments);
            result = isOuter ? AwaitTasks(result) : result;
            limiter.CheckEnd(isOuter);
            return result;
        }
        finally
        {
            if (isOuter && tasks.Loop.HasRemains)
            {
                tasks.Loop.Clear();
            }

            scope.ExitRun(isOuter);
        }
    }

    /// <summary>Begins a call as a run that blocks no thread.</summary>
    public HostCallRun Begin(in RunLimits limits) => new(this, frames, scope, limiter, tasks, limits);

    /// <summary>Calls a value as the outermost run; the tasks that it starts are left to <see cref="HostCallTasks"/>.</summary>
    public Value InvokeOutermost(in Value callee, ReadOnlySpan<Value> arguments)
    {
        InProgress = 1;
        if (callee.Ref is Closure closure)
        {
            closure.Code.IsCalledByHost = true;
        }

        try
        {
            return frames.Invoke(callee, arguments);
        }
        finally
        {
            InProgress = 0;
        }
    }

    private Value AwaitTasks(in Value result) =>
        result.Ref is TaskObject || tasks.Loop.HasRemains ? HostCallTasks.RunAll(frames, tasks, result) : result;

    private Value CallClosure(Closure closure, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        End end = End.Failed;
        scope.EnterRun(limits);
        InProgress = 1;
        closure.Code.IsCalledByHost = true;
        try
        {
            return Run(closure, arguments, ref end);
        }
        catch (Exception e) when (frames.InRegion)
        {
            throw new ScriptErrorException(tiering.FaultOfRegion(e));
        }
        finally
        {
            if (end == End.Frameless)
            {
                scope.ExitFramelessRun(arguments.Length);
            }
            else
            {
                Exit(end);
            }
        }
    }

    // Not inlined: the handlers of the caller would keep all values in memory.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value Run(Closure closure, ReadOnlySpan<Value> arguments, ref End end)
    {
        ref FrameStack stack = ref frames.Stack;
        limiter.RefuseCancelled();
        stack.EnsureRegisters(frames, 2 + arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            stack.At(1 + i).Assign(arguments[i]);
        }

        Value result = default;
        FramelessStep step = closure.Code.Heat < 0 && tiering.HasController && !scope.NeedsFrames
            ? tiering.CallFrameless(closure, ref result)
            : FramelessStep.NotCalled;
        bool isFrameless = step == FramelessStep.Returned;
        if (!isFrameless)
        {
            result = RunFrame(closure, isPushed: step == FramelessStep.Exited);
        }

        InProgress = 0;
        if (tasks.Loop.HasRemains || result.Ref is TaskObject)
        {
            isFrameless = false;
            result = HostCallTasks.RunAll(frames, tasks, result);
        }

        limiter.CheckEnd(isOuter: true);
        end = isFrameless ? End.Frameless : End.Done;
        return result;
    }

    /// <summary>Runs the first frame to its end, in either tier.</summary>
    private Value RunFrame(Closure closure, bool isPushed)
    {
        if (!isPushed)
        {
            frames.Stack.EnterNative(frames);
            frames.PushFrame(closure, 1, 0, FrameFlags.Entry);
        }

        unwinder.RunHostCall(isCall: !isPushed);
        Value result = frames.TakeResult();
        frames.Stack.ExitNative(frames);
        return result;
    }

    private void Exit(End end)
    {
        if (end == End.Failed)
        {
            InProgress = 0;
            if (frames.Stack.Callbacks > 0)
            {
                frames.Stack.ExitNative(frames);
            }

            if (tasks.Loop.HasRemains)
            {
                tasks.Loop.Clear();
            }
        }

        scope.ExitRun(isOuter: true);
    }
}
