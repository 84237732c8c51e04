using System;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

internal sealed partial class Parser
{
    /// <summary>Reports what makes the tokens that follow hard to understand, and panics.</summary>
    private void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> details)
    {
        ReportMildly(descriptor, span, details);
        _isPanicking = true;
    }

    /// <summary>Reports what is wrong but well understood.</summary>
    private void ReportMildly(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> details)
    {
        if (_isPanicking || _hasGivenUp) return;

        _diagnostics.Report(descriptor, span, details);
        if (_diagnostics.IsFull) GiveUp();
    }

    /// <summary>Reports the current token, unless the lexer has done so.</summary>
    private void ReportFound(DiagnosticDescriptor descriptor)
    {
        if (_tokens[_position].HasError) _isPanicking = true;
        else Report(descriptor, FoundSpan, DescribeFound());
    }

    private void ReportExpected(string wanted)
    {
        if (_tokens[_position].HasError) _isPanicking = true;
        else if (IsAssignment(Kind) && !EndsLine) Report(SyntaxDiagnostics.AssignmentAsValue, CurrentSpan);
        else Report(SyntaxDiagnostics.Expected, FoundSpan, wanted, DescribeFound());
    }

    /// <summary>As above, inside of brackets: where they are never closed, that is what is wrong.</summary>
    private void ReportExpected(string closing, int opening)
    {
        if (_tokens[opening].Partner != 0) ReportExpected(closing);
    }

    /// <summary>What is missing at the end of a line is missing there, and not at the start of the next.</summary>
    private SourceSpan FoundSpan =>
        _position > 0 && (EndsLine || Kind == TokenKind.EndOfFile) ? new SourceSpan(PreviousEnd, 0) : CurrentSpan;

    private string DescribeFound()
    {
        if (EndsLine && Kind != TokenKind.EndOfFile) return "the end of the line";

        return Kind switch
        {
            TokenKind.EndOfFile or TokenKind.Bad or TokenKind.String or TokenKind.TemplateHead => TokenFacts.Text(Kind),
            TokenKind.TemplateMiddle or TokenKind.TemplateTail => TokenFacts.Text(Kind),
            _ => $"`{_source.GetText(CurrentSpan)}`",
        };
    }

    private void GiveUp()
    {
        _hasGivenUp = true;
        _position = _tokens.Length - 1;
    }

    /// <summary>
    /// Goes to the next comma of a list or to its end, if it has one, and calms down. What stands in brackets of its own is passed over.
    /// </summary>
    private void SkipToListItem(int listEnd)
    {
        if (listEnd < _position) return;

        while (_position < listEnd && Kind != TokenKind.Comma) SkipToken();
        _isPanicking = false;
    }

    /// <summary>Goes to the end of the statement that began at <paramref name="start"/>, and calms down.</summary>
    private void SkipStatement(int start)
    {
        while (Kind is not (TokenKind.EndOfFile or TokenKind.Semicolon or TokenKind.CloseBrace))
        {
            if (_tokens[_position].IsFirstOnLine && _position > start) break;

            SkipToken();
        }

        _isPanicking = false;
    }

    /// <summary>After an error in a head: goes to the brace on the same line that begins the body, if there is one, and calms down.</summary>
    private void SkipToBlock()
    {
        if (Kind == TokenKind.OpenBrace && !_isPanicking) return;

        ReportExpected(TokenFacts.Text(TokenKind.OpenBrace));
        int found = _position;
        while (_tokens[found].Kind is not (TokenKind.OpenBrace or TokenKind.EndOfFile or TokenKind.CloseBrace or TokenKind.Semicolon))
        {
            found++;
            if (_tokens[found].IsFirstOnLine) return;
        }

        if (_tokens[found].Kind != TokenKind.OpenBrace) return;

        _position = found;
        _isPanicking = false;
    }

    /// <summary>
    /// Whether a statement seems to begin on a new line: inside of brackets that are never closed, this is where they should have been.
    /// </summary>
    private bool SeemsToBeginStatement => _tokens[_position].IsFirstOnLine && Kind is
        TokenKind.Var or TokenKind.Let or TokenKind.Const or TokenKind.Return or TokenKind.For or TokenKind.While or TokenKind.Struct or
        TokenKind.Import or TokenKind.Pub or TokenKind.Try or TokenKind.Throw or TokenKind.Break or TokenKind.Continue or TokenKind.Yield;

    /// <summary>Passes a token, with all that it brackets.</summary>
    private void SkipToken()
    {
        int partner = _tokens[_position].Partner;
        _position = Math.Max(_position, Math.Min(partner, _tokens.Length - 2));
        Advance();
    }

    /// <summary>Skips to the end of an interpolation whose expression is broken, if it has one.</summary>
    private void SkipInterpolation()
    {
        int inner = 0;
        for (int i = _position; i < _tokens.Length; i++)
        {
            TokenKind kind = _tokens[i].Kind;
            if (inner == 0 && kind is TokenKind.TemplateMiddle or TokenKind.TemplateTail)
            {
                _position = i;
                _isPanicking = false;
                return;
            }

            if (kind == TokenKind.TemplateHead) inner++;
            else if (kind == TokenKind.TemplateTail) inner--;
        }
    }

    private ErrorExpression MissingExpression()
    {
        SourceSpan span = new(CurrentStart, 0);
        if (Kind == TokenKind.Bad) Advance();
        return new ErrorExpression(span);
    }

    private static bool IsAssignment(TokenKind kind) => kind >= TokenKind.Equal;
}
