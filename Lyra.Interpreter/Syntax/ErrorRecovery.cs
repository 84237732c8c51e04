using System;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Ends the parser's panic: skips to a place where the next construct can be parsed. This is a comma or the end of the innermost closed
/// list, or the end of the statement.
/// </summary>
internal sealed class ErrorRecovery(TokenCursor tokens, SyntaxErrors errors)
{
    /// <summary>
    /// True if a new line inside a bracket that is never closed begins with a statement keyword. The bracket should then have been closed
    /// before that line.
    /// </summary>
    public bool IsUnclosedAt(int opening) => tokens[opening].Partner == 0 && tokens.Current.IsFirstOnLine && tokens.Kind is
        TokenKind.Var or TokenKind.Let or TokenKind.Const or TokenKind.Return or TokenKind.For or TokenKind.While or TokenKind.Struct or
        TokenKind.Import or TokenKind.Pub or TokenKind.Try or TokenKind.Throw or TokenKind.Break or TokenKind.Continue or TokenKind.Yield;

    /// <summary>Skips to the next comma of a list or to its end, if the list is closed. Skips nested brackets as a whole.</summary>
    public void SkipToListItem(int listEnd)
    {
        if (listEnd < tokens.Position)
        {
            return;
        }

        while (tokens.Position < listEnd && tokens.Kind != TokenKind.Comma)
        {
            SkipToken();
        }

        errors.IsPanicking = false;
    }

    /// <summary>Skips to the end of a statement, arm or field.</summary>
    /// <param name="start">The position where it begins.</param>
    /// <param name="endsAtComma">True for an arm or field, which a comma may end.</param>
    public void SkipStatement(int start, bool endsAtComma = false)
    {
        while (tokens.Kind is not (TokenKind.EndOfFile or TokenKind.Semicolon or TokenKind.CloseBrace))
        {
            if (tokens.Current.IsFirstOnLine && tokens.Position > start)
            {
                break;
            }

            if (endsAtComma && tokens.Kind == TokenKind.Comma)
            {
                break;
            }

            SkipToken();
        }

        errors.IsPanicking = false;
    }

    /// <summary>After an error in a head: skips to the brace on the same line that begins the body, if there is one.</summary>
    public void SkipToBlock()
    {
        if (tokens.Kind == TokenKind.OpenBrace && !errors.IsPanicking)
        {
            return;
        }

        errors.ReportExpected(TokenTable.Text(TokenKind.OpenBrace));
        int found = tokens.Position;
        while (tokens[found].Kind is not (TokenKind.OpenBrace or TokenKind.EndOfFile or TokenKind.CloseBrace or TokenKind.Semicolon))
        {
            found++;
            if (tokens[found].IsFirstOnLine)
            {
                return;
            }
        }

        if (tokens[found].Kind == TokenKind.OpenBrace)
        {
            RecoverAt(found);
        }
    }

    /// <summary>After an error in a bracket: skips to its end, if it is closed.</summary>
    public void SkipToBracket(int opening)
    {
        int closing = tokens[opening].Partner;
        if (errors.IsPanicking && closing >= tokens.Position)
        {
            RecoverAt(closing);
        }
    }

    /// <summary>Skips to the end of an interpolation that contains a syntax error, if it has an end.</summary>
    public void SkipInterpolation()
    {
        int nesting = 0;
        for (int i = tokens.Position; i < tokens.Count; i++)
        {
            TokenKind kind = tokens[i].Kind;
            if (nesting == 0 && kind is TokenKind.TemplateMiddle or TokenKind.TemplateTail)
            {
                RecoverAt(i);
                return;
            }

            if (kind == TokenKind.TemplateHead)
            {
                nesting++;
            }
            else if (kind == TokenKind.TemplateTail)
            {
                nesting--;
            }
        }
    }

    private void RecoverAt(int position)
    {
        tokens.Position = position;
        errors.IsPanicking = false;
    }

    /// <summary>Skips a token and, if it is an opening bracket, everything up to the closing one.</summary>
    private void SkipToken()
    {
        int partner = tokens.Current.Partner;
        tokens.Position = Math.Max(tokens.Position, Math.Min(partner, tokens.Count - 2));
        tokens.Advance();
    }
}
