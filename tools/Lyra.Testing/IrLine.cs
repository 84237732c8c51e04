using System;
using System.Globalization;
using System.Text;
using Lyra.Jit.Ir;

namespace Lyra.Testing;

/// <summary>One line of the IR's text form, read word by word. A word is a run of name characters, one mark, or a str literal.</summary>
internal sealed class IrLine
{
    private readonly string _text;
    private readonly int _number;
    private int _position;

    public IrLine(string text, int number)
    {
        _text = text;
        _number = number;
        IsIndented = text.StartsWith("  ", StringComparison.Ordinal);
        Advance();
    }

    public bool IsIndented { get; }

    /// <summary>The next word, which is not taken; empty at the end of the line and before a comment.</summary>
    public string Word { get; private set; } = string.Empty;

    public bool IsAtEnd => Word.Length == 0;

    /// <summary>The text behind the semicolon; null without one. Known at the end of the line.</summary>
    public string? Comment { get; private set; }

    public FormatException Error(string message) => new($"Line {_number} of the IR: {message}: {_text.Trim()}");

    public string Take()
    {
        string word = Word;
        Advance();
        return word;
    }

    /// <summary>Takes the word when it is the given one.</summary>
    public bool TryTake(string word)
    {
        if (!string.Equals(Word, word, StringComparison.Ordinal))
        {
            return false;
        }

        Advance();
        return true;
    }

    public void Expect(string word)
    {
        if (!TryTake(word))
        {
            throw Error($"expected '{word}', found '{Word}'");
        }
    }

    public void ExpectEnd()
    {
        if (!IsAtEnd)
        {
            throw Error($"expected the end of the line, found '{Word}'");
        }
    }

    /// <summary>Whether the next word is an id with the given letter: v7, s3, r0.</summary>
    public bool IsAtId(string letter) =>
        Word.Length > letter.Length && Word.StartsWith(letter, StringComparison.Ordinal) && char.IsAsciiDigit(Word[letter.Length]);

    /// <summary>Takes the number behind a letter.</summary>
    public int TakeId(string letter)
    {
        if (!IsAtId(letter)
            || !int.TryParse(Word.AsSpan(letter.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id > MaxId)
        {
            throw Error($"expected '{letter}' and a number up to {MaxId}, found '{Word}'");
        }

        Advance();
        return id;
    }

    public int TakeNumber()
    {
        if (!int.TryParse(Word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            throw Error($"expected a number, found '{Word}'");
        }

        Advance();
        return number;
    }

    public T TakeEnum<T>()
        where T : struct, Enum
    {
        if (!Enum.TryParse(Word, out T value) || char.IsAsciiDigit(Word[0]))
        {
            throw Error($"'{Word}' is not a value of {typeof(T).Name}");
        }

        Advance();
        return value;
    }

    public bool IsAtLiteral => Word.StartsWith('"');

    /// <summary>Takes a str literal.</summary>
    public string TakeLiteral()
    {
        string word = Take();
        StringBuilder text = new(word.Length);
        for (int i = 1; i < word.Length - 1; i++)
        {
            if (word[i] != '\\')
            {
                text.Append(word[i]);
            }
            else if (word[++i] != 'u')
            {
                text.Append(word[i]);
            }
            else if (i + 5 < word.Length
                && ushort.TryParse(word.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                throw Error("\\u takes four hexadecimal digits");
            }
        }

        return text.ToString();
    }

    /// <summary>The largest id: passes allocate arrays that are indexed by id.</summary>
    public const int MaxId = 1_000_000;

    private void Advance()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        int start = _position;
        if (start == _text.Length)
        {
            Word = string.Empty;
        }
        else if (_text[start] == ';')
        {
            Comment = _text[(start + 1)..].Trim();
            Word = string.Empty;
        }
        else if (_text[start] == '"')
        {
            EndLiteral();
            Word = _text[start.._position];
        }
        else
        {
            _position++;
            bool isName = _text[start] == '@' || IrNames.IsNameCharacter(_text[start]);
            while (isName && _position < _text.Length && IrNames.IsNameCharacter(_text[_position]))
            {
                _position++;
            }

            Word = _text[start.._position];
        }
    }

    private void EndLiteral()
    {
        _position++;
        while (_position < _text.Length && _text[_position] != '"')
        {
            _position += _text[_position] == '\\' ? 2 : 1;
        }

        _position++;
        if (_position > _text.Length)
        {
            throw Error("a str has no closing quote");
        }
    }
}
