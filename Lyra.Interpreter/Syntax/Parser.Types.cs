using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Annotations.</summary>
internal sealed partial class Parser
{
    /// <summary>A type; <c>T??</c> is <c>T?</c>.</summary>
    private TypeNode ParseType()
    {
        int outerPeak = _peak;
        _peak = _depth;
        TypeNode type = ParsePlainType();
        bool isNullable = false;
        while (AcceptOnLine(TokenKind.Question) || AcceptOnLine(TokenKind.QuestionQuestion)) isNullable = true;
        if (isNullable)
        {
            JoinLeft(_peak);
            if (type is not NullableTypeNode) type = new NullableTypeNode(SpanFrom(type.Span.Start), type);
        }

        if (outerPeak > _peak) _peak = outerPeak;
        return type;
    }

    private TypeNode ParsePlainType()
    {
        int start = CurrentStart;
        switch (Kind)
        {
            case TokenKind.Identifier: return ParseNamedType();
            case TokenKind.Nil:
                Advance();
                return new NamedTypeNode(SpanFrom(start), null, "nil");
            case TokenKind.Proc: return ParseProcType();
            case TokenKind.OpenParen: return ParseTupleType();
            case TokenKind.OpenBracket:
                TypeNode element = ParseElementType(TokenKind.CloseBracket);
                return new ListTypeNode(SpanFrom(start), element);
            case TokenKind.OpenBrace: return ParseMapType();
        }

        ReportUnfit(SyntaxDiagnostics.ExpectedType);
        return new NamedTypeNode(new SourceSpan(CurrentStart, 0), null, "any");
    }

    private TypeNode ParseNamedType()
    {
        int start = CurrentStart;
        string name = TakeName();
        if (name == "set" && Kind == TokenKind.OpenBracket && !EndsLine)
        {
            TypeNode element = ParseElementType(TokenKind.CloseBracket);
            return new SetTypeNode(SpanFrom(start), element);
        }

        if (!AcceptOnLine(TokenKind.Dot)) return new NamedTypeNode(SpanFrom(start), null, name);

        string member = ExpectName(out _);
        return new NamedTypeNode(SpanFrom(start), name, member);
    }

    /// <summary>One type in the brackets that begin at the current position.</summary>
    private TypeNode ParseElementType(TokenKind closing)
    {
        int opening = _position;
        ImmutableArray<TypeNode> items = ParseDelimited(closing, static p => p.ParseType());
        if (items.Length == 1) return items[0];

        SourceSpan span = SpanFrom(_tokens[opening].Start);
        ReportMildly(SyntaxDiagnostics.Expected, span, "one element type", $"`{_source.GetText(span)}`");
        return new NamedTypeNode(span, null, "any");
    }

    private TypeNode ParseTupleType()
    {
        int start = CurrentStart;
        ImmutableArray<TypeNode> items = ParseDelimited(TokenKind.CloseParen, static p => p.ParseType(), out bool endsInComma);
        return items.Length == 1 && !endsInComma ? items[0] : new TupleTypeNode(SpanFrom(start), items);
    }

    /// <summary><c>proc</c>, <c>proc(A) -> R</c>.</summary>
    private TypeNode ParseProcType()
    {
        int start = CurrentStart;
        Advance();
        if (Kind != TokenKind.OpenParen || EndsLine) return new NamedTypeNode(SpanFrom(start), null, "proc");

        ImmutableArray<TypeNode> parameters = ParseDelimited(TokenKind.CloseParen, static p => p.ParseType());
        TypeNode? result = null;
        if (AcceptOnLine(TokenKind.Arrow) && TryEnter())
        {
            result = ParseType();
            Leave();
        }

        return new ProcTypeNode(SpanFrom(start), parameters, result);
    }

    /// <summary><c>{K: V}</c>, or <c>{T}</c> for a set.</summary>
    private TypeNode ParseMapType()
    {
        int start = CurrentStart;
        ImmutableArray<(TypeNode Key, TypeNode? Value)> items = ParseDelimited(TokenKind.CloseBrace, static p => p.ParseMapTypeItem());
        SourceSpan span = SpanFrom(start);
        if (items.Length == 1)
        {
            (TypeNode key, TypeNode? value) = items[0];
            return value is null ? new SetTypeNode(span, key) : new MapTypeNode(span, key, value);
        }

        ReportMildly(SyntaxDiagnostics.Expected, span, "a map type `{K: V}`", $"`{_source.GetText(span)}`");
        return new NamedTypeNode(span, null, "any");
    }

    private (TypeNode Key, TypeNode? Value) ParseMapTypeItem()
    {
        TypeNode key = ParseType();
        return (key, Accept(TokenKind.Colon) ? ParseType() : null);
    }
}
