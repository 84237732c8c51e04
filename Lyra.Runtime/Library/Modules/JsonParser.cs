using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Reads one JSON text, without recursion: the open containers are a list. Each is attached to its parent when it opens, so that the heap
/// walk of the memory limit sees everything read so far. Works on UTF-16 directly, since lone surrogates must survive and positions count
/// code units.
/// </summary>
internal sealed class JsonParser(ScriptContext context, string text)
{
    /// <summary>The quote, the backslash and the control characters.</summary>
    private static readonly SearchValues<char> StringStops = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014"
        + "\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private readonly List<ScriptObject> _open = [];
    private int _position;
    private bool _isFresh;

    /// <exception cref="ScriptErrorException">
    /// ValueError with line and column; StackOverflow when nested deeper than the frame limit.
    /// </exception>
    public Value Parse()
    {
        SkipBlanks();
        Value root = BeginValue();
        bool isContainer = _open.Count > 0;
        if (isContainer)
        {
            context.Protect(_open[0]);
        }

        while (_open.Count > 0)
        {
            Step();
        }

        SkipBlanks();
        if (_position < text.Length)
        {
            throw Unexpected("nothing may follow the value");
        }

        if (isContainer)
        {
            context.Unprotect();
        }

        return root;
    }

    /// <summary>Reads the next element of the innermost container, or its end.</summary>
    private void Step()
    {
        context.Charge(1);
        ScriptObject container = _open[^1];
        bool isFirst = _isFresh;
        _isFresh = false;
        char close = container is MapObject ? '}' : ']';
        SkipBlanks();
        if (TryTake(close))
        {
            _open.RemoveAt(_open.Count - 1);
            return;
        }

        if (!isFirst)
        {
            if (!TryTake(','))
            {
                throw Unexpected($"',' or '{close}' is wanted");
            }

            SkipBlanks();
        }

        if (container is MapObject map)
        {
            Value key = ReadKey();
            map.Set(context, key, BeginValue());
        }
        else
        {
            ((ListObject)container).Add(context, BeginValue());
        }
    }

    private Value ReadKey()
    {
        if (_position >= text.Length || text[_position] != '"')
        {
            throw Unexpected("a key in double quotes is wanted");
        }

        Value key = ReadString();
        SkipBlanks();
        if (!TryTake(':'))
        {
            throw Unexpected("':' is wanted");
        }

        SkipBlanks();
        return key;
    }

    /// <summary>A whole scalar, or a container that has just opened.</summary>
    private Value BeginValue()
    {
        switch (_position < text.Length ? text[_position] : '\0')
        {
            case '{':
                return Open(new MapObject());
            case '[':
                return Open(new ListObject());
            case '"':
                return ReadString();
            case 't':
                return ReadWord("true", Value.True);
            case 'f':
                return ReadWord("false", Value.False);
            case 'n':
                return ReadWord("null", Value.Nil);
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            default:
                throw Unexpected("a value is wanted");
        }
    }

    private Value Open(ScriptObject container)
    {
        if (_open.Count >= context.MaxFrames)
        {
            throw Throw.StackOverflow(context.MaxFrames);
        }

        context.ChargeMemory(container.OwnBytes + 8);
        _position++;
        _open.Add(container);
        _isFresh = true;
        return Value.FromObject(container);
    }

    private Value ReadWord(string word, in Value value)
    {
        if (string.CompareOrdinal(text, _position, word, 0, word.Length) != 0)
        {
            throw Unexpected("a value is wanted");
        }

        _position += word.Length;
        return value;
    }

    private Value ReadNumber()
    {
        int start = _position;
        TryTake('-');
        if (!TryTake('0'))
        {
            TakeDigits();
        }

        bool isInt = true;
        if (TryTake('.'))
        {
            isInt = false;
            TakeDigits();
        }

        if (TryTake('e') || TryTake('E'))
        {
            isInt = false;
            _ = TryTake('+') || TryTake('-');
            TakeDigits();
        }

        ReadOnlySpan<char> number = text.AsSpan(start, _position - start);
        context.Charge(number.Length >> 4);
        if (!isInt)
        {
            return Value.FromFloat(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long small)
            ? Value.FromInt(small)
            : ReadBig(number);
    }

    private Value ReadBig(ReadOnlySpan<char> number)
    {
        BigInteger magnitude = BigText.FromDecimal(context, number.TrimStart('-'));
        return Value.FromBig(number[0] == '-' ? -magnitude : magnitude);
    }

    private void TakeDigits()
    {
        int start = _position;
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
        {
            _position++;
        }

        if (_position == start)
        {
            throw Unexpected("a digit is wanted");
        }
    }

    private Value ReadString()
    {
        int start = ++_position;
        TakePlain();
        if (_position < text.Length && text[_position] == '"')
        {
            Value plain = Make.Part(context, text, start, _position - start);
            _position++;
            return plain;
        }

        StringBuilder result = new();
        result.Append(text, start, _position - start);
        while (!TryTake('"'))
        {
            if (!TryTake('\\'))
            {
                throw Unexpected(_position < text.Length ? "a control character must be escaped" : "the closing quote is missing");
            }

            result.Append(ReadEscape());
            start = _position;
            TakePlain();
            result.Append(text, start, _position - start);
        }

        return Make.Text(context, result.ToString());
    }

    private void TakePlain()
    {
        int length = text.AsSpan(_position).IndexOfAny(StringStops);
        length = length < 0 ? text.Length - _position : length;
        context.Charge(length >> 5);
        _position += length;
    }

    private char ReadEscape()
    {
        char c = _position < text.Length ? text[_position] : '\0';
        int simple = "\"\\/bfnrt".IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0 && c != '\0')
        {
            _position++;
            return "\"\\/\b\f\n\r\t"[simple];
        }

        ReadOnlySpan<char> digits = _position + 5 <= text.Length ? text.AsSpan(_position + 1, 4) : [];
        if (c != 'u' || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            throw Unexpected("an escape is \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u with four hexadecimal digits");
        }

        _position += 5;
        return (char)code;
    }

    private bool TryTake(char wanted)
    {
        if (_position < text.Length && text[_position] == wanted)
        {
            _position++;
            return true;
        }

        return false;
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && text[_position] is ' ' or '\n' or '\r' or '\t')
        {
            _position++;
            if ((_position & 0xFFF) == 0)
            {
                context.Charge(64);
            }
        }
    }

    private ScriptErrorException Unexpected(string wanted)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, _position);
        int line = 1 + before.Count('\n');
        int column = _position - before.LastIndexOf('\n');
        return Throw.ValueError($"parse: {wanted} at line {line}, column {column}, found {Found()}");
    }

    private string Found()
    {
        if (_position >= text.Length)
        {
            return "the end";
        }

        char c = text[_position];
        return c is < ' ' or > '~' ? $"U+{(int)c:X4}" : $"'{c}'";
    }
}
