using System;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Analysis;

/// <summary>Finds the warnings that a line or a project turns off: <c>// lyra: allow unused</c>.</summary>
internal static class Suppressions
{
    private const string Marker = "// lyra: allow ";

    public static bool IsOff(Finding report, SourceText source, ProjectSettings settings)
    {
        if (report.Severity == DiagnosticSeverity.Error)
        {
            return false;
        }

        if (settings.Off.Contains(report.Code) || settings.Off.Contains(report.RuleName))
        {
            return true;
        }

        int line = report.Diagnostic.Line;
        string above = source.GetLineText(line - 1).TrimStart();
        return Allows(source.GetLineText(line), report)
            || (above.StartsWith(Marker, StringComparison.Ordinal) && Allows(above, report));
    }

    private static bool Allows(string line, Finding report)
    {
        int at = line.LastIndexOf(Marker, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        string[] names = line[(at + Marker.Length)..].Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return Array.IndexOf(names, report.Code) >= 0 || (report.RuleName.Length > 0 && Array.IndexOf(names, report.RuleName) >= 0);
    }
}
