namespace Lyra.Analysis.Explanations;

/// <summary>The page of a report.</summary>
/// <param name="Code">The code.</param>
/// <param name="What">What is wrong, and what to do.</param>
/// <param name="Example">A source that causes the report; null if it would be too long.</param>
/// <param name="Mended">The source without the fault.</param>
internal sealed record Explanation(string Code, string What, string? Example = null, string? Mended = null)
{
    /// <summary>The message, with <c>…</c> for its details.</summary>
    public string Title { get; init; } = "";

    public DiagnosticSeverity Severity { get; init; }
}
