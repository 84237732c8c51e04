namespace Lyra.Interpreter.Syntax;

/// <summary>
/// A token is a stretch of the source and nothing else: names and values are read from the text by whoever wants them. 16 bytes.
/// </summary>
internal struct Token
{
    public int Start;
    public int Length;

    /// <summary>For an opening bracket: the index of the token that closes it, or 0 where none does.</summary>
    public int Partner;
    public TokenKind Kind;

    /// <summary>A line ended between this token and the one before.</summary>
    public bool IsFirstOnLine;

    /// <summary>The lexer has reported an error inside; the value is not worth reading.</summary>
    public bool HasError;

    public readonly int End => Start + Length;

    public readonly SourceSpan Span => new(Start, Length);
}
