using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Dates;

/// <summary>The members of the type <c>time</c>: a time of the day, without a day.</summary>
internal static class TimeRows
{
    public static void Rows(RowReader rows)
    {
        rows.Property("hour")?.Register(static (_, a) => Value.FromInt(Self(a).Hour), Restartable);
        rows.Property("minute")?.Register(static (_, a) => Value.FromInt(Self(a).Minute), Restartable);
        rows.Property("second")?.Register(static (_, a) => Value.FromInt(Self(a).Second), Restartable);
        rows.Property("millis")?.Register(static (_, a) => Value.FromInt(Self(a).Millisecond), Restartable);
        rows.Row("format(self, format?)")?.Register(DateArguments.Format, Restartable);
    }

    public static void Operators(RowReader rows)
    {
        rows.Row("+(a, b)")?.Register(Add, Restartable);
        rows.Row("-(a, b)")?.Register(Subtract, Restartable);
        rows.Row("<(a, b)")?.Register(static (_, a) => DateArguments.Less<TimeOnly>(a, "<"), Restartable);
        rows.Row("<=(a, b)")?.Register(static (_, a) => DateArguments.LessOrEqual<TimeOnly>(a, "<="), Restartable);
    }

    private static TimeOnly Self(ReadOnlySpan<Value> arguments) => DateArguments.Content<TimeOnly>(arguments[0]);

    /// <summary>A time some while later, on the next day if it is past midnight.</summary>
    private static Value Add(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        (Value time, Value span) = arguments[0].Ref is HostObject<TimeOnly> ? (arguments[0], arguments[1]) : (arguments[1], arguments[0]);
        return span.Ref is HostObject<TimeSpan> shift
            ? DateTypes.Of(context, Shifted(DateArguments.Content<TimeOnly>(time), shift.Value.Ticks % TimeSpan.TicksPerDay))
            : throw DateArguments.Refused("+", arguments);
    }

    /// <summary>The duration between two times of one day, or a time some while earlier.</summary>
    private static Value Subtract(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is not HostObject<TimeOnly> { Value: var time })
        {
            throw DateArguments.Refused("-", arguments);
        }

        return arguments[1].Ref switch
        {
            HostObject<TimeOnly> other => DateTypes.Of(context, new TimeSpan(time.Ticks - other.Value.Ticks)),
            HostObject<TimeSpan> shift => DateTypes.Of(context, Shifted(time, -(shift.Value.Ticks % TimeSpan.TicksPerDay))),
            _ => throw DateArguments.Refused("-", arguments),
        };
    }

    private static TimeOnly Shifted(TimeOnly time, long ticks) =>
        new((time.Ticks + ticks + TimeSpan.TicksPerDay) % TimeSpan.TicksPerDay);
}
