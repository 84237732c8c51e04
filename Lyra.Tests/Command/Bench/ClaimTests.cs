using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Bench.Suite.Claims;
using Lyra.Bench.Suite.Counting;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Pages;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>The claims quote the documents, cover README.md, read measurements that exist, and are judged by the rules.</summary>
public sealed partial class ClaimTests
{
    private const string Unmeasured = "Not measured in this run.";

    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public void Claims_have_names_of_their_own() => ClaimTable.All.Select(claim => claim.Id).ShouldBeUnique();

    [Fact]
    public void The_quoted_text_is_in_the_document_once()
    {
        foreach (Claim claim in ClaimTable.All.Where(claim => claim.Source.Pattern is not null))
        {
            Regex.Count(Read(claim.Source.Place), claim.Source.Pattern!).ShouldBe(1, claim.Id);
            claim.Source.Wanted(Read).ShouldBeGreaterThan(0, claim.Id);
        }
    }

    [Fact]
    public void Every_figure_of_README_about_speed_has_a_claim()
    {
        int start = Readme.IndexOf("## How fast\n", StringComparison.Ordinal);
        int end = Readme.IndexOf("\n## ", start, StringComparison.Ordinal);
        HashSet<int> claimed =
        [
            .. ClaimTable.All.Where(claim => claim.Source.Place == "README.md").Select(claim => claim.Source.Find(Readme).Index),
        ];

        // Code, and the version of Lua, are no figures.
        string section = NoFigure().Replace(Readme[start..end], match => new string(' ', match.Length));
        Figure().Matches(section)
            .Where(match => !claimed.Contains(start + match.Index))
            .Select(match => match.Value)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_claim_reads_a_measurement_unless_it_says_that_there_is_none()
    {
        BenchResult result = Everything();
        foreach (ClaimResult claim in ClaimCheck.Check(result, Read))
        {
            if (claim.Measured is null)
            {
                claim.Remark.ShouldNotBe(Unmeasured, claim.Id);
                claim.Verdict.ShouldBe(ClaimVerdict.Unconfirmed);
            }
        }
    }

    [Fact]
    public void A_claim_without_its_measurement_is_unconfirmed()
    {
        BenchResult nothing = Everything() with { Micro = [], Rows = [], Counters = [], Facts = [], Stress = [] };

        ClaimResult[] claims = ClaimCheck.Check(nothing, Read);

        claims.Where(claim => claim.Measured is not null).Select(claim => claim.Id).ShouldBe(["programs", "kernels", "workloads"]);
        claims.Where(claim => claim.Measured is null)
            .ShouldAllBe(claim => claim.Verdict == ClaimVerdict.Unconfirmed && claim.Remark.Length > 0);
    }

    [Theory]
    [InlineData("AtMost", 10, 10, null, "Confirmed")]
    [InlineData("AtMost", 10, 20, null, "Partial")]
    [InlineData("AtMost", 10, 21, null, "Unconfirmed")]
    [InlineData("AtMost", 10, 21, 9.0, "Partial")]
    [InlineData("AtLeast", 10, 10, null, "Confirmed")]
    [InlineData("AtLeast", 10, 5, null, "Partial")]
    [InlineData("AtLeast", 10, 4.9, null, "Unconfirmed")]
    [InlineData("AtLeast", 10, 4.9, 11.0, "Partial")]
    [InlineData("AtLeast", 10, double.NaN, null, "Unconfirmed")]
    [InlineData("Exactly", 10, 10, null, "Confirmed")]
    [InlineData("Exactly", 10, 11, null, "Unconfirmed")]
    public void Verdicts_follow_the_rules(string bound, double wanted, double measured, double? other, string verdict)
    {
        Claim claim = new(
            "a", "A claim", ClaimSource.Design(wanted), Enum.Parse<ClaimBound>(bound), "ns", "a measurement", _ => measured)
        {
            OtherTier = other is null ? null : _ => other,
        };

        ClaimResult result = ClaimCheck.Check(claim, Everything(), Read);

        result.Verdict.ToString().ShouldBe(verdict);
        result.Ratio.ShouldBe(double.IsNaN(measured) ? null : measured / wanted);
    }

    [Fact]
    public void A_measured_figure_of_a_document_may_be_missed_by_the_tolerance()
    {
        ClaimSource source = ClaimSource.Of("a.md", "takes (\\d+) ms");
        Claim near = new("a", "A claim", source, ClaimBound.AtMost, "ms", "a measurement", _ => 10.9);

        ClaimCheck.Check(near, Everything(), _ => "It takes\n10 ms.").Verdict.ShouldBe(ClaimVerdict.Confirmed);
        Should.Throw<FormatException>(() => ClaimCheck.Check(near, Everything(), _ => "nothing"))
            .Message.ShouldStartWith("a.md has no text");
    }

    [Fact]
    public void The_document_has_every_claim_in_lines_that_are_short_or_rows()
    {
        BenchResult result = Everything() with { Claims = ClaimCheck.Check(Everything(), Read) };
        using MemoryStream file = new();

        ClaimPage.Write(result, file);

        string[] lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split('\n');
        lines.Where(line => !line.StartsWith('|')).ShouldAllBe(line => line.Length <= 120);
        lines.Count(line => ClaimTable.All.Any(claim => line.StartsWith($"| {claim.Text} |", StringComparison.Ordinal)))
            .ShouldBe(ClaimTable.All.Length);
        lines.ShouldContain($"{BenchTables.Verdicts(result)}.");
    }

    [Fact]
    public void Claims_and_microbenchmarks_survive_JSON_and_are_on_the_page()
    {
        BenchResult result = Everything() with { Claims = ClaimCheck.Check(Everything(), Read) };
        using MemoryStream json = new();
        using MemoryStream page = new();

        BenchJson.Write(result, json);
        BenchPage.Write(result, null, [], page);

        BenchResult read = BenchJson.Read(System.Text.Encoding.UTF8.GetString(json.ToArray()));
        BenchJson.ToLine(read).ShouldBe(BenchJson.ToLine(result));
        string text = System.Text.Encoding.UTF8.GetString(page.ToArray());
        text.ShouldContain("class=\"Confirmed\"");
        text.ShouldContain("Microbenchmarks: frames");
        text.ShouldContain("Large numbers of operations");
    }

    /// <summary>A result that has every measurement, with made-up values.</summary>
    private static BenchResult Everything()
    {
        string[] columns = [.. BenchColumns.Tiers.Select(column => column.Name), "node", "luajit", "lua5.4", "pypy3"];
        Dictionary<string, BenchCell> cells = columns.ToDictionary(
            column => column, column => new BenchCell(SampleState.Measured, [column == BenchColumns.Baseline ? 20 : 1], string.Empty));
        Dictionary<string, long> counts = typeof(Counters).GetFields().Select(field => (string)field.GetValue(null)!)
            .Concat([Counters.Instructions(0), Counters.Instructions(2), Counters.Instructions(3)])
            .ToDictionary(counter => counter, _ => 100L);
        return new BenchResult(
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new BenchMachine("m", "p", 2, "s", "r"), "small", 1, 1, columns,
            [new BenchRow("tasks", "workload", 7, cells), new BenchRow("fib", "kernel", 7, cells)])
        {
            Micro = [.. MicroGroups.All.SelectMany(group => group.Variants.Select(
                variant => new MicroFigure(group.Name, variant.Operation, variant.Way, 9, 9, 0)))],
            Stress = [new StressFigure("frames", 1_000, 1, 50_000_000)],
            Counters = [new CounterRow("tasks", 7, counts)],
            Facts = [.. FactTable.All.SelectMany(row => row.Names.Select(name => new BenchFact(name.Name, 1, name.Unit)))],
        };
    }

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    [GeneratedRegex(@"`[^`]*`|Lua 5\.4|\([^()]*\.md\)")]
    private static partial Regex NoFigure();

    [GeneratedRegex(@"\d[\d.,]*\d|\d")]
    private static partial Regex Figure();
}
