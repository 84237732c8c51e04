namespace Lyra.Interpreter.Diagnostics;

/// <summary>A range of source text, in UTF-16 code units from its start.</summary>
internal readonly record struct SourceSpan(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The span from one offset to another; empty if <paramref name="end"/> is not after <paramref name="start"/>.</summary>
    public static SourceSpan FromBounds(int start, int end) => new(start, end > start ? end - start : 0);
}
