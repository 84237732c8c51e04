using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Splits a source into tokens in one pass, without recursion and without an object per token.
/// </summary>
/// <remarks>
/// Newlines are not tokens: each token records whether it is the first of its line. Only the parser can distinguish the braces of a block
/// from those of a map, so the parser decides whether a newline ends a statement. The lexer pairs brackets nevertheless: an interpolated
/// string continues at the brace that closes its <c>${</c>, and the parser recognizes <c>(a, b) =></c> by the token after the closing
/// parenthesis. The lexer reports an invalid token and adds it as if it were valid, so that one mistake causes one diagnostic.
/// </remarks>
internal sealed partial class Lexer
{
    private const char EndOfText = '\0';

    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly WorkMeter _meter;
    private readonly BracketStack _brackets;
    private readonly GrowableArray<Token> _tokens;

    /// <summary>The position at which the last token ends at the latest.</summary>
    private readonly int _end;
    private int _position;
    private int _start;
    private bool _isFirstOnLine;

    /// <summary>The tokens whose storage the meter has counted.</summary>
    private int _countedTokens;

    /// <summary>The digits of the number literals so far that are not short.</summary>
    private long _longDigits;

    /// <summary>True after a one-line string that was never closed, until a later quote is taken as its end.</summary>
    private bool _hasOpenString;

    private Lexer(SourceText source, SourceSpan part, DiagnosticBag diagnostics, WorkMeter meter, ParserStorage storage)
    {
        _tokens = storage.Tokens;
        _brackets = storage.Brackets;
        _text = source.Text;
        _diagnostics = diagnostics;
        _meter = meter;
        _position = part.Start;
        _end = part.End;
        meter.Count(4L * part.Length);
        _countedTokens = part.Length / 4 + 16;
        _tokens.Reserve(_countedTokens);
    }

    /// <summary>The tokens of a source; the last one is <see cref="TokenKind.EndOfFile"/>.</summary>
    public static Token[] Tokenize(SourceText source, DiagnosticBag diagnostics, WorkMeter? meter = null)
    {
        ParserStorage storage = ParserStorage.Rent();
        Tokenize(source, diagnostics, meter ?? new WorkMeter(), storage);
        Token[] tokens = storage.Tokens.ToArray();
        storage.Return();
        return tokens;
    }

    /// <inheritdoc cref="Tokenize(SourceText, DiagnosticBag, WorkMeter)"/>
    /// <param name="source">The source.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <param name="meter">Counts the work.</param>
    /// <param name="storage">Receives the tokens.</param>
    public static void Tokenize(SourceText source, DiagnosticBag diagnostics, WorkMeter meter, ParserStorage storage)
    {
        Lexer lexer = new(source, new SourceSpan(0, source.Length), diagnostics, meter, storage);
        lexer.SkipPrelude();
        while (lexer.LexToken())
        {
        }
    }

    /// <summary>Reads the tokens of a part of a source that begins and ends with a token.</summary>
    public static void Tokenize(SourceText source, SourceSpan part, DiagnosticBag diagnostics, WorkMeter meter, ParserStorage storage)
    {
        Lexer lexer = new(source, part, diagnostics, meter, storage);
        while (lexer.LexToken())
        {
        }
    }

    /// <summary>True for an identifier that is not a keyword.</summary>
    public static bool IsName(string text)
    {
        SourceText source = new(text, "");
        DiagnosticBag diagnostics = new(source);
        Token[] tokens = Tokenize(source, diagnostics);
        return tokens.Length == 2 && tokens[0].Kind == TokenKind.Identifier && tokens[0].Length == text.Length && !diagnostics.HasErrors;
    }

    private char Current => Peek(0);

    private char Peek(int distance)
    {
        int index = _position + distance;
        return (uint)index < (uint)_text.Length ? _text[index] : EndOfText;
    }

    /// <summary>Skips a byte order mark and a <c>#!</c> line.</summary>
    private void SkipPrelude()
    {
        if (Current == '\uFEFF')
        {
            _position++;
        }

        if (Current == '#' && Peek(1) == '!')
        {
            SkipLine();
        }
    }

    private bool LexToken()
    {
        SkipTrivia();
        _start = _position;
        if (_position >= _end)
        {
            Add(TokenKind.EndOfFile);
            return false;
        }

        char c = _text[_position];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            LexWord();
        }
        else if (char.IsAsciiDigit(c))
        {
            LexNumber();
        }
        else if (c == '"')
        {
            LexString(isRaw: false);
        }
        else if (c == '\'')
        {
            LexSingleQuoted();
        }
        else if (!LexPunctuation(c))
        {
            LexUnicode();
        }

        return true;
    }

    private void LexWord()
    {
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] == '_'))
        {
            _position++;
        }

        if (_position < _text.Length && _text[_position] >= 0x80)
        {
            SkipUnicodeWord();
        }

        ReadOnlySpan<char> word = _text.AsSpan(_start, _position - _start);
        if (word is "r" && Current == '"')
        {
            LexString(isRaw: true);
        }
        else
        {
            AddWord(TokenTable.GetWordKind(word));
        }
    }

    private void AddWord(TokenKind kind)
    {
        if (_position - _start > SyntaxLimits.MaxNameLength)
        {
            SourceSpan span = SourceSpan.FromBounds(_start, _position);
            _diagnostics.Report(SyntaxDiagnostics.NameTooLong, span, $"{SyntaxLimits.MaxNameLength:N0}");
        }

        Add(kind);
    }

    /// <summary>Reads a word with letters beyond ASCII, or a run of invalid characters.</summary>
    private void LexUnicode()
    {
        if (TryPeekRune(out Rune rune) && IsLetter(rune))
        {
            SkipUnicodeWord();
            AddWord(TokenKind.Identifier);
            return;
        }

        do
        {
            _position++;
        }
        while (_position < _text.Length && IsMeaningless());

        string shown = _text.Substring(_start, Math.Min(_position - _start, 8));
        _diagnostics.Report(SyntaxDiagnostics.UnexpectedCharacter, SourceSpan.FromBounds(_start, _position), shown);
        Add(TokenKind.Bad, hasError: true);
    }

    /// <summary>True if neither a token nor trivia begins here. Used to report a run of invalid characters once.</summary>
    private bool IsMeaningless()
    {
        char c = Current;
        if (c < 0x80)
        {
            return c is '@' or '#' or '$' or '\\' or '`' || (char.IsControl(c) && !char.IsWhiteSpace(c));
        }

        return !char.IsWhiteSpace(c) && !(TryPeekRune(out Rune rune) && IsLetter(rune));
    }

    private void SkipUnicodeWord()
    {
        while (TryPeekRune(out Rune rune) && (IsLetter(rune) || IsLetterContinuation(rune)))
        {
            _position += rune.Utf16SequenceLength;
        }
    }

    private bool TryPeekRune(out Rune rune) =>
        Rune.DecodeFromUtf16(_text.AsSpan(_position, Math.Min(2, _text.Length - _position)), out rune, out _) == OperationStatus.Done;

    private static bool IsLetter(Rune rune) =>
        Rune.IsLetter(rune) || rune.Value == '_' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LetterNumber;

    /// <summary>Whether a rune may continue a word: digits, and the marks that many scripts combine with letters.</summary>
    private static bool IsLetterContinuation(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private void SkipTrivia()
    {
        _isFirstOnLine = false;
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c is '\n' or '\r')
            {
                _isFirstOnLine = true;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                SkipLine();
                continue;
            }
            else if (c == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
                continue;
            }
            else if (c is not (' ' or '\t') && !char.IsWhiteSpace(c) && c != '\uFEFF')
            {
                return;
            }

            _position++;
        }
    }

    private void SkipLine()
    {
        int length = _text.AsSpan(_position).IndexOfAny('\n', '\r');
        _position = length < 0 ? _text.Length : _position + length;
    }

    private void SkipBlockComment()
    {
        int start = _position;
        int depth = 0;
        do
        {
            int next = _text.AsSpan(_position).IndexOfAny("/*\n\r");
            if (next < 0)
            {
                _position = _text.Length;
                _diagnostics.Report(SyntaxDiagnostics.UnterminatedComment, new SourceSpan(start, 2));
                return;
            }

            _position += next;
            depth += StepThroughComment();
        }
        while (depth > 0);
    }

    /// <summary>Skips a character or comment delimiter, and returns the change of the nesting depth.</summary>
    private int StepThroughComment()
    {
        char c = Current;
        char next = Peek(1);
        _isFirstOnLine |= c is '\n' or '\r';
        int change = (c, next) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
        _position += change == 0 ? 1 : 2;
        return change;
    }

    private void Add(TokenKind kind, bool hasError = false)
    {
        if (_tokens.Count == _countedTokens)
        {
            _meter.Count(16L * _countedTokens);
            _countedTokens *= 2;
        }

        _meter.Step();
        _tokens.Add(new Token
        {
            Start = _start,
            Length = _position - _start,
            Kind = kind,
            IsFirstOnLine = _isFirstOnLine && !ContinuesLine(kind),
            HasError = hasError,
        });
    }

    /// <summary>
    /// Whether a token at the start of a line continues the line before it: a binary operator that can't begin an expression. A word
    /// before <c>:</c> or <c>=</c> is the name of a member.
    /// </summary>
    private bool ContinuesLine(TokenKind kind) => OperatorTokens.JoinsLines(kind) && !(char.IsAsciiLetter(_text[_start]) && IsMemberName());

    /// <summary>Whether the token is followed by <c>:</c> or <c>=</c>.</summary>
    private bool IsMemberName()
    {
        int next = _text.AsSpan(_position).IndexOfAnyExcept(' ', '\t');
        return next >= 0 && _text[_position + next] switch
        {
            ':' => true,
            '=' => _position + next + 1 >= _text.Length || _text[_position + next + 1] is not ('=' or '>'),
            _ => false,
        };
    }

    private void AddOpening(TokenKind kind, BracketKind bracket)
    {
        _brackets.Push(bracket, _tokens.Count, isBlockString: false);
        Add(kind);
    }

    private void AddClosing(TokenKind kind, BracketKind bracket)
    {
        if (bracket == BracketKind.Brace && _brackets.TryPopInterpolation(out bool isBlockString))
        {
            LexStringRest(isBlockString);
            return;
        }

        int opening = _brackets.Pop(bracket);
        if (opening >= 0)
        {
            _tokens[opening].Partner = _tokens.Count;
        }

        Add(kind);
    }
}
