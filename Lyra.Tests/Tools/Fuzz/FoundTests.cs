using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Running;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

/// <summary>
/// Regression tests for faults that the fuzzer found. The first line of each reduced program names its seed and the fault.
/// </summary>
public sealed class FoundTests
{
    private const int Plans = 12;

    private static readonly string Folder = Repository.PathOf("Lyra.Tests", "Tools", "Fuzz", "Found");

    public static TheoryData<string> Programs =>
        [.. Directory.EnumerateFiles(Folder, "*.lyra").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Programs))]
    public void All_runs_of_a_reduced_program_agree(string name)
    {
        string source = File.ReadAllText(Path.Combine(Folder, name));
        long found = long.Parse(Head(source).Split(' ', ':')[2], CultureInfo.InvariantCulture);
        Differential differential = new();
        for (long seed = found; seed < found + Plans; seed++)
        {
            differential.Compare(source, RunPlan.For(seed))?.ToString().ShouldBeNull($"plans of seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_documentation_lists_every_fault_found(string name)
    {
        string head = Head(File.ReadAllText(Path.Combine(Folder, name)));
        head.ShouldStartWith("// seed ");
        string cause = head[(head.IndexOf(':') + 2)..];
        File.ReadAllText(Repository.PathOf("docs", "fuzzing.md")).ShouldContain($"`{name}` | {cause} |");
    }

    private static string Head(string source) => source[..source.IndexOf('\n', StringComparison.Ordinal)];
}
