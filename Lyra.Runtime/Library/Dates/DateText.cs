using System;
using System.Globalization;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Dates;

/// <summary>The text of dates, times and durations: ISO 8601 both ways, and the formats of .NET in the invariant culture.</summary>
internal static class DateText
{
    private const string Date = "yyyy-MM-dd";
    private const string Time = "HH:mm:ss.FFFFFFF";
    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";

    /// <summary>The most code units of a format and of a text that is read.</summary>
    private const int MaxLength = 200;

    /// <summary>The most code units of a text that a message shows.</summary>
    private const int MaxShown = 40;

    private const int MinutesOfHour = 60;

    private static readonly string[] Times = ["HH:mm:ss", "HH:mm", Time];

    /// <summary>The text in ISO 8601; null for objects of other types.</summary>
    public static string? Of(HostObject value) => value switch
    {
        HostObject<DateOnly> date => date.Value.ToString(Date, CultureInfo.InvariantCulture),
        HostObject<TimeOnly> time => time.Value.ToString(Time, CultureInfo.InvariantCulture),
        HostObject<DateTimeOffset> { Value: var moment } => moment.ToString(Moment, CultureInfo.InvariantCulture)
            + (moment.Offset == TimeSpan.Zero ? "Z" : moment.ToString("zzz", CultureInfo.InvariantCulture)),
        HostObject<TimeSpan> span => DurationText.Of(span.Value),
        _ => null,
    };

    /// <summary>The text in a format of .NET; null for objects of other types.</summary>
    /// <exception cref="ScriptErrorException">ValueError for a format that is none, or has parts that the value lacks.</exception>
    public static string? Format(HostObject value, string format)
    {
        if (!value.IsPlainValue || value is HostObject<decimal>)
        {
            return null;
        }

        if (format.Length > MaxLength)
        {
            throw Unknown(value, format);
        }

        try
        {
            return value switch
            {
                HostObject<DateOnly> date => date.Value.ToString(format, CultureInfo.InvariantCulture),
                HostObject<TimeOnly> time => time.Value.ToString(format, CultureInfo.InvariantCulture),
                HostObject<DateTimeOffset> moment => moment.Value.ToString(format, CultureInfo.InvariantCulture),
                HostObject<TimeSpan> span => span.Value.ToString(format, CultureInfo.InvariantCulture),
                _ => null,
            };
        }
        catch (FormatException)
        {
            throw Unknown(value, format);
        }
    }

    /// <summary>The value of a text in ISO 8601: of the type that the text has.</summary>
    /// <exception cref="ScriptErrorException">ValueError for other texts.</exception>
    public static Value Parse(ScriptContext context, ReadOnlySpan<char> text) =>
        TryParseDate(text, out DateOnly date) ? DateTypes.Of(context, date)
        : TryParseTime(text, out TimeOnly time) ? DateTypes.Of(context, time)
        : TryParseMoment(text, out DateTimeOffset moment) ? DateTypes.Of(context, moment)
        : throw Throw.ValueError($"date.parse: \"{Shown(text)}\" is no date or time; write 2026-11-27, 09:30:00 or 2026-11-27T09:30:00Z");

    /// <summary>The value of a text in a format of .NET. The parts of the format say of which type it is.</summary>
    /// <exception cref="ScriptErrorException">ValueError for other texts, and for a format that is none.</exception>
    public static Value Parse(ScriptContext context, ReadOnlySpan<char> text, string format)
    {
        bool isShort = text.Length <= MaxLength && format.Length <= MaxLength;
        CultureInfo culture = CultureInfo.InvariantCulture;
        switch (isShort ? FormatPartsReader.Read(format) : FormatParts.None)
        {
            case FormatParts.Date when DateOnly.TryParseExact(text, format, culture, DateTimeStyles.None, out DateOnly date):
                return DateTypes.Of(context, date);
            case FormatParts.Time when TimeOnly.TryParseExact(text, format, culture, DateTimeStyles.None, out TimeOnly time):
                return DateTypes.Of(context, time);
            case FormatParts.Both
                when DateTimeOffset.TryParseExact(text, format, culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment):
                return DateTypes.Of(context, moment);
            default:
                throw Throw.ValueError($"date.parse: \"{Shown(text)}\" does not have the format '{Shown(format)}'");
        }
    }

    public static bool TryParseDate(ReadOnlySpan<char> text, out DateOnly date) =>
        DateOnly.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    public static bool TryParseTime(ReadOnlySpan<char> text, out TimeOnly time)
    {
        time = default;
        return text.Length <= MaxShown && TimeOnly.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>Reads a date and a time with an offset. Without an offset it is UTC.</summary>
    public static bool TryParseMoment(ReadOnlySpan<char> text, out DateTimeOffset moment)
    {
        moment = default;
        if (text.Length <= Date.Length || text.Length > MaxShown || text[Date.Length] is not ('T' or 't' or ' ')
            || !TryParseDate(text[..Date.Length], out DateOnly date))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[(Date.Length + 1)..];
        int offset = rest.IndexOfAny("Zz+-");
        ReadOnlySpan<char> clock = offset < 0 ? rest : rest[..offset];
        if (!TryParseTime(clock, out TimeOnly time) || !TryParseOffset(offset < 0 ? "Z" : rest[offset..], out TimeSpan shift))
        {
            return false;
        }

        long ticks = date.ToDateTime(time).Ticks;
        bool isInRange = ticks - shift.Ticks >= DateTimeOffset.MinValue.Ticks && ticks - shift.Ticks <= DateTimeOffset.MaxValue.Ticks;
        moment = isInRange ? new DateTimeOffset(ticks, shift) : default;
        return isInRange;
    }

    /// <summary>Reads <c>Z</c>, <c>+02:00</c>, <c>+0200</c> or <c>+02</c>.</summary>
    public static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is ['Z' or 'z'])
        {
            return true;
        }

        if (text.Length is not (3 or 5 or 6) || text[0] is not ('+' or '-') || (text.Length == 6 && text[3] != ':'))
        {
            return false;
        }

        int minutes = 0;
        bool isNumber = int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            && (text.Length == 3 || int.TryParse(text[^2..], NumberStyles.None, CultureInfo.InvariantCulture, out minutes));
        int total = (MinutesOfHour * hours) + minutes;
        offset = TimeSpan.FromMinutes(text[0] == '-' ? -total : total);
        return isNumber && minutes < MinutesOfHour && total <= 14 * MinutesOfHour;
    }

    /// <summary>A text of a script, of which a message shows a part.</summary>
    public static string Shown(ReadOnlySpan<char> text) =>
        text.Length <= MaxShown ? text.ToString() : string.Concat(text[..MaxShown], "…");

    private static ScriptErrorException Unknown(HostObject value, string format) => Throw.ValueError(
        $"format: '{Shown(format)}' is not a .NET format for {value.TypeName}; write {Example(value)}");

    private static string Example(HostObject value) => value switch
    {
        HostObject<DateOnly> => "yyyy-MM-dd",
        HostObject<TimeOnly> => "HH:mm:ss",
        HostObject<TimeSpan> => "hh\\:mm\\:ss",
        _ => "yyyy-MM-dd HH:mm",
    };
}
