using System;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Syntax;

/// <summary>The operators of tokens.</summary>
internal static class OperatorTokens
{
    /// <summary>The number of kinds of tokens.</summary>
    public const int TokenKinds = (int)TokenKind.QuestionQuestionEqual + 1;

    /// <summary>The operators by the token that begins them; of two, the shorter one.</summary>
    private static readonly BinaryOperator?[] Binary = ByToken(static @operator => TokensOf(@operator).First);

    /// <summary>The operators by the token of their compound assignment.</summary>
    private static readonly BinaryOperator?[] Compound = ByToken(static @operator => TokensOf(@operator).Assignment);

    private static readonly LogicalOperator?[] Logical = MakeLogical();

    private static readonly Precedence[] Precedences = MakePrecedences();

    /// <summary>The precedence of a binary operator other than <c>**</c>; <see cref="Precedence.None"/> for all other tokens.</summary>
    public static Precedence GetPrecedence(TokenKind kind) => Precedences[(int)kind];

    /// <summary>The precedence of the right operand of a left-associative operator.</summary>
    public static Precedence Tighter(this Precedence precedence) => precedence + 1;

    /// <summary>
    /// Whether a line that begins with the token goes on with the line before: the token is an operator between operands, and none that
    /// may begin an expression.
    /// </summary>
    public static bool JoinsLines(TokenKind kind) =>
        kind is not (TokenKind.Plus or TokenKind.Minus or TokenKind.Not)
        && (kind == TokenKind.StarStar || GetPrecedence(kind) != Precedence.None);

    public static bool IsPrefix(TokenKind kind) =>
        kind is TokenKind.Minus or TokenKind.Bang or TokenKind.Tilde or TokenKind.Await or TokenKind.Spawn;

    public static UnaryOperator GetUnary(TokenKind kind) => kind switch
    {
        TokenKind.Minus => UnaryOperator.Negate,
        TokenKind.Tilde => UnaryOperator.Complement,
        TokenKind.Bang or TokenKind.Not => UnaryOperator.Not,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This token is no unary operator."),
    };

    /// <summary>The operator that a token denotes; null if it is no logical operator.</summary>
    public static LogicalOperator? GetLogical(TokenKind kind) => Logical[(int)kind];

    /// <summary>The operator that a token begins.</summary>
    public static BinaryOperator GetBinary(TokenKind kind) => Binary[(int)kind]
        ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "No binary operator begins with this token.");

    /// <summary>Whether a token is <c>??=</c> or combines a binary operator with <c>=</c>.</summary>
    public static bool IsCompoundAssignment(TokenKind kind) =>
        kind == TokenKind.QuestionQuestionEqual || GetCompoundOperator(kind) is not null;

    /// <summary>The binary operator of a compound assignment; null for all other tokens and for <c>??=</c>.</summary>
    public static BinaryOperator? GetCompoundOperator(TokenKind kind) => Compound[(int)kind];

    /// <summary>The token with which an operator begins, and that of its compound assignment.</summary>
    private static (TokenKind First, TokenKind? Assignment) TokensOf(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => (TokenKind.Plus, TokenKind.PlusEqual),
        BinaryOperator.Subtract => (TokenKind.Minus, TokenKind.MinusEqual),
        BinaryOperator.Multiply => (TokenKind.Star, TokenKind.StarEqual),
        BinaryOperator.Divide => (TokenKind.Slash, TokenKind.SlashEqual),
        BinaryOperator.Modulo => (TokenKind.Percent, TokenKind.PercentEqual),
        BinaryOperator.Power => (TokenKind.StarStar, TokenKind.StarStarEqual),
        BinaryOperator.BitAnd => (TokenKind.Ampersand, TokenKind.AmpersandEqual),
        BinaryOperator.BitOr => (TokenKind.Pipe, TokenKind.PipeEqual),
        BinaryOperator.BitXor => (TokenKind.Caret, TokenKind.CaretEqual),
        BinaryOperator.ShiftLeft => (TokenKind.LessLess, TokenKind.LessLessEqual),
        BinaryOperator.ShiftRight => (TokenKind.GreaterGreater, TokenKind.GreaterGreaterEqual),
        BinaryOperator.Equal => (TokenKind.EqualEqual, null),
        BinaryOperator.NotEqual => (TokenKind.BangEqual, null),
        BinaryOperator.Less => (TokenKind.Less, null),
        BinaryOperator.LessEqual => (TokenKind.LessEqual, null),
        BinaryOperator.Greater => (TokenKind.Greater, null),
        BinaryOperator.GreaterEqual => (TokenKind.GreaterEqual, null),
        BinaryOperator.In => (TokenKind.In, null),
        BinaryOperator.NotIn => (TokenKind.Not, null),
        BinaryOperator.Is or BinaryOperator.IsNot => (TokenKind.Is, null),
    };

    private static BinaryOperator?[] ByToken(Func<BinaryOperator, TokenKind?> token)
    {
        BinaryOperator?[] operators = new BinaryOperator?[TokenKinds];
        for (BinaryOperator @operator = 0; (int)@operator < OperatorInfo.BinaryCount; @operator++)
        {
            if (token(@operator) is { } kind)
            {
                operators[(int)kind] ??= @operator;
            }
        }

        return operators;
    }

    private static LogicalOperator?[] MakeLogical()
    {
        LogicalOperator?[] operators = new LogicalOperator?[TokenKinds];
        operators[(int)TokenKind.And] = LogicalOperator.And;
        operators[(int)TokenKind.Or] = LogicalOperator.Or;
        operators[(int)TokenKind.QuestionQuestion] = LogicalOperator.Coalesce;
        return operators;
    }

    private static Precedence[] MakePrecedences()
    {
        Precedence[] precedences = new Precedence[TokenKinds];
        for (int i = 0; i < precedences.Length; i++)
        {
            Precedence binary = Binary[i] is { } @operator ? OperatorInfo.Of(@operator).Precedence : Precedence.None;
            precedences[i] = GetLogical((TokenKind)i) is { } logical ? OperatorInfo.Of(logical).Precedence
                : (TokenKind)i is TokenKind.DotDot or TokenKind.DotDotEqual ? Precedence.Range
                : binary == Precedence.Power ? Precedence.None
                : binary;
        }

        return precedences;
    }
}
