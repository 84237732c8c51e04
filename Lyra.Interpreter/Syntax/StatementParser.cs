using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses lists of statements, and the statements that contain no block.</summary>
internal sealed class StatementParser(Parser parser) : AreaParser(parser)
{
    public ImmutableArray<Statement> ParseStatements(TokenKind end)
    {
        NodeList<Statement> statements = Parser.NewList<Statement>();
        while (Tokens.Kind != end && Tokens.Kind != TokenKind.EndOfFile)
        {
            if (Tokens.Accept(TokenKind.Semicolon))
            {
                continue;
            }

            int first = Tokens.Position;
            Statement statement = ParseStatement();
            statements.Add(statement);
            if (!Errors.IsPanicking && !Tokens.AtStatementEnd && !EndsInBlock(statement))
            {
                ReportStatementEnd(first);
            }

            if (Errors.IsPanicking)
            {
                Recovery.SkipStatement(first);
            }

            if (Tokens.Position == first)
            {
                Tokens.Advance();
            }
        }

        return statements.Close();
    }

    private Statement ParseStatement()
    {
        int start = Tokens.CurrentStart;
        return TokenRoles.StatementOf(Tokens.Kind) switch
        {
            StatementStart.Name when Tokens.PeekKind(1) == TokenKind.Colon => ParseLabeled(),
            StatementStart.Name when Parser.Declarations.IsTypeAhead => Parser.Declarations.ParseTypeName(start, isPublic: false),
            StatementStart.Name when Parser.Declarations.IsEnumAhead => Parser.Enums.ParseEnum(start, isPublic: false),
            StatementStart.Variable => Parser.Declarations.ParseVariable(start, isPublic: false),
            StatementStart.If => ToStatement(Parser.Blocks.ParseIf(isStatement: true)),
            StatementStart.Match => ToStatement(Parser.Matches.ParseMatch(isStatement: true)),
            StatementStart.While => Parser.Blocks.ParseWhile(start, null),
            StatementStart.For => Parser.Blocks.ParseFor(start, null),
            StatementStart.Block => Parser.Blocks.ParseBlock(),
            StatementStart.Try => Parser.Blocks.ParseTry(),
            StatementStart.Proc when Tokens.PeekKind(1) == TokenKind.Identifier =>
                Parser.Declarations.ParseProcDeclaration(start, isPublic: false),
            StatementStart.Async when Tokens.PeekKind(1) == TokenKind.Proc && Tokens.PeekKind(2) == TokenKind.Identifier =>
                Parser.Declarations.ParseProcDeclaration(start, isPublic: false),
            StatementStart.Struct => Parser.Declarations.ParseStruct(start, isPublic: false),
            StatementStart.Import => Parser.Imports.ParseImport(),
            StatementStart.Pub => Parser.Declarations.ParsePublic(),
            StatementStart.Stray => ParseStray(),
            StatementStart.Return => ParseReturn(),
            StatementStart.Yield => ParseYield(),
            StatementStart.Throw => ParseThrow(),
            StatementStart.Jump => ParseJump(),
            StatementStart.Expression or StatementStart.Name or StatementStart.Proc or StatementStart.Async =>
                Parser.Assignments.ParseExpressionStatement(),
        };
    }

    /// <summary>Parses the statement after a misplaced label or <c>pub</c>; there may be any number of these.</summary>
    public Statement ParseMisplaced(int start)
    {
        if (Tokens.AtStatementEnd)
        {
            return new BlockStatement(Tokens.SpanFrom(start), [], hasBraces: false);
        }

        if (!Nesting.TryEnter())
        {
            return new BlockStatement(Tokens.CurrentSpan, [], hasBraces: false);
        }

        Statement statement = ParseStatement();
        Nesting.Exit();
        return statement;
    }

    /// <summary>Parses a statement that may follow <c>if c</c> without braces; returns null if there is none.</summary>
    public Statement? TryParseShortStatement() => TokenRoles.StatementOf(Tokens.Kind) switch
    {
        StatementStart.Return => ParseReturn(),
        StatementStart.Yield => ParseYield(),
        StatementStart.Throw => ParseThrow(),
        StatementStart.Jump => ParseJump(),
        StatementStart.Expression or StatementStart.Name or StatementStart.Variable or StatementStart.If or StatementStart.Match
            or StatementStart.While or StatementStart.For or StatementStart.Block or StatementStart.Try or StatementStart.Proc
            or StatementStart.Async or StatementStart.Struct or StatementStart.Import or StatementStart.Pub or StatementStart.Stray => null,
    };

    private ReturnStatement ParseReturn()
    {
        int start = Tokens.CurrentStart;
        Placement.CheckReturn(Tokens.CurrentSpan);
        Tokens.Advance();
        Expression? value = HasValue ? Parser.Expressions.ParseExpression() : null;
        return new ReturnStatement(Tokens.SpanFrom(start), value);
    }

    private YieldStatement ParseYield()
    {
        int start = Tokens.CurrentStart;
        Placement.CheckYield(Tokens.CurrentSpan);
        Tokens.Advance();
        Expression? value = HasValue ? Parser.Expressions.ParseExpression() : null;
        return new YieldStatement(Tokens.SpanFrom(start), value);
    }

    private ThrowStatement ParseThrow()
    {
        int start = Tokens.CurrentStart;
        Tokens.Advance();
        if (!HasValue)
        {
            Errors.ReportMissing(SyntaxDiagnostics.ExpectedExpression);
        }

        Expression value = HasValue ? Parser.Expressions.ParseExpression() : Errors.MissingExpression();
        return new ThrowStatement(Tokens.SpanFrom(start), value);
    }

    /// <summary>
    /// True if a value follows <c>return</c>, <c>yield</c> or <c>throw</c>. In an arm <c>1 => return,</c> and before <c>else</c> there is
    /// none.
    /// </summary>
    private bool HasValue =>
        !Tokens.AtStatementEnd && Tokens.Kind is not (TokenKind.Comma or TokenKind.Else or TokenKind.CloseParen or TokenKind.CloseBracket);

    private Statement ParseJump()
    {
        int start = Tokens.CurrentStart;
        SourceSpan keyword = Tokens.CurrentSpan;
        bool isBreak = Tokens.Kind == TokenKind.Break;
        Tokens.Advance();
        SourceSpan labelSpan = Tokens.CurrentSpan;
        string? label = Tokens.Kind == TokenKind.Identifier && !Tokens.EndsLine ? Tokens.TakeName() : null;
        Placement.CheckJump(isBreak ? "break" : "continue", label, keyword, labelSpan);
        SourceSpan span = Tokens.SpanFrom(start);
        return isBreak ? new BreakStatement(span, label) : new ContinueStatement(span, label);
    }

    /// <summary>Parses <c>outer: for …</c>. A label before any other statement is reported and ignored.</summary>
    private Statement ParseLabeled()
    {
        int start = Tokens.CurrentStart;
        string label = Errors.ExpectName(out SourceSpan span);
        Tokens.Advance();
        Placement.CheckLabel(label, span);
        if (Tokens.Kind == TokenKind.While)
        {
            return Parser.Blocks.ParseWhile(start, label);
        }

        if (Tokens.Kind == TokenKind.For)
        {
            return Parser.Blocks.ParseFor(start, label);
        }

        Errors.Report(SyntaxDiagnostics.LabelWithoutLoop, span, label);
        return ParseMisplaced(start);
    }

    /// <summary>
    /// Reports a token that ends or continues a construct without a beginning, such as <c>else</c>. Recovery skips the statement.
    /// </summary>
    private BlockStatement ParseStray()
    {
        int start = Tokens.CurrentStart;
        Errors.ReportAndPanic(SyntaxDiagnostics.StrayToken, Tokens.CurrentSpan, Errors.DescribeToken());
        Tokens.Advance();
        return new BlockStatement(Tokens.SpanFrom(start), [], hasBraces: false);
    }

    /// <summary>True for a statement that ends with a block, and therefore needs no separator.</summary>
    private bool EndsInBlock(Statement statement)
    {
        bool mayEndInBlock = statement
            is BlockStatement or WhileStatement or ForStatement or TryStatement or ProcDeclaration or StructDeclaration
            or EnumDeclaration or ExpressionStatement { Expression: IfExpression or MatchExpression };
        return mayEndInBlock && Tokens.Position > 0 && Tokens[Tokens.Position - 1].Kind == TokenKind.CloseBrace;
    }

    private void ReportStatementEnd(int first)
    {
        string word = Tokens.Source.GetText(Tokens[first].Span);
        if (Tokens.Position == first + 1 && Tokens.Kind != TokenKind.Equal && NameHints.StatementOfOtherLanguages(word) is { } meant)
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.ForeignWord, Tokens[first].Span, word, meant);
        }
        else if (TokenTable.IsAssignment(Tokens.Kind))
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.AssignmentAsValue, Tokens.CurrentSpan);
        }
        else
        {
            Errors.ReportMissing(SyntaxDiagnostics.ExpectedStatementEnd);
        }
    }
}
