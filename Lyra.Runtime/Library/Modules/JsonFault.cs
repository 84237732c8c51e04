using System;
using System.Text.Json;
using Lyra.Runtime.Errors;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Reports where and why a text is not JSON. The reader reports a position in bytes and reasons in its own wording; this converts them to
/// a line, a column in code units, and what was expected there.
/// </summary>
/// <param name="text">The text that was read.</param>
/// <param name="last">The last valid token.</param>
/// <param name="isInMap">Whether the innermost open container is an object; null outside all containers.</param>
internal readonly ref struct JsonFault(string text, JsonTokenType last, bool? isInMap)
{
    /// <param name="lastEnd">The number of bytes up to the end of the last valid token.</param>
    /// <param name="cause">The exception that the reader threw.</param>
    public ScriptErrorException Explain(long lastEnd, JsonException cause)
    {
        int start = SkipBlanks(Advance(0, lastEnd));
        int at = Advance(StartOfLine(cause.LineNumber ?? 0), cause.BytePositionInLine ?? 0);
        string wanted = Expected(ref start);
        char first = start < text.Length ? text[start] : '\0';
        if (at <= start || first is 't' or 'f' or 'n')
        {
            at = start;
        }
        else if (first == '"')
        {
            wanted = InString(start, at);
        }
        else if (first == '-' || char.IsAsciiDigit(first))
        {
            wanted = char.IsAsciiDigit(text[at - 1]) ? AfterValue() : "expected a digit";
        }

        ReadOnlySpan<char> before = text.AsSpan(0, at);
        int column = at - before.LastIndexOf('\n');
        return Throw.ValueError($"json.parse: {wanted} at line {1 + before.Count('\n')}, column {column}, found {Found(at)}");
    }

    /// <summary>Returns what is expected after the last token. Skips a comma there and returns what must follow it.</summary>
    private string Expected(ref int start)
    {
        switch (last)
        {
            case JsonTokenType.None or JsonTokenType.PropertyName:
                return "expected a value";
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                break;
            default:
                if (isInMap is null || start >= text.Length || text[start] != ',')
                {
                    return AfterValue();
                }

                start = SkipBlanks(start + 1);
                break;
        }

        return isInMap == true ? "expected a key in double quotes" : "expected a value";
    }

    private string AfterValue() => isInMap switch
    {
        null => "expected the end of the text",
        true => "expected ',' or '}'",
        false => "expected ',' or ']'",
    };

    /// <summary>Describes the error in, or directly after, the string that begins at <paramref name="start"/>.</summary>
    private string InString(int start, int at)
    {
        int i = start + 1;
        while (i < at && text[i] != '"')
        {
            if (text[i] == '\\' && at <= i + (i + 1 < text.Length && text[i + 1] == 'u' ? 5 : 1))
            {
                return "expected an escape \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u with four hexadecimal digits";
            }

            i += text[i] == '\\' ? 2 : 1;
        }

        return i < at ? last == JsonTokenType.PropertyName || isInMap != true ? AfterValue() : "expected ':'"
            : at < text.Length ? "a control character must be escaped"
            : "expected a closing quote";
    }

    private string Found(int at)
    {
        if (at >= text.Length)
        {
            return "the end";
        }

        char c = text[at];
        return c is < ' ' or > '~' ? $"U+{(int)c:X4}" : $"'{c}'";
    }

    private int StartOfLine(long line)
    {
        int start = 0;
        for (; line > 0; line--)
        {
            start += text.AsSpan(start).IndexOf('\n') + 1;
        }

        return start;
    }

    /// <summary>
    /// Returns the position that is <paramref name="bytes"/> bytes of UTF-8 further on; if it lies inside a character, the start of that
    /// character.
    /// </summary>
    private int Advance(int position, long bytes)
    {
        while (position < text.Length)
        {
            bool isPair = char.IsHighSurrogate(text[position]) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]);
            bytes -= isPair ? 4 : text[position] < 0x80 ? 1 : text[position] < 0x800 ? 2 : JsonText.MaxBytesPerUnit;
            if (bytes < 0)
            {
                break;
            }

            position += isPair ? 2 : 1;
        }

        return position;
    }

    private int SkipBlanks(int position)
    {
        while (position < text.Length && text[position] is ' ' or '\n' or '\r' or '\t')
        {
            position++;
        }

        return position;
    }
}
