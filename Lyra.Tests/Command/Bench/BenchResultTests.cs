using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Pages;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>Results of <c>lyra bench</c>: reading runs, means, comparisons, histories, JSON and pages.</summary>
public sealed class BenchResultTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "noise\n46368 0.25\n", "", 46368, "Measured")]
    [InlineData(0, "46368.0 2.5e-1\n", "", 46368, "Measured")]
    [InlineData(0, "46367 0.25\n", "", 46368, "Wrong")]
    [InlineData(0, "hello world\n", "", 46368, "Failed")]
    [InlineData(0, "", "", 46368, "Failed")]
    [InlineData(1, "46368 0.25\n", "TypeError: no\n", 46368, "Failed")]
    [InlineData(2, "", "a.lyra: the stack baseline does not support finally (line 3)\n", 46368, "Unsupported")]
    [InlineData(2, "", "a.lyra:1:1: error: no\n", 46368, "Failed")]
    public void The_output_of_a_run_is_read(int code, string output, string errors, double expected, string state)
    {
        BenchSample sample = BenchProcess.Read(code, output, errors, expected);

        sample.State.ToString().ShouldBe(state);
        sample.Seconds.ShouldBe(state == "Measured" ? 0.25 : 0);
        sample.Reason.Length.ShouldBe(state == "Measured" ? 0 : sample.Reason.Trim().Length);
        (sample.Reason.Length > 0).ShouldBe(state != "Measured");
    }

    [Fact]
    public void A_process_that_takes_too_long_is_ended()
    {
        BenchColumn sleeper = new("sleep", (_, _) => ["60"]) { File = "sleep" };
        BenchProcess process = new(new CommandStart("lyra", []), TimeSpan.FromMilliseconds(200));

        BenchSample sample = process.Run(sleeper, BenchProgram.All()[0], BenchSize.Small);

        sample.State.ShouldBe(SampleState.TimedOut);
    }

    [Fact]
    public void The_smallest_time_and_the_median_are_computed()
    {
        BenchCell odd = new(SampleState.Measured, [3, 1, 2.5], string.Empty);
        (odd.Minimum, odd.Median).ShouldBe((1, 2.5));
        new BenchCell(SampleState.Measured, [3, 1], string.Empty).Median.ShouldBe(2);
        new BenchCell(SampleState.Failed, [3], "no").Minimum.ShouldBe(0);
    }

    [Fact]
    public void Means_are_geometric_and_skip_programs_that_are_not_measured()
    {
        BenchResult result = Result(1, Row("a", 8, 2, 1), Row("b", 2, 2, 1), Row("c", null, 5, 1));

        result.MeanRatio("baseline", "C#").ShouldBe(4);
        result.MeanRatio("jit", "C#")!.Value.ShouldBe(Math.Cbrt(20), 1e-9);
        result.MeanRatio("baseline", "none").ShouldBeNull();
        BenchTables.ToCSharp(result)[^1].ShouldBe(["geometric mean", "", "", "4.00", "2.71"]);
        BenchTables.ToCSharp(result)[3].ShouldBe(["c", "7", "1.000", "unsupported", "5.00"]);
        BenchTables.Unmeasured(result).ShouldBe([["c", "baseline", "it does not support finally"]]);
    }

    [Fact]
    public void Times_are_compared_relative_to_the_calibration_loop()
    {
        BenchResult stored = Result(1, Row("a", 8, 2, 1), Row("b", 4, 4, 1), Row("gone", 1, 1, 1));
        BenchResult now = Result(2, Row("a", 16, 4.24, 9), Row("b", 8.9, 4, 9), Row("new", 1, 1, 1));

        BenchComparison comparison = BenchComparison.Of(stored, now, ["baseline", "jit"]);

        comparison.Changes.Count.ShouldBe(4);
        comparison.HasFailed.ShouldBeTrue();
        BenchTables.Changes(comparison).ShouldBe(
        [
            ["b", "baseline", "+11.3 %", "slower: failure"],
            ["a", "jit", "+6.0 %", "slower: notice"],
            ["b", "jit", "-50.0 %", "faster"],
        ]);
        BenchComparison.Of(stored, now with { CalibrationSeconds = 3 }, ["baseline", "jit"]).HasFailed.ShouldBeFalse();
    }

    [Fact]
    public void Many_programs_that_become_a_little_slower_fail_by_their_mean()
    {
        BenchResult stored = Result(1, Row("a", 1, 1, 1), Row("b", 1, 1, 1));
        BenchResult now = Result(1, Row("a", 1, 1.12, 1), Row("b", 1, 1.09, 1));

        BenchComparison each = BenchComparison.Of(stored, now, ["baseline", "jit"], limit: 0.3);

        each.HasFailed.ShouldBeFalse();
        each.Means.Select(mean => mean.Column).ShouldBe(["baseline", "jit"]);
        each.Means[1].Share.ShouldBe(0.105, 0.001);
        (each with { MeanLimit = 0.1 }).HasFailed.ShouldBeTrue();
        (each with { MeanLimit = 0.11 }).HasFailed.ShouldBeFalse();
    }

    [Fact]
    public void Results_that_can_t_be_compared_are_rejected()
    {
        BenchResult stored = Result(1, Row("a", 8, 2, 1));

        Should.Throw<FormatException>(() => BenchComparison.Of(stored with { Size = "full" }, stored, ["jit"]))
            .Message.ShouldBe("it has the programs at the size full, not mid");
        Should.Throw<FormatException>(() => BenchComparison.Of(stored, Result(1, Row("b", 8, 2, 1)), ["jit"]))
            .Message.ShouldBe("it has none of these programs");
        foreach (string text in new[] { "{}", "[]", "null", "{\"rows\": []}", "no" })
        {
            Should.Throw<FormatException>(() => BenchJson.Read(text)).Message.ShouldStartWith("it is no result of lyra bench");
        }
    }

    [Fact]
    public void A_result_survives_JSON()
    {
        BenchResult result = Result(1, Row("a", 8, 2, 1), Row("c", null, 5, 1));
        using MemoryStream file = new();
        BenchJson.Write(result, file);

        string text = System.Text.Encoding.UTF8.GetString(file.ToArray());
        BenchResult read = BenchJson.Read(text);

        text.ShouldContain("\"minimum\": 8");
        BenchJson.ToLine(read).ShouldBe(BenchJson.ToLine(result));
        BenchJson.ToLine(read).ShouldNotContain("\n");
        read.Unmeasured().Single().Cell.State.ShouldBe(SampleState.Unsupported);
    }

    [Fact]
    public void The_history_is_appended_and_gives_trends()
    {
        string stored = Path.Combine(_folder.Path, "main.json");
        BenchHistory.Append(stored, Result(1, Row("a", 8, 2, 1), Row("b", 1, 1, 1)));
        BenchHistory.Append(stored, Result(1, Row("a", 8, 2, 1)) with { Size = "small" });
        BenchHistory.Append(stored, Result(2, Row("a", 8, 2, 1)));

        IReadOnlyList<BenchResult> history = BenchHistory.Read(stored, "mid");

        history.Count.ShouldBe(2);
        BenchHistory.Trend(history, "jit").ShouldBe([2, 1]);
        BenchHistory.Trend(history, "none").ShouldBeNull();
        BenchHistory.Read(Path.Combine(_folder.Path, "other.json"), "mid").ShouldBeEmpty();
        File.AppendAllText(BenchHistory.FileOf(stored), "x\n");
        Should.Throw<FormatException>(() => BenchHistory.Read(stored, "mid")).Message.ShouldStartWith("line 4 of ");
    }

    [Fact]
    public void The_page_is_self_contained_and_well_formed()
    {
        BenchResult result = Result(1, Row("a", 8, 2, 1), Row("c", null, 5, 1));
        BenchComparison comparison = BenchComparison.Of(Result(1, Row("a", 4, 2, 1)), result, ["baseline", "jit"]);
        using MemoryStream file = new();

        BenchPage.Write(result, comparison, [result, result], file);

        string text = System.Text.Encoding.UTF8.GetString(file.ToArray());
        text.ShouldNotContain("src=");
        text.ShouldNotContain("href=");
        XDocument page = XDocument.Parse(text);
        XNamespace svg = "http://www.w3.org/2000/svg";
        page.Descendants(svg + "svg").Count().ShouldBe(3);
        page.Descendants(svg + "rect").Count().ShouldBe(2);
        page.Descendants(svg + "polyline").Count().ShouldBe(3);
        page.Descendants().Where(element => element.Name.LocalName == "td").Select(cell => cell.Value).ShouldContain("+100.0 %");
    }

    private static BenchResult Result(double calibration, params BenchRow[] rows) => new(
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        new BenchMachine("m", "p", 2, "s", "r"),
        "mid",
        3,
        calibration,
        ["baseline", "jit", "C#"],
        rows);

    private static BenchRow Row(string name, double? baseline, double jit, double csharp)
    {
        Dictionary<string, BenchCell> cells = new()
        {
            ["baseline"] = baseline is { } seconds
                ? Measured(seconds)
                : new BenchCell(SampleState.Unsupported, [], "it does not support finally"),
            ["jit"] = Measured(jit),
            ["C#"] = Measured(csharp),
        };
        return new BenchRow(name, "kernel", 7, cells);
    }

    private static BenchCell Measured(double seconds) => new(SampleState.Measured, [seconds + 1, seconds], string.Empty);
}
