using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Cli.Output;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Commands;

/// <summary>The result of a tier check as a report. The same program with the same options gives the same report.</summary>
internal static class TierCheckReport
{
    /// <summary>The most differences to show. Later ones mostly repeat the first.</summary>
    private const int MostShown = 20;

    private const int MostOfText = 200;

    public static Report Of(TierCheckResult result)
    {
        List<ReportItem> items = [new ReportNote(result.Summary), new ReportFacts(FactsOf(result))];
        if (result.Differences.Count > 0)
        {
            string[][] rows = [.. result.Differences.Take(MostShown).Select(RowOf)];
            items.Add(new ReportTable("differences", ["run", "in", "at", "interpreted", "this run"], 0, rows));
        }

        if (result.Differences.Count > MostShown)
        {
            items.Add(new ReportNote($"and {Number(result.Differences.Count - MostShown)} more"));
        }

        return new Report($"tier check of {result.FileName}", items);
    }

    private static List<(string, string)> FactsOf(TierCheckResult result)
    {
        List<(string, string)> facts = [("ends", ErrorReport.OneLine(result.Ending)), ("runs", Number(result.Runs))];
        if (result.Verdict == TierVerdict.NotDeterministic)
        {
            return facts;
        }

        string compiled = $"{Number(result.CompiledSteps)} ({Percent(result.CompiledShare)})";
        facts.Add(("steps", $"{Number(result.Steps)}, of which {compiled} in compiled code"));
        string guards = $"{Number(result.GuardsExecuted)} executed and {Number(result.Guards)} compiled";
        facts.Add(("guards", $"{Number(result.GuardsFailed)} failed on purpose, of {guards}"));
        facts.Add(("seed", result.Seed.ToString(CultureInfo.InvariantCulture)));
        facts.Add(("heap", result.HeapDigest));
        return facts;
    }

    private static string[] RowOf(TierDifference difference) =>
    [
        Short(difference.Run.ToString()),
        difference.Aspect.ToString().ToLowerInvariant(),
        Short(difference.Place),
        Short(difference.Expected),
        Short(difference.Actual),
    ];

    private static string Short(string text)
    {
        string line = ErrorReport.OneLine(text);
        return line.Length <= MostOfText ? line : $"{line.AsSpan(0, MostOfText)}…";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
