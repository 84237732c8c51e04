using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Testing;

/// <summary>A line of assembly text and the current reading position. Everything after a semicolon outside quotes is a comment.</summary>
internal sealed class AssemblyLine(string text, int number)
{
    private int _position;

    public int Number { get; } = number;

    /// <summary>Whether only blanks and a comment are left.</summary>
    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return _position >= text.Length || text[_position] == ';';
        }
    }

    public AssemblyException Fault(string message) => new(Number, message);

    /// <summary>The next word, which is not consumed; empty when something else follows.</summary>
    public ReadOnlySpan<char> PeekWord()
    {
        SkipBlanks();
        int end = _position;
        while (end < text.Length && AssemblyText.IsNameCharacter(text[end]))
        {
            end++;
        }

        return text.AsSpan(_position, end - _position);
    }

    public string Word(string expected)
    {
        ReadOnlySpan<char> word = PeekWord();
        if (word.IsEmpty)
        {
            throw Fault($"{expected} is missing");
        }

        _position += word.Length;
        return word.ToString();
    }

    public bool TryWord(string expected)
    {
        if (!PeekWord().SequenceEqual(expected))
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    public bool TryChar(char expected)
    {
        SkipBlanks();
        if (_position >= text.Length || text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    public void Expect(string word)
    {
        if (!TryWord(word))
        {
            throw Fault($"\"{word}\" is missing");
        }
    }

    public void Expect(char c)
    {
        if (!TryChar(c))
        {
            throw Fault($"'{c}' is missing");
        }
    }

    public void ExpectEnd()
    {
        if (!IsAtEnd)
        {
            throw Fault($"expected the end of the line, found \"{text[_position..]}\"");
        }
    }

    /// <summary>A name, plain or in quotes.</summary>
    public string Name()
    {
        SkipBlanks();
        return _position < text.Length && text[_position] == '"' ? Quoted() : Word("a name");
    }

    public int Number32(string expected)
    {
        string word = Word(expected);
        return int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Fault($"\"{word}\" is not {expected}");
    }

    /// <summary>A number after its letter, as in <c>k3</c>.</summary>
    public int Index(string prefix, string expected)
    {
        string word = Word(expected);
        return word.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(word.AsSpan(prefix.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Fault($"\"{word}\" is not {expected} such as {prefix}0");
    }

    /// <summary>Reads the index at the start of a table row; it must be the next one.</summary>
    public void ExpectIndex(string prefix, int next)
    {
        int index = Index(prefix, "the row's number");
        if (index != next)
        {
            throw Fault($"found {prefix}{index}, expected {prefix}{next}");
        }
    }

    public TEnum Keyword<TEnum>(string expected)
        where TEnum : struct, Enum
    {
        string word = Word(expected);
        return char.IsLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out TEnum value)
            ? value
            : throw Fault($"\"{word}\" is not {expected}");
    }

    public Value Literal()
    {
        SkipBlanks();
        if (_position < text.Length && text[_position] == '"')
        {
            return Value.FromText(Quoted());
        }

        if (TryChar('('))
        {
            return Tuple();
        }

        string word = Word("a literal");
        return word switch
        {
            "nil" => Value.Nil,
            "true" => Value.True,
            "false" => Value.False,
            _ => AssemblyText.TryParseNumber(word, out Value number) ? number : throw Fault($"\"{word}\" is not a literal"),
        };
    }

    /// <summary>Restarts at the beginning of the line.</summary>
    public void Rewind() => _position = 0;

    private Value Tuple()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Fault("tuples are nested too deep");
        }

        List<Value> items = [];
        while (!TryChar(')'))
        {
            if (items.Count > 0)
            {
                Expect(',');
            }

            items.Add(Literal());
        }

        return Value.FromObject(TupleObject.Of([.. items]));
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private string Quoted()
    {
        StringBuilder result = new();
        _position++;
        while (_position < text.Length && text[_position] != '"')
        {
            char c = text[_position++];
            result.Append(c == '\\' ? Escaped() : c);
        }

        Expect('"');
        return result.ToString();
    }

    private char Escaped()
    {
        char c = _position < text.Length ? text[_position++] : throw Fault("the closing quote is missing");
        return c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unicode(),
            '"' or '\\' => c,
            _ => throw Fault($"\\{c} is not an escape"),
        };
    }

    private char Unicode()
    {
        int end = text.IndexOf('}', _position);
        if (end < 0 || text[_position] != '{'
            || !ushort.TryParse(
                text.AsSpan(_position + 1, end - _position - 1),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out ushort unit))
        {
            throw Fault("\\u needs a code unit, as in \\u{1f}");
        }

        _position = end + 1;
        return (char)unit;
    }
}
