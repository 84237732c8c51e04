using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Conversions of .NET types that the language has no type for: dates, times, identifiers and addresses are strs in their invariant form, a
/// <see cref="TimeSpan"/> is a number of seconds, and for JSON see <see cref="HostJson"/>.
/// </summary>
internal static class HostScalars
{
    private const string RoundTrip = "O";

    /// <summary>The script value of an object of one of these types; false for others.</summary>
    public static bool TryWrite(object value, ScriptContext context, out Value result)
    {
        if (value is DateTime moment && context.HostTypes?.Find(typeof(DateTimeOffset)) is { IsOfLibrary: true } type)
        {
            context.ChargeMemory(HostObject.Bytes);
            result = type.Wrap(OffsetOf(moment));
            return true;
        }

        string? text = value switch
        {
            DateTime time => time.ToString(RoundTrip, CultureInfo.InvariantCulture),
            DateTimeOffset time => time.ToString(RoundTrip, CultureInfo.InvariantCulture),
            DateOnly date => date.ToString(RoundTrip, CultureInfo.InvariantCulture),
            TimeOnly time => time.ToString(RoundTrip, CultureInfo.InvariantCulture),
            Guid id => id.ToString("D"),
            Uri address => address.OriginalString,
            _ => null,
        };
        if (text is not null)
        {
            context.ChargeMemory(ScriptString.BytesFor(text.Length));
            result = Value.FromText(text);
            return true;
        }

        switch (value)
        {
            case TimeSpan time:
                result = Value.FromFloat(time.TotalSeconds);
                return true;
            case JsonElement json:
                result = HostJson.Write(json, context);
                return true;
            case JsonNode json:
                result = HostJson.Write(json, context);
                return true;
            default:
                result = default;
                return false;
        }
    }

    /// <summary>The converter to one of these types; null for others.</summary>
    public static HostConverter? ConverterTo(Type type) =>
        type == typeof(DateTime) ? FromText(static text =>
            DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time) ? time : null)
        : type == typeof(DateTimeOffset) ? FromText(static text =>
            DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset time) ? time : null)
        : type == typeof(DateOnly) ? FromText(static text =>
            DateOnly.TryParse(text, CultureInfo.InvariantCulture, out DateOnly date) ? date : null)
        : type == typeof(TimeOnly) ? FromText(static text =>
            TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out TimeOnly time) ? time : null)
        : type == typeof(Guid) ? FromText(static text => Guid.TryParse(text, out Guid id) ? id : null)
        : type == typeof(Uri) ? FromText(static text =>
            Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? address) ? address : null)
        : type == typeof(TimeSpan) ? ReadTimeSpan
        : type == typeof(JsonElement) ? HostJson.ReadElement
        : typeof(JsonNode).IsAssignableFrom(type) ? HostJson.ReadNode
        : null;

    private static HostConverter FromText(Func<string, object?> parse) => (in value, _, out result) =>
    {
        result = value.Ref is ScriptString text ? parse(text.Text) : null;
        return result is not null;
    };

    /// <summary>The moment of a <see cref="DateTime"/>. One that is neither local nor in UTC counts as UTC.</summary>
    private static DateTimeOffset OffsetOf(DateTime time) =>
        time.Kind == DateTimeKind.Local ? new DateTimeOffset(time) : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static bool ReadTimeSpan(in Value value, ScriptContext? context, out object? result)
    {
        double seconds = value.IsFloat ? value.AsFloat : value.IsInt ? value.AsInt : double.NaN;
        result = Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
        return result is not null;
    }
}
