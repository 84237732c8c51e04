using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The commands of README.md work, and its code compiles.</summary>
public sealed class ReadmeTests
{
    private const string RunPrefix = "dotnet run -c Release --project tools/Lyra.Cli -- ";
    private static readonly string Text = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public async Task First_command_runs_a_program_that_prints_something()
    {
        string command = Commands()[0];
        command.ShouldStartWith(RunPrefix);

        CommandResult result = await LyraCommand.RunAsync(command[RunPrefix.Length..].Split(' '));

        result.Err.ShouldBe("");
        result.Code.ShouldBe(0);
        result.Out.Length.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Second_command_runs_the_tests() =>
        Commands()[1].ShouldBe("dotnet test --solution Lyra.sln -c Release --filter-not-trait Category=Sweep");

    [Fact]
    public async Task Command_that_traces_a_program_shows_what_was_compiled()
    {
        string command = Commands().Single(command => command.StartsWith(RunPrefix + "trace ", StringComparison.Ordinal));

        CommandResult result = await LyraCommand.RunAsync(command[RunPrefix.Length..].Split(' '));

        result.Code.ShouldBe(0);
        result.Out.ShouldContain("\nloop in ");
        result.Out.ShouldContain("contents");
    }

    [Fact]
    public void Gate_runs_the_command_that_README_gives() =>
        File.ReadAllText(Repository.PathOf("tools", "check.sh")).ShouldContain("tests=$(test_command)");

    [Fact]
    public void Embedding_example_is_the_program_of_HostHello() =>
        Text.ShouldContain(File.ReadAllText(Repository.PathOf("examples", "HostHello", "Program.cs")));

    private static string[] Commands()
    {
        string[] lines = Text.Split('\n');
        bool isFenced = false;
        return [.. lines.Where(line =>
        {
            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            isFenced ^= isFence;
            return isFenced && !isFence && line.StartsWith("dotnet ", StringComparison.Ordinal);
        })];
    }
}
