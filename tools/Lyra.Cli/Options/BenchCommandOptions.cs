using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Running;
using Lyra.Cli.Files;

namespace Lyra.Cli.Options;

/// <summary>The options of <c>lyra bench</c>.</summary>
internal static class BenchCommandOptions
{
    private const int MostRounds = 1_000;
    private const int MostPercent = 100_000;

    public static readonly CommandOption[] All =
    [
        new(BenchColumns.Size, "SIZE", "small, mid (the default; small for regression) or full", static (s, v) => s.Bench.Size = SizeOf(v)),
        new("--rounds", "N", "runs of each program in each column; 3 by default",
            static (s, v) => s.Bench.Rounds = (int)RunOptions.Number("--rounds", v, MostRounds)),
        new("--peers", null, "also node, luajit, lua5.4 and pypy3, if installed", static (s, _) => s.Bench.WithPeers = true),
        new("--json", "OUT", "write the result as JSON", static (s, v) => s.Bench.JsonFile = v),
        new("--html", "OUT", "write the page OUT with charts", static (s, v) => s.Bench.HtmlFile = v),
        new("--save", "FILE", "store the result for later comparisons", static (s, v) => s.Bench.SaveFile = v),
        new("--compare", "FILE", "compare with a stored result; 10 % slower is a failure", static (s, v) => s.Bench.CompareFile = v),
        new("--against", "COMMAND", "compare with another build of lyra, which runs beside this one; 10 % slower in the mean is a failure",
            static (s, v) => s.Bench.Against = v),
        new("--limit", "PERCENT", "with a comparison: the percentage by which a program may become slower; 10, or 30 beside a build",
            static (s, v) => s.Bench.Limit = RunOptions.Number("--limit", v, MostPercent) / 100.0),
        new("--claims", null, "check every published figure by a measurement", static (s, _) => s.Bench.ChecksClaims = true),
        new("--markdown", "OUT", "with --claims: write the table as Markdown", static (s, v) => s.Bench.MarkdownFile = v),
        new(BenchColumns.InProcess, "ENGINE",
            "run one program by baseline or csharp, or the stress work, in this process; print the results and seconds",
            static (s, v) => s.Bench.InProcess = EngineOf(v)),
    ];

    private static BenchSize SizeOf(string value) => value switch
    {
        "small" => BenchSize.Small,
        "mid" => BenchSize.Mid,
        "full" => BenchSize.Full,
        _ => throw new UsageException($"{BenchColumns.Size} takes small, mid or full, not '{value}'"),
    };

    private static string EngineOf(string value) =>
        value is BenchColumns.InProcessBaseline or BenchColumns.InProcessCSharp or BenchColumns.InProcessStress
            ? value
            : throw new UsageException(
                $"{BenchColumns.InProcess} takes {BenchColumns.InProcessBaseline}, {BenchColumns.InProcessCSharp} "
                    + $"or {BenchColumns.InProcessStress}, not '{value}'");
}
