using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RuleService.Model;

/// <summary>How the service writes and reads JSON, in requests, files, tables and messages.</summary>
internal static class Json
{
    /// <summary>How deep the input and the result of a run may nest.</summary>
    public const int MostValueDepth = 100;

    /// <summary>How deep what contains them may nest.</summary>
    private const int MostDepth = MostValueDepth + 10;

    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MostDepth;

        // Messages are read by people, in JSON and never in HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static T Read<T>(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes, Options)!;

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);
}
