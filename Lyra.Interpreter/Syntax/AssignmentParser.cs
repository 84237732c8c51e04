using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses assignments and expression statements.</summary>
internal sealed class AssignmentParser(Parser parser) : AreaParser(parser)
{
    /// <summary>Parses an expression, or an assignment, which begins with one.</summary>
    public Statement ParseExpressionStatement()
    {
        Expression first = ParseTarget();
        if (Tokens.EndsLine && first is not SpreadExpression)
        {
            return ToStatement(first);
        }

        if (Tokens.Kind == TokenKind.Comma)
        {
            return ParseAssignment(ParseTargets(first));
        }

        if (Tokens.Kind == TokenKind.Equal)
        {
            return ParseAssignment([first]);
        }

        if (TokenTable.IsAssignment(Tokens.Kind))
        {
            return ParseCompoundAssignment([first]);
        }

        RejectSpread(first);
        return ToStatement(first);
    }

    /// <summary>Reports <c>...x</c> where a value must stand.</summary>
    private void RejectSpread(Expression value)
    {
        if (value is SpreadExpression)
        {
            Errors.Report(SyntaxDiagnostics.ExpectedExpression, value.Span, "`...`");
        }
    }

    private ImmutableArray<Expression> ParseTargets(Expression first)
    {
        NodeList<Expression> targets = Parser.NewList<Expression>();
        targets.Add(first);
        while (!Errors.IsPanicking && Tokens.AcceptOnLine(TokenKind.Comma))
        {
            targets.Add(ParseTarget());
        }

        return targets.Close();
    }

    /// <summary>Parses an expression, or a target that takes the rest of a value.</summary>
    private Expression ParseTarget()
    {
        int start = Tokens.CurrentStart;
        if (!Tokens.Accept(TokenKind.Ellipsis))
        {
            return Parser.Expressions.ParseExpression();
        }

        Expression rest = Parser.Expressions.ParseExpression();
        return new SpreadExpression(Tokens.SpanFrom(start), rest);
    }

    private Statement ParseAssignment(ImmutableArray<Expression> targets)
    {
        int start = targets[0].Span.Start;
        if (Errors.IsPanicking)
        {
            return new ExpressionStatement(Tokens.SpanFrom(start), targets[0]);
        }

        bool isCompound = TokenTable.IsAssignment(Tokens.Kind) && Tokens.Kind != TokenKind.Equal;
        if (isCompound && !Tokens.EndsLine)
        {
            return ParseCompoundAssignment(targets);
        }

        if (Tokens.EndsLine || !Errors.Expect(TokenKind.Equal))
        {
            return ReportTuple(targets);
        }

        CheckTargets(targets);
        ImmutableArray<Expression> values = ParseTargets(Parser.Expressions.ParseExpression());
        SourceSpan span = Tokens.SpanFrom(start);
        bool isParallel = values.Length > 1 && values.Length == targets.Length && !targets.Any(static target => target is SpreadExpression);
        foreach (Expression value in values)
        {
            RejectSpread(value);
        }

        if (!isParallel && values.Length != 1)
        {
            Errors.Report(SyntaxDiagnostics.TargetCount, span, $"{targets.Length}", $"{values.Length}");
        }

        return new AssignmentStatement(span, targets, values);
    }

    /// <summary>Reports <c>a, b</c> without <c>=</c>.</summary>
    private ExpressionStatement ReportTuple(ImmutableArray<Expression> targets)
    {
        Errors.ReportExpected(TokenTable.Text(TokenKind.Equal));
        return new ExpressionStatement(Tokens.SpanFrom(targets[0].Span.Start), targets[0]);
    }

    public CompoundAssignmentStatement ParseCompoundAssignment(ImmutableArray<Expression> targets)
    {
        Expression target = targets[0];
        SourceSpan operatorSpan = Tokens.CurrentSpan;
        BinaryOperator? @operator = OperatorTokens.GetCompoundOperator(Tokens.Kind);
        if (targets.Length > 1 || target is TupleLiteral or ListLiteral)
        {
            Errors.Report(SyntaxDiagnostics.CompoundTarget, operatorSpan);
        }
        else
        {
            CheckTarget(target);
        }

        Tokens.Advance();
        Expression value = Parser.Expressions.ParseExpression();
        return new CompoundAssignmentStatement(Tokens.SpanFrom(target.Span.Start), @operator, operatorSpan, target, value);
    }

    /// <summary>Checks the target of an assignment.</summary>
    public void CheckTarget(Expression target) => CheckTargets([target]);

    /// <summary>Checks the targets of an assignment. Not recursive, because targets may nest as deep as any list.</summary>
    private void CheckTargets(ImmutableArray<Expression> targets)
    {
        if (targets is [NameExpression])
        {
            return;
        }

        Stack<Expression> pending = new();
        PushTargets(targets, pending, mayHaveRest: targets.Length > 1);
        while (pending.TryPop(out Expression? next))
        {
            switch (next)
            {
                case NameExpression or ErrorExpression or MemberExpression { IsOptional: false } or IndexExpression { IsOptional: false }:
                    break;
                case TupleLiteral { Items.Length: > 0 } tuple:
                    PushTargets(tuple.Items, pending, mayHaveRest: true);
                    break;
                case ListLiteral { Items.Length: > 0 } list:
                    PushTargets(list.Items, pending, mayHaveRest: true);
                    break;
                default:
                    Errors.Report(next is SliceExpression ? SyntaxDiagnostics.SliceAssignment : SyntaxDiagnostics.NotAssignable, next.Span);
                    break;
            }
        }
    }

    /// <summary>Adds targets to those to check; one of them may take the rest of the value.</summary>
    private void PushTargets(ImmutableArray<Expression> targets, Stack<Expression> pending, bool mayHaveRest)
    {
        foreach (Expression target in targets)
        {
            if (target is not SpreadExpression rest)
            {
                pending.Push(target);
                continue;
            }

            if (mayHaveRest)
            {
                pending.Push(rest.Value);
            }
            else
            {
                Errors.Report(SyntaxDiagnostics.SecondRest, target.Span);
            }

            mayHaveRest = false;
        }
    }
}
