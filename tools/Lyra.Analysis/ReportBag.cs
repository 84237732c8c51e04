using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Analysis;

/// <summary>Collects the reports about one source. The same report at the same place counts once.</summary>
internal sealed class ReportBag(SourceText source)
{
    /// <summary>The length at which details are truncated, as in diagnostics of the compiler.</summary>
    private const int MaxDetailLength = 60;

    private readonly List<Finding> _reports = [];
    private readonly HashSet<(string Code, SourceSpan Span)> _known = [];

    public IReadOnlyList<Finding> Reports => _reports;

    /// <summary>Adds a report.</summary>
    /// <param name="rule">The kind.</param>
    /// <param name="span">The place.</param>
    /// <param name="isGuarded">Whether a <c>catch</c> may handle the error.</param>
    /// <param name="edit">The change that mends it for certain.</param>
    /// <param name="details">What replaces the placeholders.</param>
    public void Add(ReportRule rule, SourceSpan span, bool isGuarded, TextEdit? edit, params ReadOnlySpan<string> details)
    {
        if (!_known.Add((rule.Code, span)))
        {
            return;
        }

        DiagnosticSeverity severity = isGuarded ? DiagnosticSeverity.Warning : rule.Severity;
        (int line, int column) = source.GetPosition(span.Start);
        Diagnostic diagnostic = new(severity, rule.Code, Format(rule, details), source.FileName, line, column, span.Length);
        _reports.Add(new Finding(diagnostic, rule.Name, edit));
    }

    private static string Format(ReportRule rule, ReadOnlySpan<string> details)
    {
        object[] arguments = new object[details.Length];
        for (int i = 0; i < details.Length; i++)
        {
            string detail = details[i].ReplaceLineEndings(" ");
            arguments[i] = detail.Length > MaxDetailLength && !detail.Contains(' ') ? detail[..MaxDetailLength] + "…" : detail;
        }

        string text = string.Format(CultureInfo.InvariantCulture, rule.Message, arguments);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
