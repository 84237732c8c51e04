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
        Set("unseen", "Compiled Lyra's time, to C#, over the unseen programs",
            "unseen programs, compiled Lyra takes ([\\d.]+) times as long as C#", PeerSets.Unseen, PeerSets.CSharp),
        Set("unseen-node", "Compiled Lyra's time, to node, over the unseen programs",
            "unseen programs, compiled Lyra takes [\\d.]+ times as long as C#, ([\\d.]+) times as long as node",
            PeerSets.Unseen, PeerSets.Node),
        Set("held-out", "Compiled Lyra's time, to C#, over the programs held out",
            "\\| 12 held out \\| full \\| 2 \\| ([\\d.]+) ", PeerSets.HeldOut, PeerSets.CSharp),
        Set("held-out-node", "Compiled Lyra's time, to node, over the programs held out",
            "\\| 12 held out \\| full \\| 2 \\| [^|]+\\| ([\\d.]+) ", PeerSets.HeldOut, PeerSets.Node),
        new("host-call", "A call of a host delegate from compiled code",
            ClaimSource.Of(Benchmarks, "`s = next\\(s\\)`, `Func<int, int>` \\| [\\d.]+ \\| ([\\d.]+) \\|"), ClaimBound.AtMost, "ns",
            "micro calls: host delegate, compiled", static result => Host(result, MicroWays.Compiled)),
        new("host-call-interpreted", "A call of a host delegate from the interpreter",
            ClaimSource.Of(Benchmarks, "`s = next\\(s\\)`, `Func<int, int>` \\| [\\d.]+ \\| [\\d.]+ \\| ([\\d.]+) \\|"),
            ClaimBound.AtMost, "ns",
            "micro calls: host delegate, interpreted", static result => Host(result, MicroWays.Interpreted)),
        new("profile-basic", "The interpreter's time with a profile at level basic, to without: the most of the table",
            ClaimSource.Of("docs/profile.md", "`stackvm` \\| ([\\d.]+) \\|"), ClaimBound.AtMost, "times",
            "the most over the programs of that table, each three times in this process",
            static result => result.Fact(FactNames.BasicCost)),
    ];

    private static Claim Tiers(string id, string column, string pattern) => new(
        id, $"Times as fast as the stack baseline: {column}", ClaimSource.Of(Benchmarks, pattern), ClaimBound.AtLeast, "times",
        $"tiers: geometric mean of baseline to {column}", result => result.TierRatio(BenchColumns.Baseline, column));

    private static Claim Set(string id, string text, string pattern, string set, string peer) => new(
        id, text, ClaimSource.Of(Benchmarks, pattern), ClaimBound.AtMost, "times",
        $"Lyra.Bench/Peers/run.py: geometric mean of {PeerSets.Lyra} to {peer}, over Lyra.Bench/{set}",
        result => result.SetRatio(set, PeerSets.Lyra, peer));

    private static double? Host(Results.BenchResult result, string way) => result.MicroFigure("calls", "host delegate", way)?.Nanoseconds;
}
