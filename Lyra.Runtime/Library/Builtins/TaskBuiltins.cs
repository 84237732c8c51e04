using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary><c>sleep gather race chan</c>: builtins, and the members of module <c>task</c>.</summary>
internal static class TaskBuiltins
{
    /// <summary>The longest delay that a timer accepts, about 24 days. Longer delays are shortened to it.</summary>
    private const double MaxMilliseconds = int.MaxValue - 1;

    public static void Rows(RowReader rows)
    {
        rows.Row("sleep(ms)")?.Register(Sleep);
        rows.Row("gather(tasks)")?.Register(Gather, CallsBack | MethodFirst);
        rows.Row("race(tasks)")?.Register(Race, CallsBack | MethodFirst);
        rows.Row("chan(n?)")?.Register(Channel);

    }

    private static Value Sleep(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        double milliseconds = Argument.Number(arguments[0], "sleep", "ms");
        if (!(milliseconds >= 0))
        {
            throw Throw.ValueError("sleep: 'ms' must not be negative");
        }

        return Value.FromObject(context.Tasks.Sleep(TimeSpan.FromMilliseconds(Math.Min(milliseconds, MaxMilliseconds))));
    }

    private static Value Gather(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(TaskGroup.Gather(context, Sequence.ToList(context, arguments[0])));

    private static Value Race(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject tasks = Sequence.ToList(context, arguments[0]);
        return tasks.Count == 0
            ? throw Throw.ValueError("race: the list of tasks is empty")
            : Value.FromObject(TaskGroup.Race(context, tasks));
    }

    private static Value Channel(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        long capacity = Argument.TryGetNonNil(arguments, 0, out Value given) ? Argument.Integer(given, "chan", "n") : 0;
        if (capacity is < 0 or > int.MaxValue)
        {
            throw Throw.ValueError($"chan: the capacity must be from 0 to {int.MaxValue}");
        }

        ChannelObject channel = new((int)capacity);
        context.ChargeMemory(channel.OwnBytes);
        return Value.FromObject(channel);
    }
}
