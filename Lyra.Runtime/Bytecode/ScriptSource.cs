using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Bytecode;

/// <summary>The file a prototype comes from. <paramref name="text"/> is kept for the source line that an error report shows.</summary>
internal sealed class ScriptSource(string fileName, string text)
{
    /// <summary>The name as the host gave it; what traces and <c>e.file</c> show.</summary>
    public string FileName { get; } = fileName;

    public string Text { get; } = text;

    /// <summary>Where the line after the one of an offset begins; -1 when there is none. Lines end by CR, LF, or both.</summary>
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
