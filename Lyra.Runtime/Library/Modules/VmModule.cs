using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>vm</c>: the figures of the engine that runs the script, and the script's own frames. It needs no capability, because it shows
/// nothing of the host or of other engines. The frames do not depend on the tier; the figures do, and are for human readers.
/// </summary>
internal static class VmModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("stats()")?.Register(Stats);
        rows.Row("stack()")?.Register(Stack);
        rows.Row("cache()")?.Register(static (c, _) => Cache(c));
        rows.Row("slabs()")?.Register(static (c, _) => Slabs(c, c.Host.Vm?.Slabs ?? []));
        rows.Row("reset()")?.Register(Reset);
        rows.Row("resetCounters()")?.Register(ResetCounters);
    }

    private static Value Stats(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject stats = new();
        if (context.Host.Vm is { } vm)
        {
            // Reading the counters of many modules takes long and costs no steps.
            context.CheckClock();
            foreach ((string group, IReadOnlyList<Figure> figures) in vm.Stats)
            {
                stats.Set(context, Make.Text(context, group), Make.Map(context, figures));
            }

            stats.Set(context, Make.Text(context, "cache"), Cache(context));
            stats.Set(context, Make.Text(context, "slabs"), Slabs(context, vm.Slabs));
        }

        return Value.FromObject(stats);
    }

    /// <summary>The figures of the cache, and under <c>operators</c> a map of the routines of operators.</summary>
    private static Value Cache(ScriptContext context)
    {
        if (context.Host.Vm is not { } vm)
        {
            return Value.FromObject(new MapObject());
        }

        MapObject operators = new();
        foreach ((string types, string routine) in vm.Operators)
        {
            context.Charge(1);
            operators.Set(context, Make.Text(context, types), Make.Text(context, routine));
        }

        IReadOnlyList<Figure> figures = [.. vm.Cache, new Figure("operators", Value.FromObject(operators))];
        return Make.Map(context, figures);
    }

    private static Value Slabs(ScriptContext context, IReadOnlyList<IReadOnlyList<Figure>> classes)
    {
        Value[] rows = new Value[classes.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Make.Map(context, classes[i]);
        }

        return Value.FromObject(ListObject.Of(context, rows));
    }

    /// <summary>
    /// The number of frames, and a row for each, innermost first. One row stands for the frames that a deep stack leaves out.
    /// </summary>
    private static Value Stack(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        (TraceEntry[] frames, int omitted) = context.Host.Vm?.Stack ?? ([], 0);
        Value[] rows = new Value[frames.Length + (omitted > 0 ? 1 : 0)];
        int row = 0;
        for (int i = 0; i < frames.Length; i++)
        {
            if (omitted > 0 && i == ErrorObject.InnermostOfTrace)
            {
                rows[row++] = Frame(context, ErrorObject.OmittedLine(omitted), string.Empty, 0);
            }

            TraceEntry frame = frames[i];
            rows[row++] = Frame(
                context, frame.Prototype.Name, frame.Prototype.Source.FileName, frame.Prototype.PositionAt(frame.Pc).Line);
        }

        return Make.Map(
            context,
            [
                new("depth", Value.FromInt(frames.Length + omitted)),
                new("rows", Value.FromObject(ListObject.Of(context, rows))),
            ]);
    }

    private static Value Frame(ScriptContext context, string proc, string file, int line) => Make.Map(
        context,
        [new("proc", Make.Text(context, proc)), new("file", Make.Text(context, file)), new("line", Value.FromInt(line))]);

    private static Value Reset(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (context.Host.Vm is { } vm)
        {
            context.Charge(vm.StepsToReset);
            vm.Reset();
        }

        return Value.Nil;
    }

    private static Value ResetCounters(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        context.Host.Vm?.ResetCounters();
        return Value.Nil;
    }
}
