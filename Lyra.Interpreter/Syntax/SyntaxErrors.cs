using System;
using System.Collections.Generic;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Reports syntax errors, and reads the tokens that the grammar requires.</summary>
/// <remarks>
/// After an error that makes the following tokens hard to interpret, the parser panics: it reports no further errors until
/// <see cref="ErrorRecovery"/> has found a place to continue. An error that does not affect the rest of the parse, such as a <c>break</c>
/// outside of a loop, causes no panic.
/// </remarks>
internal sealed class SyntaxErrors(TokenCursor tokens, DiagnosticBag diagnostics)
{
    /// <summary>The places of the words of other languages that were reported; null before the first.</summary>
    private HashSet<int>? _foreignPlaces;

    private ForeignText? _end;
    private bool _hasSoughtEnd;

    /// <summary>True from an error until recovery.</summary>
    public bool IsPanicking { get; set; }

    /// <summary>True if the parser has abandoned the source; it is then at the end of the file.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>
    /// True if the lexer has reported an error at this position. That error explains any other: for example, an unterminated string
    /// contains the missing token.
    /// </summary>
    public bool IsExplained =>
        tokens.Current.HasError || (tokens.Position > 0 && tokens[tokens.Position - 1].HasError);

    /// <summary>True if the conditional operator <c>?</c> of other languages follows an expression.</summary>
    private bool IsConditional => tokens.Kind == TokenKind.Question && !tokens.EndsLine;

    /// <summary>The position of a missing token: the end of the line where it should be, or otherwise the token found instead.</summary>
    private SourceSpan FoundSpan
    {
        get
        {
            bool isAtEnd = tokens.EndsLine || tokens.Kind == TokenKind.EndOfFile;
            return tokens.Position > 0 && isAtEnd ? new SourceSpan(tokens.PreviousEnd, 0) : tokens.CurrentSpan;
        }
    }

    /// <summary>Reports an error that does not affect the rest of the parse.</summary>
    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> details)
    {
        if (IsPanicking || IsAbandoned)
        {
            return;
        }

        if (ForeignSyntax.Find(tokens, descriptor, FindEnd) is { } foreign)
        {
            ReportForeign(foreign);
            IsPanicking = true;
        }
        else
        {
            diagnostics.Report(descriptor, span, details);
        }

        if (descriptor == SyntaxDiagnostics.ExpectedBody || descriptor == SyntaxDiagnostics.Expected)
        {
            ReportForeign(FindEnd());
        }

        if (diagnostics.IsFull)
        {
            Abandon();
        }
    }

    /// <summary>The result of <see cref="ForeignSyntax.FindEnd"/>, which reads all tokens.</summary>
    private ForeignText? FindEnd()
    {
        if (!_hasSoughtEnd)
        {
            _hasSoughtEnd = true;
            _end = ForeignSyntax.FindEnd(tokens);
        }

        return _end;
    }

    /// <summary>Reports a word or operator of another language, once.</summary>
    private void ReportForeign(ForeignText? foreign)
    {
        if (foreign is not null && (_foreignPlaces ??= []).Add(foreign.Span.Start))
        {
            diagnostics.Report(foreign.Descriptor, foreign.Span, tokens.Source.GetText(foreign.Span), foreign.Meant);
        }
    }

    /// <summary>Reports an error that makes the following tokens hard to interpret.</summary>
    public void ReportAndPanic(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> details)
    {
        Report(descriptor, span, details);
        IsPanicking = true;
    }

    /// <summary>Reports that something is missing before the current token; the message contains the token.</summary>
    public void ReportMissing(DiagnosticDescriptor descriptor)
    {
        if (IsExplained)
        {
            IsPanicking = true;
        }
        else if (IsConditional)
        {
            ReportAndPanic(SyntaxDiagnostics.NoConditional, tokens.CurrentSpan);
        }
        else
        {
            ReportAndPanic(descriptor, FoundSpan, DescribeFound());
        }
    }

    /// <summary>Reports that no expression begins here, with a hint if it looks like the syntax of another language.</summary>
    public void ReportNoExpression()
    {
        int increment = FindIncrement();
        if (IsExplained)
        {
            IsPanicking = true;
        }
        else if (tokens.Kind == TokenKind.Question)
        {
            ReportAndPanic(SyntaxDiagnostics.NoConditional, tokens.CurrentSpan);
        }
        else if (increment >= 0)
        {
            ReportIncrement(tokens[increment]);
        }
        else if (tokens.Kind == TokenKind.Plus && tokens.Current.IsFirstOnLine)
        {
            ReportAndPanic(SyntaxDiagnostics.OperatorBeginsLine, tokens.CurrentSpan, "+");
        }
        else
        {
            ReportUnfit(SyntaxDiagnostics.ExpectedExpression);
        }
    }

    /// <summary>Reports that the current token, on whichever line it is, cannot begin the construct that the message names.</summary>
    public void ReportUnfit(DiagnosticDescriptor descriptor)
    {
        if (IsExplained)
        {
            IsPanicking = true;
        }
        else if (tokens.Kind == TokenKind.EndOfFile)
        {
            ReportAndPanic(descriptor, FoundSpan, DescribeFound());
        }
        else
        {
            ReportAndPanic(descriptor, tokens.CurrentSpan, DescribeToken());
        }
    }

    public void ReportExpected(string expected)
    {
        bool isAssignment = TokenTable.IsAssignment(tokens.Kind) && !tokens.EndsLine;
        if (IsExplained)
        {
            IsPanicking = true;
        }
        else if (isAssignment)
        {
            ReportAndPanic(SyntaxDiagnostics.AssignmentAsValue, tokens.CurrentSpan);
        }
        else if (IsConditional)
        {
            ReportAndPanic(SyntaxDiagnostics.NoConditional, tokens.CurrentSpan);
        }
        else
        {
            ReportAndPanic(SyntaxDiagnostics.Expected, FoundSpan, expected, DescribeFound());
        }
    }

    /// <summary>Like <see cref="ReportExpected"/>, within a bracket. An unclosed bracket is reported as such instead, at its end.</summary>
    public void ReportExpectedIn(int opening, string expected)
    {
        if (tokens[opening].Partner != 0)
        {
            ReportExpected(expected);
        }
    }

    /// <summary>Reads a token of the given kind; reports any other and returns false.</summary>
    public bool Expect(TokenKind kind)
    {
        if (tokens.Accept(kind))
        {
            return true;
        }

        ReportExpected(TokenTable.Text(kind));
        return false;
    }

    /// <summary>
    /// What to say if a comment on the line of a bracket contains the one that would close it: <c>//</c> divides in other languages.
    /// </summary>
    private string CommentHint(int opening, TokenKind closing)
    {
        string source = tokens.Source.Text;
        int end = source.IndexOf('\n', tokens[opening].Start);
        ReadOnlySpan<char> line = source.AsSpan(tokens[opening].Start..(end < 0 ? source.Length : end));
        int comment = line.IndexOf("//");
        if (comment < 0 || !line[comment..].Contains(TokenTable.Text(closing).Trim('`'), StringComparison.Ordinal))
        {
            return string.Empty;
        }

        int start = tokens[opening].Start + comment;
        int last = opening;
        while (last + 1 < tokens.Count && tokens[last + 1].Start <= start)
        {
            last++;
        }

        return tokens[last].End > start ? string.Empty : ". `//` begins a comment; math.idiv(a, b) divides ints";
    }

    /// <summary>Reads the bracket that closes the one at <paramref name="opening"/>.</summary>
    public void ExpectClosing(TokenKind closing, int opening)
    {
        if (tokens.Accept(closing))
        {
            return;
        }

        Token open = tokens[opening];
        if (open.Partner == 0 && !IsExplained)
        {
            string text = $"`{tokens.Source.GetText(open.Span)}`";
            ReportAndPanic(SyntaxDiagnostics.UnclosedBracket, open.Span, text, TokenTable.Text(closing) + CommentHint(opening, closing));
        }
        else
        {
            ReportExpected(TokenTable.Text(closing));
        }
    }

    /// <summary>Reads a name; reports any other token and returns an empty name.</summary>
    public string ExpectName(out SourceSpan span)
    {
        span = tokens.CurrentSpan;
        if (tokens.Kind == TokenKind.Identifier)
        {
            return tokens.TakeName();
        }

        ReportExpected(TokenTable.Text(TokenKind.Identifier));
        return "";
    }

    /// <summary>Reads the name of a member, which may be a keyword; reports any other token and returns an empty name.</summary>
    public string ExpectMember(out SourceSpan span)
    {
        span = tokens.CurrentSpan;
        return tokens.IsWord ? tokens.TakeName() : ExpectName(out span);
    }

    /// <summary>Creates the node that replaces a missing expression.</summary>
    public ErrorExpression MissingExpression()
    {
        SourceSpan span = new(tokens.CurrentStart, 0);
        if (tokens.Kind == TokenKind.Bad)
        {
            tokens.Advance();
        }

        return new ErrorExpression(span);
    }

    /// <summary>Abandons the source.</summary>
    public void Abandon()
    {
        IsAbandoned = true;
        tokens.SkipAll();
    }

    /// <summary>The token as the source spells it, unless that is long, or no text at all.</summary>
    public string DescribeToken() => tokens.Kind is TokenKind.EndOfFile or TokenKind.Bad or TokenKind.String
        or TokenKind.TemplateHead or TokenKind.TemplateMiddle or TokenKind.TemplateTail
        ? TokenTable.Text(tokens.Kind)
        : $"`{tokens.Source.GetText(tokens.CurrentSpan)}`";

    private string DescribeFound() =>
        tokens.EndsLine && tokens.Kind != TokenKind.EndOfFile ? "the end of the line" : DescribeToken();

    private void ReportIncrement(in Token first) =>
        ReportAndPanic(SyntaxDiagnostics.NoIncrement, new SourceSpan(first.Start, 2), tokens.Source.GetText(first.Span));

    /// <summary>The first token of a <c>++</c> or <c>--</c> at or just before the current token; −1 if there is none.</summary>
    private int FindIncrement()
    {
        for (int first = Math.Max(tokens.Position - 2, 0); first <= tokens.Position && first + 1 < tokens.Count; first++)
        {
            Token token = tokens[first];
            Token next = tokens[first + 1];
            bool isSign = token.Kind is TokenKind.Plus or TokenKind.Minus;
            if (isSign && next.Kind == token.Kind && next.Start == token.Start + 1)
            {
                return first;
            }
        }

        return -1;
    }
}
