using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;
using Lyra.Cli.Commands;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed class BenchTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tiers_are_measured_side_by_side()
    {
        CommandResult result = await Command(
            "bench", "--size", "small", "--rounds", "1", "--json", "out.json", "--html", "out.html", "fib", "towers");

        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
        result.Out.ShouldMatch(@"\n  program +N +C# s +baseline +-O0 +-O1 +-O2 +-O3 +jit\n");
        result.Out.ShouldMatch(@"\n  fib +24( +[\d.]+){7}\n  towers +12( +[\d.]+){7}\n");
        result.Out.ShouldMatch(@"\n  program +baseline s +-O0 +-O1 +-O2 +-O3 +jit +C#\n");
        result.Out.ShouldNotContain("Not measured");
        JsonElement json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "out.json"))).RootElement;
        json.GetProperty("rows")[1].GetProperty("cells").GetProperty("baseline").GetProperty("seconds").GetArrayLength().ShouldBe(1);
        XDocument.Load(Path.Combine(_folder.Path, "out.html")).Descendants()
            .Count(element => element.Name.LocalName == "svg").ShouldBe(2);
    }

    [Fact]
    public async Task A_stored_result_is_compared_and_the_history_kept()
    {
        (await Command("bench", "--size", "small", "--rounds", "1", "--save", "main.json", "tak")).Code.ShouldBe(0);

        // The stored times are so great that no run is slower.
        string file = Path.Combine(_folder.Path, "main.json");
        BenchResult stored = BenchJson.Read(File.ReadAllText(file));
        using (FileStream stream = File.Create(file))
        {
            BenchJson.Write(stored with { CalibrationSeconds = stored.CalibrationSeconds / 1000 }, stream);
        }

        CommandResult result = await Command("bench", "--size", "small", "--rounds", "1", "--compare", "main.json", "tak");

        result.Code.ShouldBe(0, result.Err);
        result.Out.ShouldMatch(@"\nCompared with [-\d: ]+ on .+: 6 times, 6 of them differ by 5 % or more\n");
        File.ReadAllLines(Path.Combine(_folder.Path, "main.history.jsonl")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Microbenchmarks_are_measured_by_group()
    {
        CommandResult result = await Command("bench", "micro", "--rounds", "1", "--json", "out.json", "cache", "members");

        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
        result.Out.ShouldMatch(@"\n  cache +C# ns\n  hit +[\d.]+\n");
        result.Out.ShouldMatch(@"\n  members +baseline ns +interpreted ns +compiled ns\n  field( +[\d.]+){3}\n");
        result.Out.ShouldMatch(@"\n  frames, interpreted +1,000,000 +[\d.]+ +[\d.]+\n");
        result.Out.ShouldNotContain("Time as a ratio");
        BenchResult read = BenchJson.Read(File.ReadAllText(Path.Combine(_folder.Path, "out.json")));
        read.Micro.Select(figure => figure.Group).Distinct().ShouldBe(["cache", "members"]);
        read.Stress.ShouldAllBe(figure => figure.PeakBytes < StressWork.MostBytes);
    }

    [Theory]
    [InlineData("performance", @"\nSeconds: smallest \(median\)\n", "baseline")]
    [InlineData("speedup", @"\nTimes as fast as the stack baseline", "Time as a ratio")]
    public async Task A_selection_shows_its_table(string selection, string table, string other)
    {
        CommandResult result = await Command("bench", selection, "--size", "small", "--rounds", "1", "tak");

        result.Code.ShouldBe(0, result.Err);
        result.Out.ShouldMatch(table);
        result.Out.ShouldMatch(@"\n  tak +");
        result.Out.ShouldNotContain(other == "baseline" ? "stack baseline" : other);
    }

    [Theory]
    [InlineData("0.0000001", 3, "slower: failure")]
    [InlineData("1000", 0, "faster")]
    public async Task A_build_that_is_slower_than_one_beside_it_fails(string seconds, int code, string verdict)
    {
        double expected = BenchProgram.All().Single(program => program.Name == "tak").Small.Expected;
        string other = Path.Combine(_folder.Path, "other");
        File.WriteAllText(other, string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\necho {expected} {seconds}\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        CommandResult result = await Command(
            "bench", "--against", other, "--size", "small", "--rounds", "1", "--save", "speed.json", "tak");

        result.Code.ShouldBe(code, result.Err);
        result.Out.ShouldContain($"Compared with {other}: 2 times");
        result.Out.ShouldMatch($@"\n  tak +jit +[-+\d.]+ % +{verdict}\n");
        result.Out.ShouldMatch(@"\n  jit +[-+\d.]+ %\n");
        BenchJson.Read(File.ReadAllText(Path.Combine(_folder.Path, "speed.json"))).Columns
            .ShouldBe(["-O2", "jit", "-O2 before", "jit before"]);
    }

    [Fact]
    public async Task A_command_that_runs_no_program_is_no_other_build()
    {
        CommandResult result = await Command("bench", "--against", "/bin/false", "--size", "small", "--rounds", "1", "tak");

        result.Code.ShouldBe(2);
        result.Err.ShouldContain("--against finds no program that /bin/false runs; name the command lyra of another build");
    }

    [Fact]
    public async Task Changed_counters_fail_the_regression_run()
    {
        (await Command("bench", "regression", "--rounds", "1", "--save", "main.json", "tak")).Code.ShouldBe(0);
        string file = Path.Combine(_folder.Path, "main.json");
        File.WriteAllText(file, Regex.Replace(File.ReadAllText(file), "\"calls\": \\d+", "\"calls\": 7"));

        CommandResult result = await Command("bench", "regression", "--rounds", "1", "--limit", "100000", "--compare", "main.json", "tak");

        result.Code.ShouldBe(3, result.Err);
        result.Out.ShouldContain("Counters of 1 programs, 1 of them differ");
        result.Out.ShouldMatch(@"\n  tak +calls +7 +[\d,]+\n");
    }

    [Fact]
    public async Task The_stored_counters_of_the_repository_are_those_of_the_programs()
    {
        CommandResult result = await Command("bench", "regression", "--rounds", "1", "--limit", "100000", "fib", "sieve", "richards");

        result.Code.ShouldBe(0, result.Out + result.Err);
        result.Out.ShouldContain("Counters of 3 programs, 0 of them differ");
    }

    [Fact]
    public async Task Claims_are_checked_by_measurements()
    {
        CommandResult result = await LyraCommand.RunAsync(new CommandRun(
        [
            "bench", "--claims", "--size", "small", "--rounds", "1", "--markdown", Path.Combine(_folder.Path, "claims.md"),
            "fib", "frames", "cache",
        ]));

        result.Code.ShouldBe(0, result.Err);
        result.Out.ShouldMatch(@"\nClaims: \d+ Confirmed, \d+ Partial, \d+ Unconfirmed\n");
        result.Out.ShouldMatch(@"\n  A cache lookup: 50–100 ns +design +≤ 100 ns +[\d.]+ ns +[\d.]+ +Confirmed\n");
        string document = File.ReadAllText(Path.Combine(_folder.Path, "claims.md"));
        document.ShouldStartWith("# Claims\n");
        document.ShouldContain("## README.md\n");
    }

    [Theory]
    [InlineData("baseline")]
    [InlineData("csharp")]
    public async Task One_program_runs_in_the_process_of_the_command(string engine)
    {
        CommandResult result = await Command("bench", "--in-process", engine, "--size", "small", "fib");

        result.Code.ShouldBe(0, result.Err);
        result.Out.ShouldMatch(@"^46368 [\d.]+\n$");
    }

    [Theory]
    [InlineData("there is no benchmark program 'fibb'; did you mean 'fib'?", "bench", "fibb")]
    [InlineData("there is no benchmark program 'Sieve'; did you mean 'sieve'?", "bench", "fib", "Sieve")]
    [InlineData("--size takes small, mid or full, not 'big'", "bench", "--size", "big")]
    [InlineData("--rounds takes a positive number, not '0'", "bench", "--rounds", "0")]
    [InlineData("--in-process takes baseline, csharp or stress, not 'c'", "bench", "--in-process", "c", "fib")]
    [InlineData("--in-process runs one program; name it", "bench", "--in-process", "csharp")]
    [InlineData("lyra bench has no option '--jit'; see lyra help bench", "bench", "--jit", "off")]
    [InlineData("there is no file no.json", "bench", "--compare", "no.json", "fib")]
    [InlineData("'calls' is a group of microbenchmarks; to measure it: lyra bench micro calls", "bench", "calls")]
    [InlineData("there is no benchmark program 'performence'; did you mean 'performance'?", "bench", "performence")]
    [InlineData("--markdown writes the table of --claims; add that option", "bench", "--markdown", "a.md", "fib")]
    [InlineData(
        "--limit is for comparisons; add --compare FILE or --against COMMAND, or select regression", "bench", "--limit", "50", "fib")]
    public async Task Invalid_arguments_are_explained(string message, params string[] arguments)
    {
        CommandResult result = await Command(arguments);

        result.Err.ShouldBe($"lyra: {message}\n");
        result.Code.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_program_without_a_similar_one_gets_the_list() =>
        (await Command("bench", "nothing-like-it")).Err.ShouldStartWith(
            "lyra: there is no benchmark program 'nothing-like-it'; the programs are binarytrees, closures, ");

    [Fact]
    public async Task A_file_that_is_no_result_is_rejected_before_the_measurement()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "no.json"), "{}");

        CommandResult result = await Command("bench", "--compare", "no.json", "fib");

        result.Err.ShouldBe("lyra: no.json can't be compared: it is no result of lyra bench\n");
        result.Code.ShouldBe(2);
    }

    [Theory]
    [InlineData(SampleState.Wrong, "jit", 3)]
    [InlineData(SampleState.Failed, "baseline", 3)]
    [InlineData(SampleState.Wrong, "C#", 3)]
    [InlineData(SampleState.Unsupported, "baseline", 0)]
    [InlineData(SampleState.TimedOut, "jit", 0)]
    [InlineData(SampleState.Wrong, "node", 0)]
    public void The_exit_code_tells_whether_Lyra_failed(object state, string column, int code)
    {
        BenchColumn[] columns = [.. BenchColumns.Tiers, new("node", (_, _) => []) { File = "node" }];
        Dictionary<string, BenchCell> cells = columns.ToDictionary(
            each => each.Name, _ => new BenchCell(SampleState.Measured, [1], string.Empty));
        cells[column] = new BenchCell((SampleState)state, [], "why");
        BenchResult result = new(
            DateTimeOffset.UnixEpoch, BenchMachine.Current(), "mid", 1, 1, [.. cells.Keys], [new BenchRow("a", "kernel", 1, cells)]);

        BenchCommand.ExitCodeOf(result, null, columns).ShouldBe(code);
    }

    private Task<CommandResult> Command(params string[] arguments) =>
        LyraCommand.RunAsync(new CommandRun(arguments) { Folder = _folder.Path });
}
