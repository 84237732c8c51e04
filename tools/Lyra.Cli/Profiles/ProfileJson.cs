using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lyra.Cli.Profiles;

/// <summary>Writes a profile as JSON: its public properties, with names that begin with a small letter.</summary>
internal static class ProfileJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Write(LyraProfile profile, Stream stream)
    {
        JsonSerializer.Serialize(stream, profile, Options);
        stream.WriteByte((byte)'\n');
    }
}
