using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The tasks that a call of the host has started: they run after the callee has returned.</summary>
internal static class HostCallTasks
{
    /// <summary>Runs all tasks, and blocks the thread while they wait.</summary>
    /// <returns>The result of the call; for a task, its result.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value RunAll(Interpreter interpreter, in Value result)
    {
        Hold(interpreter, result);
        while (!TryRunAll(interpreter, result))
        {
            interpreter.EventLoop.WaitForWork();
        }

        return ResultOf(interpreter, result);
    }

    /// <summary>Runs the tasks that are ready, for a call of the host that returned <paramref name="result"/>.</summary>
    /// <returns>True when no task is left; false when there is something to wait for.</returns>
    public static bool TryRunAll(Interpreter interpreter, in Value result)
    {
        TaskObject? awaited = result.Ref as TaskObject;
        while (true)
        {
            interpreter.Charge(1);
            if (interpreter.EventLoop.TryDequeue(out TaskObject? task))
            {
                interpreter.TaskRunner.Run(task!);
                continue;
            }

            bool isAwaiting = awaited is { IsDone: false } && interpreter.EventLoop.HasAbandoned;
            if (!interpreter.EventLoop.HasWork && !isAwaiting)
            {
                return true;
            }

            interpreter.OnBudgetSpent();
            return false;
        }
    }

    /// <summary>
    /// Prepares <see cref="TryRunAll"/>: heap walks count the result, and if it is a task, its error is that of the call.
    /// </summary>
    public static void Hold(Interpreter interpreter, in Value result)
    {
        if (result.Ref is TaskObject awaited)
        {
            awaited.IsObserved = true;
        }

        if (result.Ref is ScriptObject reachable)
        {
            interpreter.Protect(reachable);
        }
    }

    /// <summary>The result of a call of the host whose tasks have ended: for a task, its result.</summary>
    /// <exception cref="ScriptErrorException">The error of the task, or of one that nobody awaited.</exception>
    public static Value ResultOf(Interpreter interpreter, in Value result)
    {
        if (interpreter.EventLoop.TakeUnobservedFailure() is { } failed)
        {
            throw new ScriptErrorException(failed.Error!);
        }

        return result.Ref is not TaskObject awaited ? result
            : awaited.IsDone ? TaskRunner.ResultOf(awaited)
            : throw Throw.Error(ErrorKinds.Error, "the called task can never finish: no other task is left to run");
    }
}
