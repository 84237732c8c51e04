using System;
using System.Globalization;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Reads the values of the library's types from the strs that JSON has for them.</summary>
internal static class JsonDates
{
    /// <summary>The most code units of a number.</summary>
    private const int MaxDigits = 100;

    /// <summary>Reads a value of a type; false if the text is none.</summary>
    public static bool TryRead(ScriptContext context, string type, ReadOnlySpan<char> text, out Value value)
    {
        value = default;
        switch (type)
        {
            case "date" when DateText.TryParseDate(text, out DateOnly date):
                value = DateTypes.Of(context, date);
                return true;
            case "time" when DateText.TryParseTime(text, out TimeOnly time):
                value = DateTypes.Of(context, time);
                return true;
            case "datetime" when DateText.TryParseMoment(text, out DateTimeOffset moment):
                value = DateTypes.Of(context, moment);
                return true;
            case "duration" when DurationText.TryParse(text, out TimeSpan span):
                value = DateTypes.Of(context, span);
                return true;
            case "decimal" when text.Length <= MaxDigits
                && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact):
                value = HostDecimal.Of(context, exact);
                return true;
            default:
                return false;
        }
    }
}
