using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Claims;

/// <summary>
/// The figures of the documents that a short run can measure. Records of experiments and of runs that take hours, with their dates, are no
/// claims.
/// </summary>
internal static class DocumentClaims
{
    private const string Benchmarks = "docs/benchmarks.md";

    private const string Mean = "\\| \\*\\*geometric mean\\*\\* \\| \\| \\|";

    public static readonly Claim[] All =
    [
        Tiers("tiers-O0", "-O0", Mean + " ([\\d.]+) \\|(?: [\\d.]+ \\|){5}\\n<!-- tiers: end"),
        Tiers("tiers-O2", "-O2", Mean + "(?: [\\d.]+ \\|){2} ([\\d.]+) \\|(?: [\\d.]+ \\|){3}\\n<!-- tiers: end"),
        Tiers("tiers-O3", "-O3", Mean + "(?: [\\d.]+ \\|){3} ([\\d.]+) \\|(?: [\\d.]+ \\|){2}\\n<!-- tiers: end"),
        Tiers("tiers-jit", "jit", Mean + "(?: [\\d.]+ \\|){4} ([\\d.]+) \\| [\\d.]+ \\|\\n<!-- tiers: end"),
        new("unseen", "Compiled Lyra's time, to C#, over the unseen programs",
            ClaimSource.Of(Benchmarks, "unseen programs, compiled Lyra takes ([\\d.]+) times as long as C#"), ClaimBound.AtMost, "times",
            "tools/bench.sh", Claim.Nothing)
        {
            Remark = "`lyra bench` does not have the unseen programs; tools/bench.sh measures them.",
        },
        new("host-call", "A call of a host delegate from compiled code",
            ClaimSource.Of(Benchmarks, "`s = next\\(s\\)`, `Func<int, int>` \\| [\\d.]+ \\| ([\\d.]+) \\|"), ClaimBound.AtMost, "ns",
            "micro calls: host delegate, compiled", static result => Host(result, MicroWays.Compiled)),
        new("host-call-interpreted", "A call of a host delegate from the interpreter",
            ClaimSource.Of(Benchmarks, "`s = next\\(s\\)`, `Func<int, int>` \\| [\\d.]+ \\| [\\d.]+ \\| ([\\d.]+) \\|"),
            ClaimBound.AtMost, "ns",
            "micro calls: host delegate, interpreted", static result => Host(result, MicroWays.Interpreted)),
        new("profile-basic", "The interpreter's time with a profile at level basic, to without: the most of the table",
            ClaimSource.Of("docs/profile.md", "`fib` \\| ([\\d.]+) \\|"), ClaimBound.AtMost, "times",
            "geometric mean over the programs, in one process", static result => result.Fact(FactNames.ProfileCost)),
    ];

    private static Claim Tiers(string id, string column, string pattern) => new(
        id, $"Times as fast as the stack baseline: {column}", ClaimSource.Of(Benchmarks, pattern), ClaimBound.AtLeast, "times",
        $"programs: geometric mean of baseline to {column}", result => result.MeanRatio(BenchColumns.Baseline, column));

    private static double? Host(Results.BenchResult result, string way) => result.MicroFigure("calls", "host delegate", way)?.Nanoseconds;
}
