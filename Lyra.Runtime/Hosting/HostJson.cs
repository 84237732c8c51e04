using System.Text.Json;
using System.Text.Json.Nodes;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Conversions of <see cref="JsonElement"/> and <see cref="JsonNode"/>: JSON becomes lists, maps and scalars, and these become JSON. What a
/// conversion allocates is charged before.
/// </summary>
internal static class HostJson
{
    private const int MaxDepth = 1_000;

    /// <summary>Bytes that a <see cref="JsonNode"/> takes, with its entry in the one that contains it.</summary>
    private const int NodeBytes = 96;

    /// <summary>Bytes that a <see cref="JsonDocument"/> and a copy of it keep of each token.</summary>
    private const int TokenBytes = 24;

    /// <inheritdoc cref="Write(JsonElement, ScriptContext)"/>
    public static Value Write(JsonNode json, ScriptContext context)
    {
        using JsonDocument document = JsonDocument.Parse(json.ToJsonString(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        return Write(document.RootElement, context);
    }

    /// <summary>The script value of JSON: lists, maps and scalars.</summary>
    public static Value Write(JsonElement json, ScriptContext context)
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
                    list.Add(context, Write(item, context));
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
                    map.Set(context, HostWriter.Write(property.Name, context), Write(property.Value, context));
                }

                context.Unprotect();
                return Value.FromObject(map);
            default:
                return default;
        }
    }

    /// <summary>Converts to a <see cref="JsonNode"/>.</summary>
    public static bool ReadNode(in Value value, ScriptContext? context, out object? result)
    {
        result = ToNode(context ?? DetachedContext.ForScriptValues, value, 0, out bool fits);
        result = fits ? result : null;
        return fits;
    }

    /// <summary>Converts to a <see cref="JsonElement"/>.</summary>
    public static bool ReadElement(in Value value, ScriptContext? context, out object? result)
    {
        result = null;
        ScriptContext payer = context ?? DetachedContext.ForScriptValues;
        ChargedBuffer text = new(payer);
        int tokens = 0;
        using (Utf8JsonWriter writer = new(text, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            if (!TryWriteText(payer, writer, value, 0, ref tokens))
            {
                return false;
            }
        }

        payer.ChargeCopy(text.Written.Length + ((long)tokens * TokenBytes));
        using JsonDocument document = JsonDocument.Parse(text.Written, new JsonDocumentOptions { MaxDepth = MaxDepth });
        result = document.RootElement.Clone();
        return true;
    }

    /// <summary>Whether a value that is no container is JSON, which has no infinity, no NaN and no ints beyond 64 bits.</summary>
    private static bool IsScalar(in Value value) =>
        value.Ref is null or ScriptString || value.IsInt || value.IsBool || (value.IsFloat && double.IsFinite(value.AsFloat));

    private static JsonNode? ToNode(ScriptContext context, in Value value, int depth, out bool fits)
    {
        fits = depth < MaxDepth;
        context.Charge(1);
        context.ChargeCopy(NodeBytes);
        switch (value.Ref)
        {
            case HostCollection collection when fits:
                return ToNode(context, collection.Copy(context), depth, out fits);
            case ListObject list:
                JsonArray array = [];
                for (int i = 0; fits && i < list.Count; i++)
                {
                    array.Add(ToNode(context, list.Get(i), depth + 1, out fits));
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
                fits &= IsScalar(value);
                return value.Ref is ScriptString text ? JsonValue.Create(text.Text)
                    : value.IsInt ? JsonValue.Create(value.AsInt)
                    : value.IsFloat ? JsonValue.Create(value.AsFloat)
                    : value.IsBool ? JsonValue.Create(value.AsBool) : null;
        }
    }

    private static void Add(ScriptContext context, JsonObject made, in Value key, in Value item, int depth, out bool fits)
    {
        fits = key.Ref is ScriptString;
        JsonNode? node = fits ? ToNode(context, item, depth, out fits) : null;
        if (fits)
        {
            made[((ScriptString)key.Ref!).Text] = node;
        }
    }

    /// <summary>Writes the text of a value; false if it is no JSON, or is nested too deeply.</summary>
    private static bool TryWriteText(ScriptContext context, Utf8JsonWriter writer, in Value value, int depth, ref int tokens)
    {
        if (depth >= MaxDepth)
        {
            return false;
        }

        tokens++;
        context.Charge(1);
        switch (value.Ref)
        {
            case HostCollection collection:
                return TryWriteText(context, writer, collection.Copy(context), depth, ref tokens);
            case ListObject list:
                return TryWriteList(context, writer, list, depth, ref tokens);
            case MapObject map:
                return TryWriteMap(context, writer, map, depth, ref tokens);
            default:
                return IsScalar(value) && WriteScalar(writer, value);
        }
    }

    private static bool TryWriteList(ScriptContext context, Utf8JsonWriter writer, ListObject list, int depth, ref int tokens)
    {
        writer.WriteStartArray();
        for (int i = 0; i < list.Count; i++)
        {
            if (!TryWriteText(context, writer, list.Get(i), depth + 1, ref tokens))
            {
                return false;
            }
        }

        writer.WriteEndArray();
        return true;
    }

    private static bool TryWriteMap(ScriptContext context, Utf8JsonWriter writer, MapObject map, int depth, ref int tokens)
    {
        writer.WriteStartObject();
        for (int i = 0; i < map.EntryLimit; i++)
        {
            if (!map.TryEntryAt(i, out Value key, out Value item))
            {
                continue;
            }

            if (key.Ref is not ScriptString name)
            {
                return false;
            }

            tokens++;
            writer.WritePropertyName(name.Text);
            if (!TryWriteText(context, writer, item, depth + 1, ref tokens))
            {
                return false;
            }
        }

        writer.WriteEndObject();
        return true;
    }

    private static bool WriteScalar(Utf8JsonWriter writer, in Value value)
    {
        switch (value.Ref)
        {
            case null:
                writer.WriteNullValue();
                break;
            case ScriptString text:
                writer.WriteStringValue(text.Text);
                break;
            case var _ when value.IsInt:
                writer.WriteNumberValue(value.AsInt);
                break;
            case var _ when value.IsFloat:
                writer.WriteNumberValue(value.AsFloat);
                break;
            default:
                writer.WriteBooleanValue(value.AsBool);
                break;
        }

        return true;
    }
}
