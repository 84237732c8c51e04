using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Lyra.Tests.Harness;

/// <summary>A program of Lyra.Bench with a small size and its expected result.</summary>
internal sealed record BenchmarkProgram(string File, int Size, string Expected)
{
    public static readonly string Folder = Repository.PathOf("Lyra.Bench", "Programs");

    /// <summary>Programs that are hard to compile. They must not run slower than in the interpreter.</summary>
    public static readonly string HardFolder = Repository.PathOf("Lyra.Bench", "Acceptance");

    // Programs that spend most of their steps in builtins: regular expressions, JSON, arithmetic of big ints.
    private static readonly string[] InBuiltins = ["jsonroundtrip.lyra", "pidigits.lyra", "regexscan.lyra"];

    /// <summary>Whether most of its steps are those of instructions, which compiled code can take.</summary>
    public bool IsCompilable => !InBuiltins.Contains(File);

    /// <summary>Whether any of its code is hot at its small size. The loops of <c>tasks</c> take 250 rounds then.</summary>
    public bool IsHotWhenSmall => IsCompilable && File != "tasks.lyra";

    /// <summary>The declarations of a program, without the lines that read the command's arguments and print.</summary>
    public static string Declarations(string folder, string file)
    {
        string text = System.IO.File.ReadAllText(Path.Combine(folder, file));
        return text[..text.IndexOf("\nvar args", System.StringComparison.Ordinal)];
    }

    /// <summary>Every program that <c>bench.json</c> lists, in its plain form and, if there is one, its annotated form.</summary>
    public static IEnumerable<BenchmarkProgram> All()
    {
        using JsonDocument list = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Folder, "bench.json")));
        foreach (JsonElement row in list.RootElement.EnumerateArray().ToArray())
        {
            string name = row.GetProperty("name").GetString() + ".lyra";
            JsonElement small = row.GetProperty("sizes").GetProperty("small");
            foreach (string file in new[] { name, "typed/" + name }.Where(file => System.IO.File.Exists(Path.Combine(Folder, file))))
            {
                yield return new BenchmarkProgram(file, small.GetProperty("n").GetInt32(), small.GetProperty("expect").GetRawText());
            }
        }
    }
}
