using System.Collections.Immutable;
using System.Text;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Builds an interpolated string from the tokens of its text and the expressions between them.</summary>
internal static class TemplateReader
{
    /// <summary>The characters of a piece between its delimiters; empty if the lexer has found an error.</summary>
    public static StringLiteral ReadRaw(SourceText source, in Token piece, bool isBlock)
    {
        if (piece.HasError)
        {
            return new StringLiteral(piece.Span, "");
        }

        int quotes = isBlock ? 3 : 1;
        int before = piece.Kind == TokenKind.TemplateHead ? quotes : 1;
        int after = piece.Kind == TokenKind.TemplateTail ? quotes : 2;
        return new StringLiteral(piece.Span, source.Text.Substring(piece.Start + before, piece.Length - before - after));
    }

    /// <summary>
    /// Combines pieces of text and the values between them. A value that is a literal str counts as text, and a string that is only text
    /// becomes a literal.
    /// </summary>
    /// <param name="parser">Makes the list of the parts.</param>
    /// <param name="span">The span of the whole string.</param>
    /// <param name="pieces">The raw pieces, each but the last followed by a value. The list is cleared.</param>
    /// <param name="isBlock">Whether the string is in triple quotes.</param>
    public static Expression Join(Parser parser, SourceSpan span, NodeList<Expression> pieces, bool isBlock)
    {
        int count = pieces.Count;
        if (isBlock)
        {
            Dedent(pieces);
        }

        NodeList<Expression> parts = parser.NewList<Expression>();
        StringBuilder? longer = null;
        string text = "";
        SourceSpan textSpan = default;
        for (int i = 0; i < count; i++)
        {
            bool isPiece = i % 2 == 0;
            if (!isPiece && pieces[i] is not StringLiteral)
            {
                Add(parts, ref text, ref longer, textSpan);
                parts.Add(pieces[i]);
                continue;
            }

            if (isPiece && text.Length == 0)
            {
                textSpan = pieces[i].Span;
            }

            string value = ((StringLiteral)pieces[i]).Value;
            Append(isPiece ? LiteralReader.Unescape(value) : value, ref text, ref longer);
        }

        bool isText = parts.Count == 0;
        Add(parts, ref text, ref longer, textSpan);
        ImmutableArray<Expression> closed = parts.Close();
        pieces.Clear();
        return !isText ? new InterpolatedString(span, closed)
            : new StringLiteral(span, closed.IsEmpty ? "" : ((StringLiteral)closed[0]).Value);
    }

    /// <summary>Appends a text. Most texts are alone and need no builder.</summary>
    private static void Append(string more, ref string text, ref StringBuilder? longer)
    {
        if (text.Length == 0)
        {
            text = more;
        }
        else if (more.Length > 0)
        {
            longer ??= new StringBuilder(text);
            longer.Append(more);
        }
    }

    private static void Add(NodeList<Expression> parts, ref string text, ref StringBuilder? longer, SourceSpan span)
    {
        if (text.Length > 0)
        {
            parts.Add(new StringLiteral(span, longer?.ToString() ?? text));
        }

        text = "";
        longer = null;
    }

    private static void Dedent(NodeList<Expression> pieces)
    {
        string[] texts = new string[(pieces.Count + 1) / 2];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = ((StringLiteral)pieces[2 * i]).Value;
        }

        texts = BlockText.Dedent(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            pieces[2 * i] = new StringLiteral(pieces[2 * i].Span, texts[i]);
        }
    }
}
