using System;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Precedences in increasing order, as in the language's table.</summary>
internal enum Precedence
{
    None,
    Or,
    And,
    Not,
    Coalesce,
    Membership,
    Comparison,
    Range,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Additive,
    Multiplicative,
    Unary,
    Power,
    Postfix,
}

/// <summary>The operators of tokens, and the spellings of operators.</summary>
internal static class OperatorFacts
{
    /// <summary>The precedence of a binary operator other than <c>**</c>; <see cref="Precedence.None"/> for all other tokens.</summary>
    public static Precedence GetPrecedence(TokenKind kind) => kind switch
    {
        TokenKind.Or => Precedence.Or,
        TokenKind.And => Precedence.And,
        TokenKind.QuestionQuestion => Precedence.Coalesce,
        TokenKind.In or TokenKind.Is or TokenKind.Not => Precedence.Membership,
        TokenKind.EqualEqual or TokenKind.BangEqual => Precedence.Comparison,
        TokenKind.Less or TokenKind.LessEqual or TokenKind.Greater or TokenKind.GreaterEqual => Precedence.Comparison,
        TokenKind.DotDot or TokenKind.DotDotEqual => Precedence.Range,
        TokenKind.Pipe => Precedence.BitOr,
        TokenKind.Caret => Precedence.BitXor,
        TokenKind.Ampersand => Precedence.BitAnd,
        TokenKind.LessLess or TokenKind.GreaterGreater => Precedence.Shift,
        TokenKind.Plus or TokenKind.Minus => Precedence.Additive,
        TokenKind.Star or TokenKind.Slash or TokenKind.Percent => Precedence.Multiplicative,
        _ => Precedence.None,
    };

    /// <summary>The precedence of the right operand of a left-associative operator.</summary>
    public static Precedence Tighter(this Precedence precedence) => precedence + 1;

    public static Precedence GetPrecedence(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add or BinaryOperator.Subtract => Precedence.Additive,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => Precedence.Multiplicative,
        BinaryOperator.Power => Precedence.Power,
        BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight => Precedence.Shift,
        BinaryOperator.BitAnd => Precedence.BitAnd,
        BinaryOperator.BitOr => Precedence.BitOr,
        BinaryOperator.BitXor => Precedence.BitXor,
        BinaryOperator.In or BinaryOperator.NotIn or BinaryOperator.Is or BinaryOperator.IsNot => Precedence.Membership,
        _ => Precedence.Comparison,
    };

    /// <summary>True for an operator that computes a new value from two numbers; false for one whose result is a bool.</summary>
    public static bool IsArithmetic(BinaryOperator @operator) =>
        GetPrecedence(@operator) is not (Precedence.Comparison or Precedence.Membership);

    /// <summary>True for shifts and bitwise operators.</summary>
    public static bool IsBitwise(BinaryOperator @operator) =>
        GetPrecedence(@operator) is Precedence.Shift or Precedence.BitAnd or Precedence.BitXor or Precedence.BitOr;

    /// <summary>True for <c>==</c>, <c>!=</c> and the orderings.</summary>
    public static bool IsComparison(BinaryOperator @operator) => GetPrecedence(@operator) == Precedence.Comparison;

    /// <summary>True for the comparisons that order their operands.</summary>
    public static bool IsOrdering(BinaryOperator @operator) =>
        IsComparison(@operator) && @operator is not (BinaryOperator.Equal or BinaryOperator.NotEqual);

    /// <summary>True for <c>&gt;</c> and <c>&gt;=</c>, which mean <c>&lt;</c> and <c>&lt;=</c> with the operands swapped.</summary>
    public static bool IsReversed(BinaryOperator @operator) => @operator is BinaryOperator.Greater or BinaryOperator.GreaterEqual;

    public static Precedence GetPrecedence(LogicalOperator @operator) => @operator switch
    {
        LogicalOperator.Or => Precedence.Or,
        LogicalOperator.And => Precedence.And,
        _ => Precedence.Coalesce,
    };

    public static bool IsPrefix(TokenKind kind) =>
        kind is TokenKind.Minus or TokenKind.Bang or TokenKind.Tilde or TokenKind.Await or TokenKind.Spawn;

    public static UnaryOperator GetUnary(TokenKind kind) => kind switch
    {
        TokenKind.Minus => UnaryOperator.Negate,
        TokenKind.Tilde => UnaryOperator.Complement,
        _ => UnaryOperator.Not,
    };

    public static LogicalOperator GetLogical(TokenKind kind) => kind switch
    {
        TokenKind.And => LogicalOperator.And,
        TokenKind.Or => LogicalOperator.Or,
        _ => LogicalOperator.Coalesce,
    };

    /// <summary>The operator that a token begins.</summary>
    public static BinaryOperator GetBinary(TokenKind kind) => kind switch
    {
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        TokenKind.Star => BinaryOperator.Multiply,
        TokenKind.Slash => BinaryOperator.Divide,
        TokenKind.Percent => BinaryOperator.Modulo,
        TokenKind.StarStar => BinaryOperator.Power,
        TokenKind.LessLess => BinaryOperator.ShiftLeft,
        TokenKind.GreaterGreater => BinaryOperator.ShiftRight,
        TokenKind.Ampersand => BinaryOperator.BitAnd,
        TokenKind.Pipe => BinaryOperator.BitOr,
        TokenKind.Caret => BinaryOperator.BitXor,
        TokenKind.EqualEqual => BinaryOperator.Equal,
        TokenKind.BangEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessEqual => BinaryOperator.LessEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterEqual => BinaryOperator.GreaterEqual,
        TokenKind.In => BinaryOperator.In,
        TokenKind.Not => BinaryOperator.NotIn,
        TokenKind.Is => BinaryOperator.Is,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No binary operator begins with this token."),
    };

    /// <summary>Whether a token is <c>??=</c> or combines a binary operator with <c>=</c>.</summary>
    public static bool IsCompoundAssignment(TokenKind kind) =>
        kind == TokenKind.QuestionQuestionEqual || GetCompoundOperator(kind) is not null;

    /// <summary>The binary operator of a compound assignment; null for all other tokens and for <c>??=</c>.</summary>
    public static BinaryOperator? GetCompoundOperator(TokenKind kind) => kind switch
    {
        TokenKind.PlusEqual => BinaryOperator.Add,
        TokenKind.MinusEqual => BinaryOperator.Subtract,
        TokenKind.StarEqual => BinaryOperator.Multiply,
        TokenKind.SlashEqual => BinaryOperator.Divide,
        TokenKind.PercentEqual => BinaryOperator.Modulo,
        TokenKind.StarStarEqual => BinaryOperator.Power,
        TokenKind.LessLessEqual => BinaryOperator.ShiftLeft,
        TokenKind.GreaterGreaterEqual => BinaryOperator.ShiftRight,
        TokenKind.AmpersandEqual => BinaryOperator.BitAnd,
        TokenKind.PipeEqual => BinaryOperator.BitOr,
        TokenKind.CaretEqual => BinaryOperator.BitXor,
        _ => null,
    };

    public static string Text(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Power => "**",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.BitOr => "|",
        BinaryOperator.BitXor => "^",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterEqual => ">=",
        BinaryOperator.In => "in",
        BinaryOperator.NotIn => "not in",
        BinaryOperator.Is => "is",
        _ => "is not",
    };

    public static string Text(LogicalOperator @operator) => @operator switch
    {
        LogicalOperator.And => "and",
        LogicalOperator.Or => "or",
        _ => "??",
    };
}
