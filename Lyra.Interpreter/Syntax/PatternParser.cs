using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses the patterns of match arms, and the simpler ones of declarations and loops.</summary>
internal sealed class PatternParser(Parser parser) : AreaParser(parser)
{
    /// <summary>True in the pattern of a declaration, which may bind and destructure, but not test.</summary>
    private bool _isDeclaring;

    /// <summary>Parses the target of a declaration or loop. It has no type; the annotation of the declaration follows it.</summary>
    public Pattern ParseTarget()
    {
        bool outer = _isDeclaring;
        _isDeclaring = true;
        Pattern target = ParsePlainPattern(mayHaveType: false);
        _isDeclaring = outer;
        return target;
    }

    public Pattern ParseArmPattern()
    {
        bool outer = _isDeclaring;
        _isDeclaring = false;
        Pattern pattern = ParsePattern();
        _isDeclaring = outer;
        return pattern;
    }

    /// <summary>Parses <c>p1 | p2 as name</c>; <c>as</c> has the lowest precedence.</summary>
    private Pattern ParsePattern()
    {
        Pattern pattern = ParseAlternatives();
        int start = pattern.Span.Start;
        while (Tokens.AcceptWord("as"))
        {
            RejectInDeclaration(pattern.Span);
            string name = Errors.ExpectName(out SourceSpan nameSpan);
            pattern = new AsPattern(Tokens.SpanFrom(start), pattern, name, nameSpan);
            if (!Nesting.JoinLeft(Nesting.Peak))
            {
                break;
            }
        }

        return pattern;
    }

    private Pattern ParseAlternatives()
    {
        Pattern first = ParsePlainPattern(mayHaveType: true);
        if (Tokens.Kind != TokenKind.Pipe || Tokens.EndsLine)
        {
            return first;
        }

        RejectInDeclaration(first.Span);
        NodeList<Pattern> alternatives = Parser.NewList<Pattern>();
        alternatives.Add(first);
        while (Tokens.AcceptOnLine(TokenKind.Pipe))
        {
            alternatives.Add(ParsePlainPattern(mayHaveType: true));
        }

        return new AlternativePattern(Tokens.SpanFrom(first.Span.Start), alternatives.Close());
    }

    private Pattern ParsePlainPattern(bool mayHaveType)
    {
        switch (Tokens.Kind)
        {
            case TokenKind.Identifier: return ParseNamePattern(mayHaveType);
            case TokenKind.OpenBracket: return ParseListPattern();
            case TokenKind.OpenParen: return ParseTuplePattern();
            case TokenKind.OpenBrace: return ParseMapPattern();
        }

        SourceSpan span = Tokens.CurrentSpan;
        Expression? literal = ParsePatternLiteral();
        if (literal is not null)
        {
            RejectInDeclaration(literal.Span);
            bool isRange = Tokens.Kind is TokenKind.DotDot or TokenKind.DotDotEqual;
            return isRange ? ParseRangePattern(literal) : new LiteralPattern(literal.Span, literal);
        }

        Errors.ReportUnfit(SyntaxDiagnostics.ExpectedPattern);
        if (Tokens.Kind == TokenKind.Bad)
        {
            Tokens.Advance();
        }

        return new WildcardPattern(span);
    }

    private void RejectInDeclaration(SourceSpan span)
    {
        if (_isDeclaring && !Errors.IsExplained)
        {
            Errors.Report(SyntaxDiagnostics.NoDeclarationPattern, span);
        }
    }

    /// <summary>
    /// Parses <c>_</c>, <c>name</c>, <c>name: Type</c>, <c>Point{…}</c>, <c>Suit.Clubs</c> and <c>Rect(…)</c>.
    /// </summary>
    private Pattern ParseNamePattern(bool mayHaveType)
    {
        Token token = Tokens.Current;
        string name = Tokens.TakeName();
        bool isStruct = Tokens.Kind == TokenKind.Dot
            || (!Tokens.EndsLine && (Tokens.Kind == TokenKind.OpenBrace || (Tokens.Kind == TokenKind.OpenParen && !_isDeclaring)));
        if (isStruct)
        {
            return ParseStructPattern(new NameExpression(token.Span, name));
        }

        if (mayHaveType && Tokens.AcceptOnLine(TokenKind.Colon))
        {
            TypeNode type = Parser.Types.ParseInPattern();
            return new BindingPattern(Tokens.SpanFrom(token.Start), name, type);
        }

        return name == "_" ? new WildcardPattern(token.Span) : new BindingPattern(token.Span, name, null);
    }

    /// <summary>Parses the pattern of a struct, or of a case of an enum, whose first name has been read.</summary>
    private Pattern ParseStructPattern(Expression type)
    {
        RejectInDeclaration(type.Span);
        while (Tokens.Kind == TokenKind.Dot)
        {
            type = Parser.Operands.ParseMember(type);
        }

        if (Tokens.Kind == TokenKind.OpenBrace && !Tokens.EndsLine)
        {
            ImmutableArray<FieldPattern> fields = ParseDelimited(TokenKind.CloseBrace, this, static p => p.ParseFieldPattern());
            return new StructPattern(Tokens.SpanFrom(type.Span.Start), type, fields);
        }

        return Tokens.Kind == TokenKind.OpenParen && !Tokens.EndsLine
            ? ParseCaseFields(type)
            : new CasePattern(Tokens.SpanFrom(type.Span.Start), type, [], isOpen: true);
    }

    private CasePattern ParseCaseFields(Expression type)
    {
        ImmutableArray<CaseField?> items = ParseDelimited(TokenKind.CloseParen, this, static p => p.ParseCaseField());
        NodeList<CaseField> fields = Parser.NewList<CaseField>();
        bool isOpen = false;
        bool isNamed = false;
        foreach (CaseField? item in items)
        {
            if (isOpen)
            {
                Errors.Report(SyntaxDiagnostics.MisplacedRest, item?.Span ?? Tokens.SpanFrom(type.Span.Start));
            }

            if (item is null)
            {
                isOpen = true;
                continue;
            }

            if (isNamed && item.Name is null)
            {
                Errors.Report(SyntaxDiagnostics.PositionalField, item.Span);
            }

            isNamed |= item.Name is not null;
            fields.Add(item);
        }

        return new CasePattern(Tokens.SpanFrom(type.Span.Start), type, fields.Close(), isOpen);
    }

    /// <summary>Parses a field in the parentheses of a case; returns null for <c>...</c>.</summary>
    private CaseField? ParseCaseField()
    {
        if (Tokens.Accept(TokenKind.Ellipsis))
        {
            return null;
        }

        int start = Tokens.CurrentStart;
        string? name = null;
        if (Tokens.IsWord && Tokens.PeekKind(1) == TokenKind.Colon)
        {
            name = Errors.ExpectMember(out _);
            Tokens.Advance();
        }

        Pattern pattern = ParsePattern();
        return new CaseField(Tokens.SpanFrom(start), name, pattern);
    }

    private FieldPattern ParseFieldPattern()
    {
        bool isNamed = Tokens.PeekKind(1) == TokenKind.Colon;
        string name = isNamed ? Errors.ExpectMember(out SourceSpan nameSpan) : Errors.ExpectName(out nameSpan);
        Pattern pattern = Tokens.Accept(TokenKind.Colon) ? ParsePattern() : new BindingPattern(nameSpan, name, null);
        return new FieldPattern(Tokens.SpanFrom(nameSpan.Start), name, nameSpan, pattern);
    }

    private ListPattern ParseListPattern()
    {
        int start = Tokens.CurrentStart;
        ImmutableArray<Pattern> items = ParseDelimited(TokenKind.CloseBracket, this, static p => p.ParsePatternItem());
        return new ListPattern(Tokens.SpanFrom(start), items, FindRest(items));
    }

    /// <summary>Parses a tuple pattern; the parentheses of <c>(p)</c> only group.</summary>
    private Pattern ParseTuplePattern()
    {
        int start = Tokens.CurrentStart;
        ImmutableArray<Pattern> items = ParseDelimited(TokenKind.CloseParen, this, static p => p.ParsePatternItem(), out bool endsInComma);
        if (items.Length == 1 && !endsInComma && items[0] is not RestPattern)
        {
            return items[0];
        }

        return new TuplePattern(Tokens.SpanFrom(start), items, FindRest(items));
    }

    private Pattern ParsePatternItem()
    {
        if (Tokens.Kind != TokenKind.Ellipsis)
        {
            return ParsePattern();
        }

        int start = Tokens.CurrentStart;
        Tokens.Advance();
        Token token = Tokens.Current;
        string? name = token.Kind == TokenKind.Identifier ? Tokens.TakeName() : null;
        return new RestPattern(Tokens.SpanFrom(start), name is null or "_" ? null : new BindingPattern(token.Span, name, null));
    }

    private int FindRest(ImmutableArray<Pattern> items)
    {
        int found = -1;
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i] is not RestPattern)
            {
                continue;
            }

            if (found >= 0)
            {
                Errors.Report(SyntaxDiagnostics.SecondRest, items[i].Span);
            }
            else
            {
                found = i;
            }
        }

        return found;
    }

    /// <summary>Parses <c>{"k": p, …}</c>, in which <c>...</c> may come last.</summary>
    private MapPattern ParseMapPattern()
    {
        int start = Tokens.CurrentStart;
        RejectInDeclaration(Tokens.CurrentSpan);
        ImmutableArray<MapPatternEntry?> items = ParseDelimited(TokenKind.CloseBrace, this, static p => p.ParseMapPatternEntry());
        NodeList<MapPatternEntry> entries = Parser.NewList<MapPatternEntry>();
        bool isOpen = false;
        foreach (MapPatternEntry? item in items)
        {
            if (isOpen)
            {
                Errors.Report(SyntaxDiagnostics.MisplacedRest, item?.Span ?? Tokens.SpanFrom(start));
            }

            if (item is null)
            {
                isOpen = true;
            }
            else
            {
                entries.Add(item);
            }
        }

        return new MapPattern(Tokens.SpanFrom(start), entries.Close(), isOpen);
    }

    /// <summary>Parses an entry of a map pattern; returns null for <c>...</c>.</summary>
    private MapPatternEntry? ParseMapPatternEntry()
    {
        if (Tokens.Accept(TokenKind.Ellipsis))
        {
            return null;
        }

        int start = Tokens.CurrentStart;
        Expression? key = ParsePatternLiteral();
        if (key is null)
        {
            Errors.ReportExpected("a literal as key");
        }
        else
        {
            Errors.Expect(TokenKind.Colon);
        }

        Pattern value = Errors.IsPanicking ? new WildcardPattern(Tokens.CurrentSpan) : ParsePattern();
        return new MapPatternEntry(Tokens.SpanFrom(start), key ?? Errors.MissingExpression(), value);
    }

    private RangePattern ParseRangePattern(Expression start)
    {
        bool isInclusive = Tokens.Kind == TokenKind.DotDotEqual;
        Tokens.Advance();
        SourceSpan endSpan = Tokens.CurrentSpan;
        Expression? end = ParsePatternLiteral();
        IntLiteral first = ToRangeEnd(start, start.Span);
        IntLiteral last = ToRangeEnd(end, endSpan);
        return new RangePattern(Tokens.SpanFrom(start.Span.Start), first, last, isInclusive);
    }

    private IntLiteral ToRangeEnd(Expression? literal, SourceSpan span)
    {
        if (literal is IntLiteral end)
        {
            return end;
        }

        if (literal is not ErrorExpression)
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.RangePatternEnd, span);
        }

        return new IntLiteral(span, BigInteger.Zero);
    }

    /// <summary>Parses a literal with its sign; returns null if there is none.</summary>
    private Expression? ParsePatternLiteral()
    {
        Token token = Tokens.Current;
        switch (TokenRoles.LiteralOf(token.Kind))
        {
            case LiteralStart.Number:
                return Parser.Literals.ParseNumber();
            case LiteralStart.Sign when TokenRoles.LiteralOf(Tokens.PeekKind(1)) == LiteralStart.Number:
                Tokens.Advance();
                return Negate(Parser.Literals.ParseNumber(), token.Start);
            case LiteralStart.Template:
                Errors.Report(SyntaxDiagnostics.InterpolatedLiteral, token.Span);
                return Parser.Literals.ParseTemplate();
            case LiteralStart.Word:
                return Parser.Operands.ParsePrimary();
            case LiteralStart.None or LiteralStart.Sign:
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private Expression Negate(Expression number, int start) => number switch
    {
        IntLiteral literal => new IntLiteral(Tokens.SpanFrom(start), -literal.Value),
        FloatLiteral literal => new FloatLiteral(Tokens.SpanFrom(start), -literal.Value),
        DecimalLiteral literal => new DecimalLiteral(Tokens.SpanFrom(start), -literal.Value),
        _ => number,
    };
}
