using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Bytecode;

/// <summary>The file a prototype comes from. <paramref name="text"/> is kept for the source line that an error report shows.</summary>
internal sealed class ScriptSource(string fileName, string text)
{
    /// <summary>The file name of the library's own procs. No other string is this object.</summary>
    public static readonly string LibraryFile = new("<library>".AsSpan());

    /// <summary>The name that the host specified; traces and <c>e.file</c> show it.</summary>
    public string FileName { get; } = fileName;

    public string Text { get; } = text;

    /// <summary>The start of the line after the one that contains an offset; -1 if there is none. Lines end with CR, LF or CRLF.</summary>
    public static int NextLine(ReadOnlySpan<char> text, int offset)
    {
        int length = text[offset..].IndexOfAny('\r', '\n');
        if (length < 0)
        {
            return -1;
        }

        int next = offset + length + 1;
        return text[next - 1] == '\r' && next < text.Length && text[next] == '\n' ? next + 1 : next;
    }

    /// <summary>The text of a 1-based line without its end; empty when there is no such line.</summary>
    public string LineText(int line)
    {
        int start = 0;
        for (int n = 1; n < line; n++)
        {
            start = NextLine(Text, start);
            if (start < 0)
            {
                return string.Empty;
            }
        }

        return LineText(start, NextLine(Text, start));
    }

    /// <summary>The texts of all lines without their ends.</summary>
    public string[] Lines()
    {
        List<string> lines = [];
        for (int start = 0; start >= 0;)
        {
            int next = NextLine(Text, start);
            lines.Add(LineText(start, next));
            start = next;
        }

        return [.. lines];
    }

    private string LineText(int start, int next) => (next < 0 ? Text[start..] : Text[start..next]).TrimEnd('\r', '\n');
}
