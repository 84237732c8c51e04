using System;

namespace Lyra.Interpreter.Syntax;

/// <summary>Spellings of tokens.</summary>
internal static class TokenTable
{
    /// <summary>The kind of a word: a keyword, or <see cref="TokenKind.Identifier"/>.</summary>
    public static TokenKind GetWordKind(ReadOnlySpan<char> word) => word switch
    {
        "and" => TokenKind.And,
        "async" => TokenKind.Async,
        "await" => TokenKind.Await,
        "break" => TokenKind.Break,
        "catch" => TokenKind.Catch,
        "const" => TokenKind.Const,
        "continue" => TokenKind.Continue,
        "else" => TokenKind.Else,
        "false" => TokenKind.False,
        "finally" => TokenKind.Finally,
        "for" => TokenKind.For,
        "if" => TokenKind.If,
        "import" => TokenKind.Import,
        "in" => TokenKind.In,
        "is" => TokenKind.Is,
        "let" => TokenKind.Let,
        "match" => TokenKind.Match,
        "nil" => TokenKind.Nil,
        "not" => TokenKind.Not,
        "or" => TokenKind.Or,
        "proc" => TokenKind.Proc,
        "pub" => TokenKind.Pub,
        "return" => TokenKind.Return,
        "spawn" => TokenKind.Spawn,
        "struct" => TokenKind.Struct,
        "throw" => TokenKind.Throw,
        "true" => TokenKind.True,
        "try" => TokenKind.Try,
        "var" => TokenKind.Var,
        "while" => TokenKind.While,
        "yield" => TokenKind.Yield,
        _ => TokenKind.Identifier,
    };

    public static bool IsKeyword(ReadOnlySpan<char> word) => GetWordKind(word) != TokenKind.Identifier;

    /// <summary>True for <c>=</c> and the compound assignments.</summary>
    public static bool IsAssignment(TokenKind kind) => kind == TokenKind.Equal || OperatorTokens.IsCompoundAssignment(kind);

    /// <summary>The spelling of a token that has only one; otherwise a description.</summary>
    public static string Text(TokenKind kind) => kind switch
    {
        TokenKind.EndOfFile => "the end of the file",
        TokenKind.Bad => "a stray character",
        TokenKind.Identifier => "a name",
        TokenKind.Int or TokenKind.Float => "a number",
        TokenKind.String or TokenKind.TemplateHead => "a string",
        TokenKind.TemplateMiddle or TokenKind.TemplateTail => "the end of `${ }`",
        TokenKind.OpenParen => "`(`",
        TokenKind.CloseParen => "`)`",
        TokenKind.OpenBracket => "`[`",
        TokenKind.CloseBracket => "`]`",
        TokenKind.OpenBrace => "`{`",
        TokenKind.CloseBrace => "`}`",
        TokenKind.Comma => "`,`",
        TokenKind.Colon => "`:`",
        TokenKind.Arrow => "`->`",
        TokenKind.FatArrow => "`=>`",
        TokenKind.In => "`in`",
        TokenKind.Proc => "`proc`",
        TokenKind.Equal => "`=`",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only kinds that the parser may ask for have a text."),
    };
}
