using System;
using System.Globalization;
using System.Text;

namespace Lyra.Runtime.Library.Dates;

/// <summary>The text of durations in ISO 8601: <c>P1DT2H30M</c>, <c>PT0.5S</c>, <c>-PT1H</c>.</summary>
internal static class DurationText
{
    /// <summary>The most code units of a text that is read.</summary>
    private const int MaxLength = 100;

    /// <summary>The units in their order.</summary>
    private const string Units = "WDHMS";

    /// <summary>The index of the first unit behind the <c>T</c>.</summary>
    private const int FirstOfTime = 2;

    private static readonly long[] TicksOfUnits =
    [
        7 * TimeSpan.TicksPerDay, TimeSpan.TicksPerDay, TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond,
    ];

    public static string Of(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "PT0S";
        }

        // Without the sign: the shortest duration has no opposite.
        ulong ticks = value.Ticks < 0 ? (ulong)-(value.Ticks + 1) + 1 : (ulong)value.Ticks;
        StringBuilder text = new(value.Ticks < 0 ? "-P" : "P");
        Append(text, ref ticks, TimeSpan.TicksPerDay, 'D');
        if (ticks == 0)
        {
            return text.ToString();
        }

        text.Append('T');
        Append(text, ref ticks, TimeSpan.TicksPerHour, 'H');
        Append(text, ref ticks, TimeSpan.TicksPerMinute, 'M');
        if (ticks > 0)
        {
            text.Append(((decimal)ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture)).Append('S');
        }

        return text.ToString();
    }

    /// <summary>Reads weeks, days, hours, minutes and seconds. Years and months are no durations: their lengths differ.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        bool isNegative = text[0] == '-';
        ReadOnlySpan<char> rest = text[0] is '-' or '+' ? text[1..] : text;
        if (rest.Length < 3 || rest[0] is not ('P' or 'p'))
        {
            return false;
        }

        decimal ticks = 0;
        int next = 0;
        bool isTime = false;
        for (rest = rest[1..]; rest.Length > 0;)
        {
            if (!isTime && rest[0] is ('T' or 't'))
            {
                isTime = true;
                rest = rest[1..];
            }

            if (!TryTake(ref rest, isTime, ref next, ref ticks))
            {
                return false;
            }
        }

        ticks = isNegative ? -ticks : ticks;
        bool fits = ticks >= long.MinValue && ticks <= long.MaxValue && ticks == decimal.Truncate(ticks);
        value = fits ? new TimeSpan((long)ticks) : default;
        return fits;
    }

    /// <summary>Takes a number and its unit, which is one of those that may still follow.</summary>
    private static bool TryTake(ref ReadOnlySpan<char> rest, bool isTime, ref int next, ref decimal ticks)
    {
        int digits = 0;
        while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
        {
            digits++;
        }

        int unit = digits == 0 || digits == rest.Length ? -1 : Units.IndexOf(char.ToUpperInvariant(rest[digits]), StringComparison.Ordinal);
        bool isNext = unit >= next && isTime == (unit >= FirstOfTime);
        if (!isNext || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number > long.MaxValue)
        {
            return false;
        }

        ticks += number * TicksOfUnits[unit];
        next = unit + 1;
        rest = rest[(digits + 1)..];
        return true;
    }

    private static void Append(StringBuilder text, ref ulong ticks, long unit, char letter)
    {
        ulong count = ticks / (ulong)unit;
        ticks %= (ulong)unit;
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{count}{letter}");
        }
    }
}
