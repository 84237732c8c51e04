using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The samples of sweeps, which <see cref="Sweep"/> selects.</summary>
public sealed class SweepTests
{
    private static readonly string[] Rows = [.. Enumerable.Range(0, 1_200).Select(static i => $"row {i}")];

    [Fact]
    public void A_sample_has_one_of_twelve_rows_and_is_the_same_each_time()
    {
        string[] sample = [.. Sweep.Rows(Rows, static row => row)];

        sample.Length.ShouldBe(Sweep.IsFull ? Rows.Length : Rows.Length / Sweep.Share);
        sample.ShouldBeUnique();
        Sweep.Rows(Rows, static row => row).ShouldBe(sample);
        Sweep.Rows(["only"], static row => row).ShouldBe(["only"]);
        Sweep.Rows(Rows[..0], static row => row).ShouldBeEmpty();
    }

    [Fact]
    public void Rows_that_failed_once_are_in_every_sample()
    {
        Sweep.Failed.ShouldNotBeEmpty();
        Sweep.Rows([.. Rows, .. Sweep.Failed], static row => row).ShouldBeSubsetOf([.. Rows, .. Sweep.Failed]);
        Sweep.Failed.ShouldBeSubsetOf(Sweep.Rows([.. Rows, .. Sweep.Failed], static row => row));
    }

    [Fact]
    public void Limits_of_a_sample_are_spread_over_the_range()
    {
        int[] limits = [.. Sweep.Range(1_000, 13_000, 10)];

        limits.Length.ShouldBe(Sweep.IsFull ? 1_200 : 100);
        limits.ShouldAllBe(static limit => limit >= 1_000 && limit < 13_000);
        limits.ShouldBeUnique();
    }

    /// <summary>A sweep that was renamed must not lose its rows. The sweeps themselves check the rest of the names.</summary>
    [Fact]
    public void Every_row_that_failed_names_a_test()
    {
        string sources = string.Concat(Directory.EnumerateFiles(Repository.PathOf("Lyra.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));

        Sweep.Failed.Where(row => !IsTest(sources, row.Split(": ")[0])).ShouldBeEmpty();
    }

    private static bool IsTest(string sources, string name) => name.Split('.') is [string type, string method]
        && Regex.IsMatch(sources, $@"class {type}\b") && Regex.IsMatch(sources, $@"\b{method}\(");
}
