using System;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax;

internal sealed partial class Lexer
{
    private void LexNumber()
    {
        int radix = Current != '0' ? 10 : char.ToLowerInvariant(Peek(1)) switch { 'x' => 16, 'b' => 2, 'o' => 8, _ => 10 };
        TokenKind kind = TokenKind.Int;
        int digits;
        if (radix == 10)
        {
            digits = SkipDigits();
            if (SkipFraction(ref digits) | SkipExponent(ref digits))
            {
                kind = TokenKind.Float;
            }

            if (IsDecimalSuffix())
            {
                AddDecimal(digits);
                return;
            }
        }
        else
        {
            _position += 2;
            digits = SkipDigits(radix);
        }

        Add(kind, hasError: !CheckNumber(kind, digits));
    }

    /// <summary>Whether the <c>d</c> of a decimal follows, and not the start of a word.</summary>
    private bool IsDecimalSuffix() =>
        Current == 'd' && !(char.IsAsciiLetterOrDigit(Peek(1)) || Peek(1) == '_' || Peek(1) >= 0x80);

    /// <summary>Adds the token of a decimal, whose digits are skipped and whose suffix is next.</summary>
    private void AddDecimal(int digits)
    {
        _position++;
        SourceSpan span = SourceSpan.FromBounds(_start, _position);
        ReadOnlySpan<char> number = _text.AsSpan(_start, span.Length - 1);
        bool endsInUnderscore = number[^1] == '_' || HasPartEndingInUnderscore(number);
        bool isInRange = digits <= SyntaxLimits.ShortNumberDigits && LiteralReader.TryReadDecimal(_text.AsSpan(_start, span.Length), out _);
        if (endsInUnderscore)
        {
            _diagnostics.Report(SyntaxDiagnostics.TrailingUnderscore, span);
        }
        else if (!isInRange)
        {
            _diagnostics.Report(SyntaxDiagnostics.DecimalTooLarge, span);
        }

        Add(TokenKind.Float, hasError: endsInUnderscore || !isInRange);
    }

    private bool SkipFraction(ref int digits)
    {
        if (Current != '.' || !char.IsAsciiDigit(Peek(1)))
        {
            return false;
        }

        _position++;
        digits += SkipDigits();
        return true;
    }

    private bool SkipExponent(ref int digits)
    {
        if (Current is not ('e' or 'E'))
        {
            return false;
        }

        int sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (!char.IsAsciiDigit(Peek(1 + sign)))
        {
            return false;
        }

        _position += 1 + sign;
        digits += SkipDigits();
        return true;
    }

    private int SkipDigits(int radix = 10)
    {
        int digits = 0;
        for (; _position < _text.Length; _position++)
        {
            char c = _text[_position];
            if (c == '_')
            {
                continue;
            }

            if (!IsDigit(c, radix))
            {
                break;
            }

            digits++;
        }

        return digits;
    }

    private static bool IsDigit(char c, int radix) => radix switch
    {
        2 => c is '0' or '1',
        8 => c is >= '0' and <= '7',
        10 => char.IsAsciiDigit(c),
        _ => char.IsAsciiHexDigit(c),
    };

    /// <summary>
    /// Whether the number just skipped is valid; reports it if not. Letters, digits and underscores that directly follow it become part of
    /// the token.
    /// </summary>
    private bool CheckNumber(TokenKind kind, int digits)
    {
        int end = _position;
        bool endsInUnderscore = _text[end - 1] == '_'
            || (kind == TokenKind.Float && HasPartEndingInUnderscore(_text.AsSpan(_start, end - _start)));
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(Current) || Current == '_'))
        {
            _position++;
        }

        if (_position < _text.Length && Current >= 0x80)
        {
            SkipUnicodeWord();
        }

        SourceSpan span = SourceSpan.FromBounds(_start, _position);
        if (_position > end)
        {
            _diagnostics.Report(SyntaxDiagnostics.NumberRunsOn, span, _text[end.._position]);
        }
        else if (digits == 0)
        {
            _diagnostics.Report(SyntaxDiagnostics.NumberWithoutDigits, span, _text[_start..end]);
        }
        else if (endsInUnderscore)
        {
            _diagnostics.Report(SyntaxDiagnostics.TrailingUnderscore, span);
        }
        else if (!MayTakeDigits(digits))
        {
            _diagnostics.Report(SyntaxDiagnostics.NumberTooLong, span);
        }
        else
        {
            return true;
        }

        return false;
    }

    /// <summary>Counts the digits of long numbers, whose conversion takes more than linear time and is not interrupted.</summary>
    private bool MayTakeDigits(int digits)
    {
        _longDigits += digits > SyntaxLimits.ShortNumberDigits ? digits : 0;
        return _longDigits <= SyntaxLimits.MaxNumberDigits;
    }

    /// <summary>
    /// Whether the digits before the dot or the exponent of a float end in <c>_</c>, which is invalid: a dot has a digit on both sides.
    /// </summary>
    private static bool HasPartEndingInUnderscore(ReadOnlySpan<char> number)
    {
        int next = number.IndexOfAny('.', 'e', 'E');
        while (next > 0 && number[next - 1] != '_')
        {
            int found = number[(next + 1)..].IndexOfAny('.', 'e', 'E');
            next = found < 0 ? -1 : next + 1 + found;
        }

        return next > 0;
    }

    /// <summary>Reports single quotes, which are not string quotes in Lyra, and skips the quoted text.</summary>
    private void LexSingleQuoted()
    {
        int length = _text.AsSpan(_position + 1).IndexOfAny('\'', '\n', '\r');
        bool isClosed = length >= 0 && _text[_position + 1 + length] == '\'';
        _position += isClosed ? length + 2 : 1;
        _diagnostics.Report(SyntaxDiagnostics.SingleQuotes, SourceSpan.FromBounds(_start, _position));
        Add(TokenKind.Bad, hasError: true);
    }

    private void LexString(bool isRaw)
    {
        bool isBlock = Peek(1) == '"' && Peek(2) == '"';
        _position += isBlock ? 3 : 1;
        if (isRaw)
        {
            LexRawText(isBlock);
        }
        else
        {
            LexText(isBlock, TokenKind.String, TokenKind.TemplateHead);
        }
    }

    /// <summary>Continues a string after the brace that closes an interpolation.</summary>
    private void LexStringRest(bool isBlock) => LexText(isBlock, TokenKind.TemplateTail, TokenKind.TemplateMiddle);

    /// <summary>Reads the format of an interpolated value, from its colon to the brace that closes the interpolation.</summary>
    private bool LexFormat()
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_position);
        int length = rest.IndexOfAny("}\"\n\r");
        bool isClosed = length >= 0 && rest[length] == '}';
        _position = length < 0 ? _text.Length : _position + length;
        if (!isClosed)
        {
            _diagnostics.Report(SyntaxDiagnostics.UnterminatedFormat, SourceSpan.FromBounds(_start, _position));
        }

        Add(TokenKind.Format, hasError: !isClosed);
        bool isAtQuote = !isClosed && length >= 0 && rest[length] == '"';
        if (isAtQuote && _brackets.TryPopLineInterpolation())
        {
            // The quote ends the string, so that nothing behind it is read as its text.
            _start = _position++;
            Add(TokenKind.TemplateTail, hasError: true);
        }

        return true;
    }

    private void LexRawText(bool isBlock)
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_position);
        int length = isBlock ? rest.IndexOf("\"\"\"") : rest.IndexOfAny('"', '\n', '\r');
        if (length < 0 || rest[length] != '"')
        {
            _position = length < 0 ? _text.Length : _position + length;
            AddUnterminated(isBlock, TokenKind.String);
            return;
        }

        _position += length + (isBlock ? 3 : 1);
        Add(TokenKind.String);
    }

    /// <summary>
    /// Reads text up to the closing quotes (a token of kind <paramref name="last"/>) or up to an interpolation (a token of kind
    /// <paramref name="piece"/>).
    /// </summary>
    private void LexText(bool isBlock, TokenKind last, TokenKind piece)
    {
        bool hasError = false;
        while (TryFindInText(isBlock))
        {
            switch (Current)
            {
                case '\\':
                    hasError |= !LexEscape(isBlock);
                    break;
                case '$' when Peek(1) == '{':
                    _position += 2;
                    _brackets.Push(BracketKind.Interpolation, _tokens.Count, isBlock);
                    Add(piece, hasError);
                    return;
                case '"' when !isBlock || (Peek(1) == '"' && Peek(2) == '"'):
                    _position += isBlock ? 3 : 1;
                    Add(last, hasError);
                    return;
                default:
                    _position++;
                    break;
            }
        }

        AddUnterminated(isBlock, last);
    }

    /// <summary>Advances to the next character that is significant in a string; false if the string ends unclosed.</summary>
    private bool TryFindInText(bool isBlock)
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_position);
        int length = isBlock ? rest.IndexOfAny('"', '\\', '$') : rest.IndexOfAny("\"\\$\n\r");
        _position = length < 0 ? _text.Length : _position + length;
        return length >= 0 && rest[length] is not ('\n' or '\r');
    }

    /// <summary>
    /// Adds an unterminated string. If a string without its end extends over several lines, its final quote seems to begin another string;
    /// only the first quote is reported then. The missing quote is most likely that of the outermost one-line string, so all interpolations
    /// that contain this string end as well. Otherwise, the next closing brace of the program would continue a string.
    /// </summary>
    private void AddUnterminated(bool isBlock, TokenKind kind)
    {
        string quotes = isBlock ? "\"\"\"" : "\"";
        bool endsEarlier = _hasOpenString && IsLastQuoteOfStatement;
        if (!endsEarlier)
        {
            _diagnostics.Report(SyntaxDiagnostics.UnterminatedString, new SourceSpan(_start, 1), quotes);
        }

        _hasOpenString = !isBlock && !endsEarlier;
        while (_brackets.TryPopLineInterpolation())
        {
        }

        Add(kind, hasError: true);
    }

    /// <summary>Whether the quote that begins the token is followed only by characters that may end a statement.</summary>
    private bool IsLastQuoteOfStatement =>
        _text[_start] == '"' && _text.AsSpan(_start + 1, _position - _start - 1).Trim(" \t)]},;").IsEmpty;

    /// <summary>Skips an escape; false if no escape of this name exists, which is reported.</summary>
    private bool LexEscape(bool isBlock)
    {
        int start = _position++;
        switch (Current)
        {
            case 'n' or 't' or 'r' or '0' or '"' or '\\' or '$':
                _position++;
                return true;
            case 'u' when Peek(1) == '{':
                return LexUnicodeEscape(start);
            case '\n' or '\r':
                return true;
            case ' ' or '\t' when isBlock && IsBlankToLineEnd():
                _diagnostics.Report(SyntaxDiagnostics.EscapedLineEnd, new SourceSpan(start, 1));
                return false;
        }

        if (_position == _text.Length)
        {
            return true;
        }

        _diagnostics.Report(SyntaxDiagnostics.UnknownEscape, new SourceSpan(start, 2), _text.Substring(start, 2));
        _position++;
        return false;
    }

    private bool IsBlankToLineEnd()
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_position).TrimStart(" \t");
        return rest.IsEmpty || rest[0] is '\n' or '\r';
    }

    private static int HexValue(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    private bool LexUnicodeEscape(int start)
    {
        _position += 2;
        int value = 0;
        int digits = 0;
        for (; char.IsAsciiHexDigit(Current); _position++, digits++)
        {
            if (digits < 7)
            {
                value = value * 16 + HexValue(Current);
            }
        }

        bool isClosed = Current == '}';
        if (isClosed)
        {
            _position++;
        }

        if (isClosed && digits is > 0 and <= 6 && value <= 0x10FFFF)
        {
            return true;
        }

        _diagnostics.Report(SyntaxDiagnostics.BadUnicodeEscape, SourceSpan.FromBounds(start, _position));
        return false;
    }
}
