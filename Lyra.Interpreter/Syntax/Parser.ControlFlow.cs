using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>What has blocks: if and match in both their forms, loops, try.</summary>
internal sealed partial class Parser
{
    private BlockStatement ParseBlock()
    {
        SkipToBlock();
        int opening = _position;
        int start = CurrentStart;
        Surroundings outer = _surroundings;
        if (!Expect(TokenKind.OpenBrace) || !TryEnter()) return new BlockStatement(SpanFrom(start), [], hasBraces: true);

        _surroundings = Surroundings.Lines;
        _blocks++;
        ImmutableArray<Statement> statements = ParseStatements(TokenKind.CloseBrace);
        ExpectClosing(TokenKind.CloseBrace, opening);
        _blocks--;
        _surroundings = outer;
        Leave();
        return new BlockStatement(SpanFrom(start), statements, hasBraces: true);
    }

    /// <summary>The whole chain of else-ifs, however long, in one loop.</summary>
    private IfExpression ParseIf(bool isStatement)
    {
        int start = CurrentStart;
        ImmutableArray<IfClause>.Builder clauses = ImmutableArray.CreateBuilder<IfClause>();
        BlockStatement? otherwise = null;
        do
        {
            int clauseStart = CurrentStart;
            Advance();
            Expression condition = ParseHead();
            BlockStatement body = ParseBranch(isStatement);
            clauses.Add(new IfClause(SpanFrom(clauseStart), condition, body));
            if (_isPanicking || !Accept(TokenKind.Else)) break;
            if (Kind != TokenKind.If) otherwise = ParseBranch(isStatement);
        }
        while (otherwise is null);

        return new IfExpression(SpanFrom(start), clauses.DrainToImmutable(), otherwise);
    }

    /// <summary>A block, or in a statement one of the short statements.</summary>
    private BlockStatement ParseBranch(bool isStatement)
    {
        if (Kind == TokenKind.OpenBrace) return ParseBlock();

        Statement? only = isStatement ? TryParseShortStatement() : null;
        if (only is not null) return new BlockStatement(only.Span, [only], hasBraces: false);

        if (isStatement && !IsAssignment(Kind)) ReportFound(SyntaxDiagnostics.ExpectedBody);
        return ParseBlock();
    }

    private MatchExpression ParseMatch(bool isStatement)
    {
        int start = CurrentStart;
        Advance();
        Expression subject = ParseHead();
        ImmutableArray<MatchArm>.Builder arms = ImmutableArray.CreateBuilder<MatchArm>();
        int opening = _position;
        Surroundings outer = _surroundings;
        if (Expect(TokenKind.OpenBrace) && TryEnter())
        {
            _surroundings = Surroundings.Lines;
            _blocks++;
            while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile)) arms.Add(ParseArmAndSeparator(isStatement));
            ExpectClosing(TokenKind.CloseBrace, opening);
            _blocks--;
            _surroundings = outer;
            Leave();
        }

        return new MatchExpression(SpanFrom(start), subject, arms.DrainToImmutable());
    }

    private MatchArm ParseArmAndSeparator(bool isStatement)
    {
        int first = _position;
        MatchArm arm = ParseArm(isStatement);
        bool isSeparated = AtStatementEnd || Kind == TokenKind.Comma || arm.Body is BlockStatement;
        if (!_isPanicking && !isSeparated) ReportExpected("`,` or a new line");
        if (_isPanicking) SkipStatement(first, endsAtComma: true);
        while (Kind is TokenKind.Comma or TokenKind.Semicolon) Advance();
        if (_position == first) Advance();
        return arm;
    }

    private MatchArm ParseArm(bool isStatement)
    {
        int start = CurrentStart;
        Pattern pattern = ParseArmPattern();
        Expression? guard = Accept(TokenKind.If) ? ParseGuard() : null;
        Statement body = Expect(TokenKind.FatArrow) ? ParseArmBody(isStatement) : new BlockStatement(CurrentSpan, [], hasBraces: true);
        return new MatchArm(SpanFrom(start), pattern, guard, body);
    }

    private Statement ParseArmBody(bool isStatement)
    {
        if (Kind == TokenKind.OpenBrace) return ParseBlock();

        SourceSpan first = CurrentSpan;
        Statement body = TryParseShortStatement() ?? ParseArmStatement(isStatement);
        if (!isStatement && body is not ExpressionStatement) ReportMildly(SyntaxDiagnostics.StatementArm, first);
        return body;
    }

    /// <summary>An expression, or an assignment to one target (a comma ends the arm).</summary>
    private Statement ParseArmStatement(bool isStatement)
    {
        if (isStatement && Kind == TokenKind.If) return ToStatement(ParseIf(isStatement));
        if (isStatement && Kind == TokenKind.Match) return ToStatement(ParseMatch(isStatement));

        Expression first = ParseExpression();
        if (!IsAssignment(Kind) || EndsLine) return ToStatement(first);
        if (Kind != TokenKind.Equal) return ParseCompoundAssignment([first]);

        Advance();
        CheckTarget(first);
        Expression value = ParseExpression();
        return new AssignmentStatement(SpanFrom(first.Span.Start), [first], [value]);
    }

    private static ExpressionStatement ToStatement(Expression expression) => new(expression.Span, expression);

    private WhileStatement ParseWhile(int start, string? label)
    {
        Advance();
        Expression condition = ParseHead();
        BlockStatement body = ParseLoopBody(label);
        return new WhileStatement(SpanFrom(start), label, condition, body);
    }

    private ForStatement ParseFor(int start, string? label)
    {
        Advance();
        Pattern first = ParseTarget();
        Pattern? second = Accept(TokenKind.Comma) ? ParseTarget() : null;
        Expression iterable = Expect(TokenKind.In) ? ParseHead() : MissingExpression();
        BlockStatement body = ParseLoopBody(label);
        return new ForStatement(SpanFrom(start), label, first, second, iterable, body);
    }

    private BlockStatement ParseLoopBody(string? label)
    {
        _loops.Add(new Loop(label, _proc.Finallies));
        BlockStatement body = ParseBlock();
        _loops.RemoveAt(_loops.Count - 1);
        return body;
    }

    /// <summary><c>outer: for …</c>. A label before anything else is reported and forgotten.</summary>
    private Statement ParseLabeled()
    {
        int start = CurrentStart;
        string label = ExpectName(out SourceSpan span);
        Advance();
        CheckLabel(label, span);
        if (Kind == TokenKind.While) return ParseWhile(start, label);
        if (Kind == TokenKind.For) return ParseFor(start, label);

        ReportMildly(SyntaxDiagnostics.LabelWithoutLoop, span, label);
        return AtStatementEnd ? new BlockStatement(SpanFrom(start), [], hasBraces: false) : ParseInnerStatement();
    }

    private TryStatement ParseTry()
    {
        SourceSpan keyword = CurrentSpan;
        Advance();
        BlockStatement body = ParseBlock();
        ImmutableArray<CatchClause>.Builder catches = ImmutableArray.CreateBuilder<CatchClause>();
        while (!_isPanicking && Kind == TokenKind.Catch) catches.Add(ParseCatch());

        BlockStatement? last = null;
        if (!_isPanicking && Accept(TokenKind.Finally))
        {
            _proc.Finallies++;
            last = ParseBlock();
            _proc.Finallies--;
        }

        if (catches.Count == 0 && last is null) ReportMildly(SyntaxDiagnostics.TryWithoutHandler, keyword);
        return new TryStatement(SpanFrom(keyword.Start), body, catches.DrainToImmutable(), last);
    }

    private CatchClause ParseCatch()
    {
        int start = CurrentStart;
        Advance();
        SourceSpan nameSpan = CurrentSpan;
        string? name = Kind == TokenKind.OpenBrace ? null : ExpectName(out nameSpan);
        string? kind = name is not null && Accept(TokenKind.Colon) ? ParseErrorKind() : null;
        BlockStatement body = ParseBlock();
        return new CatchClause(SpanFrom(start), name, nameSpan, kind, body);
    }

    private string? ParseErrorKind()
    {
        if (Kind == TokenKind.String) return ParseString().Value;
        if (Kind == TokenKind.TemplateHead) ReportMildly(SyntaxDiagnostics.InterpolatedLiteral, CurrentSpan);
        else ReportFound(SyntaxDiagnostics.ExpectedKind);

        if (Kind == TokenKind.TemplateHead) ParseTemplate();
        else if (Kind == TokenKind.Identifier) Advance();
        return null;
    }
}
