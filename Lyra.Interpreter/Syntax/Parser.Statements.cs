using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Statements that stand in one line, and the list of statements.</summary>
internal sealed partial class Parser
{
    private ImmutableArray<Statement> ParseStatements(TokenKind end)
    {
        ImmutableArray<Statement>.Builder statements = ImmutableArray.CreateBuilder<Statement>();
        while (Kind != end && Kind != TokenKind.EndOfFile)
        {
            if (Accept(TokenKind.Semicolon)) continue;

            int first = _position;
            Statement statement = ParseStatement();
            statements.Add(statement);
            if (!_isPanicking && !AtStatementEnd && !EndsInBlock(statement)) ReportStatementEnd();
            if (_isPanicking) SkipStatement(first);
            if (_position == first) Advance();
        }

        return statements.DrainToImmutable();
    }

    /// <summary>What ends in a block needs no separator behind it.</summary>
    private bool EndsInBlock(Statement statement) => _position > 0 && _tokens[_position - 1].Kind == TokenKind.CloseBrace && statement is
        BlockStatement or WhileStatement or ForStatement or TryStatement or ProcDeclaration or StructDeclaration or
        ExpressionStatement { Expression: IfExpression or MatchExpression };

    private void ReportStatementEnd()
    {
        if (IsAssignment(Kind)) Report(SyntaxDiagnostics.AssignmentAsValue, CurrentSpan);
        else ReportFound(SyntaxDiagnostics.ExpectedStatementEnd);
    }

    private Statement ParseStatement()
    {
        int start = CurrentStart;
        switch (Kind)
        {
            case TokenKind.Var or TokenKind.Let or TokenKind.Const: return ParseVariable(start, isPublic: false);
            case TokenKind.Identifier when PeekKind(1) == TokenKind.Colon: return ParseLabeled();
            case TokenKind.If: return ToStatement(ParseIf(isStatement: true));
            case TokenKind.Match: return ToStatement(ParseMatch(isStatement: true));
            case TokenKind.While: return ParseWhile(start, null);
            case TokenKind.For: return ParseFor(start, null);
            case TokenKind.OpenBrace: return ParseBlock();
            case TokenKind.Try: return ParseTry();
            case TokenKind.Proc when PeekKind(1) == TokenKind.Identifier: return ParseProcDeclaration(start, isPublic: false);
            case TokenKind.Async when PeekKind(1) == TokenKind.Proc && PeekKind(2) == TokenKind.Identifier:
                return ParseProcDeclaration(start, isPublic: false);
            case TokenKind.Struct: return ParseStruct(start, isPublic: false);
            case TokenKind.Import: return ParseImport();
            case TokenKind.Pub: return ParsePublic();
            case TokenKind.Else or TokenKind.Catch or TokenKind.Finally: return ParseStray();
            case TokenKind.CloseBrace or TokenKind.CloseBracket or TokenKind.CloseParen: return ParseStray();
            default: return TryParseShortStatement() ?? ParseExpressionStatement();
        }
    }

    /// <summary>A statement behind something misplaced, which may be repeated any number of times.</summary>
    private Statement ParseInnerStatement()
    {
        if (!TryEnter()) return new BlockStatement(CurrentSpan, [], hasBraces: false);

        Statement statement = ParseStatement();
        Leave();
        return statement;
    }

    /// <summary>Something that ends or goes on with what was never begun: the statement around it is passed over, braces and all.</summary>
    private BlockStatement ParseStray()
    {
        int start = CurrentStart;
        Report(SyntaxDiagnostics.StrayToken, CurrentSpan, DescribeToken());
        Advance();
        return new BlockStatement(SpanFrom(start), [], hasBraces: false);
    }

    /// <summary>The statements that may follow <c>if c</c> without braces; null where none stands.</summary>
    private Statement? TryParseShortStatement()
    {
        switch (Kind)
        {
            case TokenKind.Return: return ParseReturn();
            case TokenKind.Yield: return ParseYield();
            case TokenKind.Throw: return ParseThrow();
            case TokenKind.Break or TokenKind.Continue: return ParseJump();
            default: return null;
        }
    }

    private ReturnStatement ParseReturn()
    {
        int start = CurrentStart;
        CheckReturn(CurrentSpan);
        Advance();
        Expression? value = HasValue ? ParseExpression() : null;
        return new ReturnStatement(SpanFrom(start), value);
    }

    private YieldStatement ParseYield()
    {
        int start = CurrentStart;
        CheckYield(CurrentSpan);
        Advance();
        Expression? value = HasValue ? ParseExpression() : null;
        return new YieldStatement(SpanFrom(start), value);
    }

    private ThrowStatement ParseThrow()
    {
        int start = CurrentStart;
        Advance();
        if (!HasValue) ReportFound(SyntaxDiagnostics.ExpectedExpression);
        Expression value = HasValue ? ParseExpression() : MissingExpression();
        return new ThrowStatement(SpanFrom(start), value);
    }

    /// <summary>
    /// Whether <c>return</c> or <c>yield</c> is followed by a value: not in an arm <c>1 => return,</c> nor before <c>else</c>.
    /// </summary>
    private bool HasValue =>
        !AtStatementEnd && Kind is not (TokenKind.Comma or TokenKind.Else or TokenKind.CloseParen or TokenKind.CloseBracket);

    private Statement ParseJump()
    {
        int start = CurrentStart;
        SourceSpan keyword = CurrentSpan;
        bool isBreak = Kind == TokenKind.Break;
        Advance();
        SourceSpan labelSpan = CurrentSpan;
        string? label = Kind == TokenKind.Identifier && !EndsLine ? TakeName() : null;
        CheckJump(isBreak ? "break" : "continue", label, keyword, labelSpan);
        SourceSpan span = SpanFrom(start);
        return isBreak ? new BreakStatement(span, label) : new ContinueStatement(span, label);
    }

    /// <summary>An expression, or an assignment that begins like one.</summary>
    private Statement ParseExpressionStatement()
    {
        Expression first = ParseExpression();
        if (EndsLine) return ToStatement(first);
        if (Kind == TokenKind.Comma) return ParseAssignment(ParseTargets(first));
        if (Kind == TokenKind.Equal) return ParseAssignment([first]);
        if (IsAssignment(Kind)) return ParseCompoundAssignment([first]);

        return ToStatement(first);
    }

    private ImmutableArray<Expression> ParseTargets(Expression first)
    {
        ImmutableArray<Expression>.Builder targets = ImmutableArray.CreateBuilder<Expression>();
        targets.Add(first);
        while (!_isPanicking && AcceptOnLine(TokenKind.Comma)) targets.Add(ParseExpression());
        return targets.DrainToImmutable();
    }

    private Statement ParseAssignment(ImmutableArray<Expression> targets)
    {
        int start = targets[0].Span.Start;
        if (_isPanicking) return new ExpressionStatement(SpanFrom(start), targets[0]);
        if (IsAssignment(Kind) && Kind != TokenKind.Equal && !EndsLine) return ParseCompoundAssignment(targets);
        if (EndsLine || !Expect(TokenKind.Equal)) return ReportTuple(targets);

        foreach (Expression target in targets) CheckTarget(target);
        ImmutableArray<Expression> values = ParseTargets(ParseExpression());
        SourceSpan span = SpanFrom(start);
        if (values.Length != targets.Length && (targets.Length == 1 || values.Length != 1))
        {
            ReportMildly(SyntaxDiagnostics.TargetCount, span, $"{targets.Length}", $"{values.Length}");
        }

        return new AssignmentStatement(span, targets, values);
    }

    /// <summary><c>a, b</c> without <c>=</c>.</summary>
    private ExpressionStatement ReportTuple(ImmutableArray<Expression> targets)
    {
        ReportExpected(TokenFacts.Text(TokenKind.Equal));
        return new ExpressionStatement(SpanFrom(targets[0].Span.Start), targets[0]);
    }

    private CompoundAssignmentStatement ParseCompoundAssignment(ImmutableArray<Expression> targets)
    {
        Expression target = targets[0];
        SourceSpan operatorSpan = CurrentSpan;
        AssignmentOperator @operator = OperatorFacts.GetAssignment(Kind) ?? AssignmentOperator.Add;
        if (targets.Length > 1 || target is TupleLiteral or ListLiteral) ReportMildly(SyntaxDiagnostics.CompoundTarget, operatorSpan);
        else CheckTarget(target);

        Advance();
        Expression value = ParseExpression();
        return new CompoundAssignmentStatement(SpanFrom(target.Span.Start), @operator, operatorSpan, target, value);
    }

    /// <summary>Checks what is assigned to, without recursion, because targets may be nested as deeply as any list.</summary>
    private void CheckTarget(Expression target)
    {
        if (target is NameExpression) return;

        Stack<Expression> rest = new([target]);
        while (rest.TryPop(out Expression? next))
        {
            switch (next)
            {
                case NameExpression or ErrorExpression or MemberExpression { IsOptional: false } or IndexExpression { IsOptional: false }:
                    break;
                case TupleLiteral { Items.Length: > 0 } tuple:
                    foreach (Expression item in tuple.Items) rest.Push(item);
                    break;
                case ListLiteral { Items.Length: > 0 } list:
                    foreach (Expression item in list.Items) rest.Push(item);
                    break;
                default:
                    ReportMildly(next is SliceExpression ? SyntaxDiagnostics.SliceAssignment : SyntaxDiagnostics.NotAssignable, next.Span);
                    break;
            }
        }
    }
}
