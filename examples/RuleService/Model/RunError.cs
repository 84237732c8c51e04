using System.Collections.Generic;
using System.Linq;
using Lyra;

namespace RuleService.Model;

/// <summary>What the author of a script, or of a request, has to know. There is never a .NET stack trace in it.</summary>
internal sealed record RunError(
    string Kind, string Message, string? File = null, int? Line = null, int? Column = null, IReadOnlyList<string>? Trace = null)
{
    private const int MostTrace = 20;
    private const int LongestText = 2_000;

    public static RunError Of(LyraException e) => new(
        e is LyraLimitException limit ? $"{limit.Limit}Limit" : Cut(e.Kind),
        Cut(e.Message),
        e.File,
        e.Line > 0 ? e.Line : null,
        e.Line > 0 ? e.Column : null,
        [.. e.ScriptTrace.Take(MostTrace).Select(Cut)]);

    public static RunError Of(Diagnostic diagnostic) =>
        new(diagnostic.Code, diagnostic.Message, diagnostic.File, diagnostic.Line, diagnostic.Column);

    public static RunError[] Of(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(Of)];

    /// <summary>A script chooses the message of its errors, so it can be of any length.</summary>
    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
