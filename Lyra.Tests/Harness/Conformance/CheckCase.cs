using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lyra.Tests.Harness.Conformance;

/// <summary>
/// One <c>NAME.lyra</c> with a <c>NAME.check</c>: the reports that <c>lyra check</c> prints about it. A line of the expectation is
/// <c>LINE[:COLUMN] [error|warning] [part of the message]</c>; <c>?LINE</c> may be reported or not, and <c>#</c> begins a comment.
/// </summary>
internal sealed partial class CheckCase(string file)
{
    /// <summary>The name of the only case that the compiler rejects.</summary>
    public const string Rejected = "assignment_in_condition";

    public string Name { get; } = Path.GetFileNameWithoutExtension(file);

    public string File { get; } = file;

    public static IEnumerable<CheckCase> All() =>
        Directory.EnumerateFiles(ConformanceCase.Folder, "*.check", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(static file => new CheckCase(Path.ChangeExtension(file, "lyra")));

    /// <summary>What is wrong with the reports about the source.</summary>
    /// <param name="reports">The diagnostics, in any order.</param>
    public IReadOnlyList<string> FaultsOf(IReadOnlyCollection<Diagnostic> reports)
    {
        List<string> faults = [];
        HashSet<int> listed = [];
        foreach (Match row in Rows())
        {
            int line = int.Parse(row.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture);
            listed.Add(line);
            Diagnostic[] found = [.. reports.Where(report => report.Line == line)];
            if (found.Length == 0 && !row.Groups["maybe"].Success)
            {
                faults.Add($"no report in line {line}");
            }
            else if (found.Length > 0 && !found.Any(report => Fits(report, row)))
            {
                faults.Add($"{found[0]} does not fit `{row.Value}`");
            }
        }

        faults.AddRange(reports.Where(report => !listed.Contains(report.Line)).Select(static report => $"reported without need: {report}"));
        return faults;
    }

    private static bool Fits(Diagnostic report, Match row)
    {
        string text = report.ToString();
        return (!row.Groups["column"].Success || text.Contains($":{row.Groups["line"]}:{row.Groups["column"]}: ", StringComparison.Ordinal))
            && (!row.Groups["severity"].Success || text.Contains($": {row.Groups["severity"]}: ", StringComparison.Ordinal))
            && report.Message.Contains(row.Groups["text"].Value, StringComparison.Ordinal);
    }

    private IEnumerable<Match> Rows() =>
        System.IO.File.ReadLines(Path.ChangeExtension(File, "check"))
            .Select(static line => line.Split('#')[0].Trim())
            .Where(static line => line.Length > 0)
            .Select(static line => Row().Match(line));

    [GeneratedRegex(@"^(?<maybe>\?)?(?<line>\d+)(?::(?<column>\d+))?(?:\s+(?<severity>error|warning))?(?:\s+(?<text>\S.*))?$")]
    private static partial Regex Row();
}
