using System.Collections.Immutable;
using System.Numerics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Patterns of match arms, and the simpler ones of declarations and loops.</summary>
internal sealed partial class Parser
{
    /// <summary>The pattern being read belongs to a declaration: it may bind and take apart, but not test.</summary>
    private bool _isDeclaring;

    /// <summary>The target of a declaration or loop: without a type of its own, which the declaration has.</summary>
    private Pattern ParseTarget()
    {
        bool outer = _isDeclaring;
        _isDeclaring = true;
        Pattern target = ParsePlainPattern(mayHaveType: false);
        _isDeclaring = outer;
        return target;
    }

    private Pattern ParseArmPattern()
    {
        bool outer = _isDeclaring;
        _isDeclaring = false;
        Pattern pattern = ParsePattern();
        _isDeclaring = outer;
        return pattern;
    }

    /// <summary><c>p1 | p2 as name</c>; <c>as</c> binds loosest.</summary>
    private Pattern ParsePattern()
    {
        Pattern pattern = ParseAlternatives();
        int start = pattern.Span.Start;
        while (AcceptWord("as"))
        {
            RejectInDeclaration(pattern.Span);
            string name = ExpectName(out SourceSpan nameSpan);
            pattern = new AsPattern(SpanFrom(start), pattern, name, nameSpan);
            if (!JoinLeft(_peak)) break;
        }

        return pattern;
    }

    private Pattern ParseAlternatives()
    {
        Pattern first = ParsePlainPattern(mayHaveType: true);
        if (Kind != TokenKind.Pipe || EndsLine) return first;

        RejectInDeclaration(first.Span);
        ImmutableArray<Pattern>.Builder alternatives = ImmutableArray.CreateBuilder<Pattern>();
        alternatives.Add(first);
        while (AcceptOnLine(TokenKind.Pipe)) alternatives.Add(ParsePlainPattern(mayHaveType: true));
        return new AlternativePattern(SpanFrom(first.Span.Start), alternatives.DrainToImmutable());
    }

    private Pattern ParsePlainPattern(bool mayHaveType)
    {
        switch (Kind)
        {
            case TokenKind.Identifier: return ParseNamePattern(mayHaveType);
            case TokenKind.OpenBracket: return ParseListPattern();
            case TokenKind.OpenParen: return ParseTuplePattern();
            case TokenKind.OpenBrace: return ParseMapPattern();
        }

        SourceSpan span = CurrentSpan;
        Expression? literal = ParsePatternLiteral();
        if (literal is not null)
        {
            RejectInDeclaration(literal.Span);
            bool isRange = Kind is TokenKind.DotDot or TokenKind.DotDotEqual;
            return isRange ? ParseRangePattern(literal) : new LiteralPattern(literal.Span, literal);
        }

        ReportUnfit(SyntaxDiagnostics.ExpectedPattern);
        if (Kind == TokenKind.Bad) Advance();
        return new WildcardPattern(span);
    }

    private void RejectInDeclaration(SourceSpan span)
    {
        if (_isDeclaring && !IsExplained) ReportMildly(SyntaxDiagnostics.NoDeclarationPattern, span);
    }

    /// <summary><c>_</c>, <c>name</c>, <c>name: Type</c>, <c>Point{…}</c>, <c>module.Point{…}</c>.</summary>
    private Pattern ParseNamePattern(bool mayHaveType)
    {
        Token token = _tokens[_position];
        string name = TakeName();
        bool isStruct = Kind == TokenKind.Dot || (Kind == TokenKind.OpenBrace && !EndsLine);
        if (isStruct) return ParseStructPattern(new NameExpression(token.Span, name));

        if (mayHaveType && AcceptOnLine(TokenKind.Colon))
        {
            TypeNode type = ParseType();
            return new BindingPattern(SpanFrom(token.Start), name, type);
        }

        return name == "_" ? new WildcardPattern(token.Span) : new BindingPattern(token.Span, name, null);
    }

    private StructPattern ParseStructPattern(Expression type)
    {
        RejectInDeclaration(type.Span);
        if (Kind == TokenKind.Dot) type = ParseMember(type);

        ImmutableArray<FieldPattern> fields = [];
        if (Kind == TokenKind.OpenBrace) fields = ParseDelimited(TokenKind.CloseBrace, static p => p.ParseFieldPattern());
        else ReportExpected(TokenFacts.Text(TokenKind.OpenBrace));
        return new StructPattern(SpanFrom(type.Span.Start), type, fields);
    }

    private FieldPattern ParseFieldPattern()
    {
        string name = ExpectName(out SourceSpan nameSpan);
        Pattern pattern = Accept(TokenKind.Colon) ? ParsePattern() : new BindingPattern(nameSpan, name, null);
        return new FieldPattern(SpanFrom(nameSpan.Start), name, nameSpan, pattern);
    }

    private ListPattern ParseListPattern()
    {
        int start = CurrentStart;
        ImmutableArray<Pattern> items = ParseDelimited(TokenKind.CloseBracket, static p => p.ParsePatternItem());
        return new ListPattern(SpanFrom(start), items, FindRest(items));
    }

    /// <summary><c>(p)</c> only groups.</summary>
    private Pattern ParseTuplePattern()
    {
        int start = CurrentStart;
        ImmutableArray<Pattern> items = ParseDelimited(TokenKind.CloseParen, static p => p.ParsePatternItem(), out bool endsInComma);
        if (items.Length == 1 && !endsInComma && items[0] is not RestPattern) return items[0];

        return new TuplePattern(SpanFrom(start), items, FindRest(items));
    }

    private Pattern ParsePatternItem()
    {
        if (Kind != TokenKind.Ellipsis) return ParsePattern();

        int start = CurrentStart;
        Advance();
        string? name = Kind == TokenKind.Identifier ? TakeName() : null;
        if (_isDeclaring) ReportMildly(SyntaxDiagnostics.RestInDeclaration, SpanFrom(start));
        return new RestPattern(SpanFrom(start), name == "_" ? null : name);
    }

    private int FindRest(ImmutableArray<Pattern> items)
    {
        int found = -1;
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i] is not RestPattern) continue;

            if (found >= 0) ReportMildly(SyntaxDiagnostics.SecondRest, items[i].Span);
            else found = i;
        }

        return found;
    }

    /// <summary><c>{"k": p, …}</c>; <c>...</c> may come last.</summary>
    private MapPattern ParseMapPattern()
    {
        int start = CurrentStart;
        RejectInDeclaration(CurrentSpan);
        ImmutableArray<MapPatternEntry?> items = ParseDelimited(TokenKind.CloseBrace, static p => p.ParseMapPatternEntry());
        ImmutableArray<MapPatternEntry>.Builder entries = ImmutableArray.CreateBuilder<MapPatternEntry>(items.Length);
        bool isOpen = false;
        foreach (MapPatternEntry? item in items)
        {
            if (isOpen) ReportMildly(SyntaxDiagnostics.MisplacedRest, item?.Span ?? SpanFrom(start));
            if (item is null) isOpen = true;
            else entries.Add(item);
        }

        return new MapPattern(SpanFrom(start), entries.DrainToImmutable(), isOpen);
    }

    /// <summary>An entry, or null for <c>...</c>.</summary>
    private MapPatternEntry? ParseMapPatternEntry()
    {
        if (Accept(TokenKind.Ellipsis)) return null;

        int start = CurrentStart;
        Expression? key = ParsePatternLiteral();
        if (key is null) ReportExpected("a literal as key");
        else Expect(TokenKind.Colon);

        Pattern value = _isPanicking ? new WildcardPattern(CurrentSpan) : ParsePattern();
        return new MapPatternEntry(SpanFrom(start), key ?? MissingExpression(), value);
    }

    private RangePattern ParseRangePattern(Expression start)
    {
        bool isInclusive = Kind == TokenKind.DotDotEqual;
        Advance();
        SourceSpan endSpan = CurrentSpan;
        Expression? end = ParsePatternLiteral();
        IntLiteral first = ToRangeEnd(start, start.Span);
        IntLiteral last = ToRangeEnd(end, endSpan);
        return new RangePattern(SpanFrom(start.Span.Start), first, last, isInclusive);
    }

    private IntLiteral ToRangeEnd(Expression? literal, SourceSpan span)
    {
        if (literal is IntLiteral end) return end;

        if (literal is not ErrorExpression) Report(SyntaxDiagnostics.RangePatternEnd, span);
        return new IntLiteral(span, BigInteger.Zero);
    }

    /// <summary>A literal with its sign, or null where none stands.</summary>
    private Expression? ParsePatternLiteral()
    {
        Token token = _tokens[_position];
        switch (token.Kind)
        {
            case TokenKind.Int or TokenKind.Float: return ParseNumber();
            case TokenKind.Minus when PeekKind(1) is TokenKind.Int or TokenKind.Float:
                Advance();
                return Negate(ParseNumber(), token.Start);
            case TokenKind.TemplateHead:
                ReportMildly(SyntaxDiagnostics.InterpolatedLiteral, token.Span);
                return ParseTemplate();
            case TokenKind.String or TokenKind.True or TokenKind.False or TokenKind.Nil: return ParsePrimary();
            default: return null;
        }
    }

    private Expression Negate(Expression number, int start) => number switch
    {
        IntLiteral literal => new IntLiteral(SpanFrom(start), -literal.Value),
        FloatLiteral literal => new FloatLiteral(SpanFrom(start), -literal.Value),
        _ => number,
    };
}
