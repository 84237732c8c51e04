using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Dates;

/// <summary>
/// The members of the type <c>datetime</c>: a moment, with the offset of its clock from UTC. Two of them are equal if they are the same
/// moment.
/// </summary>
internal static class DateTimeRows
{
    private const int MonthsOfYear = 12;

    public static void Rows(RowReader rows)
    {
        rows.Property("year")?.Register(static (_, a) => Value.FromInt(Self(a).Year), Restartable);
        rows.Property("month")?.Register(static (_, a) => Value.FromInt(Self(a).Month), Restartable);
        rows.Property("day")?.Register(static (_, a) => Value.FromInt(Self(a).Day), Restartable);
        rows.Property("hour")?.Register(static (_, a) => Value.FromInt(Self(a).Hour), Restartable);
        rows.Property("minute")?.Register(static (_, a) => Value.FromInt(Self(a).Minute), Restartable);
        rows.Property("second")?.Register(static (_, a) => Value.FromInt(Self(a).Second), Restartable);
        rows.Property("millis")?.Register(static (_, a) => Value.FromInt(Self(a).Millisecond), Restartable);
        rows.Property("weekday")?.Register(static (_, a) => Value.FromInt(DateRows.Weekday(DayOf(Self(a)))), Restartable);
        rows.Property("dayOfYear")?.Register(static (_, a) => Value.FromInt(Self(a).DayOfYear), Restartable);
        rows.Property("isoWeek")?.Register(static (_, a) => Value.FromInt(DateRows.IsoWeek(DayOf(Self(a)))), Restartable);
        rows.Property("date")?.Register(static (c, a) => DateTypes.Of(c, DayOf(Self(a))), Restartable);
        rows.Property("time")?.Register(static (c, a) => DateTypes.Of(c, TimeOnly.FromDateTime(Self(a).DateTime)), Restartable);
        rows.Property("offset")?.Register(static (c, a) => DateTypes.Of(c, Self(a).Offset), Restartable);
        rows.Property("timestamp")?.Register(
            static (_, a) => Value.FromFloat((Self(a) - DateTimeOffset.UnixEpoch).TotalSeconds), Restartable);
        rows.Row("plusMonths(self, n)")?.Register(static (c, a) => PlusMonths(c, a, 1), Restartable);
        rows.Row("plusYears(self, n)")?.Register(static (c, a) => PlusMonths(c, a, MonthsOfYear), Restartable);
        rows.Row("toZone(self, zone)")?.Register(ToZone, Restartable);
        rows.Row("startOf(self, unit)")?.Register(StartOf, Restartable);
        rows.Row("format(self, format?)")?.Register(DateArguments.Format, Restartable);
    }

    public static void Operators(RowReader rows)
    {
        rows.Row("+(a, b)")?.Register(Add, Restartable);
        rows.Row("-(a, b)")?.Register(Subtract, Restartable);
        rows.Row("<(a, b)")?.Register(static (_, a) => DateArguments.Less<DateTimeOffset>(a, "<"), Restartable);
        rows.Row("<=(a, b)")?.Register(static (_, a) => DateArguments.LessOrEqual<DateTimeOffset>(a, "<="), Restartable);
    }

    private static DateTimeOffset Self(ReadOnlySpan<Value> arguments) => DateArguments.Content<DateTimeOffset>(arguments[0]);

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.DateTime);

    private static Value PlusMonths(ScriptContext context, ReadOnlySpan<Value> arguments, int factor)
    {
        string proc = factor == 1 ? "plusMonths" : "plusYears";
        long months = DateArguments.Months(arguments[1], factor, proc);
        DateTimeOffset moment = Self(arguments);
        long month = (moment.Year * (long)MonthsOfYear) + moment.Month - 1 + months;
        bool isInRange = month >= MonthsOfYear && month < (DateOnly.MaxValue.Year + 1L) * MonthsOfYear;
        return isInRange ? AtOffset(context, moment.DateTime.AddMonths((int)months).Ticks, moment.Offset, proc)
            : throw DateArguments.OutOfRange(proc);
    }

    /// <summary>The same moment by the clock of another zone.</summary>
    private static Value ToZone(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        TimeZoneInfo zone = TimeZones.Find(context, Argument.Text(arguments[1], "toZone", "zone"), "toZone");
        DateTimeOffset moment = Self(arguments);
        return AtOffset(context, moment.UtcTicks + zone.GetUtcOffset(moment).Ticks, zone.GetUtcOffset(moment), "toZone");
    }

    private static Value StartOf(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        DateTimeOffset moment = Self(arguments);
        long ticks = DateArguments.Unit(arguments[1]) switch
        {
            DateUnit.Second => moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond),
            DateUnit.Minute => moment.Ticks - (moment.Ticks % TimeSpan.TicksPerMinute),
            DateUnit.Hour => moment.Ticks - (moment.Ticks % TimeSpan.TicksPerHour),
            DateUnit unit and (DateUnit.Day or DateUnit.Week or DateUnit.Month or DateUnit.Quarter or DateUnit.Year) =>
                DateRows.StartOf(DayOf(moment), unit).ToDateTime(TimeOnly.MinValue).Ticks,
        };
        return AtOffset(context, ticks, moment.Offset, "startOf");
    }

    private static Value Add(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        (Value moment, Value span) = arguments[0].Ref is HostObject<DateTimeOffset> ? (arguments[0], arguments[1])
            : (arguments[1], arguments[0]);
        return span.Ref is HostObject<TimeSpan> shift
            ? Shifted(context, DateArguments.Content<DateTimeOffset>(moment), shift.Value.Ticks)
            : throw DateArguments.Refused("+", arguments);
    }

    private static Value Subtract(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is not HostObject<DateTimeOffset> { Value: var moment })
        {
            throw DateArguments.Refused("-", arguments);
        }

        return arguments[1].Ref switch
        {
            HostObject<DateTimeOffset> other => DateTypes.Of(context, moment - other.Value),
            HostObject<TimeSpan> shift => Shifted(context, moment, -(Int128)shift.Value.Ticks),
            _ => throw DateArguments.Refused("-", arguments),
        };
    }

    private static Value Shifted(ScriptContext context, DateTimeOffset moment, Int128 ticks) =>
        AtOffset(context, moment.Ticks + ticks, moment.Offset, null);

    /// <summary>The moment at which a clock with an offset shows a time.</summary>
    private static Value AtOffset(ScriptContext context, Int128 ticks, TimeSpan offset, string? proc)
    {
        Int128 utc = ticks - offset.Ticks;
        bool isInRange = ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks && utc >= 0 && utc <= DateTimeOffset.MaxValue.Ticks;
        return isInRange ? DateTypes.Of(context, new DateTimeOffset((long)ticks, offset)) : throw DateArguments.OutOfRange(proc);
    }
}
