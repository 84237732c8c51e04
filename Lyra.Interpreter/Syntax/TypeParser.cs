using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses annotations.</summary>
internal sealed class TypeParser(Parser parser) : AreaParser(parser)
{
    /// <summary>Parses a type.</summary>
    public TypeNode ParseType()
    {
        TypeNode first = ParseMember();
        if (Tokens.Kind != TokenKind.Pipe || Tokens.EndsLine)
        {
            return first;
        }

        NodeList<TypeNode> items = Parser.NewList<TypeNode>();
        items.Add(first);
        while (Tokens.AcceptOnLine(TokenKind.Pipe))
        {
            items.Add(ParseMember());
        }

        return new UnionTypeNode(Tokens.SpanFrom(first.Span.Start), items.Close());
    }

    /// <summary>Parses a type of a pattern: a <c>|</c> outside of brackets is not a part of it, and separates alternatives.</summary>
    public TypeNode ParseInPattern() => ParseMember(isInPattern: true);

    /// <summary>Parses a type that is no union unless it stands in parentheses; <c>T??</c> is <c>T?</c>.</summary>
    private TypeNode ParseMember(bool isInPattern = false)
    {
        int outerPeak = Nesting.Begin();
        TypeNode type = ParsePlainType(isInPattern);
        bool isNullable = false;
        while (Tokens.AcceptOnLine(TokenKind.Question) || Tokens.AcceptOnLine(TokenKind.QuestionQuestion))
        {
            isNullable = true;
        }

        if (isNullable)
        {
            Nesting.JoinLeft(Nesting.Peak);
            if (type is not NullableTypeNode)
            {
                type = new NullableTypeNode(Tokens.SpanFrom(type.Span.Start), type);
            }
        }

        Nesting.End(outerPeak);
        return type;
    }

    private TypeNode ParsePlainType(bool isInPattern)
    {
        int start = Tokens.CurrentStart;
        switch (Tokens.Kind)
        {
            case TokenKind.Identifier: return ParseNamedType();
            case TokenKind.Nil:
                Tokens.Advance();
                return new NamedTypeNode(Tokens.SpanFrom(start), null, "nil");
            case TokenKind.Proc: return ParseProcType(isInPattern);
            case TokenKind.OpenParen: return ParseTupleType();
            case TokenKind.OpenBracket:
                TypeNode element = ParseElementType(TokenKind.CloseBracket);
                return new ListTypeNode(Tokens.SpanFrom(start), element);
            case TokenKind.OpenBrace: return ParseMapType();
        }

        Errors.ReportUnfit(SyntaxDiagnostics.ExpectedType);
        return new NamedTypeNode(new SourceSpan(Tokens.CurrentStart, 0), null, "any");
    }

    private TypeNode ParseNamedType()
    {
        int start = Tokens.CurrentStart;
        string name = Tokens.TakeName();
        if (name == "set" && Tokens.Kind == TokenKind.OpenBracket && !Tokens.EndsLine)
        {
            TypeNode element = ParseElementType(TokenKind.CloseBracket);
            return new SetTypeNode(Tokens.SpanFrom(start), element);
        }

        return ParseMemberOf(start, name);
    }

    /// <summary>Parses the name of a struct, <c>Named</c> or <c>module.Named</c>, which begins with a name.</summary>
    public NamedTypeNode ParseName()
    {
        int start = Tokens.CurrentStart;
        return ParseMemberOf(start, Tokens.TakeName());
    }

    private NamedTypeNode ParseMemberOf(int start, string name)
    {
        if (!Tokens.AcceptOnLine(TokenKind.Dot))
        {
            return new NamedTypeNode(Tokens.SpanFrom(start), null, name);
        }

        string member = Errors.ExpectName(out _);
        return new NamedTypeNode(Tokens.SpanFrom(start), name, member);
    }

    /// <summary>Parses one type in brackets.</summary>
    private TypeNode ParseElementType(TokenKind closing)
    {
        int opening = Tokens.Position;
        ImmutableArray<TypeNode> items = ParseDelimited(closing, this, static p => p.ParseType());
        if (items.Length == 1)
        {
            return items[0];
        }

        SourceSpan span = Tokens.SpanFrom(Tokens[opening].Start);
        Errors.Report(SyntaxDiagnostics.Expected, span, "one element type", $"`{Tokens.Source.GetText(span)}`");
        return new NamedTypeNode(span, null, "any");
    }

    private TypeNode ParseTupleType()
    {
        int start = Tokens.CurrentStart;
        ImmutableArray<TypeNode> items = ParseDelimited(TokenKind.CloseParen, this, static p => p.ParseType(), out bool endsInComma);
        return items.Length == 1 && !endsInComma ? items[0] : new TupleTypeNode(Tokens.SpanFrom(start), items);
    }

    /// <summary>Parses <c>proc</c> and <c>proc(A) -> R</c>.</summary>
    private TypeNode ParseProcType(bool isInPattern)
    {
        int start = Tokens.CurrentStart;
        Tokens.Advance();
        if (Tokens.Kind != TokenKind.OpenParen || Tokens.EndsLine)
        {
            return new NamedTypeNode(Tokens.SpanFrom(start), null, "proc");
        }

        ImmutableArray<TypeNode> parameters = ParseDelimited(TokenKind.CloseParen, this, static p => p.ParseType());
        TypeNode? result = null;
        if (Tokens.AcceptOnLine(TokenKind.Arrow) && Nesting.TryEnter())
        {
            result = isInPattern ? ParseInPattern() : ParseType();
            Nesting.Exit();
        }

        return new ProcTypeNode(Tokens.SpanFrom(start), parameters, result);
    }

    /// <summary>Parses <c>{K: V}</c>, and <c>{T}</c>, which is a set.</summary>
    private TypeNode ParseMapType()
    {
        int start = Tokens.CurrentStart;
        ImmutableArray<(TypeNode Key, TypeNode? Value)> items =
            ParseDelimited(TokenKind.CloseBrace, this, static p => p.ParseMapTypeItem());
        SourceSpan span = Tokens.SpanFrom(start);
        if (items.Length == 1)
        {
            (TypeNode key, TypeNode? value) = items[0];
            return value is null ? new SetTypeNode(span, key) : new MapTypeNode(span, key, value);
        }

        Errors.Report(SyntaxDiagnostics.Expected, span, "a map type `{K: V}`", $"`{Tokens.Source.GetText(span)}`");
        return new NamedTypeNode(span, null, "any");
    }

    private (TypeNode Key, TypeNode? Value) ParseMapTypeItem()
    {
        TypeNode key = ParseType();
        return (key, Tokens.Accept(TokenKind.Colon) ? ParseType() : null);
    }
}
