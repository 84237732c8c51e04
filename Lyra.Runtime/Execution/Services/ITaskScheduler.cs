using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>The services of the engine's event loop for builtins.</summary>
internal interface ITaskScheduler
{
    /// <summary>Queues a task that is ready to run.</summary>
    void Enqueue(TaskObject task);

    /// <summary>A task that finishes with nil after the given time.</summary>
    TaskObject Sleep(TimeSpan time);

    /// <summary>A task that the caller finishes later with <see cref="Complete"/> or <see cref="Fail"/>.</summary>
    TaskObject CreatePending(string name);

    /// <summary>Finishes a pending task and queues the tasks that await it.</summary>
    void Complete(TaskObject task, in Value result);

    /// <summary>Finishes a pending task with an error and queues the tasks that await it.</summary>
    void Fail(TaskObject task, Errors.ErrorObject error);

    /// <summary>The running task waits for another one, which is not finished. Its frame is suspended already.</summary>
    void Suspend(TaskObject self, TaskObject awaited);

    /// <summary>Cancels a task: it ends at its await, and its finally blocks run.</summary>
    void Cancel(TaskObject task);

    /// <summary>
    /// Runs <paramref name="continuation"/> on the event loop's thread once the task is finished; at once if it is finished already.
    /// </summary>
    /// <param name="task">The task to wait for.</param>
    /// <param name="waiter">The task that continues then. It is reachable as long as the other one is.</param>
    /// <param name="continuation">Receives the task that waits and the finished one.</param>
    void WhenFinished(TaskObject task, TaskObject waiter, TaskContinuation continuation);
}
