using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.Dates;

/// <summary>Finds time zones by the names of the IANA database, or by their offset from UTC.</summary>
internal static class TimeZones
{
    private const int MaxLength = 64;

    /// <summary>The steps of a search: the platform may read a file.</summary>
    private const int SearchSteps = 200;

    /// <exception cref="ScriptErrorException">ValueError for an unknown zone.</exception>
    public static TimeZoneInfo Find(ScriptContext context, string name, string proc)
    {
        context.Charge(SearchSteps);
        if (DateText.TryParseOffset(name, out TimeSpan offset))
        {
            return offset == TimeSpan.Zero ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
        }

        // The platform looks for a file of this name.
        bool isName = name.Length is > 0 and <= MaxLength && char.IsAsciiLetter(name[0]);
        foreach (char c in name)
        {
            isName &= char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+';
        }

        return isName && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : throw Throw.ValueError(
            $"{proc}: there is no time zone \"{DateText.Shown(name)}\"; write a name such as \"Europe/Berlin\", or an offset such as "
                + "\"+01:00\"");
    }

    /// <summary>A moment by the clock of a zone. A time that the clock skips is moved forward by what it skips.</summary>
    public static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone, string proc)
    {
        TimeSpan offset = zone.GetUtcOffset(local);
        long utc = local.Ticks - offset.Ticks;
        return utc >= DateTimeOffset.MinValue.Ticks && utc <= DateTimeOffset.MaxValue.Ticks
            ? TimeZoneInfo.ConvertTime(new DateTimeOffset(utc, TimeSpan.Zero), zone)
            : throw DateArguments.OutOfRange(proc);
    }
}
