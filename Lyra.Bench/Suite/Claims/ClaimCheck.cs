using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Claims;

/// <summary>Compares claims with a result. docs/claims.md and docs/cli.md state the rules.</summary>
internal static class ClaimCheck
{
    /// <summary>The share by which a repeated measurement may miss a measured figure of a document.</summary>
    public const double Tolerance = 0.10;

    /// <summary>The factor by which a partly confirmed claim may miss the wanted value.</summary>
    public const double PartialFactor = 2;

    /// <summary>The document that says how fast the machine was whose times the documents give.</summary>
    internal static readonly ClaimSource Speed = ClaimSource.Of("docs/benchmarks.md", "calibration loop of `lyra bench` takes ([\\d.]+) s");

    private const string NotMeasured = "Not measured in this run.";

    /// <summary>Checks all claims.</summary>
    /// <param name="result">The measurements.</param>
    /// <param name="read">Reads a document of the repository.</param>
    public static ClaimResult[] Check(BenchResult result, Func<string, string> read)
    {
        Dictionary<string, string> documents = [];
        return [.. ClaimTable.All.Select(claim => Check(claim, result, ReadOnce))];

        string ReadOnce(string file) => documents.TryGetValue(file, out string? text) ? text : documents[file] = read(file);
    }

    internal static ClaimResult Check(Claim claim, BenchResult result, Func<string, string> read)
    {
        double wanted = claim.Source.Wanted(read);
        double? measured = claim.Measure(result) is { } value && double.IsFinite(value) ? value / Slowness(claim, result, read) : null;
        double tolerance = claim.Source.Pattern is null ? 0 : Tolerance;
        ClaimVerdict verdict = VerdictOf(claim.Bound, wanted, measured, claim.OtherTier?.Invoke(result), tolerance);
        string remark = measured is null && claim.Remark.Length == 0 ? NotMeasured : claim.Remark;
        return new ClaimResult(
            claim.Id, claim.Text, claim.Source.Place, claim.Measurement, claim.Bound, wanted, claim.Unit, measured, verdict, remark);
    }

    /// <summary>
    /// How many times as long this machine takes as the one whose times the documents give, by the calibration loop; 1 for figures that are
    /// no times, and for goals.
    /// </summary>
    private static double Slowness(Claim claim, BenchResult result, Func<string, string> read) =>
        claim is { Source.Pattern: not null, Unit: "ns" or "µs" or "ms" } ? result.CalibrationSeconds / Speed.Wanted(read) : 1;

    private static ClaimVerdict VerdictOf(ClaimBound bound, double wanted, double? measured, double? other, double tolerance)
    {
        if (measured is not { } value)
        {
            return ClaimVerdict.Unconfirmed;
        }

        if (Reaches(bound, wanted, value, 1 + tolerance))
        {
            return ClaimVerdict.Confirmed;
        }

        bool isNear = bound != ClaimBound.Exactly && Reaches(bound, wanted, value, PartialFactor);
        bool hasOther = other is { } second && Reaches(bound, wanted, second, 1 + tolerance);
        return isNear || hasOther ? ClaimVerdict.Partial : ClaimVerdict.Unconfirmed;
    }

    /// <summary>Whether a value reaches the wanted one, or misses it by at most a factor.</summary>
    private static bool Reaches(ClaimBound bound, double wanted, double value, double factor) => bound switch
    {
        ClaimBound.AtMost => value <= wanted * factor,
        ClaimBound.AtLeast => value >= wanted / factor,
        _ => value.Equals(wanted),
    };
}
