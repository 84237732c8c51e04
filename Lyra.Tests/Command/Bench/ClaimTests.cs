using System;
using System.Collections.Generic;
using System.Globalization;
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
        BenchResult nothing = Everything() with
        {
            Micro = [],
            Rows = [],
            TierRows = [],
            Sets = new Dictionary<string, IReadOnlyList<BenchRow>>(),
            Counters = [],
            Facts = [],
            Stress = [],
        };

        ClaimResult[] claims = ClaimCheck.Check(nothing, Read);

        claims.Where(claim => claim.Measured is not null).Select(claim => claim.Id).ShouldBe(["programs", "kernels", "workloads"]);
        claims.Where(claim => claim.Measured is null)
            .ShouldAllBe(claim => claim.Verdict == ClaimVerdict.Unconfirmed && claim.Remark.Length > 0);
    }

    [Fact]
    public void Each_claim_is_confirmed_by_a_good_measurement_and_turns_with_a_slow_or_wrong_one()
    {
        BenchResult result = Everything();
        Dictionary<string, string> documents = ClaimTable.All.Select(claim => claim.Source.Place).Append(ClaimCheck.Speed.Place)
            .Where(place => place != ClaimSource.DesignPlace).Distinct().ToDictionary(place => place, Read);
        foreach (Claim claim in ClaimTable.All.Where(claim => claim.Id is not ("programs" or "kernels" or "workloads")))
        {
            HashSet<ClaimVerdict> verdicts =
            [
                .. PlantedResults.Of(result).Select(planted => ClaimCheck.Check(claim, planted, file => documents[file]).Verdict),
            ];

            verdicts.ShouldContain(ClaimVerdict.Confirmed, claim.Id);
            verdicts.ShouldContain(ClaimVerdict.Unconfirmed, claim.Id);
        }
    }

    [Fact]
    public void A_time_of_a_document_is_compared_as_if_both_machines_had_the_same_speed()
    {
        ClaimSource source = ClaimSource.Of("a.md", "takes (\\d+) ms");
        BenchResult slow = Everything() with { CalibrationSeconds = 0.2 };
        Claim time = new("a", "A claim", source, ClaimBound.AtMost, "ms", "a measurement", _ => 20);

        ClaimResult claim = ClaimCheck.Check(time, slow, Read);

        claim.Measured.ShouldBe(10);
        claim.Verdict.ShouldBe(ClaimVerdict.Confirmed);
        ClaimCheck.Check(time with { Unit = "times" }, slow, Read).Measured.ShouldBe(20);
        ClaimCheck.Check(time with { Source = ClaimSource.Design(10) }, slow, Read).Measured.ShouldBe(20);

        static string Read(string file) => Document(file, "It takes 10 ms.", calibration: 0.1);
    }

    [Fact]
    public void The_memory_of_dropped_engines_includes_what_they_leave_behind()
    {
        const int left = 100_000;
        List<byte[]> kept = [];

        MemoryFacts.Leaks(_ => kept.Add(new byte[left]))[1].ShouldBeGreaterThan(left / 2);

        kept.Count.ShouldBeGreaterThan(100);
        MemoryFacts.Leaks(static _ => { })[1].ShouldBeLessThan(left / 2);
    }

    [Fact]
    public void Steps_are_handed_over_only_where_a_loop_is_compiled()
    {
        TierFacts.HandedOver("for i in 0..10 { }").ShouldBe(0);
        TierFacts.HandedOver(TierFacts.Loop).ShouldBeGreaterThan(90);
    }

    [Fact]
    public void Live_bytes_are_what_the_work_returns()
    {
        // Much more than what other tests of the process keep in that time.
        CollectorFacts.Usage.Of(static () => new byte[50_000_000]).Live.ShouldBeGreaterThan(40_000_000);
        CollectorFacts.Usage.Of(static () => new byte[50_000_000].Length).Live.ShouldBeLessThan(40_000_000);
    }

    [Fact]
    public void Rows_of_the_other_folders_are_read_from_the_file_of_their_driver()
    {
        const string json = """
            {"rows": [{"name": "a", "kind": "workload", "n": 3,
              "engines": {"csharp": {"seconds": 2, "all": [2]}, "lyra": {"seconds": 3}, "node": {"error": "failed"}}}]}
            """;

        BenchRow row = PeerSets.Read(json).ShouldHaveSingleItem();

        row.RatioOf(PeerSets.Lyra, PeerSets.CSharp).ShouldBe(1.5);
        row.RatioOf(PeerSets.Lyra, PeerSets.Node).ShouldBeNull();
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

        ClaimCheck.Check(near, Everything(), file => Document(file, "It takes\n10 ms.")).Verdict.ShouldBe(ClaimVerdict.Confirmed);
        Should.Throw<FormatException>(() => ClaimCheck.Check(near, Everything(), file => Document(file, "nothing")))
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
        BenchRow[] rows = [new BenchRow("tasks", "workload", 7, cells), new BenchRow("fib", "kernel", 7, cells)];
        BenchRow[] peers =
        [
            new("a", "workload", 7, new Dictionary<string, BenchCell>
            {
                [PeerSets.Lyra] = cells[BenchColumns.Jit], [PeerSets.CSharp] = cells[BenchColumns.CSharp], [PeerSets.Node] = cells["node"],
            }),
        ];
        return new BenchResult(
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new BenchMachine("m", "p", 2, "s", "r"), "small", 1, 1, columns, rows)
        {
            TierRows = rows,
            Sets = PeerSets.Names.ToDictionary(set => set, _ => (IReadOnlyList<BenchRow>)peers),
            Micro = [.. MicroGroups.All.SelectMany(group => group.Variants.Select(
                variant => new MicroFigure(group.Name, variant.Operation, variant.Way, 9, 9, 0)))],
            Stress = [new StressFigure("frames", 1_000, 1, 50_000_000)],
            Counters = [new CounterRow("tasks", 7, counts)],
            Facts = [.. FactTable.All.SelectMany(row => row.Names.Select(name => new BenchFact(name.Name, 1, name.Unit)))],
        };
    }

    /// <summary>A document a.md with a text, and the one that tells the time of the calibration loop.</summary>
    private static string Document(string file, string text, double calibration = 1) => file == "a.md"
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"the calibration loop of `lyra bench` takes {calibration} s");

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    [GeneratedRegex(@"`[^`]*`|Lua 5\.4|\([^()]*\.md\)")]
    private static partial Regex NoFigure();

    [GeneratedRegex(@"\d[\d.,]*\d|\d")]
    private static partial Regex Figure();
}
