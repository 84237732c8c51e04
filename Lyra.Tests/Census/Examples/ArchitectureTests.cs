using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Examples;

/// <summary>docs/architecture.md shows how Lyra compiles docs/architecture.lyra; <c>LYRA_BLESS=1</c> updates the listings.</summary>
public sealed partial class ArchitectureTests
{
    private const string Program = "docs/architecture.lyra";
    private const int MostFiles = 30;
    private static readonly string Page = Repository.PathOf("docs", "architecture.md");

    [Fact]
    public async Task Listings_are_the_output_of_Lyra_for_the_program()
    {
        string source = File.ReadAllText(Repository.PathOf(Program));
        string disassembly = (await LyraCommand.RunAsync("disasm", Program)).Out;
        string trace = (await LyraCommand.RunAsync("trace", "--ir", "--il", Program)).Out;

        string page = File.ReadAllText(Page);
        page = MarkedPart.Replace(page, "program", Fenced(source.TrimEnd().Split('\n')));
        page = MarkedPart.Replace(page, "bytecode", Fenced(Bytecode(disassembly)));
        page = MarkedPart.Replace(page, "profile", Profile(source));
        page = MarkedPart.Replace(page, "ir", Fenced(LastGraph(trace)));
        page = MarkedPart.Replace(page, "il", Fenced(LoopBody(trace)));
        page = MarkedPart.Replace(page, "exits", Fenced(Exits(trace)));
        Bless.Compare(page, Page);
    }

    [Fact]
    public void Page_names_at_most_thirty_files() =>
        FileLink().Matches(File.ReadAllText(Page)).Select(link => link.Value).Distinct().Count().ShouldBeInRange(20, MostFiles);

    [Fact]
    public void Picture_shows_every_folder()
    {
        string picture = File.ReadAllText(Repository.PathOf("docs", "architecture.svg"));

        ((string[])["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"])
            .SelectMany(project => Directory.EnumerateDirectories(Repository.PathOf(project)))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(folder => folder is not ("bin" or "obj") && !picture.Contains($">{folder}</text>", StringComparison.Ordinal))
            .ShouldBeEmpty("add them in tools/architecture-picture.py, and run it");
    }

    /// <summary>The loop after the bytecode optimizer.</summary>
    private static string[] Bytecode(string disassembly)
    {
        string[] lines = [.. disassembly.Split('\n').SkipWhile(line => !line.StartsWith("; after the optimizer", StringComparison.Ordinal))
            .SkipWhile(line => !line.Contains("for order in orders", StringComparison.Ordinal))];
        return lines[..(Array.FindIndex(lines, line => line.Contains("ForEach", StringComparison.Ordinal)) + 1)];
    }

    private static string Profile(string source)
    {
        TieredRun run = new(source, new TierOptions());
        CallContext root = run.Profiles[0].Root;
        StringBuilder table = new("| pc | instruction | visits | inputs | result |\n| --: | --- | --: | --- | --- |\n");
        for (int pc = 0; pc < root.Code.Prototype.Code.Length; pc++)
        {
            if (root.ProfileAt(pc) is { } row)
            {
                Opcode opcode = root.Code.Prototype.Code[pc].Op;
                string inputs = string.Join(", ", ((ObservedType?[])[row.A, row.B, row.C]).OfType<ObservedType>().Select(Describe));
                string result = row.Result is { } type ? Describe(type) : "";
                table.Append(CultureInfo.InvariantCulture, $"| {pc} | `{opcode}` | {row.Visits} | {inputs} | {result} |\n");
            }
        }
        return table.ToString();
    }

    private static string Describe(ObservedType type)
    {
        string details = string.Join(", ", [
            .. type.Shapes.Select(shape => shape.Name),
            .. Enum.GetValues<ListStrategy>()
                .Where(strategy => (type.Strategies >> (int)strategy & 1) != 0)
                .Select(strategy => strategy.ToString()),
        ]);
        return details.Length == 0 ? type.Kinds.ToString() : $"{type.Kinds} ({details})";
    }

    /// <summary>The graph after the last pass that changed it.</summary>
    private static IEnumerable<string> LastGraph(string trace)
    {
        string[] lines = trace.Split('\n');
        int heading = Array.FindLastIndex(lines, line => line.TrimStart().StartsWith("IR after ", StringComparison.Ordinal));
        return lines[(heading + 1)..].TakeWhile(line => line.Trim().Length > 0);
    }

    /// <summary>The IL of the loop's body, from its label to the back-edge.</summary>
    private static string[] LoopBody(string trace)
    {
        string[] lines = [.. trace.Split('\n').SkipWhile(line => line.Trim() != "L1:")];
        return lines[..(Array.FindIndex(lines, line => line.TrimEnd().EndsWith(" L1", StringComparison.Ordinal)) + 1)];
    }

    /// <summary>The guards through which the region was exited.</summary>
    private static IEnumerable<string> Exits(string trace)
    {
        string[] lines = [.. trace.Split('\n').SkipWhile(line => line.Trim() != "guards").Skip(1)];
        return [lines[0], .. lines[1..].TakeWhile(line => line.Trim().Length > 0).Where(line => !line.TrimStart().StartsWith('0'))];
    }

    /// <summary>A block of code without the indentation that all lines share.</summary>
    private static string Fenced(IEnumerable<string> lines)
    {
        string[] all = [.. lines.Select(line => line.TrimEnd())];
        int indentation = all.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return $"```\n{string.Join('\n', all.Select(line => line.Length == 0 ? line : line[indentation..]))}\n```\n";
    }

    [GeneratedRegex(@"(?<=\]\()[^)#]+\.cs(?=\))")]
    private static partial Regex FileLink();
}
