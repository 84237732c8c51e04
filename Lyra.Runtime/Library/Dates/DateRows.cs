using System;
using System.Globalization;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Dates;

/// <summary>The members of the type <c>date</c>: a day of the calendar, without a time.</summary>
internal static class DateRows
{
    private const int MonthsOfYear = 12;

    public static void Rows(RowReader rows)
    {
        rows.Property("year")?.Register(static (_, a) => Value.FromInt(Self(a).Year), Restartable);
        rows.Property("month")?.Register(static (_, a) => Value.FromInt(Self(a).Month), Restartable);
        rows.Property("day")?.Register(static (_, a) => Value.FromInt(Self(a).Day), Restartable);
        rows.Property("weekday")?.Register(static (_, a) => Value.FromInt(Weekday(Self(a))), Restartable);
        rows.Property("dayOfYear")?.Register(static (_, a) => Value.FromInt(Self(a).DayOfYear), Restartable);
        rows.Property("isoWeek")?.Register(static (_, a) => Value.FromInt(IsoWeek(Self(a))), Restartable);
        rows.Row("plusMonths(self, n)")?.Register(static (c, a) => PlusMonths(c, a, 1), Restartable);
        rows.Row("plusYears(self, n)")?.Register(static (c, a) => PlusMonths(c, a, MonthsOfYear), Restartable);
        rows.Row("startOf(self, unit)")?.Register(
            static (c, a) => DateTypes.Of(c, StartOf(Self(a), DateArguments.Unit(a[1]))), Restartable);
        rows.Row("at(self, time, zone?)")?.Register(At, Restartable);
        rows.Row("format(self, format?)")?.Register(DateArguments.Format, Restartable);
    }

    public static void Operators(RowReader rows)
    {
        rows.Row("+(a, b)")?.Register(Add, Restartable);
        rows.Row("-(a, b)")?.Register(Subtract, Restartable);
        rows.Row("<(a, b)")?.Register(static (_, a) => DateArguments.Less<DateOnly>(a, "<"), Restartable);
        rows.Row("<=(a, b)")?.Register(static (_, a) => DateArguments.LessOrEqual<DateOnly>(a, "<="), Restartable);
    }

    /// <summary>The day of the week, from 1 for Monday to 7.</summary>
    public static int Weekday(DateOnly date) => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;

    public static int IsoWeek(DateOnly date) => ISOWeek.GetWeekOfYear(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>The first day of the week, month, quarter or year of a day.</summary>
    public static DateOnly StartOf(DateOnly date, DateUnit unit) => unit switch
    {
        DateUnit.Year => new DateOnly(date.Year, 1, 1),
        DateUnit.Quarter => new DateOnly(date.Year, date.Month - ((date.Month - 1) % 3), 1),
        DateUnit.Month => new DateOnly(date.Year, date.Month, 1),
        DateUnit.Week => date.AddDays(1 - Weekday(date)),
        DateUnit.Day => date,
        DateUnit.Hour or DateUnit.Minute or DateUnit.Second =>
            throw Throw.ValueError("startOf: a date has no time; the unit is \"day\", \"week\", \"month\", \"quarter\" or \"year\""),
    };

    private static DateOnly Self(ReadOnlySpan<Value> arguments) => DateArguments.Content<DateOnly>(arguments[0]);

    private static Value PlusMonths(ScriptContext context, ReadOnlySpan<Value> arguments, int factor)
    {
        string proc = factor == 1 ? "plusMonths" : "plusYears";
        long months = DateArguments.Months(arguments[1], factor, proc);
        DateOnly date = Self(arguments);
        long month = (date.Year * (long)MonthsOfYear) + date.Month - 1 + months;
        return month >= MonthsOfYear && month < (DateOnly.MaxValue.Year + 1L) * MonthsOfYear
            ? DateTypes.Of(context, date.AddMonths((int)months))
            : throw DateArguments.OutOfRange(proc);
    }

    /// <summary>The moment at a time of the day, in UTC or in a zone.</summary>
    private static Value At(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        TimeOnly time = arguments[1].Ref is HostObject<TimeOnly> given ? given.Value
            : arguments[1].Ref is ScriptString text && DateText.TryParseTime(text.Span, out TimeOnly parsed) ? parsed
            : throw Argument.Wrong(arguments[1], "at", "time", "a time or its text, such as \"09:30\",");
        DateTime local = Self(arguments).ToDateTime(time);
        return Argument.TryGetNonNil(arguments, 2, out Value zone)
            ? DateTypes.Of(context, TimeZones.InZone(local, TimeZones.Find(context, Argument.Text(zone, "at", "zone"), "at"), "at"))
            : DateTypes.Of(context, new DateTimeOffset(local, TimeSpan.Zero));
    }

    private static Value Add(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        (Value date, Value span) = arguments[0].Ref is HostObject<DateOnly> ? (arguments[0], arguments[1]) : (arguments[1], arguments[0]);
        return span.Ref is HostObject<TimeSpan> { Value: var days }
            ? Shifted(context, DateArguments.Content<DateOnly>(date), days.Ticks, days)
            : throw DateArguments.Refused("+", arguments);
    }

    private static Value Subtract(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is not HostObject<DateOnly> { Value: var date })
        {
            throw DateArguments.Refused("-", arguments);
        }

        return arguments[1].Ref switch
        {
            HostObject<DateOnly> other => DateTypes.Of(context, TimeSpan.FromDays(date.DayNumber - other.Value.DayNumber)),
            HostObject<TimeSpan> { Value: var days } => Shifted(context, date, -(Int128)days.Ticks, days),
            _ => throw DateArguments.Refused("-", arguments),
        };
    }

    private static Value Shifted(ScriptContext context, DateOnly date, Int128 ticks, TimeSpan span)
    {
        if (ticks % TimeSpan.TicksPerDay != 0)
        {
            throw Throw.ValueError(
                $"a date and {DurationText.Of(span)}, which is no number of whole days, have no sum; make a datetime with "
                    + "d.at(\"00:00\") first");
        }

        Int128 day = date.DayNumber + (ticks / TimeSpan.TicksPerDay);
        return day >= 0 && day <= DateOnly.MaxValue.DayNumber
            ? DateTypes.Of(context, DateOnly.FromDayNumber((int)day))
            : throw DateArguments.OutOfRange(null);
    }
}
