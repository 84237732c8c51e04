using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Operators, loosest first, down to unary ones and <c>**</c>.</summary>
internal sealed partial class Parser
{
    private Expression ParseExpression()
    {
        if (IsLambdaAhead()) return ParseLambda();

        Expression result = ParseBinary(Precedence.Or);
        if (Kind == TokenKind.FatArrow && !EndsLine && (_surroundings & Surroundings.Guard) == 0)
        {
            Report(SyntaxDiagnostics.LambdaAsOperand, CurrentSpan);
        }

        return result;
    }

    /// <summary>An expression in the head of a statement: a brace behind it begins the body.</summary>
    private Expression ParseHead() => ParseWithin(Surroundings.Head);

    /// <summary>A guard ends before <c>=></c>.</summary>
    private Expression ParseGuard() => ParseWithin(Surroundings.Guard);

    private Expression ParseWithin(Surroundings addition)
    {
        if (!TryEnter()) return MissingExpression();

        Surroundings outer = _surroundings;
        _surroundings = (outer & Surroundings.Lines) | addition;
        Expression result = ParseExpression();
        _surroundings = outer;
        Leave();
        return result;
    }

    /// <summary>Operators that bind at least as tightly as <paramref name="least"/>.</summary>
    private Expression ParseBinary(Precedence least)
    {
        int outerPeak = _peak;
        _peak = _depth;
        Expression left = Kind == TokenKind.Not ? ParseNot(least) : ParseUnary();
        left = ParseOperators(left, least);
        if (outerPeak > _peak) _peak = outerPeak;
        return left;
    }

    private Expression ParseOperators(Expression left, Precedence least)
    {
        for (Precedence next = GetPrecedence(); next >= least; next = GetPrecedence())
        {
            left = next switch
            {
                Precedence.Or or Precedence.And or Precedence.Coalesce => ParseLogical(left, next),
                Precedence.Comparison => ParseComparison(left),
                Precedence.Range => ParseRange(left),
                _ => ParseRun(left, next),
            };
        }

        return left;
    }

    /// <summary>The precedence of the operator at the current position; <see cref="Precedence.None"/> where an expression ends.</summary>
    private Precedence GetPrecedence()
    {
        if (EndsLine) return Precedence.None;
        if (Kind == TokenKind.Not && PeekKind(1) != TokenKind.In) return Precedence.None;

        return OperatorFacts.GetPrecedence(Kind);
    }

    /// <summary><c>not not x</c>; binds more loosely than all but <c>and</c> and <c>or</c>.</summary>
    private Expression ParseNot(Precedence least)
    {
        if (least > Precedence.Not) ReportMildly(SyntaxDiagnostics.LooseNot, CurrentSpan);

        int first = _position;
        while (Accept(TokenKind.Not))
        {
        }

        Expression operand = ParseBinary(Precedence.Coalesce);
        return ApplyPrefixes(first, operand, PreviousPrefixCount(first, TokenKind.Not));
    }

    private int PreviousPrefixCount(int first, TokenKind kind)
    {
        int count = 0;
        while (_tokens[first + count].Kind == kind) count++;
        return count;
    }

    private LogicalExpression ParseLogical(Expression first, Precedence precedence)
    {
        TokenKind kind = Kind;
        ImmutableArray<Expression>.Builder operands = ImmutableArray.CreateBuilder<Expression>();
        operands.Add(first);
        while (Kind == kind && !EndsLine)
        {
            Advance();
            operands.Add(ParseBinary(precedence + 1));
        }

        return new LogicalExpression(SpanFrom(first.Span.Start), OperatorFacts.GetLogical(kind), operands.DrainToImmutable());
    }

    /// <summary>Comparisons have no order of their own: a second one is an error.</summary>
    private Expression ParseComparison(Expression left)
    {
        Expression result = ParseOneBinary(left, Precedence.Comparison);
        if (GetPrecedence() != Precedence.Comparison) return result;

        ReportMildly(SyntaxDiagnostics.ChainedComparison, CurrentSpan);
        while (GetPrecedence() == Precedence.Comparison)
        {
            Advance();
            ParseBinary(Precedence.Comparison + 1);
        }

        return result;
    }

    private RangeExpression ParseRange(Expression start)
    {
        bool isInclusive = Kind == TokenKind.DotDotEqual;
        Advance();
        Expression end = ParseBinary(Precedence.Range + 1);
        if (GetPrecedence() == Precedence.Range) Report(SyntaxDiagnostics.ChainedRange, CurrentSpan);
        while (GetPrecedence() == Precedence.Range)
        {
            Advance();
            ParseBinary(Precedence.Range + 1);
        }

        return new RangeExpression(SpanFrom(start.Span.Start), start, end, isInclusive);
    }

    /// <summary>A run of left-associative operators of one precedence: nested at first, and from some length on a flat chain.</summary>
    private Expression ParseRun(Expression first, Precedence precedence)
    {
        Expression left = first;
        for (int length = 0; length < SyntaxLimits.MaxBinaryRun; length++)
        {
            if (GetPrecedence() != precedence) return left;

            left = ParseOneBinary(left, precedence);
        }

        return GetPrecedence() == precedence ? ParseChain(left, precedence) : left;
    }

    private BinaryExpression ParseOneBinary(Expression left, Precedence precedence)
    {
        int leftPeak = _peak;
        _peak = _depth;
        BinaryOperator @operator = TakeBinaryOperator(out SourceSpan operatorSpan);
        Expression right = ParseBinary(precedence + 1);
        JoinLeft(leftPeak);
        return new BinaryExpression(SpanFrom(left.Span.Start), @operator, operatorSpan, left, right);
    }

    private BinaryChainExpression ParseChain(Expression first, Precedence precedence)
    {
        ImmutableArray<BinaryLink>.Builder links = ImmutableArray.CreateBuilder<BinaryLink>();
        while (GetPrecedence() == precedence)
        {
            BinaryOperator @operator = TakeBinaryOperator(out SourceSpan operatorSpan);
            links.Add(new BinaryLink(@operator, operatorSpan, ParseBinary(precedence + 1)));
        }

        JoinLeft(_peak);
        return new BinaryChainExpression(SpanFrom(first.Span.Start), first, links.DrainToImmutable());
    }

    /// <summary>Takes an operator of one or, for <c>not in</c> and <c>is not</c>, two tokens.</summary>
    private BinaryOperator TakeBinaryOperator(out SourceSpan span)
    {
        int start = CurrentStart;
        BinaryOperator result = OperatorFacts.GetBinary(Kind);
        Advance();
        if (result == BinaryOperator.NotIn) Advance();
        else if (result == BinaryOperator.Is && Accept(TokenKind.Not)) result = BinaryOperator.IsNot;
        span = SpanFrom(start);
        return result;
    }

    /// <summary>Any number of prefix operators before a power; they are read in a loop and applied from the innermost one.</summary>
    private Expression ParseUnary()
    {
        int first = _position;
        for (; OperatorFacts.IsPrefix(Kind); Advance())
        {
            if (Kind == TokenKind.Await) CheckAwait(CurrentSpan);
        }

        int count = _position - first;
        return ApplyPrefixes(first, ParsePower(), count);
    }

    private Expression ApplyPrefixes(int first, Expression operand, int count)
    {
        if (count == 0) return operand;

        _peak += count;
        if (!CheckDepth(_tokens[first].Span)) return operand;

        for (int i = first + count - 1; i >= first; i--) operand = ApplyPrefix(_tokens[i], operand);
        return operand;
    }

    private Expression ApplyPrefix(in Token prefix, Expression operand)
    {
        SourceSpan span = SpanFrom(prefix.Start);
        switch (prefix.Kind)
        {
            case TokenKind.Await: return new AwaitExpression(span, operand);
            case TokenKind.Spawn when operand is CallExpression call: return new SpawnExpression(span, call);
            case TokenKind.Spawn:
                if (operand is not ErrorExpression) ReportMildly(SyntaxDiagnostics.SpawnWithoutCall, prefix.Span);
                return new ErrorExpression(span);
            default: return new UnaryExpression(span, OperatorFacts.GetUnary(prefix.Kind), operand);
        }
    }

    /// <summary><c>a ** b ** c</c> groups to the right, and its right side may have a sign.</summary>
    private Expression ParsePower()
    {
        Expression left = ParsePostfix();
        if (Kind != TokenKind.StarStar || EndsLine || !TryEnter()) return left;

        BinaryOperator @operator = TakeBinaryOperator(out SourceSpan operatorSpan);
        Expression right = ParseUnary();
        Leave();
        return new BinaryExpression(SpanFrom(left.Span.Start), @operator, operatorSpan, left, right);
    }
}
