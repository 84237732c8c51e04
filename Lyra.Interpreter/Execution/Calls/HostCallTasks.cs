using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The tasks that a call of the host has started: they run after the callee has returned.</summary>
internal static class HostCallTasks
{
    /// <summary>Runs all tasks, and blocks the thread while they wait.</summary>
    /// <returns>The result of the call; for a task, its result.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value RunAll(ScriptContext context, TaskRunner tasks, in Value result)
    {
        Hold(context, result);
        while (!TryRunAll(context, tasks, result))
        {
            tasks.Loop.WaitForWork();
        }

        return ResultOf(tasks.Loop, result);
    }

    /// <summary>Runs the tasks that are ready, for a call of the host that returned <paramref name="result"/>.</summary>
    /// <returns>True when no task is left; false when there is something to wait for.</returns>
    public static bool TryRunAll(ScriptContext context, TaskRunner tasks, in Value result)
    {
        TaskObject? awaited = result.Ref as TaskObject;
        while (true)
        {
            context.Charge(1);
            if (tasks.Loop.TryDequeue(out TaskObject? task))
            {
                tasks.Run(task!);
                continue;
            }

            bool isAwaiting = awaited is { IsDone: false } && tasks.Loop.HasAbandoned;
            if (!tasks.Loop.HasWork && !isAwaiting)
            {
                return true;
            }

            context.OnBudgetSpent();
            return false;
        }
    }

    /// <summary>
    /// Prepares <see cref="TryRunAll"/>: heap walks count the result, and if it is a task, its error is that of the call.
    /// </summary>
    public static void Hold(ScriptContext context, in Value result)
    {
        if (result.Ref is TaskObject awaited)
        {
            awaited.IsObserved = true;
        }

        if (result.Ref is ScriptObject reachable)
        {
            context.Protect(reachable);
        }
    }

    /// <summary>The result of a call of the host whose tasks have ended: for a task, its result.</summary>
    /// <exception cref="ScriptErrorException">The error of the task, or of one that nobody awaited.</exception>
    public static Value ResultOf(EventLoop loop, in Value result)
    {
        if (loop.TakeUnobservedFailure() is { } failed)
        {
            throw new ScriptErrorException(failed.Error!);
        }

        return result.Ref is not TaskObject awaited ? result
            : awaited.IsDone ? TaskRunner.ResultOf(awaited)
            : throw Throw.Error(ErrorKinds.Error, "the called task can never finish: no other task is left to run");
    }
}
