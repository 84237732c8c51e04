namespace Lyra.Interpreter.Syntax;

/// <summary>
/// The kinds of tokens. <see cref="TokenTable.Text"/> has their spellings; <c>&amp;&amp;</c> and <c>||</c> are lexed as <see cref="And"/>
/// and <see cref="Or"/>.
/// </summary>
internal enum TokenKind : byte
{
    EndOfFile,

    /// <summary>Characters without a meaning; already reported.</summary>
    Bad,
    Identifier,
    Int,
    Float,

    /// <summary>A whole string literal of any form, without interpolation.</summary>
    String,

    /// <summary><c>"text${</c>, the first piece of an interpolated string.</summary>
    TemplateHead,

    /// <summary><c>}text${</c>.</summary>
    TemplateMiddle,

    /// <summary><c>}text"</c>.</summary>
    TemplateTail,

    /// <summary><c>:F2</c> between the value of an interpolation and its <c>}</c>.</summary>
    Format,

    And,
    Async,
    Await,
    Break,
    Catch,
    Const,
    Continue,
    Else,
    False,
    Finally,
    For,
    If,
    Import,
    In,
    Is,
    Let,
    Match,
    Nil,
    Not,
    Or,
    Proc,
    Pub,
    Return,
    Spawn,
    Struct,
    Throw,
    True,
    Try,
    Var,
    While,
    Yield,

    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Semicolon,
    Colon,
    Dot,
    DotDot,
    DotDotEqual,
    Ellipsis,
    Question,
    QuestionDot,
    QuestionBracket,
    QuestionQuestion,
    Arrow,
    FatArrow,
    Bang,
    Tilde,
    Plus,
    Minus,
    Star,
    StarStar,
    Slash,
    Percent,
    Ampersand,
    Pipe,
    Caret,
    LessLess,
    GreaterGreater,
    EqualEqual,
    BangEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,

    Equal,
    PlusEqual,
    MinusEqual,
    StarEqual,
    StarStarEqual,
    SlashEqual,
    PercentEqual,
    LessLessEqual,
    GreaterGreaterEqual,
    AmpersandEqual,
    PipeEqual,
    CaretEqual,
    QuestionQuestionEqual,
}
