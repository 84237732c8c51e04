using System;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Finds, near a syntax error, words and operators of other languages that explain it. Valid sources are never searched.
/// </summary>
internal static class ForeignSyntax
{
    /// <summary>The tokens before an error among which the bracket around it is searched.</summary>
    private const int MaxDistance = 2_000;

    /// <summary>The word or operator that explains an error at the current token; null if there is none.</summary>
    /// <param name="tokens">The tokens, at the error.</param>
    /// <param name="descriptor">The error.</param>
    /// <param name="findEnd">Gives the result of <see cref="FindEnd"/>.</param>
    public static ForeignText? Find(TokenCursor tokens, DiagnosticDescriptor descriptor, Func<ForeignText?> findEnd)
    {
        if (!MayBeForeign(descriptor))
        {
            return null;
        }

        return FindOperator(tokens) ?? FindNeighbour(tokens) ?? FindOnLine(tokens)
            ?? (descriptor == SyntaxDiagnostics.UnclosedBracket ? findEnd() : null) ?? FindLoop(tokens);
    }

    private static bool MayBeForeign(DiagnosticDescriptor descriptor) =>
        descriptor == SyntaxDiagnostics.Expected || descriptor == SyntaxDiagnostics.ExpectedExpression
        || descriptor == SyntaxDiagnostics.ExpectedStatementEnd || descriptor == SyntaxDiagnostics.ExpectedBody
        || descriptor == SyntaxDiagnostics.ExpectedType || descriptor == SyntaxDiagnostics.LabelWithoutLoop
        || descriptor == SyntaxDiagnostics.AssignmentAsValue || descriptor == SyntaxDiagnostics.UnclosedBracket
        || descriptor == SyntaxDiagnostics.LambdaAsOperand;

    /// <summary>An operator that continues one of Lyra: <c>===</c>, <c>&amp;&amp;=</c>, <c>:=</c>.</summary>
    private static ForeignText? FindOperator(TokenCursor tokens)
    {
        if (tokens.Position == 0 || tokens.Kind != TokenKind.Equal || tokens.PreviousEnd != tokens.CurrentStart)
        {
            return null;
        }

        Token first = tokens[tokens.Position - 1];
        string? meant = tokens.TextOf(first) switch
        {
            "==" => "==",
            "!=" => "!=",
            "&&" => "a = a and b",
            "||" => "a = a or b",
            ":" => "var a = b",
            _ => null,
        };
        return meant is null
            ? null
            : new(SyntaxDiagnostics.ForeignOperator, SourceSpan.FromBounds(first.Start, tokens.CurrentSpan.End), meant);
    }

    /// <summary>A word that is the current token or the one before it.</summary>
    private static ForeignText? FindNeighbour(TokenCursor tokens)
    {
        string? here = tokens.Kind != TokenKind.Identifier || tokens.EndsLine ? null : tokens.TextOf(tokens.Current) switch
        {
            "then" or "do" => "{",
            "instanceof" => "is",
            "of" => "in",
            "function" or "fn" or "def" or "func" => "proc",
            _ => null,
        };
        if (here is not null)
        {
            return new(SyntaxDiagnostics.ForeignWord, tokens.CurrentSpan, here);
        }

        if (tokens.Position == 0 || tokens[tokens.Position - 1] is not { Kind: TokenKind.Identifier } word || tokens.EndsLine)
        {
            return null;
        }

        bool isText = tokens.Kind is TokenKind.String or TokenKind.TemplateHead && tokens.CurrentStart == word.End;
        string? meant = tokens.TextOf(word) switch
        {
            "lambda" => "x => …",
            "case" => "pattern => value",
            "new" => "Name(…)",
            "typeof" => "type(x)",
            "mut" => "var",
            "f" or "F" or "u" or "b" when isText => "\"${x}\"",
            _ => null,
        };
        return meant is null ? null : new(SyntaxDiagnostics.ForeignWord, word.Span, meant);
    }

    /// <summary>A word before the error on its line: <c>switch (x) {</c>, <c>function(x) {</c>, <c>case 1:</c>.</summary>
    private static ForeignText? FindOnLine(TokenCursor tokens)
    {
        for (int i = tokens.Position; i >= 0 && tokens.Position - i < MaxDistance; i--)
        {
            Token token = tokens[i];
            bool isBehindDot = i > 0 && tokens[i - 1].Kind is TokenKind.Dot or TokenKind.QuestionDot;
            string? meant = token.Kind != TokenKind.Identifier || i == tokens.Position || isBehindDot ? null : tokens.TextOf(token) switch
            {
                "function" or "fn" or "def" or "func" => "proc",
                "switch" => "match",
                "case" when token.IsFirstOnLine => "pattern => value",
                "lambda" => "x => …",
                _ => null,
            };
            if (meant is not null)
            {
                return new(SyntaxDiagnostics.ForeignWord, token.Span, meant);
            }

            if (token.IsFirstOnLine)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>For a body that is not in braces, a line that is <c>end</c>; null if the name occurs elsewhere.</summary>
    public static ForeignText? FindEnd(TokenCursor tokens)
    {
        ForeignText? found = null;
        for (int i = tokens.Count - 2; i >= 0; i--)
        {
            Token token = tokens[i];
            if (token.Kind != TokenKind.Identifier || tokens.TextOf(token) is not ("end" or "endif" or "done" or "fi"))
            {
                continue;
            }

            bool isAlone = token.IsFirstOnLine && (tokens[i + 1].IsFirstOnLine || tokens[i + 1].Kind == TokenKind.EndOfFile);
            if (!isAlone)
            {
                return null;
            }

            found = new(SyntaxDiagnostics.ForeignWord, token.Span, "}");
        }

        return found;
    }

    /// <summary>The word before the brace around the error: <c>do { … } while c</c>.</summary>
    private static ForeignText? FindLoop(TokenCursor tokens)
    {
        for (int i = tokens.Position - 1; i > 0 && tokens.Position - i < MaxDistance; i--)
        {
            bool isAround = tokens[i].Kind == TokenKind.OpenBrace && (tokens[i].Partner == 0 || tokens[i].Partner >= tokens.Position - 1);
            Token before = tokens[i - 1];
            if (!isAround || before.Kind != TokenKind.Identifier)
            {
                continue;
            }

            if (tokens.TextOf(before) is "do" or "loop" or "repeat")
            {
                return new(SyntaxDiagnostics.ForeignWord, before.Span, "while true { … }");
            }
        }

        return null;
    }
}

/// <summary>A word or operator of another language.</summary>
/// <param name="Descriptor">How it is reported.</param>
/// <param name="Span">Its place.</param>
/// <param name="Meant">What Lyra has instead.</param>
internal sealed record ForeignText(DiagnosticDescriptor Descriptor, SourceSpan Span, string Meant);
