using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Writes records of comma-separated values (RFC 4180), each with <c>\r\n</c> at its end. A nil is an empty field.</summary>
internal sealed class CsvWriter
{
    private const string ProcName = "csv.stringify";

    private readonly ScriptContext _context;
    private readonly char _separator;
    private readonly StringBuilder _text = FreeText.Take();

    public CsvWriter(ScriptContext context, char separator)
    {
        _context = context;
        _separator = separator;
        context.Protect(new TextUnderConstruction(_text));
    }

    /// <summary>Writes a list or tuple of fields, or those of a map whose keys are the names of columns.</summary>
    public void Write(in Value record, ListObject? columns)
    {
        int start = _text.Length;
        TableRow row = new(_context, record, columns, ProcName);
        for (int i = 0; i < row.Count; i++)
        {
            WriteField(i, row.Get(i));
        }

        // An empty line would be left out when it is read.
        Append(_text.Length == start ? "\"\"\r\n" : "\r\n");
    }

    /// <summary>The text of all records.</summary>
    public Value Finish()
    {
        _context.Unprotect();
        return Make.Text(_context, FreeText.Finish(_context, _text));
    }

    private void WriteField(int index, in Value field)
    {
        _context.Charge(1);
        if (index > 0)
        {
            Append([_separator]);
        }

        if (field.IsNil)
        {
            return;
        }

        ReadOnlySpan<char> text = Formatting.ToStr(_context, field).Span;
        if (!text.ContainsAny([_separator, '"', '\r', '\n']))
        {
            Append(text);
            return;
        }

        Append("\"");
        for (int at = text.IndexOf('"'); at >= 0; at = text.IndexOf('"'))
        {
            Append(text[..(at + 1)]);
            Append("\"");
            text = text[(at + 1)..];
        }

        Append(text);
        Append("\"");
    }

    private void Append(ReadOnlySpan<char> text)
    {
        _context.Charge(text.Length >> 4);
        _context.ChargeMemory(2L * text.Length);
        if ((long)_text.Length + text.Length > ScriptString.MaxLength)
        {
            throw Throw.CannotExist($"{ProcName}: a str", ScriptString.MaxLength, "code units");
        }

        _text.Append(text);
    }
}
