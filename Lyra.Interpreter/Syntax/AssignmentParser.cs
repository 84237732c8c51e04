using System.Collections.Generic;
using System.Collections.Immutable;
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
        Expression first = Parser.Expressions.ParseExpression();
        if (Tokens.EndsLine)
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

        return ToStatement(first);
    }

    private ImmutableArray<Expression> ParseTargets(Expression first)
    {
        NodeList<Expression> targets = Parser.NewList<Expression>();
        targets.Add(first);
        while (!Errors.IsPanicking && Tokens.AcceptOnLine(TokenKind.Comma))
        {
            targets.Add(Parser.Expressions.ParseExpression());
        }

        return targets.Close();
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

        foreach (Expression target in targets)
        {
            CheckTarget(target);
        }

        ImmutableArray<Expression> values = ParseTargets(Parser.Expressions.ParseExpression());
        SourceSpan span = Tokens.SpanFrom(start);
        if (values.Length != targets.Length && (targets.Length == 1 || values.Length != 1))
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

    /// <summary>Checks the target of an assignment. Not recursive, because targets may nest as deep as any list.</summary>
    public void CheckTarget(Expression target)
    {
        if (target is NameExpression)
        {
            return;
        }

        Stack<Expression> rest = new([target]);
        while (rest.TryPop(out Expression? next))
        {
            switch (next)
            {
                case NameExpression or ErrorExpression or MemberExpression { IsOptional: false } or IndexExpression { IsOptional: false }:
                    break;
                case TupleLiteral { Items.Length: > 0 } tuple:
                    foreach (Expression item in tuple.Items)
                    {
                        rest.Push(item);
                    }

                    break;
                case ListLiteral { Items.Length: > 0 } list:
                    foreach (Expression item in list.Items)
                    {
                        rest.Push(item);
                    }

                    break;
                default:
                    Errors.Report(next is SliceExpression ? SyntaxDiagnostics.SliceAssignment : SyntaxDiagnostics.NotAssignable, next.Span);
                    break;
            }
        }
    }
}
