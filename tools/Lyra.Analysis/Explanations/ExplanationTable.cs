using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Analysis.Explanations;

/// <summary>The pages of all reports: of the parser, the compiler and the analysis.</summary>
internal static partial class ExplanationTable
{
    /// <summary>All pages, in the order of their codes.</summary>
    public static IReadOnlyList<Explanation> All { get; } = Join();

    /// <summary>The page of a code; null if there is none.</summary>
    public static Explanation? Find(string code) => All.FirstOrDefault(page => page.Code == code);

    /// <summary>The codes of all reports with their severities and messages.</summary>
    public static IEnumerable<(string Code, DiagnosticSeverity Severity, string Message)> Reports() =>
        Descriptors(typeof(SyntaxDiagnostics)).Concat(Descriptors(typeof(CompilerDiagnostics)))
            .Select(static row => (row.Code, row.Severity, row.MessageFormat))
            .Concat(ReportRules.All.Select(static rule => (rule.Code, rule.Severity, rule.Message)));

    private static Explanation[] Join()
    {
        Dictionary<string, (string Code, DiagnosticSeverity Severity, string Message)> reports =
            Reports().ToDictionary(static report => report.Code);
        return
        [
            .. SyntaxPages.All.Concat(CompilerPages.All).Concat(AnalysisPages.All)
                .Select(page => page with { Title = TitleOf(reports[page.Code].Message), Severity = reports[page.Code].Severity })
                .OrderBy(static page => page.Code, StringComparer.Ordinal),
        ];
    }

    private static string TitleOf(string message) =>
        Placeholder().Replace(message, "…").Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static IEnumerable<DiagnosticDescriptor> Descriptors(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => field.GetValue(null)).OfType<DiagnosticDescriptor>();

    [GeneratedRegex(@"(?<!\{)\{\d\}")]
    private static partial Regex Placeholder();
}
