using System;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses numbers, strings and interpolated strings.</summary>
internal sealed class LiteralParser(Parser parser) : AreaParser(parser)
{
    public Expression ParseNumber()
    {
        Token token = Tokens.Current;
        Tokens.Advance();
        ReadOnlySpan<char> text = Tokens.TextOf(token);
        if (token.HasError)
        {
            return new ErrorExpression(token.Span);
        }

        if (token.Kind == TokenKind.Float)
        {
            return new FloatLiteral(token.Span, LiteralReader.ReadFloat(text));
        }

        return new IntLiteral(token.Span, LiteralReader.ReadInt(text));
    }

    public StringLiteral ParseString()
    {
        Token token = Tokens.Current;
        Tokens.Advance();
        ReadOnlySpan<char> text = Tokens.TextOf(token);
        return new StringLiteral(token.Span, token.HasError ? "" : LiteralReader.ReadString(text));
    }

    public Expression ParseTemplate()
    {
        int start = Tokens.CurrentStart;
        Surroundings outer = Tokens.Surroundings;
        Token head = Tokens.Current;
        Tokens.Advance();
        if (!Nesting.TryEnter())
        {
            return new InterpolatedString(Tokens.SpanFrom(start), []);
        }

        Tokens.Surroundings = Surroundings.None;
        bool isBlock = LiteralReader.IsBlock(Tokens.TextOf(head));
        NodeList<Expression> pieces = Parser.NewList<Expression>();
        pieces.Add(TemplateReader.ReadRaw(Tokens.Source, head, isBlock));
        bool isOpen = true;
        while (isOpen)
        {
            pieces.Add(ParseInterpolation());
            isOpen = Tokens.Kind == TokenKind.TemplateMiddle;
            if (Tokens.Kind is not (TokenKind.TemplateMiddle or TokenKind.TemplateTail))
            {
                break;
            }

            pieces.Add(TemplateReader.ReadRaw(Tokens.Source, Tokens.Current, isBlock));
            Tokens.Advance();
        }

        Tokens.Surroundings = outer;
        Nesting.Exit();
        return TemplateReader.Join(Parser, Tokens.SpanFrom(start), pieces, isBlock);
    }

    private Expression ParseInterpolation()
    {
        if (Tokens.Kind is TokenKind.TemplateMiddle or TokenKind.TemplateTail)
        {
            Errors.Report(SyntaxDiagnostics.EmptyInterpolation, Tokens.CurrentSpan);
            return Errors.MissingExpression();
        }

        Expression value = Parser.Expressions.ParseExpression();
        if (Tokens.Kind is TokenKind.TemplateMiddle or TokenKind.TemplateTail)
        {
            Errors.IsPanicking = false;
            return value;
        }

        Errors.ReportExpected(TokenTable.Text(TokenKind.TemplateTail));
        Recovery.SkipInterpolation();
        return value;
    }
}
