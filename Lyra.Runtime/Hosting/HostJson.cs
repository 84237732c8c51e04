using System;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lyra.Runtime.Errors;
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
    /// <summary>The deepest JSON that is converted, in either direction.</summary>
    private const int MaxDepth = HostWriter.MaxDepth;

    /// <summary>Bytes that a <see cref="JsonNode"/> takes, with its entry in the one that contains it.</summary>
    private const int NodeBytes = 96;

    /// <summary>Bytes that a <see cref="JsonDocument"/> and a copy of it keep of each token.</summary>
    private const int TokenBytes = 24;

    /// <summary>The script value of JSON: lists, maps and scalars.</summary>
    /// <exception cref="ScriptErrorException">
    /// ValueError for JSON that is nested too deeply, or has text that is no valid UTF-8 or UTF-16; a limit is exceeded.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The document of the element is disposed.</exception>
    public static Value Write(JsonElement json, ScriptContext context)
    {
        try
        {
            return Write(context, json, 0);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw InvalidText();
        }
    }

    /// <inheritdoc cref="Write(JsonElement, ScriptContext)"/>
    public static Value Write(JsonNode json, ScriptContext context)
    {
        try
        {
            return Write(context, json, 0);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw InvalidText();
        }
    }

    /// <summary>Only reading a text throws the exception that this replaces, with a message about the methods of the reader.</summary>
    private static ScriptErrorException InvalidText() =>
        throw Throw.ValueError("the JSON has a text that is no valid UTF-8, or a `\\u` escape that is half of a surrogate pair");

    private static Value Write(ScriptContext context, JsonNode? json, int depth)
    {
        CheckDepth(depth);
        switch (json)
        {
            case null:
                return default;
            case JsonArray array:
                ListObject list = NewList(context);
                foreach (JsonNode? item in array)
                {
                    context.Charge(1);
                    list.Add(context, Write(context, item, depth + 1));
                }

                context.Unprotect();
                return Value.FromObject(list);
            case JsonObject members:
                MapObject map = NewMap(context);
                foreach ((string name, JsonNode? item) in members)
                {
                    context.Charge(1);
                    map.Set(context, HostWriter.Write(name, context), Write(context, item, depth + 1));
                }

                context.Unprotect();
                return Value.FromObject(map);
            default:
                return WriteScalar(context, (JsonValue)json, depth);
        }
    }

    /// <summary>A parsed node holds its element; of those that the host made, the text decides what they are.</summary>
    private static Value WriteScalar(ScriptContext context, JsonValue json, int depth)
    {
        if (json.TryGetValue(out JsonElement element))
        {
            return Write(context, element, depth);
        }

        if (json.TryGetValue(out string? text))
        {
            return HostWriter.Write(text, context);
        }

        using JsonDocument made = JsonDocument.Parse(json.ToJsonString(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        return Write(context, made.RootElement, depth);
    }

    private static Value Write(ScriptContext context, JsonElement json, int depth)
    {
        CheckDepth(depth);
        switch (json.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return Value.FromBool(json.ValueKind == JsonValueKind.True);
            case JsonValueKind.String:
                return HostWriter.Write(json.GetString(), context);
            case JsonValueKind.Number:
                return json.TryGetInt64(out long number) ? Value.FromInt(number) : Value.FromFloat(json.GetDouble());
            case JsonValueKind.Array:
                ListObject list = NewList(context);
                foreach (JsonElement item in json.EnumerateArray())
                {
                    context.Charge(1);
                    list.Add(context, Write(context, item, depth + 1));
                }

                context.Unprotect();
                return Value.FromObject(list);
            case JsonValueKind.Object:
                MapObject map = NewMap(context);
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    context.Charge(1);
                    map.Set(context, HostWriter.Write(property.Name, context), Write(context, property.Value, depth + 1));
                }

                context.Unprotect();
                return Value.FromObject(map);
            default:
                return default;
        }
    }

    private static void CheckDepth(int depth)
    {
        if (depth >= MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Throw.ValueError($"the JSON is nested more than {MaxDepth:N0} levels deep");
        }
    }

    /// <summary>A list that is protected until it is filled.</summary>
    private static ListObject NewList(ScriptContext context)
    {
        ListObject list = new();
        context.ChargeMemory(list.OwnBytes);
        context.Protect(list);
        return list;
    }

    /// <summary>A map that is protected until it is filled.</summary>
    private static MapObject NewMap(ScriptContext context)
    {
        MapObject map = new();
        context.ChargeMemory(map.OwnBytes);
        context.Protect(map);
        return map;
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
