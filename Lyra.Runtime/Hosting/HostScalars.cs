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
/// <see cref="TimeSpan"/> is a number of seconds, and JSON becomes lists, maps and scalars.
/// </summary>
internal static class HostScalars
{
    private const string RoundTrip = "O";
    private const int MaxDepth = 1_000;

    /// <summary>The script value of an object of one of these types; false for others.</summary>
    public static bool TryWrite(object value, ScriptContext context, out Value result)
    {
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
                result = OfJson(json, context);
                return true;
            case JsonNode json:
                using (JsonDocument document = JsonDocument.Parse(json.ToJsonString(), new JsonDocumentOptions { MaxDepth = MaxDepth }))
                {
                    result = OfJson(document.RootElement, context);
                }

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
        : type == typeof(JsonElement) ? static (in value, context, out result) => ReadJson(value, context, isNode: false, out result)
        : typeof(JsonNode).IsAssignableFrom(type) ? static (in value, context, out result) =>
            ReadJson(value, context, isNode: true, out result)
        : null;

    private static HostConverter FromText(Func<string, object?> parse) => (in value, _, out result) =>
    {
        result = value.Ref is ScriptString text ? parse(text.Text) : null;
        return result is not null;
    };

    private static bool ReadTimeSpan(in Value value, ScriptContext? context, out object? result)
    {
        double seconds = value.IsFloat ? value.AsFloat : value.IsInt ? value.AsInt : double.NaN;
        result = Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
        return result is not null;
    }

    private static Value OfJson(JsonElement json, ScriptContext context)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return Value.FromBool(json.ValueKind == JsonValueKind.True);
            case JsonValueKind.String:
                return HostWriter.Write(json.GetString(), context);
            case JsonValueKind.Number:
                return json.TryGetInt64(out long number) ? Value.FromInt(number) : Value.FromFloat(json.GetDouble());
            case JsonValueKind.Array:
                ListObject list = new();
                context.ChargeMemory(list.OwnBytes);
                context.Protect(list);
                foreach (JsonElement item in json.EnumerateArray())
                {
                    context.Charge(1);
                    list.Add(context, OfJson(item, context));
                }

                context.Unprotect();
                return Value.FromObject(list);
            case JsonValueKind.Object:
                MapObject map = new();
                context.ChargeMemory(map.OwnBytes);
                context.Protect(map);
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    context.Charge(1);
                    map.Set(context, HostWriter.Write(property.Name, context), OfJson(property.Value, context));
                }

                context.Unprotect();
                return Value.FromObject(map);
            default:
                return default;
        }
    }

    private static bool ReadJson(in Value value, ScriptContext? context, bool isNode, out object? result)
    {
        JsonNode? node = ToJson(context ?? DetachedContext.ForScriptValues, value, 0, out bool fits);
        result = !fits ? null : isNode ? node : ToElement(node);
        return fits;
    }

    private static JsonElement ToElement(JsonNode? node)
    {
        using JsonDocument document = JsonDocument.Parse(
            node?.ToJsonString() ?? "null", new JsonDocumentOptions { MaxDepth = MaxDepth });
        return document.RootElement.Clone();
    }

    private static JsonNode? ToJson(ScriptContext context, in Value value, int depth, out bool fits)
    {
        fits = depth < MaxDepth;
        context.Charge(1);
        switch (value.Ref)
        {
            case HostCollection collection when fits:
                return ToJson(context, collection.Copy(context), depth, out fits);
            case null:
                return null;
            case ScriptString text:
                return JsonValue.Create(text.Text);
            case ListObject list:
                JsonArray array = [];
                for (int i = 0; fits && i < list.Count; i++)
                {
                    array.Add(ToJson(context, list.Get(i), depth + 1, out fits));
                }

                return array;
            case MapObject map:
                JsonObject made = [];
                for (int i = 0; fits && i < map.EntryLimit; i++)
                {
                    if (map.TryEntryAt(i, out Value key, out Value item))
                    {
                        Add(context, made, key, item, depth + 1, out fits);
                    }
                }

                return made;
            default:
                // JSON has no infinity and no NaN.
                fits &= value.IsInt || value.IsBool || (value.IsFloat && double.IsFinite(value.AsFloat));
                return value.IsInt ? JsonValue.Create(value.AsInt)
                    : value.IsFloat ? JsonValue.Create(value.AsFloat)
                    : value.IsBool ? JsonValue.Create(value.AsBool) : null;
        }
    }

    private static void Add(ScriptContext context, JsonObject made, in Value key, in Value item, int depth, out bool fits)
    {
        fits = key.Ref is ScriptString;
        JsonNode? node = fits ? ToJson(context, item, depth, out fits) : null;
        if (fits)
        {
            made[((ScriptString)key.Ref!).Text] = node;
        }
    }
}
