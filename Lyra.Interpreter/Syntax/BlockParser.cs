using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses blocks and the constructs that contain them: <c>if</c>, loops and <c>try</c>.</summary>
internal sealed class BlockParser(Parser parser) : AreaParser(parser)
{
    public BlockStatement ParseBlock()
    {
        Recovery.SkipToBlock();
        int start = Tokens.CurrentStart;
        if (!TryOpenBraces(out OpenBraces braces))
        {
            return new BlockStatement(Tokens.SpanFrom(start), [], hasBraces: true);
        }

        ImmutableArray<Statement> statements = Parser.Statements.ParseStatements(TokenKind.CloseBrace);
        CloseBraces(braces);
        return new BlockStatement(Tokens.SpanFrom(start), statements, hasBraces: true);
    }

    /// <summary>Parses an <c>if</c> with its else-if clauses. Uses a loop, because there may be any number of them.</summary>
    public IfExpression ParseIf(bool isStatement)
    {
        int start = Tokens.CurrentStart;
        NodeList<IfClause> clauses = Parser.NewList<IfClause>();
        BlockStatement? otherwise = null;
        do
        {
            int clauseStart = Tokens.CurrentStart;
            Tokens.Advance();
            Expression condition = Parser.Expressions.ParseHead();
            BlockStatement body = ParseBranch(isStatement);
            clauses.Add(new IfClause(Tokens.SpanFrom(clauseStart), condition, body));
            if (Errors.IsPanicking || !Tokens.Accept(TokenKind.Else))
            {
                break;
            }

            if (Tokens.Kind != TokenKind.If)
            {
                otherwise = ParseBranch(isStatement);
            }
        }
        while (otherwise is null);

        return new IfExpression(Tokens.SpanFrom(start), clauses.Close(), otherwise);
    }

    /// <summary>Parses a block or, in a statement, one of the short statements.</summary>
    private BlockStatement ParseBranch(bool isStatement)
    {
        if (Tokens.Kind == TokenKind.OpenBrace)
        {
            return ParseBlock();
        }

        Statement? only = isStatement ? Parser.Statements.TryParseShortStatement() : null;
        if (only is not null)
        {
            return new BlockStatement(only.Span, [only], hasBraces: false);
        }

        if (isStatement && !TokenTable.IsAssignment(Tokens.Kind))
        {
            Errors.ReportMissing(SyntaxDiagnostics.ExpectedBody);
        }

        return ParseBlock();
    }

    public WhileStatement ParseWhile(int start, string? label)
    {
        Tokens.Advance();
        Expression condition = Parser.Expressions.ParseHead();
        BlockStatement body = ParseLoopBody(label);
        return new WhileStatement(Tokens.SpanFrom(start), label, condition, body);
    }

    public ForStatement ParseFor(int start, string? label)
    {
        Tokens.Advance();
        Pattern first = Parser.Patterns.ParseTarget();
        Pattern? second = Tokens.Accept(TokenKind.Comma) ? Parser.Patterns.ParseTarget() : null;
        Expression iterable = Errors.Expect(TokenKind.In) ? Parser.Expressions.ParseHead() : Errors.MissingExpression();
        BlockStatement body = ParseLoopBody(label);
        return new ForStatement(Tokens.SpanFrom(start), label, first, second, iterable, body);
    }

    private BlockStatement ParseLoopBody(string? label)
    {
        Placement.EnterLoop(label);
        BlockStatement body = ParseBlock();
        Placement.ExitLoop();
        return body;
    }

    public TryStatement ParseTry()
    {
        SourceSpan keyword = Tokens.CurrentSpan;
        Tokens.Advance();
        BlockStatement body = ParseBlock();
        NodeList<CatchClause> catches = Parser.NewList<CatchClause>();
        while (!Errors.IsPanicking && Tokens.Kind == TokenKind.Catch)
        {
            catches.Add(ParseCatch());
        }

        BlockStatement? last = null;
        if (!Errors.IsPanicking && Tokens.Accept(TokenKind.Finally))
        {
            Placement.EnterFinally();
            last = ParseBlock();
            Placement.ExitFinally();
        }

        if (catches.Count == 0 && last is null)
        {
            Errors.Report(SyntaxDiagnostics.TryWithoutHandler, keyword);
        }

        return new TryStatement(Tokens.SpanFrom(keyword.Start), body, catches.Close(), last);
    }

    private CatchClause ParseCatch()
    {
        int start = Tokens.CurrentStart;
        Tokens.Advance();
        SourceSpan nameSpan = Tokens.CurrentSpan;
        string? name = Tokens.Kind == TokenKind.OpenBrace ? null : Errors.ExpectName(out nameSpan);
        string? kind = name is not null && Tokens.Accept(TokenKind.Colon) ? ParseErrorKind() : null;
        BlockStatement body = ParseBlock();
        return new CatchClause(Tokens.SpanFrom(start), name, nameSpan, kind, body);
    }

    private string? ParseErrorKind()
    {
        if (Tokens.Kind == TokenKind.String)
        {
            return Parser.Literals.ParseString().Value;
        }

        if (Tokens.Kind == TokenKind.TemplateHead)
        {
            Errors.Report(SyntaxDiagnostics.InterpolatedLiteral, Tokens.CurrentSpan);
        }
        else
        {
            Errors.ReportMissing(SyntaxDiagnostics.ExpectedKind);
        }

        if (Tokens.Kind == TokenKind.TemplateHead)
        {
            Parser.Literals.ParseTemplate();
        }
        else if (Tokens.Kind == TokenKind.Identifier)
        {
            Tokens.Advance();
        }

        return null;
    }
}
