namespace Lyra.Interpreter.Syntax;

/// <summary>The statements by the tokens that begin them.</summary>
internal enum StatementStart : byte
{
    /// <summary>An expression, or an error.</summary>
    Expression,

    /// <summary>A label if a colon follows, otherwise an expression.</summary>
    Name,
    Variable,
    If,
    Match,
    While,
    For,
    Block,
    Try,

    /// <summary>A declaration if a name follows, otherwise an expression.</summary>
    Proc,

    /// <summary>A declaration if <c>proc</c> and a name follow, otherwise an expression.</summary>
    Async,
    Struct,
    Import,
    Pub,

    /// <summary>None: the token ends or continues a construct.</summary>
    Stray,
    Return,
    Yield,
    Throw,

    /// <summary><c>break</c> or <c>continue</c>.</summary>
    Jump,
}

/// <summary>What may follow an operand, by the token that begins it.</summary>
internal enum PostfixStart : byte
{
    /// <summary>Nothing: the operand ends before the token.</summary>
    None,
    Member,
    Call,
    Index,
    StructLiteral,
}

/// <summary>The literals of patterns by the tokens that begin them.</summary>
internal enum LiteralStart : byte
{
    /// <summary>None.</summary>
    None,
    Number,

    /// <summary>A number, if one follows.</summary>
    Sign,

    /// <summary>An interpolated string, which is an error.</summary>
    Template,

    /// <summary>A literal of one token that is not a number.</summary>
    Word,
}

/// <summary>What tokens begin. A token that the tables do not name begins nothing.</summary>
internal static class TokenRoles
{
    private static readonly StatementStart[] Statements = MakeStatements();

    private static readonly PostfixStart[] Postfixes = MakePostfixes();

    private static readonly LiteralStart[] Literals = MakeLiterals();

    public static StatementStart StatementOf(TokenKind kind) => Statements[(int)kind];

    public static PostfixStart PostfixOf(TokenKind kind) => Postfixes[(int)kind];

    public static LiteralStart LiteralOf(TokenKind kind) => Literals[(int)kind];

    private static StatementStart[] MakeStatements()
    {
        StatementStart[] starts = new StatementStart[OperatorTokens.TokenKinds];
        starts[(int)TokenKind.Identifier] = StatementStart.Name;
        starts[(int)TokenKind.Var] = StatementStart.Variable;
        starts[(int)TokenKind.Let] = StatementStart.Variable;
        starts[(int)TokenKind.Const] = StatementStart.Variable;
        starts[(int)TokenKind.If] = StatementStart.If;
        starts[(int)TokenKind.Match] = StatementStart.Match;
        starts[(int)TokenKind.While] = StatementStart.While;
        starts[(int)TokenKind.For] = StatementStart.For;
        starts[(int)TokenKind.OpenBrace] = StatementStart.Block;
        starts[(int)TokenKind.Try] = StatementStart.Try;
        starts[(int)TokenKind.Proc] = StatementStart.Proc;
        starts[(int)TokenKind.Async] = StatementStart.Async;
        starts[(int)TokenKind.Struct] = StatementStart.Struct;
        starts[(int)TokenKind.Import] = StatementStart.Import;
        starts[(int)TokenKind.Pub] = StatementStart.Pub;
        starts[(int)TokenKind.Else] = StatementStart.Stray;
        starts[(int)TokenKind.Catch] = StatementStart.Stray;
        starts[(int)TokenKind.Finally] = StatementStart.Stray;
        starts[(int)TokenKind.CloseBrace] = StatementStart.Stray;
        starts[(int)TokenKind.CloseBracket] = StatementStart.Stray;
        starts[(int)TokenKind.CloseParen] = StatementStart.Stray;
        starts[(int)TokenKind.Return] = StatementStart.Return;
        starts[(int)TokenKind.Yield] = StatementStart.Yield;
        starts[(int)TokenKind.Throw] = StatementStart.Throw;
        starts[(int)TokenKind.Break] = StatementStart.Jump;
        starts[(int)TokenKind.Continue] = StatementStart.Jump;
        return starts;
    }

    private static PostfixStart[] MakePostfixes()
    {
        PostfixStart[] starts = new PostfixStart[OperatorTokens.TokenKinds];
        starts[(int)TokenKind.Dot] = PostfixStart.Member;
        starts[(int)TokenKind.QuestionDot] = PostfixStart.Member;
        starts[(int)TokenKind.OpenParen] = PostfixStart.Call;
        starts[(int)TokenKind.OpenBracket] = PostfixStart.Index;
        starts[(int)TokenKind.QuestionBracket] = PostfixStart.Index;
        starts[(int)TokenKind.OpenBrace] = PostfixStart.StructLiteral;
        return starts;
    }

    private static LiteralStart[] MakeLiterals()
    {
        LiteralStart[] starts = new LiteralStart[OperatorTokens.TokenKinds];
        starts[(int)TokenKind.Int] = LiteralStart.Number;
        starts[(int)TokenKind.Float] = LiteralStart.Number;
        starts[(int)TokenKind.Minus] = LiteralStart.Sign;
        starts[(int)TokenKind.TemplateHead] = LiteralStart.Template;
        starts[(int)TokenKind.String] = LiteralStart.Word;
        starts[(int)TokenKind.True] = LiteralStart.Word;
        starts[(int)TokenKind.False] = LiteralStart.Word;
        starts[(int)TokenKind.Nil] = LiteralStart.Word;
        return starts;
    }
}
