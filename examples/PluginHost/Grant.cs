using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PluginHost;

/// <summary>What the host lets a plugin do. The host's own file says it, not the plugin.</summary>
internal sealed record Grant
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>What a plugin may do that the file does not name: compute, and nothing else.</summary>
    public static Grant None { get; } = new();

    public IReadOnlyList<Permission> Permissions { get; init; } = [];

    /// <summary>The steps that loading the plugin or one of its answers may take.</summary>
    public long MaxSteps { get; init; } = 200_000;

    /// <summary>
    /// The time for the same. The steps end a runaway script sooner; this ends long calls of the library. It is not shorter, because
    /// loading the first plugin of a process also loads the engine.
    /// </summary>
    public int TimeoutMs { get; init; } = 5_000;

    public long MaxMemoryBytes { get; init; } = 8 << 20;

    /// <exception cref="JsonException">The file is no JSON, or has an unknown name.</exception>
    public static IReadOnlyDictionary<string, Grant> ReadAll(string file) =>
        JsonSerializer.Deserialize<Dictionary<string, Grant>>(File.ReadAllText(file), Json)
            ?? throw new JsonException("there must be an object: plugin names with their grants");
}
