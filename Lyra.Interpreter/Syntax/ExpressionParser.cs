using System.Collections.Immutable;
using System.Diagnostics;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses operators in the order of increasing precedence, down to the unary operators and <c>**</c>.</summary>
internal sealed class ExpressionParser(Parser parser) : AreaParser(parser)
{
    public Expression ParseExpression()
    {
        if (Parser.Procs.IsLambdaAhead())
        {
            return Parser.Procs.ParseLambda();
        }

        Expression result = ParseBinary(Precedence.Or);
        if (Tokens.Kind == TokenKind.FatArrow && !Tokens.EndsLine && (Tokens.Surroundings & Surroundings.Guard) == 0)
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.LambdaAsOperand, Tokens.CurrentSpan);
        }

        return result;
    }

    /// <summary>Parses an expression in the head of a statement: a brace after it begins the body.</summary>
    public Expression ParseHead() => ParseWithin(Surroundings.Head);

    /// <summary>Parses a guard, which ends before <c>=></c>.</summary>
    public Expression ParseGuard() => ParseWithin(Surroundings.Guard);

    private Expression ParseWithin(Surroundings addition)
    {
        if (!Nesting.TryEnter())
        {
            return Errors.MissingExpression();
        }

        Surroundings outer = Tokens.Surroundings;
        Tokens.Surroundings = (outer & Surroundings.Lines) | addition;
        Expression result = ParseExpression();
        Tokens.Surroundings = outer;
        Nesting.Exit();
        return result;
    }

    /// <summary>Parses operators whose precedence is at least <paramref name="least"/>.</summary>
    public Expression ParseBinary(Precedence least)
    {
        int outerPeak = Nesting.Begin();
        Expression left = Tokens.Kind == TokenKind.Not ? ParseNot(least) : ParseUnary();
        left = ParseOperators(left, least);
        Nesting.End(outerPeak);
        return left;
    }

    public Expression ParseOperators(Expression left, Precedence least)
    {
        for (Precedence next = GetPrecedence(); next >= least; next = GetPrecedence())
        {
            left = next switch
            {
                Precedence.Or or Precedence.And or Precedence.Coalesce => ParseLogical(left, next),
                Precedence.Comparison => ParseComparison(left),
                Precedence.Range => ParseRange(left),
                Precedence.Membership or Precedence.BitOr or Precedence.BitXor or Precedence.BitAnd or Precedence.Shift
                    or Precedence.Additive or Precedence.Multiplicative => ParseRun(left, next),
                Precedence.None or Precedence.Not or Precedence.Unary or Precedence.Power or Precedence.Postfix =>
                    throw new UnreachableException($"No operator between operands has the precedence {next}."),
            };
        }

        return left;
    }

    /// <summary>
    /// The precedence of the operator at the current position; <see cref="Precedence.None"/> at the end of an expression.
    /// </summary>
    private Precedence GetPrecedence()
    {
        if (Tokens.EndsLine)
        {
            return Precedence.None;
        }

        if (Tokens.Kind == TokenKind.Not && Tokens.PeekKind(1) != TokenKind.In)
        {
            return Precedence.None;
        }

        return OperatorTokens.GetPrecedence(Tokens.Kind);
    }

    /// <summary>Parses <c>not not x</c>, whose precedence is above only <c>and</c> and <c>or</c>.</summary>
    private Expression ParseNot(Precedence least)
    {
        if (Tokens.Current.IsFirstOnLine && Tokens.PeekKind(1) == TokenKind.In)
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.OperatorBeginsLine, Tokens.CurrentSpan, "not in");
        }
        else if (least > Precedence.Not)
        {
            Errors.Report(SyntaxDiagnostics.LooseNot, Tokens.CurrentSpan);
        }

        int first = Tokens.Position;
        while (Tokens.Accept(TokenKind.Not))
        {
        }

        Expression operand = ParseBinary(Precedence.Coalesce);
        return ApplyPrefixes(first, operand, PreviousPrefixCount(first, TokenKind.Not));
    }

    private int PreviousPrefixCount(int first, TokenKind kind)
    {
        int count = 0;
        while (Tokens[first + count].Kind == kind)
        {
            count++;
        }

        return count;
    }

    private LogicalExpression ParseLogical(Expression first, Precedence precedence)
    {
        TokenKind kind = Tokens.Kind;
        NodeList<Expression> operands = Parser.NewList<Expression>();
        operands.Add(first);
        while (Tokens.Kind == kind && !Tokens.EndsLine)
        {
            Tokens.Advance();
            operands.Add(ParseBinary(precedence.Tighter()));
        }

        return new LogicalExpression(
            Tokens.SpanFrom(first.Span.Start), OperatorTokens.GetLogical(kind)!.Value, operands.Close());
    }

    /// <summary>Parses a comparison. Comparisons are not associative: a second one is an error.</summary>
    private Expression ParseComparison(Expression left)
    {
        Expression result = ParseOneBinary(left, Precedence.Comparison);
        if (GetPrecedence() != Precedence.Comparison)
        {
            return result;
        }

        Errors.Report(SyntaxDiagnostics.ChainedComparison, Tokens.CurrentSpan);
        while (GetPrecedence() == Precedence.Comparison)
        {
            Tokens.Advance();
            ParseBinary(Precedence.Comparison.Tighter());
        }

        return result;
    }

    private RangeExpression ParseRange(Expression start)
    {
        bool isInclusive = Tokens.Kind == TokenKind.DotDotEqual;
        Tokens.Advance();
        Expression end = ParseBinary(Precedence.Range.Tighter());
        if (GetPrecedence() == Precedence.Range)
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.ChainedRange, Tokens.CurrentSpan);
        }
        while (GetPrecedence() == Precedence.Range)
        {
            Tokens.Advance();
            ParseBinary(Precedence.Range.Tighter());
        }

        return new RangeExpression(Tokens.SpanFrom(start.Span.Start), start, end, isInclusive);
    }

    /// <summary>
    /// Parses a run of left-associative operators of one precedence. A long run becomes a flat chain, which limits the height of the tree.
    /// </summary>
    private Expression ParseRun(Expression first, Precedence precedence)
    {
        Expression left = first;
        for (int length = 0; length < SyntaxLimits.MaxBinaryRun; length++)
        {
            if (GetPrecedence() != precedence)
            {
                return left;
            }

            left = ParseOneBinary(left, precedence);
        }

        return GetPrecedence() == precedence ? ParseChain(left, precedence) : left;
    }

    private BinaryExpression ParseOneBinary(Expression left, Precedence precedence)
    {
        int leftPeak = Nesting.Begin();
        BinaryOperator @operator = TakeBinaryOperator(out SourceSpan operatorSpan);
        bool isProcType = @operator is BinaryOperator.Is or BinaryOperator.IsNot && Tokens.Kind == TokenKind.Proc
            && Tokens.PeekKind(1) != TokenKind.OpenParen;
        Expression right = isProcType ? new NameExpression(Tokens.CurrentSpan, Tokens.TakeName()) : ParseBinary(precedence.Tighter());
        Nesting.JoinLeft(leftPeak);
        return new BinaryExpression(Tokens.SpanFrom(left.Span.Start), @operator, operatorSpan, left, right);
    }

    private BinaryChainExpression ParseChain(Expression first, Precedence precedence)
    {
        NodeList<BinaryLink> links = Parser.NewList<BinaryLink>();
        while (GetPrecedence() == precedence)
        {
            BinaryOperator @operator = TakeBinaryOperator(out SourceSpan operatorSpan);
            links.Add(new BinaryLink(@operator, operatorSpan, ParseBinary(precedence.Tighter())));
        }

        Nesting.JoinLeft(Nesting.Peak);
        return new BinaryChainExpression(Tokens.SpanFrom(first.Span.Start), first, links.Close());
    }

    /// <summary>Reads an operator of one token, or two for <c>not in</c> and <c>is not</c>.</summary>
    private BinaryOperator TakeBinaryOperator(out SourceSpan span)
    {
        int start = Tokens.CurrentStart;
        BinaryOperator result = OperatorTokens.GetBinary(Tokens.Kind);
        Tokens.Advance();
        if (result == BinaryOperator.NotIn)
        {
            Tokens.Advance();
        }
        else if (result == BinaryOperator.Is && Tokens.Accept(TokenKind.Not))
        {
            result = BinaryOperator.IsNot;
        }

        span = Tokens.SpanFrom(start);
        return result;
    }

    /// <summary>Parses a power with any number of prefix operators. Reads them in a loop and applies the innermost first.</summary>
    private Expression ParseUnary()
    {
        int first = Tokens.Position;
        for (; OperatorTokens.IsPrefix(Tokens.Kind); Tokens.Advance())
        {
            if (Tokens.Kind == TokenKind.Await)
            {
                Placement.CheckAwait(Tokens.CurrentSpan);
            }
        }

        int count = Tokens.Position - first;
        return ApplyPrefixes(first, ParsePower(), count);
    }

    private Expression ApplyPrefixes(int first, Expression operand, int count)
    {
        if (count == 0)
        {
            return operand;
        }

        if (!Nesting.Enclose(count, Tokens[first].Span))
        {
            return operand;
        }

        for (int i = first + count - 1; i >= first; i--)
        {
            operand = ApplyPrefix(Tokens[i], operand);
        }

        return operand;
    }

    private Expression ApplyPrefix(in Token prefix, Expression operand)
    {
        SourceSpan span = Tokens.SpanFrom(prefix.Start);
        switch (prefix.Kind)
        {
            case TokenKind.Await: return new AwaitExpression(span, operand);
            case TokenKind.Spawn when operand is CallExpression call: return new SpawnExpression(span, call);
            case TokenKind.Spawn:
                if (operand is not ErrorExpression)
                {
                    Errors.Report(SyntaxDiagnostics.SpawnWithoutCall, prefix.Span);
                }

                return new ErrorExpression(span);
            case TokenKind.Minus or TokenKind.Tilde or TokenKind.Bang or TokenKind.Not:
                return new UnaryExpression(span, OperatorTokens.GetUnary(prefix.Kind), operand);
            default: throw new UnreachableException($"{prefix.Kind} is not a prefix.");
        }
    }

    /// <summary>Parses <c>a ** b ** c</c>, which is right-associative. The right operand may have a sign.</summary>
    private Expression ParsePower()
    {
        Expression left = Parser.Operands.ParsePostfix();
        if (Tokens.Kind != TokenKind.StarStar || Tokens.EndsLine || !Nesting.TryEnter())
        {
            return left;
        }

        BinaryOperator @operator = TakeBinaryOperator(out SourceSpan operatorSpan);
        Expression right = ParseUnary();
        Nesting.Exit();
        return new BinaryExpression(Tokens.SpanFrom(left.Span.Start), @operator, operatorSpan, left, right);
    }
}
