using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Running;

/// <summary>
/// Times the programs of the other folders of <c>Lyra.Bench</c> in Lyra, C# and node, by <c>Peers/run.py</c>, which builds the C#
/// programs. It needs Python, node and the SDK of .NET; what can't run gives no rows.
/// </summary>
/// <param name="tree">The root of the source tree.</param>
/// <param name="command">How to start <c>lyra</c>.</param>
internal sealed class PeerSets(string tree, CommandStart command)
{
    /// <summary>The name of the column of Lyra, in both tiers.</summary>
    public const string Lyra = "lyra";

    public const string CSharp = "csharp";
    public const string Node = "node";
    public const string Unseen = "Unseen";
    public const string HeldOut = "HeldOut";

    /// <summary>The folders.</summary>
    public static readonly string[] Names = [Unseen, HeldOut];

    /// <summary>Measures all folders.</summary>
    /// <param name="size">The size of the programs.</param>
    /// <param name="rounds">The runs of each.</param>
    /// <param name="report">Called before each folder.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<BenchRow>> Measure(BenchSize size, int rounds, Action report) =>
        Names.ToDictionary(set => set, set =>
        {
            report();
            return Measure(set, size, rounds);
        });

    private IReadOnlyList<BenchRow> Measure(string set, BenchSize size, int rounds)
    {
        string file = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new("python3")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = tree,
            };
            string[] arguments =
            [
                Path.Combine("Lyra.Bench", "Peers", "run.py"), "--set", set, "--engines", $"{CSharp},{Node},{Lyra}",
                "--size", BenchColumns.ArgumentOf(size), "--rounds", $"{rounds}", "--json", file,
                "--lyra", string.Join(' ', [command.File, .. command.Arguments]),
            ];
            Array.ForEach(arguments, start.ArgumentList.Add);
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Read(File.ReadAllText(file));
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or JsonException)
        {
            return [];
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Reads the file that <c>run.py</c> writes.</summary>
    internal static IReadOnlyList<BenchRow> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("rows").EnumerateArray().Select(static row => new BenchRow(
            row.GetProperty("name").GetString()!,
            row.GetProperty("kind").GetString()!,
            row.GetProperty("n").GetInt64(),
            row.GetProperty("engines").EnumerateObject()
                .ToDictionary(static engine => engine.Name, static engine => CellOf(engine.Value))))];
    }

    private static BenchCell CellOf(JsonElement engine) =>
        engine.TryGetProperty("seconds", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number
            ? new BenchCell(SampleState.Measured, [seconds.GetDouble()], string.Empty)
            : new BenchCell(SampleState.Failed, [], "run.py has no time");
}
