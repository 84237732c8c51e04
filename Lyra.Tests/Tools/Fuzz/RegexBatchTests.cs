using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Regexes;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class RegexBatchTests
{
    [Fact]
    public void Generated_patterns_match_as_in_dotnet()
    {
        using ScratchFolder folder = new();
        RegexBatch batch = new(new FindFolder(folder.Path));
        int valid = 0;
        for (long seed = 0; seed < 5_000; seed++)
        {
            // Hostile cases are measured, which needs a process of its own.
            RegexCase given = RegexBatch.CaseOf(seed);
            if (!given.IsHostile)
            {
                batch.Try(seed)?.Text.ShouldBeNull();
                valid++;
            }
        }

        (valid - batch.Tally.Errors).ShouldBeGreaterThan(2_000);
    }

    [Theory]
    [InlineData("^(?>b+){2}")]
    [InlineData("^(?>(?:[b]{1,2})){2,}")]
    [InlineData("(?:b{1,2}|(?>)){2,}")]
    public void A_pattern_that_dotnet_matches_wrongly_is_not_compared(string pattern)
    {
        RegexCase given = new(pattern, "bb", string.Empty, false);
        string actual = RegexRun.Compare(given, new LyraLimits { MaxSteps = 10_000 });

        actual.ShouldNotBe(RegexOracle.Expected(given));
        RegexOracle.IsDotnetsFault(given, actual).ShouldBeTrue();
    }

    [Fact]
    public void A_report_holds_the_arguments()
    {
        using ScratchFolder folder = new();
        RegexCase given = RegexBatch.CaseOf(7);

        Find find = new RegexBatch(new FindFolder(folder.Path)).Report(7, "crash", "what happened");

        File.ReadAllText(Path.Combine(find.Folder, "report.txt")).ShouldStartWith("seed 7: crash\nwhat happened\n");
        File.ReadAllText(Path.Combine(find.Folder, "pattern.txt")).ShouldBe(RegexBatch.Printable(given.Pattern));
        File.ReadAllText(Path.Combine(find.Folder, "replacement.txt")).ShouldBe(RegexBatch.Printable(given.Replacement));
    }
}
