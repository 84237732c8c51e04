using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>The tasks that can continue, in order.</summary>
internal sealed class TaskQueue(StackMachine machine) : ITaskScheduler
{
    private readonly Queue<TaskObject> _ready = new();

    public void Enqueue(TaskObject task) => _ready.Enqueue(task);

    /// <summary>Runs tasks until one is done.</summary>
    /// <exception cref="ScriptErrorException">No task is left that could finish it.</exception>
    public void RunUntil(TaskObject awaited)
    {
        while (!awaited.IsDone)
        {
            if (!_ready.TryDequeue(out TaskObject? next))
            {
                throw Throw.ValueError($"the awaited task {awaited.Name} can never finish");
            }

            machine.RunTask(next);
        }
    }

    /// <summary>Runs tasks until none can continue.</summary>
    public void RunAll()
    {
        while (_ready.TryDequeue(out TaskObject? next))
        {
            machine.RunTask(next);
        }
    }

    public TaskObject CreatePending(string name) => new(name);

    public void Complete(TaskObject task, in Value result)
    {
        if (!task.IsDone)
        {
            task.Result = result;
            Finish(task, TaskState.Finished);
        }
    }

    public void Fail(TaskObject task, ErrorObject error)
    {
        if (!task.IsDone)
        {
            task.Error = error;
            Finish(task, TaskState.Failed);
        }
    }

    public void Suspend(TaskObject self, TaskObject awaited)
    {
        self.State = TaskState.Pending;
        WhenFinished(awaited, self, (task, _) => Enqueue(task));
    }

    public void WhenFinished(TaskObject task, TaskObject waiter, TaskContinuation continuation)
    {
        if (task.IsDone)
        {
            continuation(waiter, task);
        }
        else
        {
            task.Add(waiter, continuation);
        }
    }

    public TaskObject Sleep(TimeSpan time) => throw new UnsupportedConstructException("timers", 0);

    public void Cancel(TaskObject task) => throw new UnsupportedConstructException("cancelling tasks", 0);

    private static void Finish(TaskObject task, TaskState state)
    {
        task.State = state;
        task.RunContinuations();
    }
}
