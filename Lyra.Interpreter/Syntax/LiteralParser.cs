using System;
using System.Collections.Generic;
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
        List<Token> pieces = [Tokens.Current];
        List<Expression> values = [];
        Tokens.Advance();
        if (!Nesting.TryEnter())
        {
            return new InterpolatedString(Tokens.SpanFrom(start), []);
        }

        Tokens.Surroundings = Surroundings.None;
        bool isOpen = true;
        while (isOpen)
        {
            values.Add(ParseInterpolation());
            isOpen = Tokens.Kind == TokenKind.TemplateMiddle;
            if (Tokens.Kind is not (TokenKind.TemplateMiddle or TokenKind.TemplateTail))
            {
                break;
            }

            pieces.Add(Tokens.Current);
            Tokens.Advance();
        }

        Tokens.Surroundings = outer;
        Nesting.Exit();
        return TemplateReader.Join(Tokens.Source, Tokens.SpanFrom(start), pieces, values);
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
