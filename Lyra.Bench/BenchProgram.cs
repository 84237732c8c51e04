using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Lyra.Bench;

/// <summary>A program of <c>Programs/</c> with its sizes from <c>bench.json</c>.</summary>
internal sealed record BenchProgram(string Name, long Small, long Mid, long Full)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs");

    public static BenchProgram[] All()
    {
        using JsonDocument list = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "bench.json")));
        return [.. list.RootElement.EnumerateArray().Select(row => new BenchProgram(
            row.GetProperty("name").GetString()!, Size(row, "small"), Size(row, "mid"), Size(row, "full")))];
    }

    /// <summary>The whole text.</summary>
    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".lyra"));

    /// <summary>The declarations alone, without the lines that read the command's arguments and print.</summary>
    public static string Declarations(string name)
    {
        string text = Text(name);
        return text[..text.IndexOf("\nvar args", StringComparison.Ordinal)];
    }

    private static long Size(JsonElement row, string size) =>
        row.GetProperty("sizes").GetProperty(size).GetProperty("n").GetInt64();
}
