using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Calls of values by the host. A call outside of any run is a run of its own. Most of its time would be the beginning and the end of the
/// run, so the common case, a closure that needs nothing but a frame, has a path of its own: it does the same in fewer calls. Of it, a proc
/// whose compiled code is self-contained gets a frame only when the code exits (docs/architecture.md, "Calls by the host").
/// </summary>
/// <param name="interpreter">The stacks; begins and ends runs. Its class is sealed, so that the CLR inlines what is called.</param>
/// <param name="limiter">The limits of the run.</param>
/// <param name="unwinder">Runs the frame of the callee.</param>
/// <param name="tiering">Calls compiled code.</param>
/// <param name="tasks">Runs the tasks after the call.</param>
internal sealed class HostCalls(
    Interpreter interpreter, RunLimiter limiter, Unwinder unwinder, TierAdapter tiering, TaskRunner tasks)
{
    /// <summary>
    /// 1 while the outermost run is a call of the host. <see cref="ScriptContext.Callbacks"/> counts it, but it holds no array.
    /// </summary>
    public int InProgress { get; private set; }

    /// <summary>
    /// Calls a value. Outside of any run, the event loop runs until no task is left, and an async proc returns the result of its task.
    /// Within a run (a host delegate calls back) it is a plain call, and an async proc returns its task.
    /// </summary>
    /// <exception cref="ArgumentException">Another engine owns an argument, or something in it that can change.</exception>
    /// <exception cref="ScriptErrorException">An error that nothing caught, that of an unawaited task, a limit, or <c>exit</c>.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value Call(in Value callee, ReadOnlySpan<Value> arguments, in RunLimits limits) =>
        limiter.Raise is null && DirectCallee(callee, arguments.Length) is { } closure
            ? CallClosure(closure, arguments, limits)
            : CallBlocking(callee, arguments, limits);

    /// <summary>Begins a call as a run that blocks no thread.</summary>
    public HostCallRun Begin(in RunLimits limits) => new(this, interpreter, interpreter, limiter, tasks, limits);

    /// <summary>Calls a value as the outermost run; the tasks that it starts are left to <see cref="HostCallTasks"/>.</summary>
    public Value InvokeOutermost(in Value callee, ReadOnlySpan<Value> arguments)
    {
        InProgress = 1;
        if (callee.Ref is Closure closure)
        {
            NoteHostCall(closure);
        }

        try
        {
            return interpreter.Invoke(callee, arguments);
        }
        finally
        {
            InProgress = 0;
        }
    }

    /// <summary>Admits values of the host to the engine.</summary>
    /// <exception cref="ArgumentException">Another engine owns one, or something in it that can change.</exception>
    public void Admit(ReadOnlySpan<Value> values)
    {
        foreach (ref readonly Value value in values)
        {
            EngineBoundary.Enter(interpreter, value);
        }
    }

    /// <summary>
    /// Notes that the host calls a closure, outermost. Scripts may not reach it, so only here does it get the code of a profile, or its own
    /// again.
    /// </summary>
    private void NoteHostCall(Closure closure)
    {
        if (interpreter.Profile is not null)
        {
            interpreter.Profiles.Instrument(closure.Code.Module);
        }

        closure.Relink();
        closure.Code.IsCalledByHost = true;
    }

    private Value AwaitTasks(in Value result) =>
        result.Ref is TaskObject || tasks.Loop.HasRemains ? HostCallTasks.RunAll(interpreter, tasks, result) : result;

    /// <summary>The callee if its call is a run of its own that needs nothing but a frame; otherwise null.</summary>
    private Closure? DirectCallee(in Value callee, int argumentCount) =>
        !interpreter.IsRunning && callee.Ref is Closure { Code: var code } closure && code.FixedCount == argumentCount
            && NativeStackSpace.IsSufficient() ? closure : null;

    /// <summary>Calls a value where all of the call may block the thread, or call code of the host.</summary>
    private Value CallBlocking(in Value callee, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        using BlockingRun blocking = new(tasks.Loop);
        return DirectCallee(callee, arguments.Length) is { } closure
            ? CallClosure(closure, arguments, limits)
            : CallAny(callee, arguments, limits);
    }

    private Value CallAny(in Value callee, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        Admit(arguments);
        bool isOuter = interpreter.EnterRun(limits);
        try
        {
            limiter.RefuseCancelled();
            Value result = isOuter ? InvokeOutermost(callee, arguments) : interpreter.Invoke(callee, arguments);
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

            interpreter.ExitRun(isOuter);
        }
    }

    /// <summary>
    /// Calls a closure whose call is a run of its own, without a frame if possible. Arguments that are all numbers, as they often are, need
    /// neither to be admitted nor to be cleared afterwards.
    /// </summary>
    private Value CallClosure(Closure closure, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        ReadOnlySpan<Value> others = TryStoreNumbers(arguments) ? [] : arguments;
        Admit(others);
        interpreter.EnterRun(limits);
        InProgress = 1;
        NoteHostCall(closure);
        bool hasFailed = true;
        try
        {
            if (limits.Cancellation.CanBeCanceled)
            {
                limiter.RefuseCancelled();
            }

            Store(others);
            Value result = default;
            FramelessStep step = CallFrameless(closure, ref result);
            bool isFrameless = step == FramelessStep.Returned && result.Ref is not TaskObject && !tasks.Loop.HasRemains;
            if (!isFrameless)
            {
                Finish(closure, step, ref result);
            }

            InProgress = 0;
            limiter.CheckEnd(isOuter: true);
            hasFailed = false;
            Exit(isFrameless, others.Length);
            return result;
        }
        catch (Exception e) when (interpreter.InRegion)
        {
            throw new ScriptErrorException(tiering.FaultOfRegion(e));
        }
        finally
        {
            if (hasFailed)
            {
                ExitFailed();
            }
        }
    }

    /// <summary>
    /// Stores the arguments if all are numbers and registers are left for them. Numbers belong to no engine, and keep nothing alive.
    /// </summary>
    private bool TryStoreNumbers(ReadOnlySpan<Value> arguments)
    {
        ref FrameStack stack = ref interpreter.Stack;
        if (2 + arguments.Length > stack.RegisterLimit)
        {
            return false;
        }

        ref Value register = ref stack.At(1);
        foreach (ref readonly Value argument in arguments)
        {
            if (!argument.IsInt && !argument.IsFloat)
            {
                return false;
            }

            register.Assign(argument);
            register = ref Unsafe.Add(ref register, 1);
        }

        return true;
    }

    private void Store(ReadOnlySpan<Value> arguments)
    {
        if (arguments.IsEmpty)
        {
            return;
        }

        ref FrameStack stack = ref interpreter.Stack;
        stack.EnsureRegisters(interpreter, 2 + arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            stack.At(1 + i).Assign(arguments[i]);
        }
    }

    private FramelessStep CallFrameless(Closure closure, ref Value result) =>
        closure.Code is { Heat: < 0, Entry: not null } && !interpreter.NeedsFrames
            ? tiering.CallFrameless(closure, ref result)
            : FramelessStep.NotCalled;

    /// <summary>
    /// Runs the frame, unless compiled code has returned, and the tasks. Code without a frame can't block the thread, or call code of the
    /// host.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Finish(Closure closure, FramelessStep step, ref Value result)
    {
        using BlockingRun blocking = new(tasks.Loop);
        if (step != FramelessStep.Returned)
        {
            result = RunFrame(closure, isPushed: step == FramelessStep.Exited);
        }

        InProgress = 0;
        result = AwaitTasks(result);
    }

    /// <summary>Runs the first frame to its end, in either tier.</summary>
    private Value RunFrame(Closure closure, bool isPushed)
    {
        if (!isPushed)
        {
            interpreter.Stack.EnterNative(interpreter);
            interpreter.PushFrame(closure, 1, 0, FrameFlags.Entry);
        }

        unwinder.RunHostCall(isCall: !isPushed);
        Value result = interpreter.TakeResult();
        interpreter.Stack.ExitNative(interpreter);
        return result;
    }

    private void Exit(bool isFrameless, int argumentCount)
    {
        if (isFrameless)
        {
            interpreter.ExitFramelessRun(argumentCount);
        }
        else
        {
            interpreter.ExitRun(isOuter: true);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ExitFailed()
    {
        InProgress = 0;
        if (interpreter.Stack.Callbacks > 0)
        {
            interpreter.Stack.ExitNative(interpreter);
        }

        if (tasks.Loop.HasRemains)
        {
            tasks.Loop.Clear();
        }

        interpreter.ExitRun(isOuter: true);
    }
}
