using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Builds an interpolated string from the tokens of its text and the expressions between them.</summary>
internal static class TemplateReader
{
    /// <summary>
    /// Combines pieces of text and the values between them; there are as many values as pieces, or one less. A value that is a literal str
    /// counts as text, and a string that is only text becomes a literal.
    /// </summary>
    public static Expression Join(SourceText source, SourceSpan span, List<Token> pieces, List<Expression> values)
    {
        string[] texts = ReadTexts(source, pieces);
        ImmutableArray<Expression>.Builder parts = ImmutableArray.CreateBuilder<Expression>(texts.Length + values.Count);
        StringBuilder text = new();
        SourceSpan textSpan = pieces[0].Span;
        for (int i = 0; i < texts.Length; i++)
        {
            if (text.Length == 0)
            {
                textSpan = pieces[i].Span;
            }

            text.Append(texts[i]);
            if (i < values.Count && values[i] is StringLiteral literal)
            {
                text.Append(literal.Value);
            }
            else if (i < values.Count)
            {
                Add(parts, text, textSpan, values[i]);
            }
        }

        if (parts.Count == 0)
        {
            return new StringLiteral(span, text.ToString());
        }

        Add(parts, text, textSpan, null);
        return new InterpolatedString(span, parts.DrainToImmutable());
    }

    private static void Add(ImmutableArray<Expression>.Builder parts, StringBuilder text, SourceSpan textSpan, Expression? value)
    {
        if (text.Length > 0)
        {
            parts.Add(new StringLiteral(textSpan, text.ToString()));
        }

        text.Clear();
        if (value is not null)
        {
            parts.Add(value);
        }
    }

    private static string[] ReadTexts(SourceText source, List<Token> pieces)
    {
        bool isBlock = LiteralReader.IsBlock(source.Text.AsSpan(pieces[0].Start, pieces[0].Length));
        string[] texts = new string[pieces.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = ReadRaw(source, pieces[i], isBlock ? 3 : 1);
        }

        if (isBlock)
        {
            texts = BlockText.Dedent(texts);
        }

        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = LiteralReader.Unescape(texts[i]);
        }

        return texts;
    }

    /// <summary>The characters of a piece between its delimiters; empty if the lexer has found an error.</summary>
    private static string ReadRaw(SourceText source, in Token piece, int quotes)
    {
        if (piece.HasError)
        {
            return "";
        }

        int before = piece.Kind == TokenKind.TemplateHead ? quotes : 1;
        int after = piece.Kind == TokenKind.TemplateTail ? quotes : 2;
        return source.Text.Substring(piece.Start + before, piece.Length - before - after);
    }
}
