using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// A token of 16 bytes. It refers to a range of the source; names and values are read from the text when they are needed.
/// </summary>
internal struct Token
{
    public int Start;
    public int Length;

    /// <summary>For an opening bracket: the index of the token that closes it, or 0 if none does.</summary>
    public int Partner;
    public TokenKind Kind;

    /// <summary>Whether a line ended between this token and the previous one.</summary>
    public bool IsFirstOnLine;

    /// <summary>Whether the lexer has reported an error inside; the value is then invalid.</summary>
    public bool HasError;

    public readonly int End => Start + Length;

    public readonly SourceSpan Span => new(Start, Length);
}
