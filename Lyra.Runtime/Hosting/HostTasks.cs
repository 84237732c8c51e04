using System;
using System.Threading.Tasks;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Converts .NET tasks that host delegates return into tasks of the script.</summary>
internal static class HostTasks
{
    /// <summary>Whether a delegate's result is a task to await. The test costs nothing for types that are never tasks.</summary>
    public static bool IsTask<T>(T result)
    {
        if (typeof(T).IsPrimitive || typeof(T) == typeof(LyraValue))
        {
            return false;
        }

        return result is Task or ValueTask || (result is not null && IsGenericValueTask(result.GetType()));
    }

    /// <summary>
    /// Returns the script's task for a .NET task. It is finished at once when the .NET task is; otherwise the event loop completes it,
    /// whichever thread the .NET task ends on.
    /// </summary>
    public static Value Adopt<T>(ScriptContext context, string name, T result)
    {
        Task task = AsTask(result!);
        if (task.IsCompleted)
        {
            TaskObject finished = context.Tasks.CreatePending(name);
            Finish(context, finished, task);
            return Value.FromObject(finished);
        }

        IScriptCaller caller = context.Host.Caller ?? throw new InvalidOperationException("The context belongs to no engine.");
        TaskObject adopted = caller.BeginTask(name, out int run);
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => caller.EndTask(run, () => Finish(context, adopted, task)));
        return Value.FromObject(adopted);
    }

    /// <summary>Returns the script's error for an exception of the host.</summary>
    public static ScriptErrorException ErrorFor(Exception exception) =>
        new(new ErrorObject(ErrorKinds.HostError, MessageOf(exception)) { HostException = exception });

    /// <summary>The message of an exception of the host, whose class may be the host's, too.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
#pragma warning disable CA1031 // The host's code failed again. What it reports is the first exception.
        catch (Exception)
#pragma warning restore CA1031
        {
            return $"{exception.GetType().Name} (its message can't be read)";
        }
    }

    private static void Finish(ScriptContext context, TaskObject adopted, Task task)
    {
        if (adopted.IsDone)
        {
            // The script has cancelled the task in the meantime, so the result is dropped.
            return;
        }

        if (!task.IsCompletedSuccessfully)
        {
            context.Tasks.Fail(adopted, DelegateAdapter.Failed(context, FailureOf(task)).Error);
            return;
        }

        Value result;
        try
        {
            result = ResultOf(task, context);
        }
        catch (Exception e)
        {
            // The result has no script value, or copying it failed: a sequence runs host code, which may throw anything.
            context.Tasks.Fail(adopted, DelegateAdapter.Failed(context, e).Error);
            return;
        }

        context.Tasks.Complete(adopted, result);
    }

    /// <summary>Returns the exception that ended a task, as it was thrown. For a cancelled task, only awaiting reveals it.</summary>
    private static Exception FailureOf(Task task)
    {
        if (task.Exception?.InnerException is { } failure)
        {
            return failure;
        }

        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e)
        {
            return e;
        }

        throw new InvalidOperationException("The task has not failed.");
    }

    /// <summary>Whether results of a type that is a .NET struct are tasks.</summary>
    public static bool IsStructOfTask(Type type) => type == typeof(ValueTask) || IsGenericValueTask(type);

    private static bool IsGenericValueTask(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>);

    private static Task AsTask(object result) => result switch
    {
        Task task => task,
        ValueTask task => task.AsTask(),
        _ => TypedCode.For(result.GetType().GetGenericArguments()[0]).AsTask(result),
    };

    private static Value ResultOf(Task task, ScriptContext context)
    {
        Type? type = task.GetType();
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
        {
            type = type.BaseType;
        }

        // An async method without result returns a Task<VoidTaskResult>, a type that only the runtime knows.
        Type? result = type?.GetGenericArguments()[0];
        return result is null || result.FullName == "System.Threading.Tasks.VoidTaskResult"
            ? default
            : TypedCode.For(result).ResultOf(task, context);
    }
}
