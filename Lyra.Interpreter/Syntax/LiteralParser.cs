using System;
using System.Numerics;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Library.Methods;

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

        if (LiteralReader.IsDecimal(text) && LiteralReader.TryReadDecimal(text, out decimal exact))
        {
            return new DecimalLiteral(token.Span, exact);
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

        Expression value = ParseFormatted(Parser.Expressions.ParseExpression());
        if (Tokens.Kind is TokenKind.TemplateMiddle or TokenKind.TemplateTail)
        {
            Errors.IsPanicking = false;
            return value;
        }

        Errors.ReportExpected(TokenTable.Text(TokenKind.TemplateTail));
        Recovery.SkipInterpolation();
        return value;
    }

    /// <summary>Parses the width and the format after an interpolated value, if there are any.</summary>
    private Expression ParseFormatted(Expression value)
    {
        bool hasWidth = !Errors.IsPanicking && Tokens.Accept(TokenKind.Comma);
        int width = hasWidth ? ParseWidth() : 0;
        if (Errors.IsPanicking || Tokens.Kind != TokenKind.Format)
        {
            return hasWidth ? new FormattedExpression(Tokens.SpanFrom(value.Span.Start), value, "", width) : value;
        }

        Token token = Tokens.Current;
        Tokens.Advance();
        string format = Tokens.TextOf(token)[1..].ToString();
        if (!token.HasError)
        {
            CheckFormat(format, token.Span);
        }

        return new FormattedExpression(Tokens.SpanFrom(value.Span.Start), value, format, width);
    }

    private void CheckFormat(string format, SourceSpan span)
    {
        if (format.Length == 0)
        {
            Errors.Report(SyntaxDiagnostics.EmptyFormat, span);
        }
        else if (!ValueFormats.IsKnown(format))
        {
            Errors.Report(SyntaxDiagnostics.UnknownFormat, span, ValueFormats.Shown(format));
        }
    }

    /// <summary>Parses the width after the comma: an int literal, with a minus sign for text that stands left.</summary>
    private int ParseWidth()
    {
        int start = Tokens.CurrentStart;
        bool isNegative = Tokens.Accept(TokenKind.Minus);
        Token token = Tokens.Current;
        if (token.Kind != TokenKind.Int)
        {
            Errors.ReportExpected("the width, an int literal,");
            return 0;
        }

        Tokens.Advance();
        BigInteger width = token.HasError ? 0 : LiteralReader.ReadInt(Tokens.TextOf(token));
        if (width > ValueFormats.MaxWidth)
        {
            Errors.Report(SyntaxDiagnostics.FormatTooWide, Tokens.SpanFrom(start), $"{ValueFormats.MaxWidth:N0}");
            return 0;
        }

        return isNegative ? -(int)width : (int)width;
    }
}
