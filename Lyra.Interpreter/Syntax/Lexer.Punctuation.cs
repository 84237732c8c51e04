namespace Lyra.Interpreter.Syntax;

internal sealed partial class Lexer
{
    private bool LexPunctuation(char c)
    {
        switch (c)
        {
            case '(': return Opening(TokenKind.OpenParen, BracketKind.Paren, 1);
            case '[': return Opening(TokenKind.OpenBracket, BracketKind.Bracket, 1);
            case '{': return Opening(TokenKind.OpenBrace, BracketKind.Brace, 1);
            case ')': return Closing(TokenKind.CloseParen, BracketKind.Paren);
            case ']': return Closing(TokenKind.CloseBracket, BracketKind.Bracket);
            case '}': return Closing(TokenKind.CloseBrace, BracketKind.Brace);
            case ',': return Mark(TokenKind.Comma, 1);
            case ';': return Mark(TokenKind.Semicolon, 1);
            case ':' when _brackets.IsInterpolationInnermost: return LexFormat();
            case ':': return Mark(TokenKind.Colon, 1);
            case '~': return Mark(TokenKind.Tilde, 1);
            case '.': return LexDots();
            case '?': return LexQuestion();
            case '<' or '>' or '*': return LexDoubled(c);
            default: return LexOperator(c);
        }
    }

    private bool LexOperator(char c)
    {
        char next = Peek(1);
        return c switch
        {
            '+' => Mark(TokenKind.Plus, TokenKind.PlusEqual, next == '='),
            '-' when next == '>' => Mark(TokenKind.Arrow, 2),
            '-' => Mark(TokenKind.Minus, TokenKind.MinusEqual, next == '='),
            '/' => Mark(TokenKind.Slash, TokenKind.SlashEqual, next == '='),
            '%' => Mark(TokenKind.Percent, TokenKind.PercentEqual, next == '='),
            '^' => Mark(TokenKind.Caret, TokenKind.CaretEqual, next == '='),
            '!' => Mark(TokenKind.Bang, TokenKind.BangEqual, next == '='),
            '=' when next == '>' => Mark(TokenKind.FatArrow, 2),
            '=' => Mark(TokenKind.Equal, TokenKind.EqualEqual, next == '='),
            '&' when next == '&' => Mark(TokenKind.And, 2),
            '&' => Mark(TokenKind.Ampersand, TokenKind.AmpersandEqual, next == '='),
            '|' when next == '|' => Mark(TokenKind.Or, 2),
            '|' => Mark(TokenKind.Pipe, TokenKind.PipeEqual, next == '='),
            _ => false,
        };
    }

    /// <summary>Reads a mark that may be doubled, and that <c>=</c> may follow in either form.</summary>
    private bool LexDoubled(char c)
    {
        bool isDoubled = Peek(1) == c;
        bool hasEqual = Peek(isDoubled ? 2 : 1) == '=';
        TokenKind kind = (c, isDoubled, hasEqual) switch
        {
            ('<', false, false) => TokenKind.Less,
            ('<', false, true) => TokenKind.LessEqual,
            ('<', true, false) => TokenKind.LessLess,
            ('<', true, true) => TokenKind.LessLessEqual,
            ('>', false, false) => TokenKind.Greater,
            ('>', false, true) => TokenKind.GreaterEqual,
            ('>', true, false) => TokenKind.GreaterGreater,
            ('>', true, true) => TokenKind.GreaterGreaterEqual,
            (_, false, false) => TokenKind.Star,
            (_, false, true) => TokenKind.StarEqual,
            (_, true, false) => TokenKind.StarStar,
            (_, true, true) => TokenKind.StarStarEqual,
        };
        return Mark(kind, (isDoubled ? 2 : 1) + (hasEqual ? 1 : 0));
    }

    private bool LexDots()
    {
        if (Peek(1) != '.')
        {
            return Mark(TokenKind.Dot, 1);
        }

        return Peek(2) switch
        {
            '.' => Mark(TokenKind.Ellipsis, 3),
            '=' => Mark(TokenKind.DotDotEqual, 3),
            _ => Mark(TokenKind.DotDot, 2),
        };
    }

    private bool LexQuestion()
    {
        switch (Peek(1))
        {
            case '?' when Peek(2) == '=': return Mark(TokenKind.QuestionQuestionEqual, 3);
            case '?': return Mark(TokenKind.QuestionQuestion, 2);
            case '.' when Peek(2) != '.': return Mark(TokenKind.QuestionDot, 2);
            case '[': return Opening(TokenKind.QuestionBracket, BracketKind.Bracket, 2);
            default: return Mark(TokenKind.Question, 1);
        }
    }

    private bool Mark(TokenKind kind, int length)
    {
        _position += length;
        Add(kind);
        return true;
    }

    private bool Mark(TokenKind plain, TokenKind longer, bool isLonger) => isLonger ? Mark(longer, 2) : Mark(plain, 1);

    private bool Opening(TokenKind kind, BracketKind bracket, int length)
    {
        _position += length;
        AddOpening(kind, bracket);
        return true;
    }

    private bool Closing(TokenKind kind, BracketKind bracket)
    {
        _position++;
        AddClosing(kind, bracket);
        return true;
    }
}
