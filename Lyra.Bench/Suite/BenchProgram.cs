using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Lyra.Bench.Suite;

/// <summary>A program of <c>Programs/</c>, as <c>bench.json</c> lists it.</summary>
/// <param name="Name">The name of its file, without the extension.</param>
/// <param name="Kind">Kernel or workload.</param>
/// <param name="Small">The size for tests.</param>
/// <param name="Mid">The size for slow engines.</param>
/// <param name="Full">The size for fast engines.</param>
internal sealed record BenchProgram(string Name, string Kind, BenchWork Small, BenchWork Mid, BenchWork Full)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs");

    /// <summary>The file of the source.</summary>
    public string File => FileOf(Name);

    public static BenchProgram[] All()
    {
        using JsonDocument list = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Folder, "bench.json")));
        return [.. list.RootElement.EnumerateArray().Select(row => new BenchProgram(
            row.GetProperty("name").GetString()!,
            row.GetProperty("kind").GetString()!,
            Read(row, "small"),
            Read(row, "mid"),
            Read(row, "full")))];
    }

    public BenchWork WorkAt(BenchSize size) => size switch
    {
        BenchSize.Small => Small,
        BenchSize.Mid => Mid,
        _ => Full,
    };

    /// <summary>The whole text.</summary>
    public static string Text(string name) => System.IO.File.ReadAllText(FileOf(name));

    /// <summary>The declarations alone, without the lines that read the command's arguments and print.</summary>
    public static string Declarations(string name)
    {
        string text = Text(name);
        return text[..text.IndexOf("\nvar args", StringComparison.Ordinal)];
    }

    private static string FileOf(string name) => Path.Combine(Folder, name + ".lyra");

    private static BenchWork Read(JsonElement row, string size)
    {
        JsonElement work = row.GetProperty("sizes").GetProperty(size);
        return new BenchWork(work.GetProperty("n").GetInt64(), work.GetProperty("expect").GetDouble());
    }
}
