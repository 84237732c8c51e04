using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Reads records of comma-separated values (RFC 4180). A record ends at <c>\n</c>, <c>\r\n</c> or <c>\r</c>; empty lines are left out. A
/// quote within a field without quotes stands for itself.
/// </summary>
internal ref struct CsvReader(ScriptContext context, ReadOnlySpan<char> text, char separator, string proc, int linesBefore = 0)
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly ReadOnlySpan<char> _text = text;
    private int _position = text is [ByteOrderMark, ..] ? 1 : 0;
    private int _linesRead = linesBefore;

    /// <summary>The line on which the last record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next record as a list of strs; null at the end of the text.</summary>
    /// <exception cref="ScriptErrorException">ValueError: a quote is not closed, or is followed by more than a separator.</exception>
    public ListObject? Next()
    {
        while (_position < _text.Length && _text[_position] is '\r' or '\n')
        {
            EndLine();
        }

        if (_position == _text.Length)
        {
            return null;
        }

        Line = _linesRead + 1;
        ListObject fields = new();
        context.Protect(fields);
        do
        {
            fields.Add(context, _position < _text.Length && _text[_position] == '"' ? Quoted() : Plain());
            context.Charge(1);
        }
        while (TakeSeparator());

        context.Unprotect();
        return fields;
    }

    private bool TakeSeparator()
    {
        if (_position == _text.Length)
        {
            return false;
        }

        if (_text[_position] == separator)
        {
            _position++;
            return true;
        }

        EndLine();
        return false;
    }

    private void EndLine()
    {
        context.Charge(1);
        _position += _text[_position..] is ['\r', '\n', ..] ? 2 : 1;
        _linesRead++;
    }

    private Value Plain()
    {
        ReadOnlySpan<char> rest = _text[_position..];
        int length = rest.IndexOfAny(separator, '\r', '\n');
        length = length < 0 ? rest.Length : length;
        context.Charge(length >> 4);
        _position += length;
        return Make.Part(context, rest, 0, length);
    }

    private Value Quoted()
    {
        int start = _position + 1;
        int end = start;
        int doubled = 0;
        while (true)
        {
            int at = _text[end..].IndexOf('"');
            if (at < 0)
            {
                throw Throw.ValueError($"{proc}: the quote that opens on line {_linesRead + 1} is not closed");
            }

            context.Charge(1 + (at >> 4));
            end += at;
            if (end + 1 == _text.Length || _text[end + 1] != '"')
            {
                break;
            }

            doubled++;
            end += 2;
        }

        _position = end + 1;
        if (_position < _text.Length && _text[_position] != separator && _text[_position] is not ('\r' or '\n'))
        {
            throw Throw.ValueError(
                $"{proc}: a closing quote on line {LineOf(start, end)} is followed by more text; write a quote within quotes twice");
        }

        ReadOnlySpan<char> field = _text[start..end];
        _linesRead = LineOf(start, end) - 1;
        return doubled == 0 ? Make.Part(context, field, 0, field.Length) : Unescaped(field);
    }

    /// <summary>The line on which a field ends.</summary>
    private readonly int LineOf(int start, int end)
    {
        context.Charge((end - start) >> 6);
        return _linesRead + 1 + _text[start..end].Count('\n');
    }

    private readonly Value Unescaped(ReadOnlySpan<char> field)
    {
        context.ChargeMemory(2L * field.Length);
        StringBuilder result = FreeText.Take();
        for (int at = field.IndexOf('"'); at >= 0; at = field.IndexOf('"'))
        {
            result.Append(field[..(at + 1)]);
            field = field[(at + 2)..];
        }

        return Make.Text(context, FreeText.Finish(context, result.Append(field)));
    }
}
