using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Recursive descent, with precedence climbing for binary operators. Takes any input whatever and gives a tree for all of it; the tree is
/// worth compiling when the diagnostics have no errors.
/// </summary>
/// <remarks>
/// Newlines. The innermost bracket decides whether a newline ends a statement: blocks, arms and struct bodies set <see
/// cref="Surroundings.Lines"/>, all other brackets clear it. Operands are read without a look at newlines, so that whatever asks for one
/// carries the line on; whatever <em>may</em> follow asks <see cref="EndsLine"/> first.
/// Recovery. After an error the parser panics: it reports nothing more until it is at a comma or at the end of the innermost
/// closed list, or at the end of the statement. What is wrong without disturbing the parse (<c>break</c> outside of a loop) is reported
/// without panic. Depth. Every construct that nests enters with <see cref="TryEnter"/>. Chains, which are read in loops, make their
/// first operand deeper afterwards: <see cref="_peak"/> is the depth of what was read last, see <see cref="JoinLeft"/>. Too deep a
/// source is given up at once. Native stack. No recursion goes past <see cref="TryEnter"/>; when the nesting is no longer shallow, the
/// parse begins anew on a <see cref="DeepStack"/>.
/// </remarks>
internal sealed partial class Parser
{
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly Token[] _tokens;
    private readonly HashSet<string> _names = [];
    private int _position;
    private Surroundings _surroundings = Surroundings.Lines;
    private ProcScope _proc;
    private int _blocks;
    private int _depth;
    private int _peak;
    private bool _isPanicking;
    private readonly bool _hasDeepStack;
    private bool _hasGivenUp;
    private bool _needsDeepStack;

    private Parser(SourceText source, Token[] tokens, DiagnosticBag diagnostics, bool hasDeepStack)
    {
        _hasDeepStack = hasDeepStack;
        _source = source;
        _tokens = tokens;
        _diagnostics = diagnostics;
    }

    /// <summary>What surrounds the tokens being read and changes their meaning; brackets begin anew.</summary>
    [Flags]
    private enum Surroundings : byte
    {
        None = 0,

        /// <summary>A newline ends a statement.</summary>
        Lines = 1,

        /// <summary>The head of if, while, for or match: a brace after a name begins the body.</summary>
        Head = 2,

        /// <summary>The guard of an arm: <c>=></c> ends it.</summary>
        Guard = 4,
    }

    /// <summary>Parses a source; what is wrong with it goes into the bag.</summary>
    public static ModuleNode Parse(SourceText source, DiagnosticBag diagnostics)
    {
        Token[] tokens = Lexer.Tokenize(source, diagnostics);
        int reported = diagnostics.Count;
        Parser parser = new(source, tokens, diagnostics, hasDeepStack: false);
        ModuleNode module = parser.ParseModule();
        if (!parser._needsDeepStack) return module;

        diagnostics.Truncate(reported);
        return DeepStack.Run(SyntaxLimits.MaxNesting, () => new Parser(source, tokens, diagnostics, hasDeepStack: true).ParseModule());
    }

    private TokenKind Kind => _tokens[_position].Kind;

    private ModuleNode ParseModule()
    {
        ImmutableArray<Statement> statements = ParseStatements(TokenKind.EndOfFile);
        return new ModuleNode(new SourceSpan(0, _source.Length), _source, statements, _peak);
    }

    private SourceSpan CurrentSpan => _tokens[_position].Span;

    private int CurrentStart => _tokens[_position].Start;

    private int PreviousEnd => _position > 0 ? _tokens[_position - 1].End : 0;

    /// <summary>A newline that matters stands before the current token.</summary>
    private bool EndsLine => _tokens[_position].IsFirstOnLine && (_surroundings & Surroundings.Lines) != 0;

    private bool AtStatementEnd => Kind is TokenKind.EndOfFile or TokenKind.Semicolon or TokenKind.CloseBrace || EndsLine;

    private TokenKind PeekKind(int distance) => _tokens[Math.Min(_position + distance, _tokens.Length - 1)].Kind;

    private SourceSpan SpanFrom(int start) => SourceSpan.FromBounds(start, PreviousEnd);

    private void Advance()
    {
        if (_position < _tokens.Length - 1) _position++;
    }

    private bool Accept(TokenKind kind)
    {
        if (Kind != kind) return false;

        Advance();
        return true;
    }

    /// <summary>Accepts a token that may also be missing, and must be on the same line if lines count.</summary>
    private bool AcceptOnLine(TokenKind kind) => !EndsLine && Accept(kind);

    private bool Expect(TokenKind kind)
    {
        if (Accept(kind)) return true;

        ReportExpected(TokenFacts.Text(kind));
        return false;
    }

    /// <summary>Expects the bracket that closes the one at <paramref name="opening"/>.</summary>
    private void ExpectClosing(TokenKind closing, int opening)
    {
        if (Accept(closing)) return;

        Token open = _tokens[opening];
        if (open.Partner == 0 && !IsExplained)
        {
            Report(SyntaxDiagnostics.UnclosedBracket, open.Span, $"`{_source.GetText(open.Span)}`", TokenFacts.Text(closing));
        }
        else
        {
            ReportExpected(TokenFacts.Text(closing));
        }
    }

    private string ExpectName(out SourceSpan span)
    {
        span = CurrentSpan;
        if (Kind == TokenKind.Identifier) return TakeName();

        ReportExpected(TokenFacts.Text(TokenKind.Identifier));
        return "";
    }

    private string TakeName()
    {
        string name = GetName(_tokens[_position]);
        Advance();
        return name;
    }

    /// <summary>The text of a name; the same string for the same name.</summary>
    private string GetName(in Token token)
    {
        ReadOnlySpan<char> text = _source.Text.AsSpan(token.Start, token.Length);
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out string? known)) return known;

        string name = text.ToString();
        _names.Add(name);
        return name;
    }

    /// <summary><c>as</c> and <c>from</c> are words only where they are looked for.</summary>
    private bool AcceptWord(string word)
    {
        Token token = _tokens[_position];
        ReadOnlySpan<char> text = _source.Text.AsSpan(token.Start, token.Length);
        if (token.Kind != TokenKind.Identifier || EndsLine || !text.SequenceEqual(word)) return false;

        Advance();
        return true;
    }

    /// <summary>
    /// Items separated by commas, up to the closing bracket of the opening one at the current position; a trailing comma is accepted. A
    /// broken item is skipped, so that the rest of the list and of the statement are still looked at.
    /// </summary>
    private ImmutableArray<T> ParseDelimited<T>(TokenKind closing, Func<Parser, T> parseItem, out bool endsInComma)
    {
        int opening = _position;
        bool wasPanicking = _isPanicking;
        Surroundings outer = _surroundings;
        endsInComma = false;
        Advance();
        if (!TryEnter()) return [];

        _surroundings = Surroundings.None;
        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        while (Kind != closing && Kind != TokenKind.EndOfFile && !(SeemsToBeginStatement && _tokens[opening].Partner == 0))
        {
            items.Add(parseItem(this));
            if (Kind != closing && Kind != TokenKind.Comma) ReportExpected($"`,` or {TokenFacts.Text(closing)}", opening);
            if (_isPanicking && !wasPanicking) SkipToListItem(_tokens[opening].Partner);
            endsInComma = Accept(TokenKind.Comma);
            if (!endsInComma) break;
        }

        ExpectClosing(closing, opening);
        _surroundings = outer;
        Leave();
        return items.DrainToImmutable();
    }

    private ImmutableArray<T> ParseDelimited<T>(TokenKind closing, Func<Parser, T> parseItem) => ParseDelimited(closing, parseItem, out _);

    /// <summary>One more level; false when that is too deep, and then the parser is at the end of the file.</summary>
    private bool TryEnter()
    {
        if (++_depth > _peak) _peak = _depth;
        if (_depth <= DeepStack.ShallowDepth || _hasDeepStack) return CheckDepth(CurrentSpan);

        _needsDeepStack = true;
        GiveUp();
        return false;
    }

    private void Leave() => _depth--;

    /// <summary>
    /// What was read before the last operand is now one level deeper than it was, as it became the left side of a node: gives
    /// <see cref="_peak"/> the depth of both sides together.
    /// </summary>
    private bool JoinLeft(int leftPeak, int levels = 1)
    {
        _peak = Math.Max(leftPeak + levels, _peak);
        return CheckDepth(CurrentSpan);
    }

    private bool CheckDepth(SourceSpan span)
    {
        if (_hasGivenUp) return false;
        if (_peak <= SyntaxLimits.MaxNesting) return true;

        _isPanicking = false;
        Report(SyntaxDiagnostics.TooDeep, span, $"{SyntaxLimits.MaxNesting}");
        GiveUp();
        return false;
    }
}
