using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Module <c>date</c>: makes dates, times, datetimes and durations. Reading the clock needs the capability Clock.</summary>
internal static class DateModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("today()")?.Register(
            static (c, _) => DateTypes.Of(c, DateOnly.FromDateTime(Now(c, "date.today").DateTime)), Restartable);
        rows.Row("now()")?.Register(static (c, _) => DateTypes.Of(c, Now(c, "date.now")), Restartable);
        rows.Row("of(year, month, day)")?.Register(Of, Restartable);
        rows.Row("parse(text, format?)")?.Register(Parse, Restartable);
        rows.Row("duration(text)")?.Register(Duration, Restartable);
    }

    /// <summary>The moment by the host's clock, with the offset of its time zone.</summary>
    private static DateTimeOffset Now(ScriptContext context, string proc)
    {
        DateTimeOffset now = TimeModule.Now(context, proc);
        return TimeZoneInfo.ConvertTime(now, context.Host.Time.LocalTimeZone);
    }

    private static Value Of(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        int year = Part(arguments[0], "year", 1, DateOnly.MaxValue.Year);
        int month = Part(arguments[1], "month", 1, 12);
        int day = Part(arguments[2], "day", 1, DateTime.DaysInMonth(year, month));
        return DateTypes.Of(context, new DateOnly(year, month, day));
    }

    private static int Part(in Value value, string parameter, int least, int most)
    {
        long part = Argument.Integer(value, "date.of", parameter);
        return part >= least && part <= most ? (int)part
            : throw Throw.ValueError($"date.of: '{parameter}' must be {least} to {most}, but is {part}");
    }

    private static Value Parse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "date.parse", "text");
        return Argument.TryGetNonNil(arguments, 1, out Value format)
            ? DateText.Parse(context, text, Argument.Text(format, "date.parse", "format"))
            : DateText.Parse(context, text);
    }

    private static Value Duration(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "date.duration", "text");
        return DurationText.TryParse(text, out TimeSpan duration) ? DateTypes.Of(context, duration) : throw Throw.ValueError(
            $"date.duration: \"{DateText.Shown(text)}\" is no duration; write days, hours, minutes and seconds as in \"P1DT2H30M\"");
    }
}
