using System;

namespace Lyra.Analysis;

/// <summary>A report about a place of a source. Immutable.</summary>
/// <param name="Diagnostic">The code, the severity, the place and the message.</param>
/// <param name="RuleName">The name by which it is turned off; empty for what the compiler reports.</param>
/// <param name="Edit">The change that mends it for certain; null if there is none.</param>
internal sealed record Finding(Diagnostic Diagnostic, string RuleName, TextEdit? Edit)
{
    public string Code => Diagnostic.Code;

    public DiagnosticSeverity Severity => Diagnostic.Severity;

    /// <summary>By place, then by code.</summary>
    public static int Compare(Finding a, Finding b)
    {
        int order = a.Diagnostic.Line.CompareTo(b.Diagnostic.Line);
        order = order != 0 ? order : a.Diagnostic.Column.CompareTo(b.Diagnostic.Column);
        return order != 0 ? order : string.CompareOrdinal(a.Code, b.Code);
    }
}
