using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of task. <c>done</c> and <c>result</c> are properties (<see cref="Members"/>).</summary>
internal static class TaskMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("cancel(task)")?.Register(Cancel, CallsBack);

    }

    /// <summary>Cancels the task and whatever it waits for; does nothing if the task is done.</summary>
    private static Value Cancel(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        TaskObject task = Argument.Task(arguments[0], "cancel", "task");
        if (!task.IsDone)
        {
            context.Tasks.Cancel(task);
        }

        return Value.Nil;
    }
}
