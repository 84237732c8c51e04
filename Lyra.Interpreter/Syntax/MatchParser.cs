using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses <c>match</c>, as a statement and as a value.</summary>
internal sealed class MatchParser(Parser parser) : AreaParser(parser)
{
    public MatchExpression ParseMatch(bool isStatement)
    {
        int start = Tokens.CurrentStart;
        Tokens.Advance();
        Expression subject = Parser.Expressions.ParseHead();
        NodeList<MatchArm> arms = Parser.NewList<MatchArm>();
        if (TryOpenBraces(out OpenBraces braces))
        {
            while (Tokens.Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
            {
                arms.Add(ParseArmAndSeparator(isStatement));
            }

            CloseBraces(braces);
        }

        return new MatchExpression(Tokens.SpanFrom(start), subject, arms.Close());
    }

    private MatchArm ParseArmAndSeparator(bool isStatement)
    {
        int first = Tokens.Position;
        MatchArm arm = ParseArm(isStatement);
        bool isSeparated = Tokens.AtStatementEnd || Tokens.Kind == TokenKind.Comma || arm.Body is BlockStatement;
        if (!Errors.IsPanicking && !isSeparated)
        {
            Errors.ReportExpected("`,` or a new line");
        }

        if (Errors.IsPanicking)
        {
            Recovery.SkipStatement(first, endsAtComma: true);
        }
        while (Tokens.Kind is TokenKind.Comma or TokenKind.Semicolon)
        {
            Tokens.Advance();
        }

        if (Tokens.Position == first)
        {
            Tokens.Advance();
        }

        return arm;
    }

    private MatchArm ParseArm(bool isStatement)
    {
        int start = Tokens.CurrentStart;
        Pattern pattern = Parser.Patterns.ParseArmPattern();
        Expression? guard = Tokens.Accept(TokenKind.If) ? Parser.Expressions.ParseGuard() : null;
        bool hasBody = Errors.Expect(TokenKind.FatArrow);
        Statement body = hasBody ? ParseArmBody(isStatement) : new BlockStatement(Tokens.CurrentSpan, [], hasBraces: true);
        return new MatchArm(Tokens.SpanFrom(start), pattern, guard, body);
    }

    private Statement ParseArmBody(bool isStatement)
    {
        if (Tokens.Kind == TokenKind.OpenBrace)
        {
            return Parser.Blocks.ParseBlock();
        }

        SourceSpan first = Tokens.CurrentSpan;
        Statement body = Parser.Statements.TryParseShortStatement() ?? ParseArmStatement(isStatement);
        if (!isStatement && body is not ExpressionStatement)
        {
            Errors.Report(SyntaxDiagnostics.StatementArm, first);
        }

        return body;
    }

    /// <summary>Parses the body of an arm: an expression, or an assignment to one target. A comma ends the arm.</summary>
    private Statement ParseArmStatement(bool isStatement)
    {
        if (isStatement && Tokens.Kind == TokenKind.If)
        {
            return ToStatement(Parser.Blocks.ParseIf(isStatement));
        }

        if (isStatement && Tokens.Kind == TokenKind.Match)
        {
            return ToStatement(ParseMatch(isStatement));
        }

        Expression first = Parser.Expressions.ParseExpression();
        if (!TokenTable.IsAssignment(Tokens.Kind) || Tokens.EndsLine)
        {
            return ToStatement(first);
        }

        if (Tokens.Kind != TokenKind.Equal)
        {
            return Parser.Assignments.ParseCompoundAssignment([first]);
        }

        Tokens.Advance();
        Parser.Assignments.CheckTarget(first);
        Expression value = Parser.Expressions.ParseExpression();
        return new AssignmentStatement(Tokens.SpanFrom(first.Span.Start), [first], [value]);
    }
}
