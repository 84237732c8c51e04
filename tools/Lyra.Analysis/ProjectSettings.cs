using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace Lyra.Analysis;

/// <summary>What a file <c>lyra.json</c> says: the folder of the modules, the warnings that are off, and the globals of the host.</summary>
internal sealed class ProjectSettings
{
    public const string FileName = "lyra.json";

    /// <summary>The folder of the file; null without one.</summary>
    public string? Folder { get; init; }

    /// <summary>The folder below which imports are found; null if it is that of each program.</summary>
    public string? Root { get; init; }

    /// <summary>The names of reports that are off.</summary>
    public HashSet<string> Off { get; init; } = [];

    /// <summary>The globals of the host, and the names of their types.</summary>
    public Dictionary<string, string> Globals { get; init; } = [];

    /// <summary>The settings for the files of a folder: those of the nearest <c>lyra.json</c> in it or above.</summary>
    /// <exception cref="ProjectException">The file is not what it should be.</exception>
    public static ProjectSettings Find(string folder)
    {
        for (DirectoryInfo? at = new(Path.GetFullPath(folder.Length == 0 ? "." : folder)); at is not null; at = at.Parent)
        {
            string file = Path.Combine(at.FullName, FileName);
            if (File.Exists(file))
            {
                return Read(file, at.FullName);
            }
        }

        return new ProjectSettings();
    }

    private static ProjectSettings Read(string file, string folder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllText(file), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return Read(document.RootElement, folder);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new ProjectException($"{file} can't be read: {e.Message}");
        }
    }

    private static ProjectSettings Read(JsonElement json, string folder)
    {
        ProjectSettings settings = new()
        {
            Folder = folder,
            Root = json.TryGetProperty("root", out JsonElement root) ? Path.Combine(folder, root.GetString() ?? "") : null,
        };
        if (json.TryGetProperty("warnings", out JsonElement warnings))
        {
            foreach (JsonProperty warning in warnings.EnumerateObject())
            {
                bool isOff = warning.Value.ValueKind == JsonValueKind.False
                    || (warning.Value.ValueKind == JsonValueKind.String && warning.Value.GetString() is "off" or "allow");
                if (isOff)
                {
                    settings.Off.Add(warning.Name);
                }
            }
        }

        if (json.TryGetProperty("globals", out JsonElement globals))
        {
            foreach (JsonProperty global in globals.EnumerateObject())
            {
                settings.Globals[global.Name] = global.Value.ValueKind == JsonValueKind.String ? global.Value.GetString()! : "any";
            }
        }

        return settings;
    }
}
