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

    /// <summary>
    /// The lexer has reported a mistake right here, which explains any other: an open string has swallowed what is missing now.
    /// </summary>
    private bool IsExplained => _tokens[_position].HasError || (_position > 0 && _tokens[_position - 1].HasError);

    /// <summary>Reports that something is missing before the current token.</summary>
    private void ReportFound(DiagnosticDescriptor descriptor)
    {
        if (IsExplained) _isPanicking = true;
        else if (IsConditional) Report(SyntaxDiagnostics.NoConditional, CurrentSpan);
        else Report(descriptor, FoundSpan, DescribeFound());
    }

    /// <summary>Reports that no expression stands here; what other languages have gets a hint.</summary>
    private void ReportNoExpression()
    {
        int first = FindIncrement();
        if (IsExplained) _isPanicking = true;
        else if (Kind == TokenKind.Question) Report(SyntaxDiagnostics.NoConditional, CurrentSpan);
        else if (first >= 0) Report(SyntaxDiagnostics.NoIncrement, new SourceSpan(_tokens[first].Start, 2), _source.GetText(_tokens[first].Span));
        else ReportUnfit(SyntaxDiagnostics.ExpectedExpression);
    }

    /// <summary>The <c>?</c> of another language follows an expression.</summary>
    private bool IsConditional => Kind == TokenKind.Question && !EndsLine;

    /// <summary>The first token of a <c>++</c> or <c>--</c> that has something missing before, inside or behind it; -1 where there is none.</summary>
    private int FindIncrement()
    {
        for (int first = Math.Max(_position - 2, 0); first <= _position && first + 1 < _tokens.Length; first++)
        {
            Token token = _tokens[first];
            Token next = _tokens[first + 1];
            if (token.Kind is TokenKind.Plus or TokenKind.Minus && next.Kind == token.Kind && next.Start == token.Start + 1) return first;
        }

        return -1;
    }

    /// <summary>Reports the current token, whichever line it is on, as unfit to begin something.</summary>
    private void ReportUnfit(DiagnosticDescriptor descriptor)
    {
        if (IsExplained) _isPanicking = true;
        else if (Kind == TokenKind.EndOfFile) Report(descriptor, FoundSpan, DescribeFound());
        else Report(descriptor, CurrentSpan, DescribeToken());
    }

    private void ReportExpected(string wanted)
    {
        if (IsExplained) _isPanicking = true;
        else if (IsAssignment(Kind) && !EndsLine) Report(SyntaxDiagnostics.AssignmentAsValue, CurrentSpan);
        else if (IsConditional) Report(SyntaxDiagnostics.NoConditional, CurrentSpan);
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

    private string DescribeFound() => EndsLine && Kind != TokenKind.EndOfFile ? "the end of the line" : DescribeToken();

    private string DescribeToken() => Kind switch
    {
        TokenKind.EndOfFile or TokenKind.Bad or TokenKind.String or TokenKind.TemplateHead => TokenFacts.Text(Kind),
        TokenKind.TemplateMiddle or TokenKind.TemplateTail => TokenFacts.Text(Kind),
        _ => $"`{_source.GetText(CurrentSpan)}`",
    };

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

    /// <summary>
    /// Goes to the end of the statement, or of the arm or field that a comma may end, that began at <paramref name="start"/>, and calms
    /// down.
    /// </summary>
    private void SkipStatement(int start, bool endsAtComma = false)
    {
        while (Kind is not (TokenKind.EndOfFile or TokenKind.Semicolon or TokenKind.CloseBrace))
        {
            if (_tokens[_position].IsFirstOnLine && _position > start) break;
            if (endsAtComma && Kind == TokenKind.Comma) break;

            SkipToken();
        }

        _isPanicking = false;
    }

    /// <summary>
    /// After an error in a head: goes to the brace on the same line that begins the body, if there is one, and calms down.
    /// </summary>
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
