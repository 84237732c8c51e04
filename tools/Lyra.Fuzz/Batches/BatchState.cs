using System;
using System.IO;
using System.Reflection;
using System.Text.Json;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>The state of a batch that is continued in several sessions, as a file.</summary>
internal sealed class BatchState
{
    private const string FileName = "state.json";

    private const int CommitLength = 10;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>The name of the batch.</summary>
    public required string Batch { get; init; }

    /// <summary>The first seed of the first session.</summary>
    public required long First { get; init; }

    /// <summary>The next seed of each child. Their number is the distance between two seeds of a child, so it never changes.</summary>
    public required long[] Lanes { get; set; }

    /// <summary>The counts of all sessions.</summary>
    public Tally Tally { get; set; } = new();

    /// <summary>The elapsed time of all sessions.</summary>
    public double Seconds { get; set; }

    /// <summary>The date of the last session.</summary>
    public DateOnly Date { get; set; } = DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>The commit of the last session; empty if the build does not know it.</summary>
    public string Commit { get; set; } = ThisCommit();

    /// <summary>Reads the state in a folder; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static BatchState? Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<BatchState>(File.ReadAllText(path)) : null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not the state of a batch: {e.Message}", e);
        }
    }

    /// <summary>Writes the state into a folder. A reader sees the old state or the new one, never a part of it.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Format));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The build's commit, which the SDK appends to the version.</summary>
    private static string ThisCommit()
    {
        string? version = typeof(BatchState).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        string commit = version?.Split('+') is [_, { } hash] ? hash : string.Empty;
        return commit[..Math.Min(commit.Length, CommitLength)];
    }
}
