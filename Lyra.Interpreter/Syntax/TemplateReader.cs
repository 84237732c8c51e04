using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Puts an interpolated string together from the tokens of its text and the expressions between them.</summary>
internal static class TemplateReader
{
    /// <summary>The parts in order: text that is not empty, and values. There are as many pieces of text as values, or one more.</summary>
    public static ImmutableArray<Expression> Join(SourceText source, List<Token> pieces, List<Expression> values)
    {
        string[] texts = ReadTexts(source, pieces);
        ImmutableArray<Expression>.Builder parts = ImmutableArray.CreateBuilder<Expression>(texts.Length + values.Count);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i].Length > 0) parts.Add(new StringLiteral(pieces[i].Span, texts[i]));
            if (i < values.Count) parts.Add(values[i]);
        }

        return parts.DrainToImmutable();
    }

    private static string[] ReadTexts(SourceText source, List<Token> pieces)
    {
        bool isBlock = LiteralReader.IsBlock(source.Text.AsSpan(pieces[0].Start, pieces[0].Length));
        string[] texts = new string[pieces.Count];
        for (int i = 0; i < texts.Length; i++) texts[i] = ReadRaw(source, pieces[i], isBlock ? 3 : 1);
        if (isBlock) texts = BlockText.Dedent(texts);
        for (int i = 0; i < texts.Length; i++) texts[i] = LiteralReader.Unescape(texts[i]);
        return texts;
    }

    /// <summary>The characters of a piece between its delimiters; none where the lexer has found an error.</summary>
    private static string ReadRaw(SourceText source, in Token piece, int quotes)
    {
        if (piece.HasError) return "";

        int before = piece.Kind == TokenKind.TemplateHead ? quotes : 1;
        int after = piece.Kind == TokenKind.TemplateTail ? quotes : 2;
        return source.Text.Substring(piece.Start + before, piece.Length - before - after);
    }
}
