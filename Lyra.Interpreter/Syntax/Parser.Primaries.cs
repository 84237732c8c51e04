using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Operands: literals, names, brackets, and what may follow them (calls, members, indexes).</summary>
internal sealed partial class Parser
{
    private Expression ParsePostfix()
    {
        int outerPeak = _peak;
        _peak = _depth;
        Expression result = ParsePrimary();
        bool isOptional = false;
        while (TryParsePostfix(ref result, ref isOptional))
        {
        }

        if (outerPeak > _peak) _peak = outerPeak;
        return isOptional ? new OptionalChain(result.Span, result) : result;
    }

    private bool TryParsePostfix(ref Expression target, ref bool isOptional)
    {
        if (!IsPostfixAhead(target)) return false;

        int leftPeak = _peak;
        _peak = _depth;
        TokenKind kind = Kind;
        isOptional |= kind is TokenKind.QuestionDot or TokenKind.QuestionBracket;
        target = kind switch
        {
            TokenKind.Dot or TokenKind.QuestionDot => ParseMember(target),
            TokenKind.OpenParen => ParseCall(target),
            TokenKind.OpenBrace => ParseStructLiteral(target),
            _ => ParseIndex(target),
        };
        return JoinLeft(leftPeak);
    }

    private bool IsPostfixAhead(Expression target) => Kind switch
    {
        TokenKind.Dot or TokenKind.QuestionDot => true,
        TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.QuestionBracket => !EndsLine,
        TokenKind.OpenBrace => !EndsLine && (_surroundings & Surroundings.Head) == 0 && IsTypePath(target),
        _ => false,
    };

    /// <summary><c>Point</c> or <c>module.Point</c>.</summary>
    private static bool IsTypePath(Expression target) =>
        target is NameExpression or MemberExpression { Target: NameExpression, IsOptional: false };

    private MemberExpression ParseMember(Expression target)
    {
        bool isOptional = Kind == TokenKind.QuestionDot;
        Advance();
        SourceSpan nameSpan = CurrentSpan;
        string name = TokenFacts.IsKeyword(Kind) ? TakeName() : ExpectName(out nameSpan);
        return new MemberExpression(SpanFrom(target.Span.Start), target, name, nameSpan, isOptional);
    }

    private CallExpression ParseCall(Expression callee)
    {
        ImmutableArray<Argument> arguments = ParseDelimited(TokenKind.CloseParen, static p => p.ParseArgument());
        return new CallExpression(SpanFrom(callee.Span.Start), callee, arguments);
    }

    private Argument ParseArgument()
    {
        int start = CurrentStart;
        ArgumentKind kind = ArgumentKind.Positional;
        string? name = null;
        SourceSpan nameSpan = default;
        if (Accept(TokenKind.Ellipsis))
        {
            kind = ArgumentKind.Spread;
        }
        else if (Kind == TokenKind.Identifier && PeekKind(1) == TokenKind.Colon)
        {
            kind = ArgumentKind.Named;
            name = ExpectName(out nameSpan);
            Advance();
        }

        Expression value = ParseExpression();
        return new Argument(SpanFrom(start), kind, name, nameSpan, value);
    }

    private StructLiteral ParseStructLiteral(Expression type)
    {
        ImmutableArray<FieldInitializer> fields = ParseDelimited(TokenKind.CloseBrace, static p => p.ParseFieldInitializer());
        return new StructLiteral(SpanFrom(type.Span.Start), type, fields);
    }

    private FieldInitializer ParseFieldInitializer()
    {
        int start = CurrentStart;
        string name = ExpectName(out SourceSpan nameSpan);
        bool isShort = Kind is TokenKind.Comma or TokenKind.CloseBrace;
        if (isShort) ReportMildly(SyntaxDiagnostics.ShorthandField, nameSpan, name);
        else Expect(TokenKind.Colon);

        Expression value = isShort ? MissingExpression() : ParseExpression();
        return new FieldInitializer(SpanFrom(start), name, nameSpan, value);
    }

    private Expression ParseIndex(Expression target)
    {
        bool isOptional = Kind == TokenKind.QuestionBracket;
        int opening = _position;
        Surroundings outer = _surroundings;
        Advance();
        if (!TryEnter()) return target;

        _surroundings = Surroundings.None;
        Expression? index = ParseIndexStart();
        bool isSlice = Kind is TokenKind.DotDot or TokenKind.DotDotEqual;
        bool isInclusive = Kind == TokenKind.DotDotEqual;
        Expression? end = null;
        if (isSlice)
        {
            Advance();
            if (Kind != TokenKind.CloseBracket) end = ParseBinary(Precedence.Range + 1);
        }

        if (Kind != TokenKind.CloseBracket) ReportExpected(TokenFacts.Text(TokenKind.CloseBracket), opening);
        SkipToBracket(opening);
        ExpectClosing(TokenKind.CloseBracket, opening);
        _surroundings = outer;
        Leave();

        SourceSpan span = SpanFrom(target.Span.Start);
        if (isSlice) return new SliceExpression(span, target, index, end, isInclusive, isOptional);

        return new IndexExpression(span, target, index ?? MissingExpression(), isOptional);
    }

    /// <summary>The index, or what stands before the dots of a slice; null for an open start.</summary>
    private Expression? ParseIndexStart()
    {
        if (Kind is TokenKind.DotDot or TokenKind.DotDotEqual) return null;
        if (Kind == TokenKind.Not || IsLambdaAhead()) return ParseExpression();

        Expression start = ParseBinary(Precedence.Range + 1);
        return Kind is TokenKind.DotDot or TokenKind.DotDotEqual ? start : ParseOperators(start, Precedence.Or);
    }

    private void SkipToBracket(int opening)
    {
        int closing = _tokens[opening].Partner;
        if (!_isPanicking || closing < _position) return;

        _position = closing;
        _isPanicking = false;
    }

    private Expression ParsePrimary()
    {
        Token token = _tokens[_position];
        switch (token.Kind)
        {
            case TokenKind.Identifier: return new NameExpression(token.Span, TakeName());
            case TokenKind.Int or TokenKind.Float: return ParseNumber();
            case TokenKind.String: return ParseString();
            case TokenKind.TemplateHead: return ParseTemplate();
            case TokenKind.True or TokenKind.False:
                Advance();
                return new BoolLiteral(token.Span, token.Kind == TokenKind.True);
            case TokenKind.Nil:
                Advance();
                return new NilLiteral(token.Span);
            case TokenKind.OpenParen: return ParseParenthesized();
            case TokenKind.OpenBracket: return ParseList();
            case TokenKind.OpenBrace: return ParseMap();
            case TokenKind.If: return ParseIf(isStatement: false);
            case TokenKind.Match: return ParseMatch(isStatement: false);
            case TokenKind.Proc or TokenKind.Async: return ParseProcExpression();
        }

        if (token.Kind == TokenKind.Not) Report(SyntaxDiagnostics.LooseNot, token.Span);
        else ReportNoExpression();
        return MissingExpression();
    }

    private Expression ParseNumber()
    {
        Token token = _tokens[_position];
        Advance();
        ReadOnlySpan<char> text = _source.Text.AsSpan(token.Start, token.Length);
        if (token.HasError) return new ErrorExpression(token.Span);
        if (token.Kind == TokenKind.Float) return new FloatLiteral(token.Span, LiteralReader.ReadFloat(text));

        return new IntLiteral(token.Span, LiteralReader.ReadInt(text));
    }

    private StringLiteral ParseString()
    {
        Token token = _tokens[_position];
        Advance();
        ReadOnlySpan<char> text = _source.Text.AsSpan(token.Start, token.Length);
        return new StringLiteral(token.Span, token.HasError ? "" : LiteralReader.ReadString(text));
    }

    /// <summary><c>(x)</c>, <c>(x,)</c>, <c>(a, b)</c>, <c>()</c>.</summary>
    private Expression ParseParenthesized()
    {
        int start = CurrentStart;
        ImmutableArray<Expression> items = ParseDelimited(TokenKind.CloseParen, static p => p.ParseExpression(), out bool endsInComma);
        return items.Length == 1 && !endsInComma ? items[0] : new TupleLiteral(SpanFrom(start), items);
    }

    private ListLiteral ParseList()
    {
        int start = CurrentStart;
        ImmutableArray<Expression> items = ParseDelimited(TokenKind.CloseBracket, static p => p.ParseExpression());
        return new ListLiteral(SpanFrom(start), items);
    }

    private MapLiteral ParseMap()
    {
        int start = CurrentStart;
        ImmutableArray<MapEntry> entries = ParseDelimited(TokenKind.CloseBrace, static p => p.ParseMapEntry());
        return new MapLiteral(SpanFrom(start), entries);
    }

    private MapEntry ParseMapEntry()
    {
        int start = CurrentStart;
        Expression key = ParseExpression();
        Expect(TokenKind.Colon);
        Expression value = _isPanicking ? MissingExpression() : ParseExpression();
        return new MapEntry(SpanFrom(start), key, value);
    }

    private Expression ParseTemplate()
    {
        int start = CurrentStart;
        Surroundings outer = _surroundings;
        List<Token> pieces = [_tokens[_position]];
        List<Expression> values = [];
        Advance();
        if (!TryEnter()) return new InterpolatedString(SpanFrom(start), []);

        _surroundings = Surroundings.None;
        bool isOpen = true;
        while (isOpen)
        {
            values.Add(ParseInterpolation());
            isOpen = Kind == TokenKind.TemplateMiddle;
            if (Kind is not (TokenKind.TemplateMiddle or TokenKind.TemplateTail)) break;

            pieces.Add(_tokens[_position]);
            Advance();
        }

        _surroundings = outer;
        Leave();
        return TemplateReader.Join(_source, SpanFrom(start), pieces, values);
    }

    private Expression ParseInterpolation()
    {
        if (Kind is TokenKind.TemplateMiddle or TokenKind.TemplateTail)
        {
            ReportMildly(SyntaxDiagnostics.EmptyInterpolation, CurrentSpan);
            return MissingExpression();
        }

        Expression value = ParseExpression();
        if (Kind is TokenKind.TemplateMiddle or TokenKind.TemplateTail)
        {
            _isPanicking = false;
            return value;
        }

        ReportExpected(TokenFacts.Text(TokenKind.TemplateTail));
        SkipInterpolation();
        return value;
    }
}
