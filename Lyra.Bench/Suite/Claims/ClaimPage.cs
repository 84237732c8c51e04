using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Pages;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Claims;

/// <summary>Writes docs/claims.md.</summary>
internal static class ClaimPage
{
    private const string Head = """
        # Claims

        This page checks every published figure: those of README.md, those of the documents that a run can measure, and the goals
        that were set for Lyra before it was built. Records of experiments and of long runs have their dates in their pages, and are no
        claims. `lyra bench --claims --size full --markdown docs/claims.md` writes the page; each measured value comes from that run.

        """;

    private const string Measurements = """

        | measurement | how |
        | --- | --- |
        | programs | each of Lyra.Bench/Programs in a process of its own, warm-up included; the columns take turns, the smallest time counts |
        | tiers | the same programs in all columns of Lyra and on the stack machine, at the size mid at most |
        | micro GROUP: OPERATION | `lyra bench micro GROUP`: one operation in a loop, the smallest sample of twice the rounds |
        | counters | what the programs execute at the size small; the same on every machine |
        | stress | 1,000,000 frames, 100,000 cache operations and 10,000 rentals in a process of its own |

        """;

    private const string Scale = """
        Times that a document gives are compared with the measured ones as if both machines had the same speed: the calibration loop of
        `lyra bench` tells their ratio.
        """;

    private const string Rules = """

        | verdict | rule |
        | --- | --- |
        | Confirmed | The measured value reaches the wanted one. A figure that a document has measured may be missed by 10 %. |
        | Partial | The measured value misses the wanted one by at most a factor of two, or only one of the two tiers reaches it. |
        | Unconfirmed | It misses by more, or there is no measurement. The row names the measurement and what exists instead. |

        The ratio is the measured value divided by the wanted one.

        """;

    private const string Answers = """
        ## Other figures of the design

        These figures are no goals that a run could check: settings, examples, or measurements that .NET does not offer.

        | figure | answer |
        | --- | --- |
        """;

    private const string Goals = """
        ## Goals

        These goals were set before Lyra was built: a row says what its design aimed at. No row repeats the figure of a published system;
        where one names LuaJIT or PyPy, both were measured in the same run.

        """;

    public static void Write(BenchResult result, Stream file)
    {
        using StreamWriter writer = new(file) { NewLine = "\n" };
        writer.Write(Wrap(Head));
        writer.WriteLine();
        writer.Write(Wrap(Origin(result)));
        writer.WriteLine(Measurements);
        writer.Write(Wrap(Scale));
        writer.WriteLine(Rules.TrimEnd('\n'));
        writer.WriteLine();
        writer.WriteLine($"{BenchTables.Verdicts(result)}.");
        foreach (IGrouping<string, ClaimResult> place in result.Claims.GroupBy(claim => claim.Place))
        {
            writer.WriteLine();
            writer.Write(place.Key == ClaimSource.DesignPlace ? Wrap(Goals) : $"## {place.Key}\n");
            writer.WriteLine();
            writer.WriteLine("| claim | measurement | wanted | measured | ratio | verdict |");
            writer.WriteLine("| --- | --- | --: | --: | --: | --- |");
            foreach (ClaimResult claim in place)
            {
                writer.WriteLine(Row(claim));
            }
        }

        writer.WriteLine();
        writer.WriteLine(Answers);
        foreach ((string figure, string answer) in DesignAnswers.All)
        {
            writer.WriteLine($"| {figure} | {answer} |");
        }
    }

    private static string Row(ClaimResult claim)
    {
        string remark = claim.Remark.Length == 0 ? string.Empty : $". {claim.Remark.TrimEnd('.')}.";
        string[] cells =
        [
            claim.Text,
            claim.Measurement + remark,
            BenchTables.Wanted(claim),
            BenchTables.Measured(claim),
            BenchFigures.Ratio(claim.Ratio),
            claim.Verdict.ToString(),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Origin(BenchResult result)
    {
        BenchMachine machine = result.Machine;
        string commit = machine.Commit.Length == 0 ? string.Empty : $" at {machine.Commit}";
        string load = machine.Load is { } average
            ? string.Create(CultureInfo.InvariantCulture, $", load average {average:0.00}")
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Measured on {result.Date:yyyy-MM-dd}{commit}: {machine.Processor}, {machine.Cores} cores{load}, {machine.Runtime}; "
                + $"{result.Rows.Count} programs at the size {result.Size}, rounds {result.Rounds}; "
                + $"the calibration loop takes {result.CalibrationSeconds:0.000} s.\n");
    }

    /// <summary>Breaks paragraphs into lines of at most 120 characters.</summary>
    private static string Wrap(string text)
    {
        const int width = 120;
        return string.Join("\n\n", text.TrimEnd('\n').Split("\n\n").Select(paragraph =>
        {
            string wrapped = string.Empty;
            int column = 0;
            foreach (string word in paragraph.Split([' ', '\n'], System.StringSplitOptions.RemoveEmptyEntries))
            {
                bool breaks = column > 0 && column + 1 + word.Length > width;
                wrapped += column == 0 ? word : (breaks ? "\n" : " ") + word;
                column = breaks || column == 0 ? word.Length : column + 1 + word.Length;
            }

            return wrapped;
        })) + "\n";
    }
}
