namespace Lyra.Interpreter.Syntax;

/// <summary>A stretch of source text, counted in UTF-16 code units from its start.</summary>
internal readonly record struct SourceSpan(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The span that reaches from the start of one span to the end of another.</summary>
    public static SourceSpan FromBounds(int start, int end) => new(start, end > start ? end - start : 0);
}
